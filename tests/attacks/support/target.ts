import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { api } from '../../../domain/api.ts';
import type { AnyEndpoint } from '../../../domain/endpoint.ts';
import type { Settings } from '../../../domain/community.ts';
import { enveloped, type ActivityJson } from '../../../infra/local/connector/activities.ts';
import { tenant, type Team, type User } from '../../../infra/local/directory.ts';
import { createInstances, type Memory } from '../../../infra/local/instances.ts';
import { startMicrosoft365, type Microsoft365 } from '../../../infra/local/microsoft365.ts';
import { samplePeople } from '../../../infra/local/sample-people.ts';
import { eventually } from '../../support/engines.ts';
import { fillWithDatabase } from '../../support/prepared.ts';
import { rest } from './intensity.ts';
import { send, type Answer } from './send.ts';

/**
 * The server under attack, in a process of its own so that it may die, and the Microsoft 365 around it, in this one.
 */
export interface Target {
  readonly microsoft365: Microsoft365;
  readonly port: number;
  readonly communities: readonly [TargetCommunity, TargetCommunity];
  /**
   * Somebody of the tenant who is in no team, and whoever looks after the app in the whole organisation, who is in none
   * either.
   */
  readonly outsider: User;
  readonly administrator: User;
  /** Lines of the server's log from `warn` on, and what is not a line of it. */
  readonly log: readonly LogLine[];
  /** Calls of Graph, the Bot Connector's excluded, as `GET /graph/v1.0/…`. */
  readonly graphCalls: readonly string[];
  /** Files that the server left in its temporary folder. */
  leftovers(): Promise<readonly string[]>;
  /** Why servers ended that nobody had told to. */
  readonly crashes: readonly string[];
  /** The tabs' API, as a person's tab asks it. */
  ask(who: User, endpoint: AnyEndpoint, options?: Asking): Promise<Answer>;
  /** The bot's door, as the Bot Connector sends it. */
  deliver(who: User, activity: ActivityJson, options?: Delivering): Promise<Answer>;
  memory(): Promise<Memory>;
  /**
   * By how much it has grown since; what the server is about to give back has some seconds to come within the limits.
   */
  grownSince(before: Memory, limits: Memory): Promise<Memory>;
  stop(): Promise<void>;
}

/** Every role that lets its holders do something besides what every member may. */
export const rolesWithRights = [
  'member-support',
  'teams-administrator',
  'information-resources',
  'agenda-activists',
  'community-keepers',
  'critical-friends',
  'core-group',
] as const;

export interface TargetCommunity {
  readonly team: Team;
  readonly owner: User;
  readonly coordinator: User;
  readonly facilitator: User;
  readonly sponsor: User;
  readonly member: User;
  /** Whoever was accepted into these roles, by the role's id. */
  readonly holders: Readonly<Record<(typeof rolesWithRights)[number], User>>;
  /** As many more members as were asked for. */
  readonly others: readonly User[];
}

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

interface Asking {
  readonly community?: TargetCommunity;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly from?: string;
  readonly patience?: number;
}

interface Delivering {
  /** In the team's channel; in their own chat when left out. */
  readonly community?: TargetCommunity;
  /** Parts of the envelope that Teams itself writes, as whoever forges them wants them. */
  readonly instead?: ActivityJson;
  readonly from?: string;
  readonly patience?: number;
}

export interface TargetOptions {
  /**
   * What Graph allows the app; as much as anybody asks for when left out, as SharePoint's limits are not under attack
   * then.
   */
  readonly graphUnitsAMinute?: number;
  /** Where the embedded database lies; a folder of its own when left out. */
  readonly dataDir?: string;
  readonly nodeOptions?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** How many more members each community has than one of each kind. */
  readonly others?: number;
}

/** A Sunday evening, so that nothing falls due. */
const quietMoment = new Date('2026-11-22T20:00:00Z');

