import { samplePeople } from '../local/sample-people.ts';

/** When somebody asks for no more messages, all or about one topic, and when they want them again. */
interface Stop {
  readonly in: number;
  readonly again: number | null;
  readonly how: 'button' | 'word';
  readonly topic?: 'surveys' | 'reminders';
}

/** How somebody meets what is asked of them. Weeks are counted from 1. */
export interface Character {
  /** The beginning of their name in the sample. */
  readonly name: string;
  /** What the rest comes to, for whoever reads the year. */
  readonly about: string;
  readonly answers: 'at once' | 'late' | 'now and then' | 'never';
  readonly joins?: number;
  readonly leaves?: number;
  readonly holiday?: { readonly from: number; readonly weeks: number };
  readonly stops?: Stop;
  readonly pressesTwice?: true;
  /** What they type to the bot, one sentence at a time, every so many weeks. */
  readonly says?: {
    readonly everyWeeks: number;
    readonly where: 'personal' | 'channel';
    readonly what: readonly string[];
  };
  /** In which weeks they tick tasks of the facilitation week, as coordinators do. */
  readonly ticksIn?: (week: number) => boolean;
}

/** Everybody of the sample, as they behave for a year. */
const cast: readonly Character[] = [
  {
    name: 'Priya',
    about:
      'coordinates, answers within days, ticks in most weeks, has five weeks without any time, two weeks of holiday',
    answers: 'late',
    holiday: { from: 38, weeks: 2 },
    ticksIn: week => week < 5 || (week > 9 && week % 3 !== 0),
    says: { everyWeeks: 13, where: 'personal', what: ['plan', 'roles', 'week', 'digest'] },
  },
  { name: 'Tomasz', about: 'coordinates, answers now and then, leaves in week 7', answers: 'now and then', leaves: 7 },
  { name: 'Helen', about: 'sponsor, answers a digest at once', answers: 'at once' },
  { name: 'Amara', about: 'offered a role, answers late', answers: 'late' },
  {
    name: 'Daniel',
    about: 'answers at once and presses everything twice; asks in the channel now and then',
    answers: 'at once',
    pressesTwice: true,
    says: {
      everyWeeks: 9,
      where: 'channel',
      what: ['plan', 'Does anybody have a template for SPC charts?', 'thanks!', 'charter', 'when is the next meeting?'],
    },
  },
  {
    name: 'Mei-Ling',
    about: 'answers late, on holiday for two weeks',
    answers: 'late',
    holiday: { from: 12, weeks: 2 },
  },
  {
    name: 'Sofía',
    about: 'answers; stops messages in week 10, starts again in week 20',
    answers: 'now and then',
    stops: { in: 10, again: 20, how: 'word' },
  },
  {
    name: 'Yusuf',
    about: 'never answers, and wants no more surveys from week 4 on',
    answers: 'never',
    stops: { in: 4, again: null, how: 'word', topic: 'surveys' },
  },
  { name: 'Gwen', about: 'holds a role, answers at once, leaves in week 16', answers: 'at once', leaves: 16 },
  {
    name: 'Lars',
    about: 'holds a role, never answers: what is his stays overdue; wants no more reminders from week 20 on',
    answers: 'never',
    stops: { in: 20, again: null, how: 'word', topic: 'reminders' },
  },
  {
    name: 'Aroha',
    about: 'answers now and then and talks to the bot',
    answers: 'now and then',
    says: {
      everyWeeks: 3,
      where: 'personal',
      what: [
        'help',
        'what do I have to do this week?',
        'plan',
        'who is the coordinator?',
        'roles',
        'thanks!',
        'charter',
        'survey',
        'week',
        'digest',
        'hello',
        'when is the next meeting?',
      ],
    },
  },
  { name: 'Nadia', about: 'answers at once', answers: 'at once', holiday: { from: 30, weeks: 2 } },
  { name: 'Jonas', about: 'joins in week 3 and answers at once', answers: 'at once', joins: 3 },
  { name: 'Ruth', about: 'joins in week 5 and never answers', answers: 'never', joins: 5 },
  {
    name: 'Kofi',
    about: 'joins in week 9 and stops messages with the first card',
    answers: 'never',
    joins: 9,
    stops: { in: 9, again: null, how: 'button' },
  },
  { name: 'Elena', about: 'joins in week 14, answers late', answers: 'late', joins: 14 },
  {
    name: 'Marcus',
    about: 'joins in week 20, answers now and then, leaves in week 40',
    answers: 'now and then',
    joins: 20,
    leaves: 40,
  },
];

/** Somebody of the sample with their character. */
export interface Actor extends Character {
  readonly id: string;
  readonly fullName: string;
  readonly firstName: string;
}

export const actors: readonly Actor[] = cast.map(character => {
  const found = samplePeople.find(({ displayName }) => displayName.startsWith(character.name));
  if (!found) throw new Error(`nobody of the sample is called ${character.name}`);
  return { ...character, id: found.id, fullName: found.displayName, firstName: found.displayName.split(' ')[0] ?? '' };
});

export function actorNamed(name: string): Actor {
  const found = actors.find(one => one.name === name);
  if (!found) throw new Error(`the year has nobody called ${name}`);
  return found;
}

export function isOnHoliday({ holiday }: Character, week: number): boolean {
  return holiday !== undefined && week >= holiday.from && week < holiday.from + holiday.weeks;
}
