import type { Tables } from '../database/tables.ts';
import type { ListName } from '../lists/model.ts';

/**
 * What becomes of a row when a person is forgotten. `goes`: it is about them, and is erased. `loses-name`: it is the
 * community's, and another name stands in their place. `stays`: it is kept, for the reason that people read. `nobody`:
 * it never holds a person.
 */
export type Fate = 'goes' | 'loses-name' | 'stays' | 'nobody';

/** Of a list: what its rows become, and what of a row a person is shown who asks for their data. */
export interface ListFate {
  readonly fate: 'goes' | 'loses-name';
  /**
   * Of a row that goes: the column that says whom it is about. Where another column names the person, only the name
   * goes.
   */
  readonly of?: string;
  /** What tells the person which row it is, and nothing about other people. */
  readonly shows: readonly string[];
  /**
   * Lists of people from which the person is taken out, instead of being replaced: nobody owns, coordinates or helps in
   * their place.
   */
  readonly leaves?: true;
}

export const listFates: Readonly<Record<ListName, ListFate>> = {
  settings: { fate: 'loses-name', shows: [], leaves: true },
  settingsCopy: { fate: 'loses-name', shows: [], leaves: true },
  charter: { fate: 'loses-name', shows: ['section', 'changedAt'] },
  comments: { fate: 'goes', of: 'by', shows: ['section', 'text', 'at'] },
  agreements: { fate: 'goes', of: 'person', shows: ['section', 'at'] },
  consentRounds: { fate: 'loses-name', shows: ['askedAt', 'until'], leaves: true },
  charterDrafts: { fate: 'goes', of: 'by', shows: ['section', 'text', 'at'] },
  askedQuestions: { fate: 'loses-name', shows: [] },
  newcomers: {
    fate: 'goes',
    of: 'person',
    shows: ['joinedAt', 'reasons', 'inOwnWords', 'contributions', 'answeredAt', 'noMessages'],
  },
  ticks: { fate: 'loses-name', shows: ['week', 'task', 'tickedAt'] },
  handOvers: { fate: 'goes', of: 'asked', shows: ['askedAt'] },
  roles: { fate: 'goes', of: 'person', shows: ['role', 'since', 'until', 'note', 'state'] },
  acceptances: { fate: 'goes', of: 'person', shows: ['role', 'held', 'changedAt'] },
  offers: { fate: 'goes', of: 'person', shows: ['role', 'since', 'note', 'state'] },
  ownRoles: { fate: 'loses-name', shows: ['title'] },
  plan: { fate: 'loses-name', shows: ['title', 'due', 'state'], leaves: true },
  actionComments: { fate: 'goes', of: 'by', shows: ['words', 'at'] },
  events: { fate: 'loses-name', shows: ['title', 'startsAt'], leaves: true },
  attendance: { fate: 'goes', of: 'person', shows: ['event', 'says', 'saidAt', 'was', 'appetite'] },
  rhythms: { fate: 'loses-name', shows: ['title'], leaves: true },
  questions: { fate: 'loses-name', shows: ['title', 'askedAt'], leaves: true },
  voices: { fate: 'goes', of: 'person', shows: ['question', 'says', 'at'] },
  library: { fate: 'loses-name', shows: ['title', 'url'] },
  uses: { fate: 'loses-name', shows: [] },
  surveys: { fate: 'loses-name', shows: ['title', 'opensOn'] },
  answers: { fate: 'goes', of: 'person', shows: ['survey', 'day', 'sheets'] },
  participation: { fate: 'loses-name', shows: ['survey', 'month'] },
  digests: { fate: 'loses-name', shows: ['audience', 'period', 'sentAt'] },
  replies: { fate: 'goes', of: 'person', shows: ['digest', 'choice', 'text', 'times', 'at'] },
};

/** Of every table of ours. A new one does not compile until it is here, and a test reads the database for it. */
export const tableFates: Readonly<Record<keyof Tables, Fate>> = {
  communities: 'loses-name',
  memberships: 'goes',
  chats: 'goes',
  due: 'nobody',
  messages: 'goes',
  // When a chat was last written to, for two hours: Teams' limits count it.
  threads: 'stays',
  pace: 'nobody',
  // What a person wrote to the bot goes once it is answered; that it came is known for two days. What could not be read
  // waits for two weeks.
  inbox: 'stays',
  // So that the app does not write again to a person who is still in the team.
  opt_outs: 'stays',
  // Whoever is forgotten wants no messages at all.
  topic_opt_outs: 'goes',
  // Sealed until the survey closes: without it a second answer could be given, and the first one cannot be found.
  ballot_boxes: 'stays',
  calendar_links: 'goes',
  gatherings: 'goes',
  // A year: who was given which right must be answerable.
  audit: 'stays',
  leavers: 'goes',
  // What the lists of few hold: the fates of lists say what becomes of each row.
  rows: 'goes',
  // A key may name who holds a role; it goes with the row.
  vouched: 'goes',
  // Who spent how much within some minutes.
  rate_limits: 'stays',
  list_changes: 'nobody',
  mirrored_lists: 'nobody',
  list_subscriptions: 'nobody',
  // What the lists in SharePoint hold: each row goes with its original, and all of them with the community.
  mirrored_items: 'goes',
  // Which rows of this person could not be worked on.
  set_aside: 'goes',
  moves: 'nobody',
  mornings: 'goes',
  wishes: 'goes',
  // Five minutes, and nobody can open it but with the link.
  handed_files: 'stays',
  // That somebody was forgotten, and not who.
  erasures: 'nobody',
};
