import { api } from '../../../domain/api.ts';
import type { VoicesView } from '../../../domain/charter/voices-api.ts';
import { CommentId, isRoundOpen } from '../../../domain/charter/voices.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { mustBeAbleWith } from '../../../domain/permissions.ts';
import { change } from '../../lists/list.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import { todayIn } from '../../shared/days.ts';
import { keepComment } from './comments.ts';
import type { CharterParts } from './parts.ts';
import { beginRound, showRound } from './round.ts';
import { sectionFrom } from './section.ts';
import { fingerprintOf, readVoices, voicesView } from './voices.ts';
import { sectionView } from './views.ts';

const reading = { may: 'community.read', ready: true } as const;
const writing = { may: 'charter.edit', ready: true } as const;
type Asked<Body> = TabRequest<Body>;

/** Every change answers with all voices as they are then. */
function answering<Body>(parts: CharterParts, act: (parts: CharterParts, request: Asked<Body>) => Promise<void>) {
  return async (request: Asked<Body>): Promise<TabAnswer<VoicesView>> => {
    await act(parts, request);
    return { body: await voicesView(parts, request.community, request.who, request.t) };
  };
}

/** Only with the words that were read: what has changed meanwhile is shown first. */
async function agree(parts: CharterParts, request: Asked<{ agrees: boolean }>): Promise<void> {
  const { who, community, body, ifMatch } = request;
  const section = sectionFrom(request);
  const { agreements, charter } = parts.lists.of(community.id);
  const key = `${section}/${who.id}`;
  if (!body.agrees) {
    const row = await agreements.find(key);
    if (row) await agreements.remove(row);
  } else {
    const row = await charter.find(section);
    if (!row || row.etag !== ifMatch || row.value.text.trim() === '') {
      throw new CommunityError(
        'version-conflict',
        `section ${section} of the charter has changed since it was read: read it again before you agree`,
        { current: sectionView(section, row), etag: row?.etag },
      );
    }
    const fingerprint = fingerprintOf(row.value.text);
    const person = { id: who.id, name: who.name };
    await change(agreements, key, current =>
      current?.fingerprint === fingerprint
        ? undefined
        : { key, section, person, fingerprint, at: parts.clock().toISOString() },
    );
  }
  await showRound(parts, community);
}

async function comment(parts: CharterParts, request: Asked<{ id: string; text: string }>): Promise<void> {
  const { body } = request;
  await keepComment(parts, request, { section: sectionFrom(request), ...body });
}

async function removeComment(parts: CharterParts, request: Asked<unknown>): Promise<void> {
  const { who, community } = request;
  const { comments } = parts.lists.of(community.id);
  const row = await comments.find(commentFrom(request));
  if (!row) return mustBeAbleWith(who, 'comment', true, community);
  mustBeAbleWith(who, 'comment', row.value.by.id === who.id, community);
  await comments.remove(row);
}

async function settleComment(parts: CharterParts, request: Asked<unknown>): Promise<void> {
  const { who, community } = request;
  await change(parts.lists.of(community.id).comments, commentFrom(request), row =>
    row && row.settledBy === null ? { ...row, settledBy: { id: who.id, name: who.name } } : undefined,
  );
}

async function see(parts: CharterParts, { who, community }: Asked<unknown>): Promise<void> {
  const { round } = await readVoices(parts, community.id);
  if (!round || !isRoundOpen(round, todayIn(parts, community))) return;
  await change(parts.lists.of(community.id).consentRounds, round.key, row =>
    row && !row.seenBy.some(({ id }) => id === who.id)
      ? { ...row, seenBy: [...row.seenBy, { id: who.id, name: who.name }] }
      : undefined,
  );
  await showRound(parts, community);
}

function askForConsent(parts: CharterParts, { who, community, body }: Asked<{ until: string }>): Promise<void> {
  return beginRound(parts, { who, community, until: body.until });
}

export function voiceRoutes(parts: CharterParts): readonly Route[] {
  const ownComment = { may: 'community.read', own: 'comment', ready: true } as const;
  return [
    route(api.agree, reading, answering(parts, agree)),
    route(api.comment, reading, answering(parts, comment)),
    route(api.removeComment, ownComment, answering(parts, removeComment)),
    route(api.settleComment, writing, answering(parts, settleComment)),
    route(api.seeCharter, reading, answering(parts, see)),
    route(api.askForConsent, writing, answering(parts, askForConsent)),
  ];
}

function commentFrom(request: Asked<unknown>): string {
  const section = sectionFrom(request);
  const id = CommentId.safeParse(request.params['comment']);
  if (!id.success) throw new CommunityError('not-found', 'this is no id of a comment');
  return `${section}/${id.data}`;
}
