import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { lookIntoDatabase, openDatabase, type Database } from '../../bot/database/connection.ts';
import { api } from '../../domain/api.ts';
import type { AnyEndpoint } from '../../domain/endpoint.ts';
import type { Settings } from '../../domain/community.ts';
import { added, enveloped } from '../../infra/local/connector/activities.ts';
import type { Message } from '../../infra/local/connector/index.ts';
import type { Team, User } from '../../infra/local/directory.ts';
import { createInstances, type Instances } from '../../infra/local/instances.ts';
import { startMicrosoft365, type Microsoft365 } from '../../infra/local/microsoft365.ts';
import { temporaryFolder, untilEnd } from './clean-up.ts';
import { eventually } from './engines.ts';
import { bundledServer, fillWithDatabase } from './prepared.ts';
import { createChance, type Chance } from './random.ts';
import { verdictOf, type Kept, type Key, type Verdict } from './ledger.ts';

/**
 * A tenant with communities, served by servers in processes of their own that may be killed at any moment. It knows
 * what has to arrive in Teams, counts what arrives, and holds one against the other.
 */
export interface Cluster {
  readonly microsoft365: Microsoft365;
  readonly instances: Instances;
  readonly chance: Chance;
  readonly communities: readonly ClusterCommunity[];
  /**
   * Moves the clock; whoever facilitates a week that has begun when all is settled is expected to have got its card.
   */
  moveTo(moment: Date): Promise<void>;
  /** So many people of the tenant who are in no team yet. */
  people(count: number): readonly string[];
  /** These people join; each is expected to be welcomed. Teams tells the bot until the bot has taken it. */
  join(community: ClusterCommunity, people: readonly string[]): Promise<void>;
  ask(
    community: ClusterCommunity,
    endpoint: AnyEndpoint,
    options: { readonly params?: Readonly<Record<string, string>>; readonly body: unknown; readonly etag?: null },
  ): Promise<void>;
  /** Adds to what has to arrive. */
  expect(community: ClusterCommunity, feature: string, period: string, people: readonly string[]): void;
  /** Kills a server, and notes of which messages nobody can know now whether Teams took them. */
  kill(place: number): Promise<boolean>;
  /** Starts whatever does not run. */
  startAll(): Promise<void>;
  /** Lets everything come to rest and looks at what arrived and what the outbox says. */
  settle(): Promise<Settled>;
  stop(): Promise<void>;
}

interface ClusterCommunity {
  readonly team: Team;
  readonly facilitators: readonly string[];
  /** Minutes after nine on Monday, UTC, when its week begins. */
  readonly minute: number;
}

export interface Settled {
  readonly verdict: Verdict;
  readonly kept: readonly Kept[];
  readonly arrived: ReadonlyMap<Key, number>;
  readonly copies: number;
  /** What is still to be done: nothing, unless something is stuck. */
  readonly open: readonly string[];
}

export interface ClusterOptions {
  readonly seed: number;
  readonly servers: number;
  readonly communities: number;
  readonly facilitators?: number;
  /** PostgreSQL in the place of the embedded database. */
  readonly databaseUrl?: string;
  /** What the server at this place runs when it starts next, such as a later version; this version when left out. */
  readonly program?: (place: number) => string;
  /** Milliseconds Teams and Graph take to answer. */
  readonly latencyMs?: number;
}

/** Of what these features send, each message is expected by name; of the others only that it comes once. */
const followed = ['facilitation', 'welcome', 'surveys'];
/** A Sunday, so that no week begins while the cluster is set. */
const eve = new Date('2026-11-22T20:00:00Z');
/** Nine o'clock on the Monday after it. */
export const nine = new Date('2026-11-23T09:00:00Z');
const minute = 60_000;

