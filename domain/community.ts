import { z } from 'zod';

import type { ChannelTab } from './deep-links.ts';
import { languages } from './locale.ts';
import { identifier, line } from './text.ts';

/**
 * Who may set a community up: whoever added the app or a team owner, owners only, or the administrators of the server.
 */
export const setUpBy = ['members', 'owners', 'administrators'] as const;

export type SetUpBy = (typeof setUpBy)[number];

/** What the administrator chose about setting up. */
export interface SetUp {
  readonly by: SetUpBy;
  /** Entra object ids. */
  readonly administrators: readonly string[];
}

/** Somebody, by their Entra object id. The name is what Teams shows. */
export const Person = z.object({ id: identifier(100).min(1), name: line(256) });
export type Person = z.infer<typeof Person>;

/** Who stands in the place of somebody who was forgotten: the row is the community's, the name was theirs. */
export const somebodyWhoLeft: Person = { id: 'somebody-who-left', name: 'somebody who left' };

/** A person in a team, as the roster knows them. */
export interface Member extends Person {
  readonly owner: boolean;
}

/** An IANA zone that this runtime knows, such as Europe/London. */
export const TimeZone = identifier(64).refine(isTimeZone, {
  error: 'expected an IANA time zone such as Europe/London',
});

/** Wall-clock time of day in the community's zone, HH:MM, 24 hours. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'expected a time such as 09:00' });

/** ISO weekday, Monday is 1 and Sunday is 7. */
export const Weekday = z.number().int().min(1).max(7);
export type Weekday = z.infer<typeof Weekday>;

/** A calendar day without a zone, YYYY-MM-DD. */
export const Day = z.iso.date();

/** Where the facilitation card goes. */
export const Destination = z.enum(['chats', 'channel']);
export type Destination = z.infer<typeof Destination>;

/** How much a facilitation week asks for, from most to least; see `tasksOf` in `facilitation/method.ts`. */
export const WeekSize = z.enum(['full', 'light', 'bare']);
export type WeekSize = z.infer<typeof WeekSize>;

/** How often the digests go out: to the sponsor, and to the members in the channel. */
export const DigestRhythm = z.object({
  sponsor: z.enum(['off', 'monthly', 'quarterly']),
  members: z.enum(['off', 'monthly']),
});
export type DigestRhythm = z.infer<typeof DigestRhythm>;

/** How many people may coordinate, and how many facilitate. */
export const mostInOneRole = 20;

/** How many surveys a member is sent in their own chat in a calendar month, at most. */
const SurveyFrequency = z.object({ perMonth: z.number().int().min(1).max(8) });
type SurveyFrequency = z.infer<typeof SurveyFrequency>;

/** Where a community's public holidays are those of, by the codes of ISO 3166: `GB`, and in it `SCT`. */
export const Country = z.object({
  code: z.string().regex(/^[A-Z]{2}$/, { error: 'expected a country code such as GB' }),
  /** Null for what holds in all of the country. */
  region: z
    .string()
    .regex(/^[A-Z0-9-]{1,8}$/, { error: 'expected a region code such as SCT' })
    .nullable(),
});
export type Country = z.infer<typeof Country>;

/** How many quiet times a community may have, and how long the name of one may be, in characters. */
export const mostQuietTimes = 20;
export const longestQuietTitle = 60;
/** In days. */
const longestQuiet = 92;

/** Days on which a community wants to be left in peace, both ends included. */
export const QuietDays = z
  .object({ from: Day, to: Day, title: line(longestQuietTitle) })
  .refine(({ from, to }) => to >= from && (Date.parse(to) - Date.parse(from)) / 86_400_000 < longestQuiet, {
    error: `expected a last day on or after the first, within ${longestQuiet} days`,
    path: ['to'],
  });
export type QuietDays = z.infer<typeof QuietDays>;

/** What a community chose about itself. */
export const Settings = z.object({
  timeZone: TimeZone,
  coordinators: z.array(Person).max(mostInOneRole),
  facilitation: z.object({
    day: Weekday,
    time: TimeOfDay,
    facilitators: z.array(Person).max(mostInOneRole),
    destination: Destination,
    /** Absent where nobody has chosen; see `sizeOf` in `facilitation/method.ts`. */
    size: WeekSize.optional(),
    /** There are no tasks before this day: the community was set up on it, or a pause ends on it. */
    from: Day.optional(),
    /** Those who want a line on the other mornings of the week, too. */
    mornings: z.array(Person).max(mostInOneRole).optional(),
  }),
  /** Absent where nobody has chosen; see `rhythmOf` in `digest.ts`. */
  digest: DigestRhythm.optional(),
  /** Absent where nobody has chosen; see `surveysPerMonth` in `surveys/pace.ts`. */
  surveys: SurveyFrequency.optional(),
  /** Of what is posted in the channel, where all read the same; absent where nobody has chosen: then it is English. */
  language: z.enum(languages).optional(),
  /** Absent where nobody has said: then no day is a public holiday. */
  country: Country.optional(),
  /** Absent where there are none. */
  quiet: z.array(QuietDays).max(mostQuietTimes).optional(),
});
export type Settings = z.infer<typeof Settings>;

/** That somebody was accepted into a role, as our database has it: what the role lets them do comes from here. */
export interface Acceptance {
  readonly role: string;
  /** An Entra object id. */
  readonly person: string;
}

/** One team in which the app is installed. */
export interface Community {
  /** The Microsoft 365 group id of the team. */
  readonly id: string;
  readonly name: string;
  /** Null until somebody has set the community up. */
  readonly settings: Settings | null;
  /** Who added the app; may set up a community that never was. */
  readonly installedBy: Person | null;
  /** ISO instant of the installation, where it is known: a removal and a new installation are two. */
  readonly installedAt?: string;
  /** Who may set it up, where the administrator has a say in it. */
  readonly setUp?: SetUp;
  /**
   * Nobody has set it up as far as we know, but SharePoint shows that somebody did: only a team owner may do so anew.
   */
  readonly setUpBefore?: boolean;
  /** Who was accepted into which role; absent where nobody was. */
  readonly acceptances?: readonly Acceptance[];
  /** The tab in a channel of the team, once one is known. */
  readonly tab?: ChannelTab;
  /** Teams' id of the app in this team, once a tab's host has said it. */
  readonly teamsApp?: string;
}

/** A community that is set up. */
export interface ReadyCommunity extends Community {
  readonly settings: Settings;
}

export function isReady(community: Community): community is ReadyCommunity {
  return community.settings !== null;
}

/**
 * Who answers for a community: those who coordinate it and are still in the team, else the team's owners. In the order
 * and by the names of the settings; whoever is in nobody's roster is told nothing.
 */
export function peopleInCharge(
  { settings }: Pick<Community, 'settings'>,
  members: readonly Member[],
): readonly Person[] {
  const present = (settings?.coordinators ?? []).filter(({ id }) => members.some(member => member.id === id));
  return present.length > 0 ? present : members.filter(({ owner }) => owner).map(({ id, name }) => ({ id, name }));
}

/** The zone a community lives by; UTC while nobody has set it up. */
export function timeZoneOf({ settings }: Pick<Community, 'settings'>): string {
  return settings?.timeZone ?? 'UTC';
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
