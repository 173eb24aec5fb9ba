/** One thing to do in a community's week. */
export interface FacilitationTask {
  /** Stays the same for ever: ticks are stored under it. */
  readonly id: string;
  /** Working day of the community's own week, 1 to 5. */
  readonly day: 1 | 2 | 3 | 4 | 5;
  readonly minutes: number;
  readonly title: string;
  /** One line on how to go about it. */
  readonly how: string;
  readonly source: string;
}

/** Where the rhythm and the minutes come from; the sentences are ours. */
export const facilitationSource = {
  title: 'I don’t have time to facilitate the community',
  url: 'https://mik0ton.wordpress.com/2012/08/22/i-dont-have-time-to-faciltiate-the-community/',
} as const;

type Row = readonly [id: string, minutes: number, title: string, how: string];

const everyDay: readonly Row[] = [
  [
    'newcomers',
    10,
    'Welcome who has joined',
    'Answer requests to join, and send each newcomer one thing that fits what brought them.',
  ],
  [
    'discussions',
    10,
    'Keep discussions going',
    'Reply where you can, and quietly nudge a member who would know the answer.',
  ],
];

/**
 * A facilitator's week: 20 tasks, 60 minutes a day and 50 on the third, 290 in all. The first two come back every day.
 */
export const facilitationWeek: readonly FacilitationTask[] = [
  ...day(1, [
    [
      'figures',
      10,
      'See what people came for',
      'Which posts drew them in last week, and on which day and hour are most people here?',
    ],
    [
      'content',
      30,
      'Prepare what you will share',
      'Line up the next few days: an interview, an opinion, a regular piece, or a round-up of members’ views.',
    ],
  ]),
  ...day(2, [
    [
      'listen',
      20,
      'Ask your most active members',
      'Put to two or three of them what you have in mind for the community, and act on what they say.',
    ],
    [
      'invite',
      10,
      'Invite one, and win one back',
      'Write to somebody new, or to somebody you have not seen for a while: personally, about their work.',
    ],
    [
      'announce',
      10,
      'Freshen the announcement',
      'Point to what is on and what is worth reading. A good older piece may have a second outing.',
    ],
  ]),
  ...day(3, [
    [
      'newsletter',
      30,
      'Send everybody a highlight',
      'One discussion, one piece or one activity that deserves more eyes, in a message or a short newsletter.',
    ],
  ]),
  ...day(4, [
    [
      'take-part',
      20,
      'Join in yourself',
      'Make sure nobody waits for an answer, say what you think, and start a conversation of your own.',
    ],
    [
      'events',
      20,
      'Get the next event ready',
      'Plan something that takes the community a step further than it has been.',
    ],
  ]),
  ...day(5, [
    [
      'collect',
      10,
      'Look through what you collected',
      'Which links, articles and talks you saved would start a good discussion next week?',
    ],
    [
      'plan',
      30,
      'Plan next week',
      'Which events, posts and messages will it need, and whom would you like to bring in?',
    ],
  ]),
];

export const minutesOfWeek = facilitationWeek.reduce((sum, task) => sum + task.minutes, 0);

function day(number: FacilitationTask['day'], rows: readonly Row[]): readonly FacilitationTask[] {
  const daily = everyDay.map(([id, ...rest]): Row => [`${id}-${number}`, ...rest]);
  return [...daily, ...rows].map(([id, minutes, title, how]) => ({
    id,
    day: number,
    minutes,
    title,
    how,
    source: facilitationSource.url,
  }));
}
