import type { ReadyCommunity } from '../../../domain/community.ts';
import type { Board } from '../../../domain/facilitation/facilitation.ts';
import { besides, mostMinutes, sizeOf } from '../../../domain/facilitation/method.ts';
import { planningQuestions } from '../../../domain/facilitation/planning.ts';
import { lookedBack, pausedUntil, quietEnough } from '../../../domain/facilitation/rhythm.ts';
import type { Translate } from '../../text.ts';

/** A further line of the week's card, with one button. What people wrote in it went through `plain`. */
export interface MoreLine {
  readonly text: string;
  /** What stands on the button. */
  readonly button: string;
  /** What the button does, for those who hear the card. */
  readonly label: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What the card knows of the weeks before. */
export interface Earlier {
  /** How many weeks in a row hardly anything was ticked. */
  readonly quiet: number;
  /** The week just before; null where there was none. */
  readonly last: { readonly done: number; readonly names: readonly string[] } | null;
}

interface Changing {
  readonly community: ReadyCommunity;
  readonly board: Board;
  readonly earlier: Earlier | null;
  readonly mornings: boolean | null;
  readonly now: Date;
  readonly t: Translate;
}

/** How many weeks in a row were quiet, for a sentence; of those before nobody has looked. */
export function quietWeeks(count: number): { readonly count: number; readonly context?: 'least' } {
  return count < lookedBack ? { count } : { count, context: 'least' };
}

/** What is asked above the tasks: after quiet weeks what would help, and during a pause whether it shall end. */
export function offersOf(changing: Changing): { readonly title: string; readonly lines: readonly MoreLine[] } | null {
  const { community, earlier, board, now, t } = changing;
  if (pausedUntil(community.settings, now) !== null) return { title: '', lines: [line('resume', changing)] };
  const quiet = board.minutes.done === 0 ? (earlier?.quiet ?? 0) : 0;
  if (quiet < quietEnough) return null;
  return {
    title: t(quiet === quietEnough ? 'quiet.ask' : 'quiet.again', quietWeeks(quiet)),
    lines: [...sizes(changing, ['smaller'], { afresh: 'yes' }), line('pause', changing), line('hand', changing)],
  };
}

/** On the day on which the next week is planned: its four questions, and the way to answer them here. */
export function planningOf(changing: Changing): readonly MoreLine[] {
  const { board, t } = changing;
  const today = board.days.find(({ state }) => state === 'today');
  const isToPlan = today?.tasks.some(({ id, state }) => id === 'plan' && state.kind === 'open') ?? false;
  if (!isToPlan) return [];
  const questions = Object.fromEntries(planningQuestions.map(id => [id, t(`planning.${id}`)]));
  return [line('planning', changing, {}, questions)];
}

/**
 * How the week could go otherwise, folded at the end of the card.
 * @param offered it is offered above the tasks already, but for what is each reader's own
 */
export function choicesOf(changing: Changing, offered: boolean): readonly MoreLine[] {
  const { mornings } = changing;
  const own =
    mornings === null ? [] : [line(mornings ? 'silence' : 'mornings', changing, { line: mornings ? 'off' : 'on' })];
  if (offered) return own;
  return [...sizes(changing, ['smaller', 'larger']), ...own, line('pause', changing), line('hand', changing)];
}

function sizes(
  changing: Changing,
  ways: readonly ('smaller' | 'larger')[],
  data: Readonly<Record<string, unknown>> = {},
): readonly MoreLine[] {
  const size = sizeOf(changing.community.settings);
  const other = besides(size);
  return ways.flatMap(way => {
    const wanted = other[way];
    if (wanted === null) return [];
    const values = { minutes: mostMinutes(wanted), now: mostMinutes(size) };
    return [line(way, changing, { size: wanted, ...data }, values)];
  });
}

const verbs = {
  smaller: 'facilitation.size',
  larger: 'facilitation.size',
  mornings: 'facilitation.mornings',
  silence: 'facilitation.mornings',
  pause: 'facilitation.pause',
  resume: 'facilitation.resume',
  hand: 'facilitation.hand',
  planning: 'facilitation.planning',
} as const;

function line(
  name: keyof typeof verbs,
  { community, board, t }: Changing,
  data: Readonly<Record<string, unknown>> = {},
  values: Readonly<Record<string, unknown>> = {},
): MoreLine {
  const [text, button] = [t(`choices.${name}.text`, values), t(`choices.${name}.button`)];
  return {
    text,
    button,
    label: t('choices.press', { text, button }),
    verb: verbs[name],
    data: { community: community.id, week: board.week, ...data },
  };
}
