import { peopleInCharge, type Member, type Person, type ReadyCommunity } from '../../../domain/community.ts';
import { can } from '../../../domain/permissions.ts';
import { addDays, localDay, weekdayOf } from '../../../domain/schedule.ts';
import { welcomeDays } from '../../../domain/welcome/welcome.ts';
import { shortened } from '../../../domain/text.ts';
import { whenThere } from '../../lists/list.ts';
import type { NewcomerRow } from '../../lists/model.ts';
import type { Morning, Wish } from '../../feature.ts';
import { unansweredCard, welcomeCard } from './cards.ts';
import { readFacts } from './community-facts.ts';
import { messageKind, messagePeriod } from './events.ts';
import type { WelcomeParts } from './parts.ts';

export const unansweredKind = 'welcome.unanswered';
/** In characters, on a line among others. */
const longestName = 60;

/**
 * Whoever has not answered their welcome is asked once more after two weeks, and then no more. Those who welcome people
 * hear of them by name, all who joined in one week together: a word from somebody does more than a third card.
 */
export function welcomeWishes(parts: WelcomeParts): (morning: Morning) => Promise<readonly Wish[]> {
  return async morning => {
    const newcomers = await unansweredIn(parts, morning.community);
    if (newcomers.length === 0) return [];
    return [...(await secondWelcomes(parts, morning, newcomers)), ...(await toHosts(parts, morning, newcomers))];
  };
}

/** Those in the team who have said nothing, and want to be written to. */
export async function unansweredIn(
  { lists, roster }: Pick<WelcomeParts, 'lists' | 'roster'>,
  { id }: ReadyCommunity,
): Promise<readonly NewcomerRow[]> {
  const rows = (await whenThere(() => lists.of(id).newcomers.all())).map(({ value }) => value);
  const open = rows.filter(({ answeredAt, noMessages }) => answeredAt === null && !noMessages);
  if (open.length === 0) return [];
  const here = new Set((await roster.members(id)).map(member => member.id));
  return open.filter(({ person }) => here.has(person.id));
}

async function secondWelcomes(
  parts: WelcomeParts,
  { community, today }: Morning,
  newcomers: readonly NewcomerRow[],
): Promise<readonly Wish[]> {
  const due = newcomers.filter(row => {
    const { again, over } = welcomeDays(joinedOn(row, community));
    return again <= today && today < over;
  });
  if (due.length === 0) return [];
  const facts = await readFacts(parts, community);
  return due.map((row): Wish => {
    const { person } = row;
    return {
      kind: messageKind,
      // A copy of the first, as far as the outbox knows: what turns that one turns this one, too.
      period: `${messagePeriod}#2`,
      to: { person },
      urgency: 'sometime',
      until: addDays(welcomeDays(joinedOn(row, community)).over, -1),
      card: t => welcomeCard(facts, { name: person.name, answer: undefined, again: true }, t),
      summary: t => t('again.summary', { community: community.name }),
      line: t => t('welcome:again.line', { community: shortened(community.name, longestName) }),
    };
  });
}

async function toHosts(
  { roster, links, log }: WelcomeParts,
  { community }: Morning,
  newcomers: readonly NewcomerRow[],
): Promise<readonly Wish[]> {
  const to = hostsOf(community, await roster.members(community.id));
  if (to.length === 0) log.warn({ community: community.id }, 'nobody hears of newcomers without an answer');
  const byWeek = Map.groupBy(newcomers, row => sundayOf(joinedOn(row, community)));
  return to.flatMap(person =>
    [...byWeek].map(
      ([sunday, rows]): Wish => ({
        kind: unansweredKind,
        period: sunday,
        to: { person },
        urgency: 'sometime',
        until: welcomeDays(sunday).forgotten,
        again: { since: sunday },
        card: t =>
          unansweredCard(
            {
              community,
              newcomers: rows.map(row => ({ name: row.person.name, joinedOn: joinedOn(row, community) })),
              link: links.tab(community.id, 'welcome'),
            },
            t,
          ),
        summary: t => t('unanswered.summary', { count: rows.length, name: rows[0]?.person.name ?? '' }),
        line: t =>
          t('welcome:unanswered.line', {
            count: rows.length,
            name: shortened(rows[0]?.person.name ?? '', longestName),
          }),
      }),
    ),
  );
}

/** Those who hold Member support and may read newcomers, else those in charge. */
export function hostsOf(community: ReadyCommunity, members: readonly Member[]): readonly Person[] {
  const support = new Set(
    (community.acceptances ?? []).filter(({ role }) => role === 'member-support').map(({ person }) => person),
  );
  const holding = members.filter(member => support.has(member.id) && can(member, 'welcome.read', community));
  return holding.length > 0 ? holding.map(({ id, name }) => ({ id, name })) : peopleInCharge(community, members);
}

export function joinedOn({ joinedAt }: Pick<NewcomerRow, 'joinedAt'>, { settings }: ReadyCommunity): string {
  return localDay(new Date(joinedAt), settings.timeZone);
}

export function sundayOf(day: string): string {
  return addDays(day, 7 - weekdayOf(day));
}