export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { servers, databaseUrl, latencyMs = 10 } = options;
  const chance = createChance(options.seed);
  const folder = await temporaryFolder('cluster');
  const dataDir = folder.path;
  if (!databaseUrl) await fillWithDatabase(dataDir);
  const program = await bundledServer();
  const instances = createInstances({
    microsoft365Url: () => microsoft365.url,
    clock: () => microsoft365.clock,
    dataDir,
    program: options.program ?? (() => program),
    // Killed within seconds, it has no time to earn what optimizing the embedded database costs.
    nodeOptions: ['--liftoff-only'],
    ...(databaseUrl ? { databaseUrl } : {}),
  });
  const microsoft365 = await startMicrosoft365({ port: 0, dataDir: null, productUrl: () => instances.url() });
  const { clock, connector, directory, entra, graph, store, faults } = microsoft365;

  const stop = untilEnd(async () => {
    await instances.close();
    await window?.close();
    await microsoft365.close();
    await folder.remove();
  });

  const communities: ClusterCommunity[] = [];
  const expected = new Set<Key>();
  const cut = new Map<Key, number>();
  let people = 0;
  // PostgreSQL can be looked into while servers run; the embedded database belongs to its one server.
  let window: Database | undefined;

  function somebody(): User {
    people += 1;
    const user: User = {
      id: `00000000-0000-4000-8000-${String(people).padStart(12, '0')}`,
      displayName: `Member ${people}`,
      mail: `member.${people}@cedarvalley.example`,
      jobTitle: 'Member',
      locale: 'en-GB',
      timeZone: 'UTC',
    };
    directory.putUser(user);
    return user;
  }

  async function found(index: number): Promise<ClusterCommunity> {
    const users = Array.from({ length: options.facilitators ?? 3 }, somebody);
    const threadId = `19:cluster${String(index).padStart(6, '0')}@thread.tacv2`;
    const team: Team = {
      id: randomUUID(),
      threadId,
      displayName: `Community ${index}`,
      description: '',
      channels: [{ id: threadId, displayName: 'General' }],
      members: users.map(({ id }, place) => ({ userId: id, owner: place === 0 })),
      sitePath: `/sites/Community${index}`,
    };
    directory.putTeam(team);
    graph.grantSite(team.id, 'fullcontrol');
    const owner = users[0]!;
    await connector.installApp(team.id, owner.id);
    const community: ClusterCommunity = { team, facilitators: users.map(({ id }) => id), minute: index };
    const chosen = users.map(({ id, displayName: name }) => ({ id, name }));
    const time = new Date(nine.getTime() + index * minute).toISOString().slice(11, 16);
    const settings: Settings = {
      timeZone: 'UTC',
      coordinators: chosen,
      facilitation: { day: 1, time, facilitators: chosen, destination: 'chats' },
    };
    // Whoever sets up many communities within a minute is told by SharePoint to wait for the next.
    await eventually(
      `the app in ${team.displayName}`,
      () =>
        ask(community, api.saveSettings, { body: settings, etag: null }).then(
          () => true,
          () => false,
        ),
      150_000,
    );
    return community;
  }

  async function ask(
    community: ClusterCommunity,
    endpoint: AnyEndpoint,
    { params = {}, body, etag }: Parameters<Cluster['ask']>[2],
  ): Promise<void> {
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
      encodeURIComponent(params[name] ?? community.team.id),
    );
    const response = await fetch(instances.url() + path, {
      method: endpoint.method,
      headers: {
        Authorization: `Bearer ${await entra.issueTabToken(community.facilitators[0]!)}`,
        'Content-Type': 'application/json',
        ...(etag === null ? { 'If-None-Match': '*' } : {}),
      },
      body: JSON.stringify(body),
    });
    if (!response.ok)
      throw new Error(`${endpoint.method} ${path} answered ${response.status} ${await response.text()}`);
  }

  function expectThat(
    community: ClusterCommunity,
    feature: string,
    period: string,
    recipients: readonly string[],
  ): void {
    for (const person of recipients) expected.add(`${community.team.id} ${feature} ${period} ${person}`);
  }

  function chatOf(conversation: string): readonly Message[] {
    return store
      .collection<Message>('messages')
      .values()
      .filter(({ conversationId, from }) => conversationId === conversation && from === null);
  }

  function noteTaken(conversation: string, before: number): void {
    const taken = chatOf(conversation)[before];
    const key =
      taken &&
      keyOf(taken.cards[0], store.collection<{ userId: string }>('chats').get(conversation)?.userId ?? 'channel');
    if (key) cut.set(key, (cut.get(key) ?? 0) + 1);
  }

  /** Every copy that arrived, by its key: who sees it, and what its card says of itself. */
  function arrivals(): Key[] {
    const chats = store.collection<{ userId: string }>('chats');
    return store
      .collection<Message>('messages')
      .values()
      .flatMap(message => {
        if (message.from !== null || !message.cards[0]) return [];
        const key = keyOf(message.cards[0], chats.get(message.conversationId)?.userId ?? 'channel');
        return key ? [key] : [];
      });
  }

  async function readKept({ db }: Database): Promise<Kept[]> {
    const rows = await db
      .selectFrom('messages')
      .select(['community', 'kind', 'period', 'recipient', 'state', 'reason', 'uncertain'])
      .execute();
    return rows.flatMap(({ community, kind, period, recipient, state, reason, uncertain }) => {
      const feature = kind.split('.')[0] ?? kind;
      return followed.includes(feature)
        ? [{ key: `${community} ${feature} ${period} ${recipient}`, state, reason, uncertain }]
        : [];
    });
  }

  /** What Teams has and the outbox does not know of: the answers that got lost with the server. */
  async function noteCut(): Promise<void> {
    if (!window) return;
    const sent = new Map((await readKept(window)).map(({ key, state }) => [key, state]));
    const copies = new Map<Key, number>();
    for (const key of arrivals()) copies.set(key, (copies.get(key) ?? 0) + 1);
    for (const [key, count] of copies) if (sent.get(key) !== 'sent') cut.set(key, Math.max(cut.get(key) ?? 0, count));
  }

  async function kill(place: number): Promise<boolean> {
    const was = await instances.kill(place);
    // What the server had sent just before is still on its way.
    await rest(2 * faults.latencyMs + 30);
    await noteCut();
    return was;
  }

  async function startAll(): Promise<void> {
    const here = instances.running();
    const missing = Array.from({ length: servers }, (_none, place) => place).filter(place => !here.includes(place));
    await Promise.all(missing.map(place => instances.start(place)));
  }

  /** Opens the database while no server runs. */
  async function between<T>(look: (database: Database) => Promise<T>): Promise<T> {
    await instances.close();
    const database = databaseUrl
      ? lookIntoDatabase(databaseUrl, null)
      : await openDatabase({ databaseUrl: null, dataDir });
    try {
      return await look(database);
    } finally {
      await database.close();
    }
  }

  async function settle(): Promise<Settled> {
    const begun = communities.filter(community => nine.getTime() + community.minute * minute <= clock.now().getTime());
    for (const community of begun) expectThat(community, 'facilitation', '2026-11-23', community.facilitators);
    for (let round = 1; ; round++) {
      await startAll();
      await untilQuiet();
      const { kept, open } = await between(async database => {
        const found = { kept: await readKept(database), open: await openWork(database) };
        await letTimePass(database);
        return found;
      });
      const arrived = arrivals();
      const verdict = verdictOf({
        expected,
        arrived: arrived.filter(key => followed.includes(key.split(' ')[1]!)),
        kept,
        ...(databaseUrl ? { cut } : {}),
      });
      if (open.length === 0 || round === 10) {
        const counts = new Map<Key, number>();
        for (const key of arrived) counts.set(key, (counts.get(key) ?? 0) + 1);
        return { verdict, kept, arrived: counts, copies: arrived.length, open };
      }
    }
  }

  /** Waits until nothing is left to do, or for a while nothing has changed. */
  async function untilQuiet(): Promise<void> {
    let before = '';
    for (let still = 0; still < 6; ) {
      await instances.check();
      await rest(500);
      const open = window ? (await openWork(window)).length : NaN;
      const have = new Set(arrivals());
      if (open === 0 || (!window && [...expected].every(key => have.has(key)))) return;
      const now = `${open} ${have.size}`;
      still = now === before ? still + 1 : 0;
      before = now;
    }
  }

  // Teams took a message and its answer is lost on purpose: nobody but us can know that.
  const { take } = connector.faults;
  connector.faults.take = (call, conversation) => {
    const before = chatOf(conversation).length;
    const fault = take(call, conversation);
    if (fault?.taken && (call === 'send' || call === 'create'))
      void rest(faults.latencyMs + 100).then(() => noteTaken(conversation, before));
    return fault;
  };

  clock.moveTo(eve);
  await instances.start(0);
  for (let index = 0; index < options.communities; index++) communities.push(await found(index));
  if (databaseUrl) window = await openDatabase({ databaseUrl, dataDir: null });
  faults.latencyMs = latencyMs;
  await startAll();

  return {
    microsoft365,
    instances,
    chance,
    communities,
    async moveTo(moment) {
      // Never back: what has begun meanwhile, on a slow machine, has begun.
      if (moment > clock.now()) clock.moveTo(moment);
      await instances.check();
    },
    people: count => Array.from({ length: count }, () => somebody().id),
    async join(community, joining) {
      for (const id of joining) directory.addMember(community.team.id, id);
      expectThat(community, 'welcome', 'once', joining);
      const joined = joining.map(id => directory.user(id)!);
      const { team } = community;
      const owner = directory.user(community.facilitators[0]!)!;
      const told = enveloped(
        { type: 'conversationUpdate', membersAdded: added(joined), channelData: { eventType: 'teamMemberAdded' } },
        {
          user: owner,
          team,
          serviceUrl: `${microsoft365.url}/connector/`,
          now: clock.now(),
          id: `f:${randomUUID()}`,
          conversation: { id: team.threadId, kind: 'channel' },
        },
      );
      // However long: while servers are killed faster than they start, nobody is there to be told.
      await eventually(
        `the bot to take that people joined ${team.displayName}`,
        async () => (await connector.deliver(told)).status === 200,
        3_000_000,
      );
      // Teams now and then tells a thing twice.
      if (chance.happens(0.3)) await connector.deliver(told);
    },
    ask,
    expect: expectThat,
    kill,
    startAll,
    settle,
    stop,
  };
}

