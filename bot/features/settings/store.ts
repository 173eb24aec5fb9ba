import { TimeZone, type Community, type Member, type Person, type Settings } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { localDay } from '../../../domain/schedule.ts';
import { languages } from '../../../domain/locale.ts';
import { mustBeAble } from '../../../domain/permissions.ts';
import type { Stored } from '../../lists/list.ts';
import type { Lists, SettingsRow } from '../../lists/model.ts';
import { settingsKey } from '../../lists/settings-list.ts';
import { writeCopy } from './copy.ts';
import { tellChannel } from './events.ts';
import type { Translate } from '../../text.ts';
import type { SettingsParts } from './parts.ts';

export interface Present {
  /** Null while the community is not set up. */
  readonly settings: Settings | null;
  readonly etag: string | null;
}

/** What is stored now, which may be newer than the community that a request began with. */
export async function readSettings(lists: Lists, community: Community): Promise<Present> {
  return presentOf(await lists.of(community.id).settings.find(settingsKey));
}

export function presentOf(stored: Stored<SettingsRow> | undefined): Present {
  return { settings: stored?.value.settings ?? null, etag: stored?.etag ?? null };
}

/**
 * What to offer before somebody chose: what SharePoint shows of an earlier time, else Monday morning, by whoever asks
 * and in their language.
 */
export function suggestedSettings(
  community: Community,
  { id, name }: Person,
  {
    timeZone,
    t,
    kept = null,
  }: { readonly timeZone: string | null; readonly t: Translate; readonly kept?: Settings | null },
): Settings {
  if (community.settings) return community.settings;
  if (kept) return kept;
  const people = [{ id, name }];
  const zone = TimeZone.safeParse(timeZone);
  const language = languages.find(one => one === t('language')) ?? 'en';
  return {
    ...(language === 'en' ? {} : { language }),
    timeZone: zone.success ? zone.data : 'UTC',
    coordinators: people,
    facilitation: { day: 1, time: '09:00', facilitators: people, destination: 'chats' },
  };
}

/**
 * With the public holidays of the country that the zone lies in, for a community that is set up just now. Where several
 * countries share a zone, or it is nobody's, somebody has to choose.
 */
export async function withHolidays(
  { restDays }: Pick<SettingsParts, 'restDays'>,
  settings: Settings,
): Promise<Settings> {
  const [code, another] = settings.country ? [] : await restDays.countriesIn(settings.timeZone);
  return code === undefined || another !== undefined ? settings : { ...settings, country: { code, region: null } };
}

/**
 * The same settings with people as the team's roster knows them: a name never comes from what was sent. Somebody who
 * has left stays where they were chosen before; with a stranger in it the answer is undefined.
 */
export function withKnownPeople(
  settings: Settings,
  members: readonly Member[],
  before: Settings | null,
): Settings | undefined {
  const known = [...members, ...(before?.coordinators ?? []), ...(before?.facilitation.facilitators ?? [])];
  const found = (people: readonly Person[]): Person[] =>
    [...new Set(people.map(({ id }) => id))].flatMap(wanted => {
      const person = known.find(({ id }) => id === wanted);
      return person ? [{ id: person.id, name: person.name }] : [];
    });
  const isKnown = ({ id }: Person): boolean => known.some(person => person.id === id);

  const { coordinators, facilitation } = settings;
  if (![...coordinators, ...facilitation.facilitators].every(isKnown)) return undefined;
  const { mornings } = facilitation;
  return {
    ...settings,
    coordinators: found(coordinators),
    facilitation: {
      ...facilitation,
      facilitators: found(facilitation.facilitators),
      ...(mornings ? { mornings: found(mornings) } : {}),
    },
  };
}

/**
/**
 * The week of a community that is set up just now begins today: nothing is owed from before. Later that day stays as it
 * is unless somebody chooses another.
 */
export function begunOn(now: Date, settings: Settings, before: Settings | null): Settings {
  const from =
    settings.facilitation.from ?? (before === null ? localDay(now, settings.timeZone) : before.facilitation.from);
  return from === undefined ? settings : { ...settings, facilitation: { ...settings.facilitation, from } };
}

/**
 * Who may change the settings because of a role of theirs leaves those who coordinate as they are: nobody makes
 * themselves, or anybody else, more than they were, and nobody takes the settings away from the last coordinator.
 */
export function mustLeaveCoordinators(
  who: Member,
  community: Community,
  { before, after }: { readonly before: Settings | null; readonly after: Settings },
): void {
  if (before && !samePeople(before.coordinators, after.coordinators)) mustBeAble(who, 'roles.manage', community);
}

function samePeople(some: readonly Person[], others: readonly Person[]): boolean {
  const ids = (people: readonly Person[]): string => JSON.stringify(people.map(({ id }) => id).toSorted());
  return ids(some) === ids(others);
}

/**
 * After settings were saved: the community's jobs are planned anew, the offer in the channel turns into what was
 * chosen, and SharePoint gets its copy.
 */
export async function settingsSaved(
  parts: Pick<SettingsParts, 'lists' | 'communities' | 'messenger' | 'links' | 'log'>,
  community: Community,
  settings: Settings,
  onBehalfOf: string | null,
): Promise<void> {
  await parts.communities.planAnew(community.id);
  await tellChannel(parts, { ...community, settings });
  try {
    await writeCopy(parts, community.id, settings, onBehalfOf);
  } catch (error) {
    // The copy decides nothing, and the daily check writes it.
    if (!(error instanceof CommunityError)) throw error;
    parts.log.warn({ community: community.id, code: error.code }, 'settings saved, but not copied to SharePoint');
  }
}
