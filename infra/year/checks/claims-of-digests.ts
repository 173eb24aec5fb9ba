import roleWords from '../../../domain/roles/text.en.json' with { type: 'json' };
import { sampleZone } from '../../local/sample-people.ts';
import { dayAt, isWorkingDay } from '../days.ts';
import type { Received } from '../diary.ts';
import type { Facts } from '../facts.ts';
import { equal, sameDay, type Claim } from './claims.ts';
import { reviewDay } from './claims-of-charter.ts';
import { actionCalled } from './claims-of-plan.ts';
import { answersTo } from './claims-of-surveys.ts';
import { isMemberIn, isOverdue, planOf, rolesOf, settingsOf, surveysOf, type PlanRow } from './lists.ts';
import { dayFrom, saidDay } from './said-days.ts';

interface Period {
  readonly from: string;
  readonly to: string;
}

const spokenPeriod = new RegExp(`^Digest of Data Storytellers · (?:${saidDay} to )?${saidDay}$`);

/** The period that a digest says it is about; undefined of another card, and of one that is shown again later. */
function periodOf({ lines, kind, day }: Received): Period | undefined {
  if (kind === 'answer') return undefined;
  const match = lines.map(line => spokenPeriod.exec(line)).find(found => found !== null);
  if (!match) return undefined;
  const to = dayFrom([undefined, ...match.slice(4)], day, 'behind');
  return { from: match[1] === undefined ? to : dayFrom(match.slice(0, 4), to, 'behind'), to };
}

function within({ from, to }: Period, day: string): boolean {
  return from <= day && day <= to;
}

/** A claim about the period of the digest that it stands in. */
function ofPeriod(
  says: RegExp,
  but: (
    match: RegExpMatchArray,
    card: Received,
    period: Period,
    diary: Parameters<Claim['but']>[2],
  ) => string | undefined,
): Claim {
  return {
    says,
    but: (match, card, diary) => {
      const period = periodOf(card);
      return period ? but(match, card, period, diary) : undefined;
    },
  };
}

/** What is said to come, by its day: a digest that is shown again later says what was to come when it went out. */
function ofComing(says: RegExp, but: (match: RegExpMatchArray, card: Received) => string | undefined): Claim {
  return {
    says,
    but: (match, card) =>
      card.kind === 'answer' && card.lines.some(line => spokenPeriod.test(line)) ? undefined : but(match, card),
  };
}

function done(actions: readonly PlanRow[]): number {
  return actions.filter(({ state }) => state === 'done').length;
}

/** Key roles and those of the community’s own, by title, with whether somebody of the team holds them. */
function neededRoles(facts: Facts): readonly { readonly title: string; readonly held: boolean }[] {
  const holds = (role: string): boolean =>
    role === 'coordinator'
      ? (settingsOf(facts)?.coordinators ?? []).some(({ id }) => isMemberIn(facts, id))
      : rolesOf(facts).some(one => one.role === role && one.state === 'accepted' && isMemberIn(facts, one.person.id));
  const keys = ['coordinator', 'member-support', 'information-resources', 'teams-administrator', 'sponsor'] as const;
  return [
    ...keys.map(role => ({ title: roleWords.method[role].title, held: holds(role) })),
    ...facts
      .rows('CoP Own Roles')
      .map(row => ({ title: String(row['title']), held: holds(String(row['key'] ?? row['Title'])) })),
  ];
}

const ofActions: readonly Claim[] = [
  ofPeriod(
    /(\d+) of (\d+) (?:actions|steps) (?:of our plan are )?(?:done|taken)(?!.*:)/,
    ([, count, total], { facts }) => {
      const actions = planOf(facts);
      return equal(count, done(actions)) ?? equal(total, actions.length);
    },
  ),
  ofPeriod(/(?:actions done|steps taken)(?!:).*; (\d+) overdue/, ([, count], { facts, day }) =>
    equal(count, planOf(facts).filter(action => isOverdue(action, day)).length),
  ),
  ofPeriod(/(?:actions done|steps taken)(?!:).*; (\d+) stuck/, ([, count], { facts }) =>
    equal(count, planOf(facts).filter(({ state }) => state === 'stuck').length),
  ),
  ofPeriod(
    /(\d+) of (\d+)(?: (?:steps? taken|actions? done))?: (.+?)(?:; (\d+) overdue)?$/,
    ([, count, total, aim, late], { facts, day }) => {
      const actions = planOf(facts).filter(action => action.aim?.startsWith(aim ?? ''));
      if (actions.length === 0) return undefined;
      return (
        equal(count, done(actions)) ??
        equal(total, actions.length) ??
        equal(late ?? '0', actions.filter(action => isOverdue(action, day)).length)
      );
    },
  ),
  ofPeriod(/^- (.+?)(?: \([^)]*\))?$/, ([, title], card, period) => {
    const above = card.lines.slice(
      0,
      card.lines.findIndex(line => line.includes(`- ${title}`)),
    );
    if (above.findLast(line => !line.startsWith('- ')) !== 'Finished') return undefined;
    const action = actionCalled(card, title ?? '');
    if (!action) return undefined;
    return action.doneAt !== null && within(period, dayAt(action.doneAt, sampleZone))
      ? undefined
      : `it was done ${action.doneAt === null ? 'never' : `on ${dayAt(action.doneAt, sampleZone)}`}`;
  }),
];

