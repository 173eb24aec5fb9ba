import { z } from 'zod';
import { isReady, type Community, type Person, type ReadyCommunity } from '../../../domain/community.ts';
import { longestReply, ReplyChoice } from '../../../domain/digest.ts';
import { bundleMonth } from '../../../domain/digest-schedule.ts';
import { identifier, line, remark } from '../../../domain/text.ts';
import { change } from '../../data/list.ts';
import type { ReplyRow } from '../../data/lists.ts';
import { cardAction, type CardReply, type Press } from '../../feature.ts';
import { decidersOf } from './facts.ts';
import type { DigestParts } from './index.ts';
import { repliedCard, resumedCard, stoppedCard, thanksCard } from './note-cards.ts';
import { sponsorKind } from './sending.ts';
import { aboutValue, sponsorCard, type Told } from './sponsor-card.ts';
import { lastOf, readDigests, type SentDigest } from './store.ts';

const repliedKind = 'digest.replied';

/** What is longer is not even looked at; what is too long to keep gets a sentence of its own. */
const longestTyped = 20_000;

const AgainData = z.object({ community: identifier(100), digest: identifier(100) });
const ReplyData = AgainData.extend({
  /** Which digest it is about, on a card that brings several. */
  about: line(210).default(''),
  choice: ReplyChoice,
  /** Places among the times that were offered, `0,2`. */
  times: line(20).default(''),
  text: remark(longestTyped).default(''),
});
type AgainData = z.infer<typeof AgainData>;
type ReplyData = z.infer<typeof ReplyData>;

const answering = { may: 'community.read', own: 'sponsor-card', ready: true } as const;

