import { sectionIds, type SectionId } from './charter.ts';
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
  /** With the first day of the week for which each was chosen, or the press that brought it. */
  readonly asked: readonly (AskedQuestion & { readonly period: string })[];
  readonly drafts: readonly Pick<CharterQuestion, 'section'>[];
  /** The day on which something was written, kept as a draft or reviewed last; null for never. */
  readonly changedOn: string | null;
}

/**
 * The question of this week, the same whenever it is asked; undefined when nothing is to be asked. Week after week it
 * is about one section, until something comes of it: in that week nobody is asked any more, and then it is the next
 * section's turn. How often it is put to somebody while nothing does is decided in `domain/attention`.
 */
export function questionOfWeek(
  week: string,
  { written, asked, drafts, changedOn }: WeekFacts,
): CharterQuestion | undefined {
  if (changedOn !== null && changedOn >= week) return undefined;
  const chosen = asked.find(({ period }) => period === week);
  if (chosen) return written.has(chosen.section) ? undefined : knownQuestion(chosen.section, chosen.question);
  const settled = new Set([...written, ...drafts.map(({ section }) => section)]);
  const running = asked.find(
    ({ section, period }) => isWeek(period) && period > (changedOn ?? '') && !settled.has(section),
  );
  return nextQuestion(running ? new Set(order.filter(id => id !== running.section)) : settled, asked);
}

/** Sections that nobody has written and no draft waits for, the next to be asked about first. */
export function emptySections({
  written,
  asked,
  drafts,
}: Pick<WeekFacts, 'written' | 'asked' | 'drafts'>): readonly SectionId[] {
  const drafted = new Set(drafts.map(({ section }) => section));
  return byTurn(asked).filter(id => !written.has(id) && !drafted.has(id));
}

/** The question as the method has it; undefined when it has none of that name any more. */
export function knownQuestion(section: string, question: string): CharterQuestion | undefined {
  const found = charterSections.find(({ id, questions }) => id === section && questions.includes(question));
  return found && { section: found.id, question };
}

/** Chosen for a week, and not by a press. */
function isWeek(period: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(period);
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