const ofPeople: readonly Claim[] = [
  ofPeriod(/(\d+) (?:person|people) joined/, ([, count], _card, period, { acts }) =>
    equal(count, acts.filter(({ what, day }) => what === 'joins the team' && within(period, day)).length),
  ),
  ofPeriod(/(\d+) of the key and own roles filled/, ([, count], { facts }) =>
    equal(count, neededRoles(facts).filter(({ held }) => held).length),
  ),
  ofPeriod(/still open: (.+)$/, ([, titles = ''], { facts }) => {
    const free = neededRoles(facts).filter(({ held }) => !held);
    const said = titles.split(', ').toSorted().join(', ');
    const is = free
      .map(({ title }) => title)
      .toSorted()
      .join(', ');
    return said === is ? undefined : `those are ${is}`;
  }),
  ofPeriod(/^\*\*(.+)\*\*, (\d+) answers?/, ([, title, count], card, _period, diary) => {
    const survey = surveysOf(card.facts).findLast(one => one.title === title && one.closesOn < card.day);
    return survey?.key.startsWith('year-') ? equal(count, answersTo(diary, survey, card.at)) : undefined;
  }),
];

/** Days that are said in digests, and before they come. */
const ofDays: readonly Claim[] = [
  {
    says: new RegExp(`^On ${saidDay} the digest of .+ goes out`),
    but: (match, { day, kind }, { received, days }) => {
      const goesOut = dayFrom(match, day);
      if (!days.has(goesOut)) return undefined;
      if (!isWorkingDay(goesOut)) return 'nothing goes out on that day';
      const wanted = kind === 'digest.draft' ? /^digest\.(sponsor|members|byHand)$/ : /^digest\./;
      return received.some(one => wanted.test(one.kind) && one.day === goesOut && !one.edit)
        ? undefined
        : 'no digest went out on that day';
    },
  },
  {
    says: new RegExp(`^The digest for (?:your sponsor|the channel) goes out on ${saidDay}`),
    but: (match, { day }, { received, days }) => {
      const goesOut = dayFrom(match, day);
      if (!days.has(goesOut)) return undefined;
      const wanted = match[0].includes('sponsor') ? 'digest.sponsor' : 'digest.members';
      return received.some(one => one.kind === wanted && one.day === goesOut && !one.edit)
        ? undefined
        : 'it did not go out on that day';
    },
  },
  ofComing(new RegExp(`^- ${saidDay}: (?!the )(.+)$`), ([, day, month, year, title], card) => {
    const action = actionCalled(card, title ?? '');
    return action ? sameDay(dayFrom([undefined, day, month, year], card.day), action.due) : undefined;
  }),
  ofComing(new RegExp(`^- ${saidDay}: the charter is due for review`), (match, card) =>
    sameDay(dayFrom(match, card.day), reviewDay(card)),
  ),
  ofComing(new RegExp(`^- ${saidDay}: the survey “(.+)” closes`), ([, day, month, year, title], card) =>
    sameDay(
      dayFrom([undefined, day, month, year], card.day),
      surveysOf(card.facts).findLast(one => one.title === title)?.closesOn,
    ),
  ),
  ofComing(new RegExp(`^- ${saidDay}: the term of (.+) as .+ ends`), ([, day, month, year, name], card) => {
    const ends = dayFrom([undefined, day, month, year], card.day);
    const terms = rolesOf(card.facts).filter(({ person }) => person.name === name);
    return terms.some(({ until }) => until === ends) ? undefined : 'no term of theirs ends then';
  }),
  {
    // What it is about is over when it comes.
    says: spokenPeriod,
    but: (match, card) => {
      const period = periodOf(card);
      return period && (period.to > card.day || period.from > period.to) ? `it is ${card.day}: ${match[0]}` : undefined;
    },
  },
];

export const ofDigests: readonly Claim[] = [...ofActions, ...ofPeople, ...ofDays];
