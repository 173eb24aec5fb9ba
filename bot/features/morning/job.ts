import { decideMorning, type Decided, type Reader, type WishKey } from '../../../domain/attention/mornings.ts';
import { peopleInCharge, type Member } from '../../../domain/community.ts';
import { isStopped, nothingStopped } from '../../../domain/messages/topics.ts';
import { isOpenDay } from '../../../domain/attention/open-days.ts';
import { addDays, endOfDay, localDay, momentOn, nextOnDays } from '../../../domain/schedule.ts';
import type { Job, Morning } from '../../feature.ts';
import type { Recipient } from '../../ports.ts';
import { eachRow } from '../../shared/each-row.ts';
import { severalCard } from './cards.ts';
import { severalKind } from './ledger.ts';
import type { MorningParts } from './parts.ts';
import type { AskedWish } from './asked-wish.ts';
import { askWishes } from './wishes.ts';

/** How many missed mornings are looked at again, to write down what they would have brought. */
const mostMissed = 14;

/**
 * Every open morning, at the community's hour: asks all features what they would like to say, and sends each person
 * what
 * `domain/attention` chooses. What a person gets is settled before it is sent, so that a run that broke, or another
 * server, sends just that.
 */
export function morningJob(parts: MorningParts): Job {
  return {
    name: 'morning.wishes',
    urgent: true,
    rests: true,
    next(community, after) {
      const {
        timeZone,
        facilitation: { time },
      } = community.settings;
      return nextOnDays({ days: [1, 2, 3, 4, 5, 6, 7], time, timeZone }, after);
    },
    async run({ community, since, now }) {
      const {
        timeZone,
        facilitation: { time },
      } = community.settings;
      const today = localDay(now, timeZone);
      if (now < momentOn(today, time, timeZone))
        return parts.log.info({ community: community.id, today }, 'no morning yet: its time today is still to come');
      const morning: Morning = { community, now, today, rest: await parts.restDays.of(community) };
      if (localDay(since, timeZone) === today && (await isSilent(parts, morning))) return;
      await noteMissed(parts, morning, since);
      const { wishes, failures } = await askWishes(parts, morning);
      await sendAll(parts, morning, wishes);
      if (failures.length > 0) throw failures[0];
    },
  };
}

/**
 * Whether nothing is to be said this morning, by what is known of the lists: most mornings are like that, and cost
 * nothing. What is said is read anew first.
 */
async function isSilent(parts: MorningParts, morning: Morning): Promise<boolean> {
  const { ledger, asKnown } = parts;
  const { id } = morning.community;
  // A morning before this one had no room for it, or a run of this one broke.
  if ((await ledger.waiting(id)).length + (await ledger.claim(id, morning.today, [])).length > 0) return false;
  const { wishes, failures } = await asKnown(() => askWishes(parts, morning));
  const sent = await sentBefore(ledger, id, wishes);
  return failures.length === 0 && wishes.every(one => sent.has(nameOf(one)));
}

/** What may fail for one person keeps nobody else's morning. */
async function sendAll(parts: MorningParts, morning: Morning, wishes: readonly AskedWish[]): Promise<void> {
  const { ledger, roster } = parts;
  const { community, today } = morning;
  const members = await roster.members(community.id);
  const names = new Map(members.map(({ id, name }) => [id, name]));
  const here = wishes.filter(({ wish: { to } }) => 'channel' in to || names.has(to.person.id));
  const present = await withoutStopped(parts, morning, here);
  const { cards, waiting } = await decide(parts, morning, { wishes: present, members });
  const settled = await ledger.claim(community.id, today, cards);

  const mornings = morningsOf(settled, present);
  const send = sending(parts, morning, mornings);
  await eachRow(
    parts,
    { community: community.id, list: 'Mornings' },
    mornings,
    ({ person }) => ({ key: person, what: names.get(person) ?? person }),
    send,
  );
  await ledger.wait(community.id, waiting);
  await endOthers(parts, morning, present);
}