/** Messages, activities and jobs that wait for something, each with what helps to see why. */
async function openWork({ db }: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ what: string }>`
    SELECT 'message ' || concat_ws(' ', community, kind, recipient, state, reason, detail, 'attempts', attempts) AS what FROM messages WHERE next_at IS NOT NULL
    UNION ALL SELECT 'activity, attempts ' || attempts FROM inbox WHERE next_at IS NOT NULL
    UNION ALL SELECT 'job ' || concat_ws(' ', singleton_key, state::text, 'tries', retry_count, left(output::text, 300)) FROM pgboss.job WHERE name = 'occasion' AND state IN ('created', 'retry', 'active')`.execute(
    db,
  );
  return rows.map(({ what }) => what);
}

/**
 * No server runs: whatever one of them had begun is given up, and whatever waits may be tried again, as if an hour had
 * passed.
 */
async function letTimePass({ db }: Database): Promise<void> {
  await db
    .updateTable('messages')
    .set({ next_at: sql<Date>`clock_timestamp()` })
    .where('next_at', 'is not', null)
    .execute();
  await db
    .updateTable('inbox')
    .set({ next_at: sql<Date>`clock_timestamp()` })
    .where('next_at', 'is not', null)
    .execute();
  await db.updateTable('threads').set({ calls: sql<number[]>`'{}'`, busy_until: 0 }).execute();
  await sql`UPDATE pgboss.job SET start_after = now() WHERE state IN ('created', 'retry') AND start_after > now()`.execute(
    db,
  );
  await sql`UPDATE pgboss.job SET state = 'retry', start_after = now() WHERE state = 'active'`.execute(db);
}

/** What a card says of itself: the community and the period are in what its buttons carry. */
function keyOf(card: unknown, recipient: string): Key | undefined {
  const action = firstAction(card);
  if (!action) return undefined;
  const { community, week, survey } = action.data;
  // The card of the set-up offers the week, and is none.
  const feature = action.verb === 'facilitation.now' ? 'settings' : action.verb.split('.')[0];
  return `${String(community)} ${feature} ${String(week ?? survey ?? 'once')} ${recipient}`;
}

function firstAction(
  part: unknown,
): { readonly verb: string; readonly data: Readonly<Record<string, unknown>> } | undefined {
  if (part === null || typeof part !== 'object') return undefined;
  if (
    'verb' in part &&
    typeof part.verb === 'string' &&
    'data' in part &&
    part.data !== null &&
    typeof part.data === 'object'
  ) {
    return { verb: part.verb, data: part.data as Record<string, unknown> };
  }
  for (const inner of Object.values(part)) {
    const found = firstAction(inner);
    if (found) return found;
  }
  return undefined;
}

export function rest(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
