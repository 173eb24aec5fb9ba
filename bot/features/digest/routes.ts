import {
  api,
  type DigestDraftView,
  type DigestShown,
  type DigestView,
  type SentDigestView,
} from '../../../domain/api.ts';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { audiences, DigestAudience, isBlank, type DigestNumbers, type DigestWords } from '../../../domain/digest.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { can, canWith } from '../../../domain/permissions.ts';
import { whenThere } from '../../data/list.ts';
import type { DigestRow, ReplyRow } from '../../data/lists.ts';
import { saveVersion } from '../../data/save-version.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import { todayIn } from '../../today.ts';
import { shownAs } from './copy.ts';
import { countFor, sponsorsOf } from './facts.ts';
import type { DigestParts } from './index.ts';
import { deliver, freeze, isForNobody, nextIssue, periodToday } from './sending.ts';
import {
  emptyDraft,
  lastOf,
  readDigests,
  sameWords,
  sentKey,
  wordsOf,
  type Digests,
  type SentDigest,
} from './store.ts';

/**
 * How long numbers are good enough for a preview while somebody types, in milliseconds: counting asks Graph for ten
 * lists.
 */
const goodFor = 20_000;

type Asked<Body> = TabRequest<Body, ReadyCommunity>;
const writing = { may: 'digest.edit', ready: true } as const;

export function digestRoutes(parts: DigestParts): readonly Route[] {
  const { lists, links, clock } = parts;
  const counted = new Map<string, { readonly at: number; readonly numbers: Promise<DigestNumbers> }>();

  async function read(request: Asked<unknown>): Promise<TabAnswer<DigestView>> {
    const { who, community } = request;
    const digests = await readDigests(parts, community);
    const writes = can(who, 'digest.edit', community);
    const drafts: DigestDraftView[] = [];
    for (const audience of writes ? audiences : []) {
      // Whoever opens the page sees what is true now; only typing is answered from memory.
      counted.delete(`${community.id} ${audience}`);
      drafts.push(await draftView(request, community, audience, digests));
    }

    const mine = (digest: SentDigest): boolean =>
      writes || digest.audience === 'members' || digest.sentTo.some(({ id }) => id === who.id);
    const readable = digests.sent.filter(mine);
    const replies = readable.some(({ audience }) => audience === 'sponsor')
      ? (await whenThere(() => lists.of(community.id).replies.all())).map(({ value }) => value)
      : [];
    const sent = readable.map(digest =>
      sentView(
        digest,
        replies.filter(reply => reply.digest === digest.key && (writes || reply.person.id === who.id)),
      ),
    );
    return { body: { today: todayIn(parts, community), drafts, sent } };
  }

  async function preview(request: Asked<DigestWords>): Promise<TabAnswer<DigestShown>> {
    const { community } = request;
    const audience = audienceFrom(request);
    return { body: await shown(request, community, audience, await readDigests(parts, community), request.body) };
  }

  async function save(request: Asked<DigestWords>): Promise<TabAnswer<DigestDraftView>> {
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
      lookedAt: clock().toISOString(),
    };
    const saved = await saveVersion(
      lists.onBehalfOf(community.id, onBehalfOf).digests,
      value,
      ifMatch ?? null,
      stored => JSON.stringify(wordsOf(stored)) === JSON.stringify(words) && stored.lookedBy !== null,
    );
    const now = await draftView(request, community, audience, await readDigests(parts, community));
    if (saved.kind === 'conflict')
      throw new CommunityError(
        'version-conflict',
        'the draft has changed since it was read: look at what is stored now and save with its ETag',
        { current: now, etag: now.etag ?? undefined },
      );
    return { body: now, ...(now.etag === null ? {} : { etag: now.etag }) };
  }

  async function send(request: Asked<unknown>): Promise<TabAnswer<DigestView>> {
    const { who, community, onBehalfOf, t } = request;
    const audience = audienceFrom(request);
    if (await isForNobody(parts, community, audience))
      throw new CommunityError(
        'invalid',
        `community ${community.id} has nobody in the role of sponsor: give it to somebody first`,
      );
    const digests = await readDigests(parts, community);
    const { period, issue } = periodToday(parts, community, audience, digests);
    // A press that is repeated finds what was sent a moment ago; what has been written since is for tomorrow.
    const before = digests.sent.find(({ key }) => key === sentKey(audience, period.key));
    const words = wordsOf(digests.drafts[audience]?.value);
    if (before && !isBlank(words) && !sameWords(words, before.words))
      throw new CommunityError('version-conflict', t('notice.today'), { current: { kind: 'today' } });
    const digest = await freeze(parts, community, {
      audience,
      period,
      by: who,
      list: lists.onBehalfOf(community.id, onBehalfOf).digests,
    });
    await deliver(parts, community, digest, { issue, alone: true });
    counted.delete(`${community.id} ${audience}`);
    return read(request);
  }

  async function readSent(request: Asked<unknown>): Promise<TabAnswer<DigestShown>> {
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
    return { body: shownAs({ audience, community, digest, links }, t) };
  }

  async function draftView(
    request: TabRequest<unknown>,
    community: ReadyCommunity,
    audience: DigestAudience,
    digests: Digests,
  ): Promise<DigestDraftView> {
    const row = digests.drafts[audience];
    const { reached, outside } =
      audience === 'sponsor' ? await sponsorsOf(parts, community) : { reached: [], outside: [] };
    const words = wordsOf(row?.value);
    return {
      audience,
      words,
      etag: row?.etag ?? null,
      lookedBy: row?.value.lookedBy ?? null,
      goesOutOn: words.sendOn ?? nextIssue(parts, community, audience, digests)?.due ?? null,
      reached: [...reached],
      outside: [...outside],
      ...(await shown(request, community, audience, digests, words)),
    };
  }

  /** As it would go out now. */
  async function shown(
    { who, t }: TabRequest<unknown>,
    community: ReadyCommunity,
    audience: DigestAudience,
    digests: Digests,
    words: DigestWords,
  ): Promise<DigestShown> {
    const { period } = periodToday(parts, community, audience, digests);
    const numbers = await numbersFor(community, audience, digests);
    return shownAs(
      {
        audience,
        community,
        digest: { key: sentKey(audience, period.key), period, words, numbers, lookedBy: who },
        links,
      },
      t,
    );
  }

  function numbersFor(community: ReadyCommunity, audience: DigestAudience, digests: Digests): Promise<DigestNumbers> {
    const key = `${community.id} ${audience}`;
    const now = clock().getTime();
    const known = counted.get(key);
    if (known && Math.abs(now - known.at) < goodFor) return known.numbers;
    // What is old is of no use to anybody, so the memory stays small.
    for (const [other, { at }] of counted) if (Math.abs(now - at) >= goodFor) counted.delete(other);
    const { period } = periodToday(parts, community, audience, digests);
    const numbers = countFor(parts, community, {
      audience,
      period,
      before: lastOf(digests, audience)?.numbers ?? null,
    });
    counted.set(key, { at: now, numbers });
    numbers.catch(() => counted.delete(key));
    return numbers;
  }

  return [
    route(api.digest, { may: 'community.read', ready: true }, read),
    route(api.previewDigest, writing, preview),
    route(api.saveDigest, writing, save),
    route(api.sendDigest, writing, send),
    route(api.sentDigest, { may: 'community.read', own: 'sent-digest', ready: true }, readSent),
  ];
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