/** What one person is told this morning. */
interface PersonsMorning {
  readonly person: string;
  readonly wishes: readonly AskedWish[];
  /** Whether several were settled, of which some may be settled by people meanwhile. */
  readonly several: boolean;
}

/** Who is told what of what was settled. What is over by now, or was taken back, is not said any more. */
function morningsOf(settled: readonly WishKey[], wishes: readonly AskedWish[]): readonly PersonsMorning[] {
  const wished = Map.groupBy(wishes, ({ person }) => person);
  return [...Map.groupBy(settled, ({ person }) => person)].map(([person, keys]) => {
    const names = new Set(keys.map(nameOf));
    return {
      person,
      wishes: (wished.get(person) ?? []).filter(wish => names.has(nameOf(wish))),
      several: keys.length > 1,
    };
  });
}

/**
 * What somebody wants no messages about takes nobody's morning, and stands on no card. It goes to the outbox all the
 * same, which sends it to nobody, and says so in the log of messages.
 */
async function withoutStopped(
  { messenger }: MorningParts,
  { community }: Morning,
  wishes: readonly AskedWish[],
): Promise<readonly AskedWish[]> {
  const stopped = await messenger.stopped(community.id, [...new Set(wishes.map(({ person }) => person))]);
  const isWanted = ({ person, kind }: AskedWish): boolean => !isStopped(kind, stopped.get(person) ?? nothingStopped);
  for (const same of together(wishes.filter(one => !isWanted(one)))) await post(messenger, community.id, same);
  return wishes.filter(isWanted);
}

async function decide(
  parts: MorningParts,
  morning: Morning,
  { wishes, members }: { readonly wishes: readonly AskedWish[]; readonly members: readonly Member[] },
): Promise<Decided<AskedWish>> {
  if (wishes.length === 0) return { cards: [], waiting: [] };
  const { ledger } = parts;
  const { community, today } = morning;
  const sent = await sentBefore(ledger, community.id, wishes);
  const [withCards, sponsors] = await readersOf(parts, morning);
  const inCharge = peopleInCharge(community, members);
  const readerOf = (person: string): Reader =>
    inCharge.some(({ id }) => id === person) ? 'coordinator' : sponsors.has(person) ? 'sponsor' : 'member';

  return decideMorning(wishes, {
    today,
    readerOf,
    hasCard: person => withCards.has(person),
    sent: await ledger.sentSince(community.id, addDays(today, -6)),
    wasSent: wish => sent.has(nameOf(wish)),
  });
}

/** Which wishes of the people of these have had their morning, as {@link nameOf} has them. */
async function sentBefore(
  ledger: MorningParts['ledger'],
  community: string,
  wishes: readonly WishKey[],
): Promise<ReadonlySet<string>> {
  const known = await ledger.wishesLike(community, wishes);
  return new Set(known.filter(({ day }) => day !== null).map(nameOf));
}

async function readersOf(
  { features, sponsorsOf }: MorningParts,
  morning: Morning,
): Promise<readonly [ReadonlySet<string>, ReadonlySet<string>]> {
  const reached = [];
  for (const feature of features()) reached.push(...((await feature.reaches?.(morning)) ?? []));
  return [new Set(reached), await sponsorsOf(morning)];
}

/** What waited and is not wished any more is over: settled by people, or its day is past, which the log says. */
async function endOthers(
  { ledger, messenger }: MorningParts,
  { community, today }: Morning,
  wishes: readonly WishKey[],
): Promise<void> {
  const wished = new Set(wishes.map(nameOf));
  const over = (await ledger.waiting(community.id)).filter(wish => !wished.has(nameOf(wish)) || wish.until < today);
  const late = over.filter(({ until }) => until < today);
  await noteUnsent(messenger, { community: community.id, wishes: late, reason: 'gave-way' });
  await ledger.drop(community.id, over);
}

