import { createInMemoryLedger } from './ledger-of-wishes.ts';
import { rightnessInMemory } from './places.ts';
import { createRestDays } from '../../bot/shared/rest-days.ts';
import type { Translate } from '../../domain/locale.ts';
import { setImmediate as turn } from 'node:timers/promises';
import { pino } from 'pino';
import type { Keyed, Stored } from '../../bot/lists/list.ts';
import type { CommunityLists, ListName, Lists } from '../../bot/lists/model.ts';
import type { CardReply, Feature, MessageRequest } from '../../bot/feature.ts';
import type { Communities } from '../../bot/ports.ts';
import { createFeatures, type FeatureParts } from '../../bot/features/index.ts';
import type { Texts } from '../../bot/text.ts';
import type { AnyEndpoint } from '../../domain/endpoint.ts';
import { isReady, type Community, type Member } from '../../domain/community.ts';
import type { ChannelTab } from '../../domain/deep-links.ts';
import { CommunityError } from '../../domain/errors.ts';
import { everythingOn } from '../../domain/switches.ts';
import { createInMemoryBallotBox, type InMemoryBallotBox } from './ballot-box.ts';
import { createInMemoryCalendarLinks } from './calendar-links.ts';
import {
  clockAt,
  community,
  member,
  press,
  recordingFiles,
  recordingMessenger,
  rosterOf,
  settings,
  textsOf,
  translateFor,
  type RecordingMessenger,
  type TestClock,
} from './feature-parts.ts';
import { createInMemoryBundles } from './bundles.ts';
import { createInMemoryLists, settingsIn, type InMemoryLists } from './in-memory-lists.ts';
import { request, type RequestChoices } from './requests.ts';
import { createInMemorySetAside } from './set-aside.ts';

