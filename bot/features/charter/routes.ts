import { api } from '../../../domain/api.ts';
import type { CharterView, ReviewView, SectionView } from '../../../domain/charter/api.ts';
import { reviewKey } from '../../../domain/charter/charter.ts';
import type { Community } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { tooComplex } from '../../../domain/markdown-complexity.ts';
import type { CharterRow } from '../../lists/model.ts';
import { saveVersion } from '../../lists/conditional-save.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import { todayIn } from '../../shared/days.ts';
import type { Documents } from '../../documents/documents.ts';
import { exportRoutes } from './export.ts';
import { historyRoute } from './history.ts';
import type { CharterParts } from './parts.ts';
import { showReviewed } from './review.ts';
import { sectionFrom } from './section.ts';
import { readVoices, voicesView } from './voices.ts';
import { charterView, reviewView, sectionView } from './views.ts';

async function read(parts: CharterParts, { community, who, t }: TabRequest<unknown>): Promise<TabAnswer<CharterView>> {
  const voices = await readVoices(parts, community.id, parts.lists.of(community.id).charter.all());
  const body = {
    ...charterView(voices.charter, todayIn(parts, community)),
    voices: await voicesView(parts, community, who, t, voices),
    coordinators: community.settings?.coordinators ?? [],
  };
  return { body };
}

async function saveSection(
  parts: CharterParts,
  request: TabRequest<{ text: string }>,
): Promise<TabAnswer<SectionView>> {
  const { text } = request.body;
  const section = sectionFrom(request);
  const odd = tooComplex(text);
  if (odd)
    throw new CommunityError(
      'too-complex',
      `section ${section} is too complex as Markdown at line ${odd.line}: ${odd.reason}, at most ${odd.most}`,
      { context: odd.reason, line: odd.line, most: odd.most },
    );

  const saved = await save(
    parts,
    request,
    { key: section, section, text, reviewOn: null },
    stored => stored.text === text,
  );
  if (saved.kind === 'conflict')
    throw conflict(`section ${section} of the charter`, sectionView(section, saved.current));
  return answer(sectionView(section, saved.row));
}

async function saveReview(
  parts: CharterParts,
  request: TabRequest<{ on: string | null }>,
): Promise<TabAnswer<ReviewView>> {
  const {
    community,
    body: { on },
  } = request;
  const before = await dayBefore(parts, community, on);
  const saved = await save(
    parts,
    request,
    { key: reviewKey, section: reviewKey, text: '', reviewOn: on },
    stored => stored.reviewOn === on,
  );
  if (saved.kind === 'conflict') throw conflict('the day of the next review', reviewView(saved.current));
  // Cards that still ask for this review show that it is done.
  if (before !== null && before !== on) await showReviewed(parts, community, before, saved.row.value);
  return answer(reviewView(saved.row));
}

/**
 * The day that this one takes the place of. A save that is repeated finds its own day, and asks the version before
 * it.
 */
async function dayBefore(parts: CharterParts, { id }: Community, on: string | null): Promise<string | null> {
  const { charter } = parts.lists.of(id);
  const stored = await charter.find(reviewKey);
  if (!stored || stored.value.reviewOn !== on) return stored?.value.reviewOn ?? null;
  return (await charter.versions(stored.id, 2))[1]?.value.reviewOn ?? null;
}

/** On behalf of the person, so that SharePoint's version history names them. */
async function save(
  parts: CharterParts,
  { who, community, onBehalfOf, ifMatch }: TabRequest<unknown>,
  row: Omit<CharterRow, 'changedBy' | 'changedAt'>,
  same: (stored: CharterRow) => boolean,
) {
  const value: CharterRow = {
    ...row,
    changedBy: { id: who.id, name: who.name },
    changedAt: parts.clock().toISOString(),
  };
  return saveVersion(parts.lists.onBehalfOf(community.id, onBehalfOf).charter, value, ifMatch ?? null, same);
}

export function charterRoutes(parts: CharterParts, documents: Documents): readonly Route[] {
  return [
    route(api.charter, { may: 'community.read' }, request => read(parts, request)),
    route(api.saveSection, { may: 'charter.edit' }, request => saveSection(parts, request)),
    route(api.saveReview, { may: 'charter.edit' }, request => saveReview(parts, request)),
    historyRoute(parts),
    ...exportRoutes(parts, documents),
  ];
}

function conflict(what: string, current: SectionView | ReviewView): CommunityError {
  return new CommunityError(
    'version-conflict',
    `${what} has changed since it was read: merge with what is stored now and save with its ETag`,
    { current, etag: current.etag ?? undefined },
  );
}

function answer<View extends { readonly etag: string | null }>(body: View): TabAnswer<View> {
  return { body, ...(body.etag === null ? {} : { etag: body.etag }) };
}
