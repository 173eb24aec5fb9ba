import { WeekSize, type Settings } from '../community.ts';

/** One thing to do in a community's week. */
export interface FacilitationTask {
  /** Stays the same for ever: ticks are stored under it. */
  readonly id: string;
  /** Where its title and a line on how to go about it stand in `text.<language>.json`: the same on every day. */
  readonly words: string;
  /** Working day of the community's own week, 1 to 5. */
  readonly day: 1 | 2 | 3 | 4 | 5;
  readonly minutes: number;
  readonly source: string;
}

/** Where the rhythm and the minutes come from; the sentences are ours. */
export const facilitationSource = {
  title: 'I don’t have time to facilitate the community',
  url: 'https://mik0ton.wordpress.com/2012/08/22/i-dont-have-time-to-faciltiate-the-community/',
} as const;

type Row = readonly [words: string, minutes: number];

const everyDay: readonly Row[] = [
  ['newcomers', 10],
  ['discussions', 10],
];

/**
 * A facilitator's week: 20 tasks, 60 minutes a day and 50 on the third, 290 in all. The first two come back every day.
 */
export const facilitationWeek: readonly FacilitationTask[] = [
  ...day(1, [...everyDay, ['figures', 10], ['content', 30]]),
  ...day(2, [...everyDay, ['listen', 20], ['invite', 10], ['announce', 10]]),
  ...day(3, [...everyDay, ['newsletter', 30]]),
  ...day(4, [...everyDay, ['take-part', 20], ['events', 20]]),
  ...day(5, [...everyDay, ['collect', 10], ['plan', 30]]),
];

const lookAround: readonly Row[] = [
  ['newcomers', 5],
  ['discussions', 5],
];

/** What keeps a community going in two hours: 120 minutes, and 90 in the weeks without a highlight. */
const lightWeek: readonly FacilitationTask[] = [
  ...day(1, lookAround),
  ...day(2, [['listen', 20]]),
  ...day(3, [...lookAround, ['newsletter', 30]]),
  ...day(4, [['events', 20]]),
  ...day(5, [...lookAround, ['plan', 20]]),
];

/** What nobody should go without: 45 minutes, on the first day and on the last. */
const bareWeek: readonly FacilitationTask[] = [
  ...day(1, everyDay),
  ...day(5, [
    ['events', 10],
    ['plan', 15],
  ]),
];

const weeks: Readonly<Record<WeekSize, readonly FacilitationTask[]>> = {
  full: facilitationWeek,
  light: lightWeek,
  bare: bareWeek,
};

/** The size a community chose for its week. */
export function sizeOf({ facilitation }: Pick<Settings, 'facilitation'>): WeekSize {
  return facilitation.size ?? 'full';
}

/** The tasks of one week, which begins on this calendar day. */
export function tasksOf(size: WeekSize, week: string): readonly FacilitationTask[] {
  return size === 'light' && !hasHighlight(week) ? lightWeek.filter(task => task.id !== highlight) : weeks[size];
}

/** Minutes of a week of this size that has everything in it. */
export function mostMinutes(size: WeekSize): number {
  return minutesIn(weeks[size]);
}

/** The next smaller week and the next larger one; null where there is none. */
export function besides(size: WeekSize): { readonly smaller: WeekSize | null; readonly larger: WeekSize | null } {
  const place = WeekSize.options.indexOf(size);
  return { smaller: WeekSize.options[place + 1] ?? null, larger: WeekSize.options[place - 1] ?? null };
}

export function minutesIn(tasks: readonly Pick<FacilitationTask, 'minutes'>[]): number {
  return tasks.reduce((sum, task) => sum + task.minutes, 0);
}

const highlight = 'newsletter';

/** Of a light week every second one has a highlight. */
function hasHighlight(week: string): boolean {
  return Math.floor(Date.parse(week) / (7 * 24 * 60 * 60 * 1000)) % 2 === 0;
}

function day(number: FacilitationTask['day'], rows: readonly Row[]): readonly FacilitationTask[] {
  return rows.map(([words, minutes]) => ({
    id: everyDay.some(([daily]) => daily === words) ? `${words}-${number}` : words,
    words,
    day: number,
    minutes,
    source: facilitationSource.url,
  }));
}