export const priya = member('Priya Raman');
export const tomasz = member('Tomasz Nowak');
export const omar = member('Omar Haddad', { owner: true });
/** She sponsors both communities, where a scene says so. */
export const helen = member('Helen Osei');
export const people = ['Ann', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hal'].map(name => member(name));
export const ann = people[0]!;
/** She left the team on the Friday before. */
export const gwen = member('Gwen Pritchard');
const everybody = [priya, tomasz, omar, helen, ...people];

const chosen = settings({ digest: { sponsor: 'monthly', members: 'monthly' } });
export const here = community({ settings: chosen });
export const there = community({ id: 'another-team', name: 'Chart Doctors', settings: chosen });
/** Here the app was added, and nobody has set it up. */
export const fresh: Community = { ...community({ id: 'a-new-team', name: 'Map Makers' }), settings: null };
const known: readonly Community[] = [here, there, fresh];

/** How a call to what is outside can go wrong. `killed`: it took effect, and the server heard of nothing any more. */
export type Way = 'refused' | 'answer lost' | 'killed';

/** Calls that only ask. Everything else may change something. */
const asking = ['all', 'find', 'versions', 'members', 'member', 'look', 'carriedBy', 'held', 'of', 'since'];

/**
 * The ways that differ for a call. Where nothing takes effect, a lost answer is a refusal, and a kill is that of the
 * change before.
 */
export function waysOf(call: string): readonly Way[] {
  return asking.includes(call.slice(call.indexOf('.', call.startsWith('lists.') ? 6 : 0) + 1))
    ? ['refused']
    : ['refused', 'answer lost', 'killed'];
}

/** Every feature on lists, messages and everything else in memory, where any call to these can break. */
export interface World {
  readonly features: readonly Feature[];
  readonly lists: InMemoryLists;
  readonly messenger: RecordingMessenger;
  readonly box: InMemoryBallotBox;
  readonly clock: TestClock;
  /** As the calendar does: on time. */
  job(name: string, moment: string, where?: Community): Promise<void>;
  press(verb: string, who: Member, data?: object, where?: Community): Promise<CardReply>;
  asks(endpoint: AnyEndpoint, choices: Omit<RequestChoices, 'community'>, where?: Community): Promise<unknown>;
  /** A message action, by `feature.name`. */
  submit(
    name: string,
    choices: Pick<MessageRequest, 'who' | 'message'> & { readonly data: object },
  ): Promise<CardReply>;
  happens<Event extends keyof Events>(
    name: Event,
    event: Omit<Parameters<Events[Event]>[0], 'community' | 't'>,
  ): Promise<void>;
  /** The community as the server reads it at the beginning of every activity and every request. */
  now(where?: Community): Promise<Community>;
  /** What is broken from now on: the call of this number, counted from here. */
  breakAt(call: number, way: Way): void;
  /**
   * From now on every call about this row, or this person alone, fails for a reason that nobody foresaw, as often as it
   * is made. What is about others as well is left alone.
   */
  spoil(name: string): void;
  /** Nothing breaks any more. Returns which call was broken, if it came to that. */
  mend(): string | undefined;
  /** Once what was begun together with the call that broke has ended, too. */
  settled(): Promise<void>;
  /** What people have in front of them, and what is stored. */
  state(): Promise<object>;
}

/** Of a message to several people its period says what it is about; what stands in a row beside others says nothing. */
function isAbout(given: readonly unknown[], name: string): boolean {
  return given.some(one => {
    if (typeof one === 'string') return one === name || one.startsWith(`${name}/`);
    const { key, survey, period, person, to } = (one ?? {}) as Readonly<Record<string, unknown>>;
    const only = Array.isArray(to) && to.length === 1 ? (to[0] as { person?: { id: string } }).person?.id : undefined;
    return [key, survey, period, person, only].some(
      told => typeof told === 'string' && (told === name || told.startsWith(`${name}/`)),
    );
  });
}

type Events = { [Name in keyof NonNullable<Feature['events']>]-?: NonNullable<NonNullable<Feature['events']>[Name]> };

let sentences: Texts | undefined;

export async function createWorld(): Promise<World> {
  const clock = clockAt('2026-11-23T09:00:00Z');
  const lists = createInMemoryLists(clock.now);
  const messenger = recordingMessenger(() => (sentences ??= textsOf(...features)));
  const box = createInMemoryBallotBox();
  const bundles = createInMemoryBundles();
  const ledger = createInMemoryLedger();
  const calendarLinks = createInMemoryCalendarLinks();
  const setAside = createInMemorySetAside();
  const files = recordingFiles();
  const forgotten = new Set<string>();
  const planned = new Map<string, unknown>();
  const tabs = new Map<string, ChannelTab>();
  const roster = rosterOf(...everybody);
  const communities: Communities = {
    async find(id) {
      const found = known.find(one => one.id === id);
      const tab = tabs.get(id);
      return found && { ...found, settings: (await settingsIn(lists, id)) ?? null, ...(tab ? { tab } : {}) };
    },
    perhapsOf: async () => known,
    candidatesOf: async () => known,
    keepTab: async (id, tab) => void tabs.set(id, tab),
    forgetTabIn: async (id, channel) => void (tabs.get(id)?.channel === channel && tabs.delete(id)),
    keepTeamsApp: async () => {},
    planAnew: async id => void planned.set(id, await settingsIn(lists, id)),
  };

  let calls = 0;
  let breaks: { readonly call: number; readonly way: Way } | undefined;
  let broken: string | undefined;
  let dead = false;
  let spoiled: string | undefined;

  async function through(name: string, given: readonly unknown[], act: () => unknown): Promise<unknown> {
    if (dead) throw new Error('the server is gone');
    if (spoiled !== undefined && !name.startsWith('setAside') && isAbout(given, spoiled))
      throw new TypeError(`${name}: ${spoiled} is broken`);
    calls += 1;
    if (breaks?.call !== calls) return act();
    broken = name;
    const failure = new CommunityError('throttled', `${name} broke`);
    if (breaks.way === 'refused') throw failure;
    await act();
    dead = breaks.way === 'killed';
    throw dead ? new Error('the server is gone') : failure;
  }
  function fragile<Whole extends object>(name: string, whole: Whole): Whole {
    return new Proxy(whole, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) =>
          through(`${name}.${String(key)}`, given, () => Reflect.apply(value, target, given));
      },
    });
  }
  function fragileLists(whole: CommunityLists): CommunityLists {
    return new Proxy(whole, { get: (target, key) => fragile(`lists.${String(key)}`, target[key as ListName]) });
  }

  // What was deleted by hand stays so until somebody does something about it.
  const provision: FeatureParts['provision'] = async () => ({
    lists: [...lists.missing].map(name => ({
      name,
      state: 'failed',
      problem: { code: 'not-granted', said: 'It may not be made' },
    })),
  });
  const outside = {
    lists: {
      of: id => fragileLists(lists.of(id)),
      onBehalfOf: (id, assertion) => fragileLists(lists.onBehalfOf(id, assertion)),
    } satisfies Lists,
    messenger: fragile('messenger', messenger),
    roster: fragile('roster', roster),
    files: fragile('files', files),
    ballotBox: fragile('ballotBox', box),
    bundles: fragile('bundles', bundles),
    communities: fragile('communities', communities),
    calendarLinks: fragile('calendarLinks', calendarLinks),
    setAside: fragile('setAside', setAside),
    personalData: fragile('personalData', {
      held: async () => [],
      forget: async (id: string, person: { readonly id: string }) => void forgotten.add(`${id} ${person.id}`),
    }),
    channelTabs: fragile('channelTabs', {
      add: async () => ({ channel: '19:general', entity: 'community', subPage: null }),
    }),
    provision: (id: string, t: Translate) =>
      through('provision', [], () => provision(id, t)) as ReturnType<typeof provision>,
  };
  const site = { id: 'site', url: 'https://contoso.sharepoint.example/sites/team' };
  const features = createFeatures({
    ...outside,
    sites: fragile('sites', { siteOf: async () => site, learn: async () => site, ...rightnessInMemory() }),
    deliveryLog: { read: async () => ({ lines: [], next: null }), kinds: async () => [] },
    liveChanges: { listen: () => () => {}, enter: () => () => {} },
    auditTrail: { read: async () => ({ lines: [], next: null }) },
    // Nothing that these tests break asks how the app is.
    reports: neverAsked<FeatureParts['reports']>(),
    figures: neverAsked<FeatureParts['figures']>(),
    server: { version: '0.0.0', migration: '', forgetAfterDays: 90 },
    principalNames: neverAsked<FeatureParts['principalNames']>(),
    links: {
      chat: name => `https://teams.example/chat/${name}`,
      tab: (id, page) => `https://example.org/${id}/${page}`,
      calendar: token => `https://example.org/${token}`,
    },
    restDays: createRestDays(),
    ledger: fragile('ledger', ledger),
    departed: fragile('departed', {
      since: async () => [{ person: gwen.id, at: new Date('2026-11-20T15:00:00Z') }],
    }),
    administrators: [],
    switches: everythingOn,
    setUp: { by: 'members', administrators: [] },
    clock: clock.now,
    log: pino({ level: 'silent' }),
    inBackground: work => work(),
    asKnown: work => work(),
  });
  for (const one of [here, there]) await lists.of(one.id).settings.create({ key: 'settings', settings: chosen });

  const featureOf = (name: string): Feature => {
    const found = features.find(feature => feature.name === name.slice(0, name.indexOf('.')));
    if (!found) throw new Error(`no feature has ${name}`);
    return found;
  };
  const now: World['now'] = async (where = here) => (await communities.find(where.id))!;

  return {
    features,
    lists,
    messenger,
    box,
    clock,
    now,
    async job(name, moment, where) {
      const found = featureOf(name).jobs?.find(job => job.name === name);
      if (!found) throw new Error(`no feature has the job ${name}`);
      const community = await now(where);
      if (!isReady(community)) throw new Error(`${community.name} is not set up, so nothing is due there`);
      await found.run({ community, due: new Date(moment), since: new Date(moment), now: clock.now() });
    },
    async press(verb, who, data = {}, where) {
      const reply = await press(featureOf(verb), verb.slice(verb.indexOf('.') + 1), {
        who,
        data: { community: (where ?? here).id, ...data },
        community: await now(where),
      });
      if (reply.outcome === 'failed') throw new CommunityError('unavailable', `${verb} says that it failed`);
      return reply;
    },
    async asks(endpoint, choices, where) {
      const feature = features.find(({ routes }) => routes?.some(route => route.endpoint === endpoint));
      if (!feature) throw new Error(`no feature answers ${endpoint.path}`);
      return (await request(feature, endpoint, { ...choices, community: await now(where) })).body;
    },
    async submit(name, { who, message, data }) {
      const action = featureOf(name).messageActions?.[name.slice(name.indexOf('.') + 1)];
      if (!action) throw new Error(`no feature has the message action ${name}`);
      const t = translateFor(featureOf(name));
      return action.submit({ who, message, community: await now(), data: action.data.parse(data), t });
    },
    async happens(name, event) {
      for (const feature of features) {
        const t = translateFor(feature);
        // Each event has its own type, and nothing but its name says which.
        const heard = feature.events?.[name] as ((event: object) => Promise<void>) | undefined;
        await heard?.({ ...event, community: await now(), t });
      }
    },
    breakAt(call, way) {
      [calls, breaks, broken, dead] = [0, { call, way }, undefined, false];
    },
    spoil: name => void (spoiled = name),
    mend() {
      [breaks, dead, spoiled] = [undefined, false, undefined];
      return broken;
    },
    settled: () => turn(),
    async state() {
      const rows: Record<string, unknown> = {};
      for (const { id } of known) {
        for (const [name, list] of Object.entries(lists.of(id))) {
          const all = (await list.all()) as readonly Stored<Keyed>[];
          for (const { value, byHand } of all) rows[`${id} ${name} ${value.key}`] = { ...value, byHand };
        }
      }
      const ofPart = { month: '2026-12', person: helen.id };
      return {
        messages: Object.fromEntries(
          messenger.posted.map(({ community: id, kind, period, to, ...copy }) => [
            `${id} ${kind} ${period} ${to}`,
            copy,
          ]),
        ),
        // Two messages may differ in nothing but the moment in their names.
        copies: messenger.posted.length,
        rows,
        missed: [...new Set(messenger.missedOnes)],
        optedOut: [...messenger.optedOut].toSorted(),
        stoppedTopics: Object.fromEntries(messenger.stoppedTopics),
        published: [...new Set(files.published.map(({ file }) => file.name))],
        planned: Object.fromEntries(planned),
        forgotten: [...forgotten],
        links: await Promise.all([
          calendarLinks.find({ kind: 'person', id: ann.id }),
          calendarLinks.find({ kind: 'community', id: here.id }),
        ]),
        carried: await Promise.all([here, there].map(({ id }) => bundles.carriedBy({ ...ofPart, community: id }))),
        ballots: await box.look(here.id, 'pulse-2026-11'),
        aside: await setAside.of(here.id),
      };
    },
  };
}

function neverAsked<Part extends object>(): Part {
  return new Proxy({} as Part, {
    get: (_, name) => () => {
      throw new Error(`${String(name)} was asked of a part that these tests have not`);
    },
  });
}
