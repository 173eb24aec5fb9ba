import { api } from '../../../domain/api.ts';
import type { DigestDraftView, DigestShown, DigestView, SentDigestView } from '../../../domain/digest/api.ts';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { audiences, DigestAudience, type DigestWords, type SentDigest } from '../../../domain/digest/digest.ts';
import { stepByHand } from '../../../domain/digest/next-step.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { localDay } from '../../../domain/schedule.ts';
import { can, canWith } from '../../../domain/permissions.ts';
import { whenThere } from '../../lists/list.ts';
import type { DigestRow, ReplyRow } from '../../lists/model.ts';
import { saveVersion } from '../../lists/conditional-save.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import { todayIn } from '../../shared/days.ts';
import { shownAs } from './copy.ts';
import { carryOut } from './deliver.ts';
import { createDraftViews, type DraftViews } from './draft-views.ts';
import { rolesIn, readSituation, situationOf, standingOf } from './facts.ts';
import type { DigestParts } from './parts.ts';
import { emptyDraft, readDigests, sentKey, wordsOf, type Digests } from './store.ts';

type Asked<Body> = TabRequest<Body, ReadyCommunity>;
const writing = { may: 'digest.edit', ready: true } as const;

interface RouteParts extends DigestParts {
  readonly views: DraftViews;
}

export function digestRoutes(digestParts: DigestParts): readonly Route[] {
  const parts: RouteParts = { ...digestParts, views: createDraftViews(digestParts) };
  return [
    route(api.digest, { may: 'community.read', ready: true }, request => read(parts, request)),
    route(api.previewDigest, writing, request => preview(parts, request)),
    route(api.saveDigest, writing, request => save(parts, request)),
    route(api.sendDigest, writing, request => send(parts, request)),
    route(api.sentDigest, { may: 'community.read', own: 'sent-digest', ready: true }, request =>
      readSent(parts, request),
    ),
  ];
}

async function read(parts: RouteParts, request: Asked<unknown>): Promise<TabAnswer<DigestView>> {
  const { who, community } = request;
  const digests = await readDigests(parts, community);
  const writes = can(who, 'digest.edit', community);
  const drafts = writes ? await draftsIn(parts, request, digests) : [];

  const mine = (digest: SentDigest): boolean =>
    writes || digest.audience === 'members' || digest.sentTo.some(({ id }) => id === who.id);
  const readable = digests.sent.filter(mine);
  const replies = readable.some(({ audience }) => audience === 'sponsor')
    ? (await whenThere(() => parts.lists.of(community.id).replies.all())).map(({ value }) => value)
    : [];
  const sent = readable.map(digest =>
    sentView(
      digest,
      replies.filter(reply => reply.digest === digest.key && (writes || reply.person.id === who.id)),
    ),
  );
  return { body: { today: todayIn(parts, community), drafts, sent } };
}

async function draftsIn(parts: RouteParts, request: Asked<unknown>, digests: Digests): Promise<DigestDraftView[]> {
  const { community } = request;
  const roles = await rolesIn(parts, community);
  const drafts: DigestDraftView[] = [];
  for (const audience of audiences) {
    const situation = situationOf(await standingOf(parts, community, audience, digests), roles);
    // Whoever opens the page sees what is true now; only typing is answered from memory.
    parts.views.countAnew(situation);
    drafts.push(await parts.views.draft(situation, request));
  }
  return drafts;
}

async function preview(parts: RouteParts, request: Asked<DigestWords>): Promise<TabAnswer<DigestShown>> {
  const { community, body } = request;
  const audience = audienceFrom(request);
  const standing = await standingOf(parts, community, audience, await readDigests(parts, community));
  return { body: await parts.views.preview(standing, body, request) };
}

async function save(parts: RouteParts, request: Asked<DigestWords>): Promise<TabAnswer<DigestDraftView>> {
  const { who, community, body: words, ifMatch, onBehalfOf } = request;
  const audience = audienceFrom(request);
  if (words.sendOn !== null && words.sendOn <= todayIn(parts, community))
    throw new CommunityError(
      'invalid',
      `a digest goes out tomorrow at the earliest, or now: expected a day after ${todayIn(parts, community)}`,
      { fields: ['sendOn'] },
    );
  const draft = (await readDigests(parts, community)).drafts[audience]?.value ?? emptyDraft(audience);
  const value: DigestRow = {
    ...draft,
    ...words,
    lookedBy: { id: who.id, name: who.name },
    lookedAt: parts.clock().toISOString(),
  };
  const saved = await saveVersion(
    parts.lists.onBehalfOf(community.id, onBehalfOf).digests,
    value,
    ifMatch ?? null,
    // What was saved before the coordinators were told is to be looked at once more.
    stored =>
      JSON.stringify(wordsOf(stored)) === JSON.stringify(words) &&
      stored.lookedAt !== null &&
      (stored.toldOn === null || localDay(new Date(stored.lookedAt), community.settings.timeZone) >= stored.toldOn),
  );
  const now = await parts.views.draft(await readSituation(parts, community, audience), request);
  if (saved.kind === 'conflict')
    throw new CommunityError(
      'version-conflict',
      'the draft has changed since it was read: look at what is stored now and save with its ETag',
      { current: now, etag: now.etag ?? undefined },
    );
  return { body: now, ...(now.etag === null ? {} : { etag: now.etag }) };
}

async function send(parts: RouteParts, request: Asked<unknown>): Promise<TabAnswer<DigestView>> {
  const { who, community, onBehalfOf, t } = request;
  const situation = await readSituation(parts, community, audienceFrom(request));
  const step = stepByHand(situation);
  if (step.step === 'nothing') {
    // What has been written since is for tomorrow.
    if (step.why === 'sent-today')
      throw new CommunityError('version-conflict', t('notice.today'), { current: { kind: 'today' } });
    throw new CommunityError(
      'invalid',
      `community ${community.id} has nobody in the role of sponsor: give it to somebody first`,
    );
  }
  const list = parts.lists.onBehalfOf(community.id, onBehalfOf).digests;
  await carryOut(parts, situation, step, { by: who, list });
  parts.views.countAnew(situation);
  return read(parts, request);
}

async function readSent(parts: RouteParts, request: Asked<unknown>): Promise<TabAnswer<DigestShown>> {
  const { who, community, params, t } = request;
  const audience = audienceFrom(request);
  const digest = (await readDigests(parts, community)).sent.find(
    ({ key }) => key === sentKey(audience, params['period'] ?? ''),
  );
  // Who may not read it learns nothing of it.
  const allowed =
    digest &&
    canWith(who, 'sent-digest', audience === 'members' || digest.sentTo.some(({ id }) => id === who.id), community);
  if (!allowed) throw new CommunityError('not-found', `community ${community.id} has no such digest for this person`);
  return { body: shownAs({ audience, community, digest, links: parts.links }, t) };
}

function sentView(
  { audience, period, sentAt, sentTo, state, lookedBy, numbers }: SentDigest,
  replies: readonly ReplyRow[],
): SentDigestView {
  return {
    audience,
    period,
    sentAt,
    numbers,
    sentTo: [...sentTo],
    byHand: state === 'by-hand',
    unlooked: lookedBy === null,
    replies: replies.map(({ person, choice, text, times, at }) => ({ person, choice, text, times: [...times], at })),
  };
}

function audienceFrom({ params }: Pick<TabRequest<unknown>, 'params'>): DigestAudience {
  const audience = DigestAudience.safeParse(params['audience']);
  if (!audience.success)
    throw new CommunityError(
      'not-found',
      'a digest is for the sponsor or the members: expected one of these in the address',
    );
  return audience.data;
}
