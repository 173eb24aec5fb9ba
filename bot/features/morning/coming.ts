import { comesInWeek, periodsOf } from '../../../domain/attention/mornings.ts';
import { peopleInCharge, type ReadyCommunity } from '../../../domain/community.ts';
import { localDay } from '../../../domain/schedule.ts';
import type { OpenQuestion, ReadComing } from '../../shared/waiting.ts';
import type { KnownWish } from './ledger.ts';
import type { MorningParts } from './parts.ts';

/** Asks the ledger of mornings, in one statement, which questions come by themselves in a week. */
export function comingQuestions({ ledger, roster }: Pick<MorningParts, 'ledger' | 'roster'>): ReadComing {
  return async (community, week, questions) => {
    const readers = new Set(peopleInCharge(community, await roster.members(community.id)).map(({ id }) => id));
    const asked = questions.flatMap(question =>
      question.to.filter(id => readers.has(id)).map(person => ({ ...keyOf(question), person, question })),
    );
    const known = await ledger.wishesLike(community.id, asked);
    const coming = asked.filter(({ question, person }) => {
      const was = known.filter(one => one.person === person && isOf(question, one));
      const put = new Map(was.flatMap(({ period, day }) => (day === null ? [] : [[period, day] as const])));
      const againOn = was.toSorted(byDay).at(-1)?.againOn ?? null;
      return comesInWeek(week, sinceInstalled(question, community), { put, since: question.since, againOn });
    });
    return new Set(coming.map(({ question }) => question));
  };
}

/** What is older than the community here came up when the app did. */
function sinceInstalled(question: OpenQuestion, { installedAt, settings }: ReadyCommunity): OpenQuestion {
  const installedOn = installedAt === undefined ? '' : localDay(new Date(installedAt), settings.timeZone);
  return question.cameUp >= installedOn ? question : { ...question, cameUp: installedOn };
}

function keyOf({ kind, period }: OpenQuestion): Pick<OpenQuestion, 'kind' | 'period'> {
  return { kind, period };
}

function isOf({ kind, period }: OpenQuestion, known: KnownWish): boolean {
  return known.kind === kind && periodsOf(period).includes(known.period);
}

function byDay(one: KnownWish, other: KnownWish): number {
  return (one.day ?? '').localeCompare(other.day ?? '');
}
