import { sectionIds, type SectionId } from './charter.ts';
import { addDays } from '../schedule.ts';
import { charterSections } from './method.ts';

/** One of the questions that help to write a section. */
export interface CharterQuestion {
  readonly section: SectionId;
  readonly question: string;
}

/** A question that was asked, and when: an ISO instant. */
export interface AskedQuestion {
  readonly section: string;
  readonly question: string;
  readonly askedAt: string;
}

/** Which sections come first: what a newcomer reads first is asked first. */
const order: readonly SectionId[] = ['purpose', 'aims', ...sectionIds.filter(id => id !== 'purpose' && id !== 'aims')];

/**
 * The question to ask about a charter that has empty sections; undefined when all are written. The empty sections take
 * turns, and so do the questions of each: what was never asked comes first, then what lies back longest. So nobody
 * reads the same question twice in a row while there is another.
 */
export function nextQuestion(
  written: ReadonlySet<string>,
  asked: readonly AskedQuestion[],
): CharterQuestion | undefined {
  const section = byTurn(asked).find(id => !written.has(id));
  if (section === undefined) return undefined;
  const [question] = questionsOf(section).toSorted((one, other) =>
    lastOf({ section, question: one }, asked).localeCompare(lastOf({ section, question: other }, asked)),
  );
  return question === undefined ? undefined : { section, question };
}

/** What decides which question is this week's. */
export interface WeekFacts {
  /** Sections that are not empty. */
  readonly written: ReadonlySet<string>;
  readonly asked: readonly (AskedQuestion & { readonly period: string })[];
  readonly drafts: readonly Pick<CharterQuestion, 'section'>[];
}

/**
 * The question of this week, the same whenever it is asked: undefined once its section is written, as one week has one
 * question. Nobody wants it, so that sections of which enough was asked are left alone.
 */
export function questionOfWeek(week: string, { written, asked, drafts }: WeekFacts): CharterQuestion | undefined {
  const chosen = asked.find(({ period }) => period === week);
  if (!chosen) {
    const lately = asked.filter(({ askedAt }) => askedAt >= addDays(week, -restDays)).map(({ section }) => section);
    return nextQuestion(new Set([...written, ...restingSections(asked, drafts), ...lately]), asked);
  }
  return written.has(chosen.section) ? undefined : knownQuestion(chosen.section, chosen.question);
}

/** Empty sections that are still asked about, the next one first. */
export function emptySections({ written, asked, drafts }: WeekFacts): readonly SectionId[] {
  const resting = restingSections(asked, drafts);
  return byTurn(asked).filter(id => !written.has(id) && !resting.has(id));
}

/** In days before a week: a section that was asked about in them is left alone in it, so that two weeks lie between. */
const restDays = 7;
/** So often somebody is asked about a section without writing it; then it is let go. */
const mostAskedOf = 3;

/** Sections that are not asked about by themselves any more: enough was asked, or a draft waits to be put in. */
function restingSections(
  asked: readonly AskedQuestion[],
  drafts: readonly Pick<CharterQuestion, 'section'>[],
): ReadonlySet<string> {
  const times = Map.groupBy(asked, ({ section }) => section);
  return new Set([
    ...sectionIds.filter(id => (times.get(id)?.length ?? 0) >= mostAskedOf),
    ...drafts.map(({ section }) => section),
  ]);
}

/** The question as the method has it; undefined when it has none of that name any more. */
export function knownQuestion(section: string, question: string): CharterQuestion | undefined {
  const found = charterSections.find(({ id, questions }) => id === section && questions.includes(question));
  return found && { section: found.id, question };
}

/** The sections in the order in which it is their turn: what lies back longest comes first. */
function byTurn(asked: readonly AskedQuestion[]): readonly SectionId[] {
  return order.toSorted((one, other) => lastIn(one, asked).localeCompare(lastIn(other, asked)));
}

function questionsOf(section: SectionId): readonly string[] {
  return charterSections.find(({ id }) => id === section)?.questions ?? [];
}

/** Empty for never, which comes before every moment. */
function lastIn(section: SectionId, asked: readonly AskedQuestion[]): string {
  return latest(asked.filter(one => one.section === section));
}

function lastOf({ section, question }: CharterQuestion, asked: readonly AskedQuestion[]): string {
  return latest(asked.filter(one => one.section === section && one.question === question));
}

function latest(asked: readonly AskedQuestion[]): string {
  return (
    asked
      .map(({ askedAt }) => askedAt)
      .toSorted()
      .at(-1) ?? ''
  );
}