/** Starts everything, or leaves nothing running and says why it could not. */
export async function startTarget(options: TargetOptions = {}): Promise<Target> {
  const running: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of running.reverse()) await each();
  };
  try {
    return { ...(await start(options, running)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param running is told how to stop each part. */
async function start(
  {
    graphUnitsAMinute = 1_000_000,
    dataDir: given,
    nodeOptions = [],
    environment = {},
    others: howMany = 0,
  }: TargetOptions,
  running: (() => Promise<unknown>)[],
): Promise<Omit<Target, 'stop'>> {
  const folder = await mkdtemp(join(tmpdir(), 'cop-target-'));
  running.push(() => rm(folder, { recursive: true, force: true }));
  const temporary = join(folder, 'tmp');
  await mkdir(temporary);
  const dataDir = given ?? join(folder, 'data');
  await fillWithDatabase(dataDir);
  const log: LogLine[] = [];
  const graphCalls: string[] = [];
  const instances = createInstances({
    microsoft365Url: () => microsoft365.url,
    clock: () => microsoft365.clock,
    dataDir,
    graphUnitsAMinute,
    nodeOptions: ['--expose-gc', ...nodeOptions],
    environment: { ...environment, TMPDIR: temporary },
    onLine: line => void log.push(lineOf(line)),
  });
  const microsoft365 = await startMicrosoft365({ port: 0, dataDir: null, productUrl: () => instances.url() });
  running.push(
    () => microsoft365.close(),
    () => instances.close(),
  );
  const { clock, connector, directory, entra, faults, graph } = microsoft365;
  clock.moveTo(quietMoment);
  await instances.start(0);
  const port = Number(new URL(instances.url()).port);
  let people = 0;

  // Every call of Graph asks whether it is to fail.
  const { take } = faults;
  faults.take = (method, path) => {
    if (path.startsWith('/graph/')) graphCalls.push(`${method} ${path}`);
    return take(method, path);
  };

  function somebody(jobTitle: string): User {
    people += 1;
    const id = `00000000-0000-4000-8000-${String(people).padStart(12, '0')}`;
    const user: User = {
      id,
      displayName: `${jobTitle} ${people}`,
      mail: `person.${people}@${tenant.domain}`,
      jobTitle,
      locale: 'en-GB',
      timeZone: 'UTC',
    };
    directory.putUser(user);
    return user;
  }

  async function ask(
    who: User,
    endpoint: AnyEndpoint,
    { community, params = {}, body, headers = {}, from, patience }: Asking = {},
  ): Promise<Answer> {
    return send({
      port,
      method: endpoint.method,
      path: pathOf(endpoint, { ...(community ? { community: community.team.id } : {}), ...params }),
      headers: {
        Authorization: `Bearer ${await entra.issueTabToken(who.id)}`,
        ...(body === undefined
          ? {}
          : { 'Content-Type': endpoint.mostBytes === undefined ? 'application/json' : 'application/octet-stream' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(from === undefined ? {} : { from }),
      ...(patience === undefined ? {} : { patience }),
    });
  }

  async function found(name: string): Promise<TargetCommunity> {
    const [owner, coordinator, facilitator, sponsor, member] = [
      'Owner',
      'Coordinator',
      'Facilitator',
      'Sponsor',
      'Member',
    ].map(somebody) as [User, User, User, User, User];
    const holders = Object.fromEntries(rolesWithRights.map(role => [role, somebody('Holder')])) as Record<
      (typeof rolesWithRights)[number],
      User
    >;
    const others = Array.from({ length: howMany }, () => somebody('Member'));
    const id = randomUUID();
    const threadId = `19:${id}@thread.tacv2`;
    const team: Team = {
      id,
      threadId,
      displayName: name,
      description: '',
      sitePath: `/sites/${id}`,
      channels: [{ id: threadId, displayName: 'General' }],
      members: [owner, coordinator, facilitator, sponsor, member, ...Object.values(holders), ...others].map(one => ({
        userId: one.id,
        owner: one === owner,
      })),
    };
    directory.putTeam(team);
    graph.grantSite(id, 'fullcontrol');
    await connector.installApp(id, owner.id);
    const community: TargetCommunity = { team, owner, coordinator, facilitator, sponsor, member, holders, others };
    const settings: Settings = {
      timeZone: 'UTC',
      coordinators: [personOf(coordinator)],
      facilitation: { day: 1, time: '09:00', facilitators: [personOf(facilitator)], destination: 'chats' },
    };
    // The bot answers Teams first and acts then.
    await eventually(
      `the app in ${name}`,
      async () =>
        (await ask(owner, api.saveSettings, { community, body: settings, headers: { 'If-None-Match': '*' } }))
          .status === 200,
    );
    const term = { since: '2026-11-22', until: null, note: '' };
    const giving = Object.entries({ sponsor, ...holders }).map(async ([role, { id: person }]) => {
      const body = { person: { id: person }, term };
      const given = await ask(coordinator, api.giveRole, { community, params: { role }, body });
      if (given.status !== 200)
        throw new Error(`nobody could be given the role ${role} of ${name}: ${given.status} ${given.body}`);
    });
    await Promise.all(giving);
    return community;
  }

  directory.putUser(samplePeople[0]!);
  const communities = await Promise.all([found('First community'), found('Second community')]);

  return {
    microsoft365,
    port,
    communities,
    outsider: somebody('Outsider'),
    administrator: samplePeople[0]!,
    log,
    graphCalls,
    leftovers: async () =>
      (await readdir(temporary, { recursive: true })).filter(name => !name.startsWith('cop-companion-compiled')),
    crashes: instances.crashes,
    ask,
    async deliver(who, activity, { community, instead = {}, from, patience } = {}) {
      const serviceUrl = `${microsoft365.url}/connector/`;
      const conversation = community
        ? { id: community.team.threadId, kind: 'channel' as const }
        : { id: `a:1${who.id.replaceAll('-', '')}`, kind: 'personal' as const };
      const whole = enveloped(activity, {
        user: who,
        serviceUrl,
        now: clock.now(),
        id: `f:${randomUUID()}`,
        conversation,
        ...(community ? { team: community.team } : {}),
      });
      return send({
        port,
        method: 'POST',
        path: '/api/messages',
        headers: { Authorization: `Bearer ${await entra.signToBot(serviceUrl)}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...whole, ...instead }),
        ...(from === undefined ? {} : { from }),
        ...(patience === undefined ? {} : { patience }),
      });
    },
    memory: () => instances.memory(0),
    async grownSince(before, limits) {
      for (let attempt = 1; ; attempt++) {
        const now = await instances.memory(0);
        const grown = { held: now.held - before.held, occupied: now.occupied - before.occupied };
        const isWithin = grown.held < limits.held && grown.occupied < limits.occupied;
        if (isWithin || attempt === 10) return grown;
        await rest(500);
      }
    },
  };
}

/** What is needed to name somebody in a body. */
export function personOf({ id, displayName: name }: User): { readonly id: string; readonly name: string } {
  return { id, name };
}

/** The path of an endpoint; a name in braces that nobody fills becomes `none`. */
export function pathOf({ path }: AnyEndpoint, params: Readonly<Record<string, string>> = {}): string {
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(params[name] ?? 'none'));
}

/** A press on a card's button. */
export function pressOf(verb: string, data: unknown): ActivityJson {
  return {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
    channelData: { source: { name: 'message' } },
  };
}

/** A line of the log as an object; what is none, such as a stack that Node printed, counts as an error. */
function lineOf(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return { level: 60, msg: line };
  }
}

/** What a log should never have to say of what strangers send, each sentence once. */
export function troublesIn(log: readonly LogLine[]): readonly string[] {
  const troubles = log.filter(({ level, stack, msg }) => level >= 50 || stack !== undefined || /\n\s+at /.test(msg));
  return [...new Set(troubles.map(({ msg, error }) => `${msg.slice(0, 100)} ${String(error ?? '')}`))].slice(0, 10);
}
