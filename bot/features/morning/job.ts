import { decideMorning, type Decided, type Reader, type WishKey } from '../../../domain/attention/mornings.ts';
import { peopleInCharge, type Member } from '../../../domain/community.ts';
import { isStopped, nothingStopped } from '../../../domain/messages/topics.ts';
import { isOpenDay } from '../../../domain/attention/open-days.ts';
import { addDays, endOfDay, localDay, momentOn, nextOnDays } from '../../../domain/schedule.ts';
import type { Job, Morning } from '../../feature.ts';
import type { Recipient } from '../../ports.ts';
import { eachRow } from '../../shared/each-row.ts';
import { severalCard } from './cards.ts';
import type { MorningParts } from './parts.ts';
import { askWishes, type AskedWish } from './wishes.ts';

const severalKind = 'morning.several';

/** How many missed mornings are looked at again, to write down what they would have brought. */
const mostMissed = 14;

/**
 * Every open morning, at the community's hour: asks all features what they would like to say, and sends each person what
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
      await noteMissed(parts, morning, since);
      const { wishes, failures } = await askWishes(parts, morning);
      await sendAll(parts, morning, wishes);
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** What may fail for one person keeps nobody else's morning. */
async function sendAll(parts: MorningParts, morning: Morning, wishes: readonly AskedWish[]): Promise<void> {
  const { ledger, roster } = parts;
  const { community, today } = morning;
  const members = await roster.members(community.id);
  const here = wishes.filter(({ wish: { to } }) => 'channel' in to || isMember(to.person.id, members));
  const present = await withoutStopped(parts, morning, here);
  const { cards, waiting } = await decide(parts, morning, { wishes: present, members });
  const before = Map.groupBy(await ledger.claimed(community.id, today), ({ person }) => person);

  await eachRow(
    parts,
    { community: community.id, list: 'Mornings' },
    [...new Set([...before.keys(), ...cards.map(({ person }) => person)])],
    person => ({ key: person, what: members.find(({ id }) => id === person)?.name ?? person }),
    async person => {
      const card = cards.find(one => one.person === person);
      const keys = card ? await ledger.claim(community.id, today, card) : (before.get(person) ?? []);
      await send(parts, morning, { keys, wishes: present });
    },
  );
  await ledger.wait(community.id, waiting);
  await endOthers(parts, morning, present);
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
  for (const { wish } of wishes.filter(one => !isWanted(one))) {
    const { to, ...message } = wish;
    await messenger.post({ ...message, community: community.id, to: [to] });
  }
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
  const known = await ledger.wishesOf(community, [...new Set(wishes.map(({ person }) => person))]);
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
  for (const { person, kind, period } of over.filter(({ until }) => until < today))
    await messenger.missed({ community: community.id, kind, period, to: [recipientOf(person)], reason: 'gave-way' });
  await ledger.drop(community.id, over);
}

/** Sends what was settled for one person this morning. */
async function send(
  { messenger, links }: MorningParts,
  { community, today }: Morning,
  { keys, wishes }: { readonly keys: readonly WishKey[]; readonly wishes: readonly AskedWish[] },
): Promise<void> {
  const names = new Set(keys.map(nameOf));
  const mine = wishes.filter(wish => names.has(nameOf(wish)));
  const [only] = mine;
  // What is settled by now, or was taken back, is not said any more.
  if (!only) return;
  for (const { wish } of mine) await wish.beforeSent?.();
  const { to, ...message } = only.wish;
  if (keys.length === 1) return messenger.post({ ...message, community: community.id, to: [to] });
  await messenger.post({
    community: community.id,
    kind: severalKind,
    period: today,
    to: [to],
    card: t => severalCard({ community, wishes: mine, links }, t),
    summary: t => t('several.summary', { count: mine.length, community: community.name }),
    expires: endOfDay(today, community.settings.timeZone),
  });
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
    for (const { wish, kind, period } of over.filter(one => !sent.has(nameOf(one))))
      await parts.messenger.missed({ community: community.id, kind, period, to: [wish.to], reason: 'missed' });
  }
}

function recipientOf(person: string): Recipient {
  return person === 'channel' ? { channel: true } : { person: { id: person, name: '' } };
}

function isMember(id: string, members: readonly Member[]): boolean {
  return members.some(member => member.id === id);
}

function nameOf({ person, kind, period }: WishKey): string {
  return JSON.stringify([person, kind, period]);
}
