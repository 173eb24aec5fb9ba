import { api, type CommunityView, type MembersView } from '../../../domain/api.ts';
import type { HolidaysView, ProvisionView, SettingsView } from '../../../domain/settings/api.ts';
import { Country, isReady, timeZoneOf, TimeZone, type Community, type Settings } from '../../../domain/community.ts';
import { CommunityError, type ErrorCode } from '../../../domain/errors.ts';
import { can, mustBeAble, permissions, type Permission } from '../../../domain/permissions.ts';
import { addDays, localDay } from '../../../domain/schedule.ts';
import { switchedOff } from '../../../domain/switches.ts';
import { saveVersion } from '../../lists/conditional-save.ts';
import { settingsKey } from '../../lists/settings-list.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import { withTab } from './channel-tab.ts';
import { copyByHand, keptCopy, writeCopy } from './copy.ts';
import type { SettingsParts } from './parts.ts';
import { failuresOf, provisionView } from './problems.ts';
import type { Translate } from '../../text.ts';
import {
  begunOn,
  mustLeaveCoordinators,
  presentOf,
  readSettings,
  settingsSaved,
  suggestedSettings,
  withKnownPeople,
  type Present,
} from './store.ts';

async function readCommunity(
  parts: SettingsParts,
  { who, community: known, onBehalfOf }: TabRequest<unknown>,
): Promise<TabAnswer<CommunityView>> {
  // Who may set up may be another matter once the site is known, as it shows whether somebody did before.
  const community = (await findSite(parts, known, onBehalfOf))
    ? ((await parts.communities.find(known.id)) ?? known)
    : known;
  const may = Object.fromEntries(
    permissions.map(permission => [permission, can(who, permission, community)]),
  ) as Record<Permission, boolean>;
  const body = {
    id: community.id,
    name: community.name,
    ready: isReady(community),
    me: { id: who.id, name: who.name },
    administrator: parts.administrators.includes(who.id),
    may,
    off: [...switchedOff(parts.switches)],
    setUpByAdministrator: parts.setUp.by === 'administrators',
    tab: community.tab ?? null,
    teamsApp: community.teamsApp ?? null,
  };
  return { body };
}

/**
 * Whoever opens the tab shows the app the team's site: Graph is asked in their name. Where it does not answer them, the
 * tab opens all the same.
 * @returns whether it was found just now
 */
async function findSite({ sites, log }: SettingsParts, community: Community, onBehalfOf: string): Promise<boolean> {
  if (await sites.siteOf(community.id)) return false;
  try {
    await sites.learn(community.id, onBehalfOf);
    return true;
  } catch (error) {
    if (!(error instanceof CommunityError)) throw error;
    log.warn({ community: community.id, code: error.code }, 'the SharePoint site of a team could not be found');
    return false;
  }
}

/** The site may show that somebody set the community up before, and then it is for an owner to do. */
async function mustFindSite({ sites, communities }: SettingsParts, request: TabRequest<unknown>): Promise<void> {
  const { who, community, onBehalfOf } = request;
  if (await sites.siteOf(community.id)) return;
  await sites.learn(community.id, onBehalfOf);
  const now = (await communities.find(community.id)) ?? community;
  mustBeAble(who, 'settings.edit', now);
}

async function readMembers(parts: SettingsParts, { community }: TabRequest<unknown>): Promise<TabAnswer<MembersView>> {
  const members = await parts.roster.members(community.id);
  return {
    body: {
      members: members
        .map(({ id, name, owner }) => ({ id, name, owner }))
        .toSorted((one, other) => one.name.localeCompare(other.name)),
    },
  };
}

async function read(parts: SettingsParts, request: TabRequest<unknown>): Promise<TabAnswer<SettingsView>> {
  const { who, community } = request;
  const present = await readSettings(parts.lists, community);
  const answer = shown(parts, request, present, present.settings ? null : await keptCopy(parts, community));
  const byHand =
    present.settings && can(who, 'settings.edit', community)
      ? await copyByHand(parts, community, present.settings)
      : null;
  return byHand ? { ...answer, body: { ...answer.body, byHand } } : answer;
}

/** How many days ahead of today holidays are shown: a year, and the days after it that are thought of at its end. */
const daysShown = 400;

async function readHolidays(
  { restDays, clock }: SettingsParts,
  { community, params }: TabRequest<unknown>,
): Promise<TabAnswer<HolidaysView>> {
  const asked = Country.safeParse({ code: params['country'], region: params['region'] || null });
  const zone = TimeZone.safeParse(params['zone']);
  const timeZone = zone.success ? zone.data : timeZoneOf(community);
  const today = localDay(clock(), timeZone);
  const [countries, near] = await Promise.all([restDays.countries(), restDays.countriesIn(timeZone)]);
  const country = asked.success && countries.includes(asked.data.code) ? asked.data : null;
  return {
    body: {
      countries: [...countries],
      suggested: near.length === 1 ? (near[0] ?? null) : null,
      regions: country ? [...(await restDays.regionsOf(country.code))] : [],
      holidays: country ? [...(await restDays.holidays(country, { from: today, to: addDays(today, daysShown) }))] : [],
    },
  };
}