/** Whoever was sent a digest may answer it, whatever the card says, and also when they have left the team since. */
export function digestActions(parts: DigestParts) {
  const { lists, messenger, communities, clock, links } = parts;

  async function onReply({ data, who, community, t }: Press<ReplyData>): Promise<CardReply> {
    const carrier = await sentTo(community, data.digest, who.id);
    const about = data.about === '' ? carrier : await aboutDigest(data.about, who.id);
    if (!carrier || !about) return { notice: t('notice.stranger'), outcome: 'refused' };
    if (about.newest !== about.digest.key) return { notice: t('notice.old') };
    const text = data.text.trim();
    if (text.length > longestReply) return { notice: t('notice.too-long', { count: text.length, most: longestReply }) };

    const reply = await keep(about, { choice: data.choice, text, times: chosen(about.digest, data.times) }, who);
    await messenger.post({
      community: about.community.id,
      kind: repliedKind,
      // An answer that is changed is told anew, one that is sent twice is not.
      period: `${reply.key}/${reply.at}`,
      to: await decidersOf(parts, about.community),
      card: translate => repliedCard({ ...about, reply, link: links.tab(about.community.id, 'digest') }, translate),
      summary: translate =>
        translate('replied.summary', { name: reply.person.name, choice: translate(`reply.choices.${reply.choice}`) }),
    });
    const thanks = { ...about, carrier: { community: community.id, digest: data.digest }, reply };
    await messenger.refresh({
      community: community.id,
      kind: sponsorKind,
      period: carrier.digest.period.key,
      to: [{ person: who }],
      card: translate => thanksCard(thanks, translate),
    });
    return { card: thanksCard(thanks, t) };
  }

  async function onAgain({ data, who, community, t }: Press<AgainData>): Promise<CardReply> {
    const carrier = await sentTo(community, data.digest, who.id);
    if (!carrier) return { notice: t('notice.stranger'), outcome: 'refused' };
    if (carrier.newest !== carrier.digest.key) return { notice: t('notice.old') };
    const told = [carrier, ...(await broughtAlong(carrier, who.id))];
    const reply =
      told.length > 1 ? undefined : (await lists.of(community.id).replies.find(replyKey(carrier.digest, who)))?.value;
    return { card: sponsorCard({ told, reply }, t) };
  }

  /** One card may bring several communities: no more messages means from any of them. */
  async function onQuiet({ data, who, community, t }: Press<AgainData>, quiet: boolean): Promise<CardReply> {
    const carrier = await sentTo(community, data.digest, who.id);
    if (!carrier) return { notice: t('notice.stranger'), outcome: 'refused' };
    const told = [carrier, ...(await broughtAlong(carrier, who.id))];
    for (const one of told) await messenger.optOut(one.community.id, who.id, quiet);
    return { card: (quiet ? stoppedCard : resumedCard)({ told, digest: data.digest }, t) };
  }

  /** Keeps what was said, in the place of what was said before. */
  async function keep(
    { community, digest }: Found,
    { choice, text, times }: Pick<ReplyRow, 'choice' | 'text' | 'times'>,
    { id, name }: Person,
  ): Promise<ReplyRow> {
    const key = replyKey(digest, { id });
    const wanted: ReplyRow = {
      key,
      digest: digest.key,
      person: { id, name },
      choice,
      text,
      times,
      at: clock().toISOString(),
    };
    const stored = await change(lists.of(community.id).replies, key, row =>
      row && sameReply(row, wanted) ? undefined : wanted,
    );
    return stored?.value ?? wanted;
  }

  interface Found extends Told {
    readonly community: ReadyCommunity;
    readonly digest: SentDigest;
    /** The key of the newest digest for the sponsor. */
    readonly newest: string | undefined;
  }

  /** The digest with this key, when this person is one of those to whom it went. */
  async function sentTo(community: Community, key: string, person: string): Promise<Found | undefined> {
    if (!isReady(community)) return undefined;
    const digests = await readDigests(parts, community);
    const digest = digests.sent.find(
      one => one.key === key && one.audience === 'sponsor' && one.sentTo.some(({ id }) => id === person),
    );
    return digest && { community, digest, newest: lastOf(digests, 'sponsor')?.key };
  }

  async function aboutDigest(about: string, person: string): Promise<Found | undefined> {
    const [id = '', key = ''] = about.split(' ');
    const community = await communities.find(id);
    return community && aboutValue(id, key) === about ? sentTo(community, key, person) : undefined;
  }

  /** The digests that came in the same card. */
  async function broughtAlong({ community, digest }: Found, person: string): Promise<readonly Told[]> {
    const found: Told[] = [];
    const month = bundleMonth(digest.period);
    for (const id of await parts.bundles.carriedBy({ community: community.id, person, month })) {
      const other = id === community.id ? undefined : await communities.find(id);
      if (!other || !isReady(other)) continue;
      const last = lastOf(await readDigests(parts, other), 'sponsor');
      if (last && bundleMonth(last.period) === month && last.sentTo.some(one => one.id === person))
        found.push({ community: other, digest: last });
    }
    return found;
  }

  async function guest({
    data,
    person,
    community,
  }: {
    readonly data: AgainData;
    readonly person: string;
    readonly community: Community;
  }): Promise<Person | undefined> {
    return (await sentTo(community, data.digest, person))?.digest.sentTo.find(({ id }) => id === person);
  }

  return {
    reply: cardAction(answering, { data: ReplyData, run: onReply, guest }),
    again: cardAction(answering, { data: AgainData, run: onAgain, guest }),
    stop: cardAction(answering, { data: AgainData, run: press => onQuiet(press, true), guest }),
    resume: cardAction(answering, { data: AgainData, run: press => onQuiet(press, false), guest }),
  };
}

function replyKey({ key }: Pick<SentDigest, 'key'>, { id }: Pick<Person, 'id'>): string {
  return `${key}/${id}`;
}

function chosen({ words: { times } }: SentDigest, places: string): string[] {
  const wanted = new Set(
    places
      .split(',')
      .filter(place => place !== '')
      .map(Number),
  );
  return times.filter((_, place) => wanted.has(place));
}

function sameReply(one: ReplyRow, other: ReplyRow): boolean {
  return one.choice === other.choice && one.text === other.text && one.times.join('\n') === other.times.join('\n');
}