/** Sends to one person after the other; what several are told alone goes to all of them with the first. */
function sending(
  { messenger, links }: MorningParts,
  { community, today }: Morning,
  mornings: readonly PersonsMorning[],
): (one: PersonsMorning) => Promise<void> {
  const alone = together(mornings.flatMap(({ several, wishes }) => (several ? [] : wishes)));
  const sameAs = new Map(alone.flatMap(same => same.map(({ person }) => [person, same] as const)));
  const begun = new Map<readonly AskedWish[], Promise<void>>();

  return async ({ person, wishes, several }) => {
    const [first] = wishes;
    if (!first) return;
    if (several) {
      for (const { wish } of wishes) await wish.beforeSent?.();
      return messenger.post({
        community: community.id,
        kind: severalKind,
        period: today,
        to: [first.wish.to],
        card: t => severalCard({ community, wishes, links }, t),
        summary: t => t('several.summary', { count: wishes.length, community: community.name }),
        expires: endOfDay(today, community.settings.timeZone),
      });
    }
    const same = sameAs.get(person) ?? wishes;
    const posting = begun.get(same) ?? postAll(messenger, community.id, same);
    begun.set(same, posting);
    return posting;
  };
}

/** Wishes that are one message to several people: they share the function that makes their card. */
function together(wishes: readonly AskedWish[]): readonly (readonly AskedWish[])[] {
  return [...Map.groupBy(wishes, ({ wish }) => wish.card).values()].flatMap(same => [
    ...Map.groupBy(same, ({ period }) => period).values(),
  ]);
}

async function postAll(
  messenger: MorningParts['messenger'],
  community: string,
  same: readonly AskedWish[],
): Promise<void> {
  for (const before of new Set(same.map(({ wish }) => wish.beforeSent))) await before?.();
  await post(messenger, community, same);
}

async function post(
  messenger: MorningParts['messenger'],
  community: string,
  same: readonly AskedWish[],
): Promise<void> {
  const [first] = same;
  if (!first) return;
  const { to: _to, ...message } = first.wish;
  await messenger.post({ ...message, community, to: same.map(({ wish }) => wish.to) });
}

/** Mornings on which no server ran: what they would have brought stands in the log of messages. */
async function noteMissed(parts: MorningParts, morning: Morning, since: Date): Promise<void> {
  const { community, today, rest } = morning;
  const { timeZone, facilitation } = community.settings;
  let day = localDay(since, timeZone);
  if (day < addDays(today, -mostMissed)) day = addDays(today, -mostMissed);
  for (; day < today; day = addDays(day, 1)) {
    if (!isOpenDay(day, rest)) continue;
    const then = { ...morning, today: day, now: momentOn(day, facilitation.time, timeZone) };
    const over = (await askWishes(parts, then)).wishes.filter(({ until }) => until < today);
    const sent = await sentBefore(parts.ledger, community.id, over);
    const unsent = over.filter(one => !sent.has(nameOf(one)));
    await noteUnsent(parts.messenger, { community: community.id, wishes: unsent, reason: 'missed' });
  }
}

async function noteUnsent(
  messenger: MorningParts['messenger'],
  {
    community,
    wishes,
    reason,
  }: {
    readonly community: string;
    readonly wishes: readonly WishKey[];
    readonly reason: 'missed' | 'gave-way';
  },
): Promise<void> {
  for (const [kind, ofKind] of Map.groupBy(wishes, wish => wish.kind))
    for (const [period, same] of Map.groupBy(ofKind, wish => wish.period))
      await messenger.missed({ community, kind, period, to: same.map(({ person }) => recipientOf(person)), reason });
}

function recipientOf(person: string): Recipient {
  return person === 'channel' ? { channel: true } : { person: { id: person, name: '' } };
}

function nameOf({ person, kind, period }: WishKey): string {
  return JSON.stringify([person, kind, period]);
}