async function putBack(parts: SettingsParts, request: TabRequest<unknown>): Promise<TabAnswer<SettingsView>> {
  const { community, onBehalfOf } = request;
  const { settings } = await readSettings(parts.lists, community);
  if (settings) await writeCopy(parts, community.id, settings, onBehalfOf);
  return read(parts, request);
}

async function save(parts: SettingsParts, request: TabRequest<Settings>): Promise<TabAnswer<SettingsView>> {
  const { community, body, ifMatch, onBehalfOf } = request;
  const before = await readSettings(parts.lists, community);
  const earlier = before.settings ?? community.settings;
  const known = withKnownPeople(body, await parts.roster.members(community.id), earlier);
  if (!known)
    throw new CommunityError('invalid', 'coordinators and facilitators must be members of the team', {
      fields: ['coordinators', 'facilitation.facilitators'],
    });

  const settings = begunOn(parts.clock(), known, earlier);
  mustLeaveCoordinators(request.who, community, { before: before.settings, after: settings });

  // A first save makes the lists; later ones leave that to "check the lists".
  if (before.settings === null) {
    await mustFindSite(parts, request);
    await provisionAll(parts, community.id, request.t);
  }
  const value = { key: settingsKey, settings };
  const saved = await saveVersion(
    parts.lists.onBehalfOf(community.id, onBehalfOf).settings,
    value,
    ifMatch ?? null,
    stored => sameSettings(stored.settings, settings),
  );
  if (saved.kind === 'conflict') {
    const present = presentOf(saved.current);
    throw new CommunityError(
      'version-conflict',
      'the settings have changed since they were read: merge with what is stored now and save with its ETag',
      {
        current: shown(parts, request, present).body,
        etag: present.etag ?? undefined,
      },
    );
  }
  await settingsSaved(parts, await withTab(parts, community, request.t), settings, onBehalfOf);
  return shown(parts, request, presentOf(saved.row));
}

/** What the person who saves can do nothing about: they are told who can. */
const forOthers: readonly ErrorCode[] = ['not-granted', 'site-unknown', 'site-locked', 'site-full'];

async function provisionAll(parts: SettingsParts, community: string, t: Translate): Promise<void> {
  const provisioned = await parts.provision(community, t);
  const failures = failuresOf(provisioned, t);
  if (failures.length === 0) return;
  const code = provisioned.lists.find(({ problem }) => problem)?.problem?.code;
  if (code !== undefined && forOthers.includes(code))
    throw new CommunityError(code, `the lists of community ${community} could not be made: ${failures[0]?.problem}`);
  const lines = failures.map(({ name, problem }) => `${name}: ${problem}`);
  throw new CommunityError(
    'not-set-up',
    `the lists of community ${community} could not all be made: ${lines.join(' ')}`,
    { lists: failures.map(({ name }) => name) },
  );
}

async function makeLists(
  parts: SettingsParts,
  { community, onBehalfOf, t }: TabRequest<unknown>,
): Promise<TabAnswer<ProvisionView>> {
  // Asked anew each time, as a site may have got another address; and here the person hears why it is not found.
  const known = await parts.sites.siteOf(community.id);
  await parts.sites.learn(community.id, onBehalfOf).catch((error: unknown) => {
    if (!known || !(error instanceof CommunityError)) throw error;
  });
  return { body: provisionView(await parts.provision(community.id, t), community, t) };
}

/** A view that says the second would never be the same twice. */
function toTheMinute(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 60_000) * 60_000);
}

function shown(
  parts: SettingsParts,
  { who, community, t }: TabRequest<unknown>,
  { settings, etag }: Present,
  kept: Settings | null = null,
): TabAnswer<SettingsView> {
  return {
    body: {
      settings,
      etag,
      suggested: settings ?? suggestedSettings(community, who, { timeZone: null, t, kept }),
      now: toTheMinute(parts.clock()).toISOString(),
    },
    ...(etag === null ? {} : { etag }),
  };
}

export function settingsRoutes(parts: SettingsParts): readonly Route[] {
  return [
    route(api.community, { may: 'community.read' }, request => readCommunity(parts, request)),
    route(api.members, { may: 'community.read' }, request => readMembers(parts, request)),
    route(api.settings, { may: 'community.read' }, request => read(parts, request)),
    route(api.saveSettings, { may: 'settings.edit' }, request => save(parts, request)),
    route(api.holidays, { may: 'community.read' }, request => readHolidays(parts, request)),
    route(api.putSettingsBack, { may: 'settings.edit' }, request => putBack(parts, request)),
    route(api.provision, { may: 'settings.edit' }, request => makeLists(parts, request)),
  ];
}

/** Both came through the same schema, so that their fields stand in the same order. */
function sameSettings(one: Settings, other: Settings): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
