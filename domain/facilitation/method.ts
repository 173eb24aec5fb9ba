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
  ...day(1, [
    ['figures', 10],
    ['content', 30],
  ]),
  ...day(2, [
    ['listen', 20],
    ['invite', 10],
    ['announce', 10],
  ]),
  ...day(3, [['newsletter', 30]]),
  ...day(4, [
    ['take-part', 20],
    ['events', 20],
  ]),
  ...day(5, [
    ['collect', 10],
    ['plan', 30],
  ]),
];

export const minutesOfWeek = facilitationWeek.reduce((sum, task) => sum + task.minutes, 0);

function day(number: FacilitationTask['day'], rows: readonly Row[]): readonly FacilitationTask[] {
  const task = (id: string, [words, minutes]: Row): FacilitationTask => ({
    id,
    words,
    day: number,
    minutes,
    source: facilitationSource.url,
  });
  return [...everyDay.map(row => task(`${row[0]}-${number}`, row)), ...rows.map(row => task(row[0], row))];
}
