import { z } from 'zod';
import { Impossible, type Connector } from '../connector/index.ts';
import type { LocalTenant } from '../tenant.ts';
import type { Entra } from '../entra/index.ts';
import type { Graph } from '../graph/index.ts';
import { sampleTeam, samplePeople } from '../sample-people.ts';
import { momentOf, Move } from './moments.ts';
import { TabConfiguration } from '../graph/tabs.ts';
import { messagesFor, stateFor, type Sources } from './state.ts';
import { administratorCalls } from './administrator-calls.ts';
import { call, post, type Call } from './call.ts';
import { channelCalls } from './channel-calls.ts';
import { listCalls } from './list-calls.ts';
import { oddCalls } from './odd-calls.ts';

/** What the desk needs of Entra. */
export type TabTokens = Pick<Entra, 'issueTabToken' | 'consent' | 'keys' | 'deviceCodes'>;

const Id = z.string().min(1).max(200);
const Person = z.object({ user: Id });
const FaultBody = z.object({
  method: z.string().max(10).optional(),
  path: z.string().min(1).max(500),
  status: z.number().int().min(400).max(599),
  count: z.number().int().min(1).max(10_000).default(1),
  afterwards: z.boolean().optional(),
  retryAfter: z.number().int().min(0).max(3600).optional(),
  code: z.string().max(200).optional(),
  message: z.string().max(2000).optional(),
});

const team = sampleTeam.id;
const [priya, tomasz, , amara] = samplePeople.map(person => person.id);
const jonas = samplePeople.find(person => person.role === 'newcomer')?.id;

export interface CallParts {
  readonly local: LocalTenant;
  readonly connector: Connector;
  readonly entra: TabTokens;
  readonly graph: Pick<Graph, 'throttle' | 'files' | 'oddities' | 'byHand' | 'tabs' | 'setTeamConsent'>;
  readonly announce: () => void;
  readonly isFilling: (() => boolean) | undefined;
  readonly beginAnew: (() => void) | undefined;
}

/** Every call of the desk: its routes, its buttons and its own description come from this list. */
export function deskCalls({
  local,
  connector,
  entra,
  graph,
  announce,
  isFilling = () => false,
  beginAnew,
}: CallParts): readonly Call[] {
  const sources: Sources = {
    local,
    connector,
    consents: () => entra.consent.delegated(),
    files: graph.files,
    tabs: graph.tabs,
    isFilling,
    canBeginAnew: beginAnew !== undefined,
  };

  return [
    call({
      method: 'GET',
      path: `state?user=${priya}`,
      about: 'Everything but the messages, as this person sees it',
      query: z.object({ user: Id.optional() }),
      run: ({ user }) => stateFor(user, sources),
    }),
    call({
      method: 'GET',
      path: `messages?user=${priya}&conversation=${encodeURIComponent(sampleTeam.threadId)}`,
      about: 'The messages of a conversation, with the cards as this person sees them',
      query: Person.extend({ conversation: Id }),
      run({ user, conversation }) {
        seenBy(user, conversation);
        return { messages: messagesFor(user, conversation, connector) };
      },
    }),
    post(
      'say',
      'Somebody writes: to a conversation id, to "personal" (their chat with the bot) or to "channel" (General). In a channel the bot hears only what mentions it',
      Person.extend({ to: Id, text: z.string().trim().min(1).max(28_000), mention: z.boolean().optional() }),
      { user: priya, to: 'personal', text: 'help' },
      async ({ user, to, text, mention }) => {
        const { message, delivery } = await connector.says(user, to, text, mention === undefined ? {} : { mention });
        return { id: message.id, delivery };
      },
    ),
    post(
      'press',
      'Somebody presses a button of a card',
      Person.extend({
        message: Id,
        action: z.object({
          verb: z.string().max(200).optional(),
          id: z.string().max(200).optional(),
          data: z.unknown().optional(),
        }),
      }),
      { user: priya, message: '1763974800000', action: { verb: 'facilitation.tick', data: { task: '…' } } },
      async ({ user, message, action }) => {
        const { verb, id, data } = action;
        return connector.presses(user, message, {
          ...(verb === undefined ? {} : { verb }),
          ...(id === undefined ? {} : { id }),
          data,
        });
      },
    ),
    post(
      'ask',
      'Somebody chooses a command of the app from a message’s menu; with data, sends the dialog it opened',
      Person.extend({ message: Id, command: Id, data: z.record(z.string(), z.unknown()).optional() }),
      { user: priya, message: '1763974800000', command: 'plan.add' },
      async ({ user, message, command, data }) => connector.asksAbout(user, message, command, data),
    ),
    post(
      'look',
      'Somebody looks at a card: refreshes it for them when Teams would',
      Person.extend({ message: Id }),
      { user: priya, message: '1763974800000' },
      async ({ user, message }) => (await connector.looksAt(user, message)) ?? { outcome: 'nothing' },
    ),
    post(
      'read',
      'Somebody has read a conversation',
      Person.extend({ conversation: Id }),
      { user: priya, conversation: sampleTeam.threadId },
      ({ user, conversation }) => connector.markRead(user, conversation),
    ),

    post('install', 'Adds the app to a team', z.object({ team: Id, by: Id }), { team, by: priya }, async body => ({
      deliveries: await connector.installApp(body.team, body.by),
    })),
    post(
      'uninstall',
      'Removes the app from a team',
      z.object({ team: Id, by: Id }),
      { team, by: priya },
      async body => ({ deliveries: await connector.uninstallApp(body.team, body.by) }),
    ),
    post(
      'join',
      'People join a team, all in one event',
      z.object({ team: Id, users: z.array(Id).min(1).max(100) }),
      { team, users: [jonas] },
      async body => ({ delivery: await connector.joins(body.team, body.users) }),
    ),
    post(
      'leave',
      'People leave a team',
      z.object({ team: Id, users: z.array(Id).min(1).max(100) }),
      { team, users: [amara] },
      async body => ({ delivery: await connector.leaves(body.team, body.users) }),
    ),
    ...channelCalls(connector),
    post(
      'events',
      'What becomes of the next events of teams: "lost", "twice" (the same under two ids), or "with-less": people by Teams’ own id, the team by its id, the rest left out or null',
      z.object({ next: z.enum(['lost', 'twice', 'with-less']), count: z.number().int().min(1).max(100).default(1) }),
      { next: 'lost', count: 1 },
      ({ next, count }) => connector.nextEvents(next, count),
    ),
    post(
      'block',
      'Somebody blocks the bot in their chat, or lets it write again',
      Person.extend({ blocked: z.boolean() }),
      { user: tomasz, blocked: true },
      ({ user, blocked }) => connector.block(user, blocked),
    ),
    post(
      'language',
      'The language in which somebody has Teams, as a locale',
      Person.extend({ locale: z.string().refine(isLocale, 'must be a locale such as de-DE') }),
      { user: jonas, locale: 'de-DE' },
      ({ user, locale }) => {
        const { directory } = local;
        const person = directory.user(user);
        if (!person)
          throw new Impossible(`There is no person ${user} in the local tenant; take an id from GET /desk/api/state.`);
        directory.putUser({ ...person, locale });
        announce();
      },
    ),
    post(
      'forget-chat',
      'Teams no longer knows somebody’s chat with the bot; opened again it has another id',
      Person,
      { user: tomasz },
      ({ user }) => connector.forgetChat(user),
    ),
    post(
      'move',
      'Moves the tenant, or one person’s chat, to another address of the Bot Connector; the one before answers 403 or 404',
      z.object({
        to: z.string().regex(/^[a-z]{1,20}$/),
        user: Id.optional(),
        answer: z.literal([403, 404]).optional(),
      }),
      { to: 'emea' },
      ({ to, user, answer = 403 }) => connector.move(to, { person: user ?? null, answer }),
    ),

    post(
      'clock',
      'Moves the clock: {"moment":"2026-11-23T09:00:00Z"}, {"moment":"reset"}, {"days":1,"zone":…}, {"local":"2026-11-23T09:00","zone":…} or to the next such hour of a week',
      Move,
      { weekday: 1, time: '09:00', zone: 'Europe/London' },
      move => {
        const moment = momentOf(move, local.clock.now());
        if (moment) local.clock.moveTo(moment);
        else local.clock.reset();
        announce();
        return { now: local.clock.now().toISOString(), moved: local.clock.moved };
      },
    ),

    call({
      method: 'GET',
      path: 'faults',
      about: 'The faults still to come',
      query: z.object({}),
      run: () => ({ faults: local.faults.list() }),
    }),
    post(
      'faults',
      'The next requests to Graph or the connector whose method and path match fail like this. With the code AfterDelivery a message arrives all the same; with `afterwards` Graph does what it was asked, and loses the answer',
      FaultBody,
      { path: '/connector/v3/conversations', status: 503, count: 2, retryAfter: 1 },
      fault => {
        local.faults.add(withoutUndefined(fault));
        announce();
        return { faults: local.faults.list() };
      },
    ),
    call({
      method: 'DELETE',
      path: 'faults',
      about: 'Forgets all faults',
      query: z.object({}),
      run() {
        local.faults.clear();
        announce();
        return { faults: [] };
      },
    }),
    post(
      'latency',
      'Milliseconds every answer of Graph and the connector waits',
      z.object({ milliseconds: z.number().int().min(0).max(60_000) }),
      { milliseconds: 300 },
      ({ milliseconds }) => {
        local.faults.latencyMs = milliseconds;
        announce();
      },
    ),
    post(
      'limits',
      'Whether the rate limits of Teams and of SharePoint apply',
      z.object({ enforced: z.boolean() }),
      { enforced: true },
      ({ enforced }) => {
        connector.enforceLimits = enforced;
        graph.throttle.enforced = enforced;
        announce();
      },
    ),

    call({
      method: 'GET',
      path: `tab-token?user=${priya}`,
      about: 'The token Teams would give a tab for this person',
      query: Person,
      run: async ({ user }) => {
        if (!local.directory.user(user))
          throw new Impossible(`There is no person ${user} in the local tenant; take an id from GET /desk/api/state.`);
        return { token: await entra.issueTabToken(user) };
      },
    }),
    post(
      'tabs',
      'Adds a tab to a channel, with what somebody saved in the configuration page',
      TabConfiguration.extend({ team: Id, channel: Id, name: z.string().min(1).max(128) }),
      {
        team,
        channel: sampleTeam.threadId,
        name: 'Our charter',
        contentUrl: `http://localhost:3978/tabs/?community=${team}&screen=charter`,
        entityId: 'community',
      },
      ({ team: teamId, channel: channelId, ...tab }) => {
        const { channels } = local.directory.team(teamId) ?? { channels: [] };
        if (!channels.some(({ id }) => id === channelId))
          throw new Impossible(`There is no channel ${channelId} in team ${teamId}.`);
        if (!connector.isInstalled(teamId))
          throw new Impossible('A channel offers the tabs of the apps that its team has.');
        try {
          return { id: graph.tabs.add({ ...tab, teamId, channelId }) };
        } catch (error) {
          throw new Impossible(error instanceof Error ? error.message : String(error));
        }
      },
    ),
    post(
      'remove-tab',
      'Takes a tab out of its channel',
      z.object({ id: Id }),
      { id: '1' },
      ({ id }) => void graph.tabs.remove(id),
    ),
    post(
      'team-consent',
      'What a team has consented to for the app: resource-specific permissions. A team that added an earlier version has not consented to what came later',
      z.object({ team: Id, permissions: z.array(Id).max(50) }),
      { team, permissions: ['TeamMember.Read.Group'] },
      ({ team: teamId, permissions }) => graph.setTeamConsent(teamId, permissions),
    ),
    post(
      'consent',
      'Gives or withdraws the tenant’s consent to a delegated permission of Microsoft Graph',
      z.object({ scope: Id, given: z.boolean() }),
      { scope: 'Sites.ReadWrite.All', given: false },
      ({ scope, given }) => {
        const others = entra.consent.delegated().filter(one => one !== scope);
        entra.consent.setDelegated(given ? [...others, scope] : others);
        announce();
        return { delegated: entra.consent.delegated() };
      },
    ),
    post(
      'keys',
      'Rolls the keys that sign for people or activities to bots: from now on a new one signs; with "withdraw" what the ones before signed is good no longer',
      z.object({ of: z.enum(['people', 'bots']), withdraw: z.boolean().default(false) }),
      { of: 'bots', withdraw: true },
      async ({ of, withdraw }) => {
        await entra.keys[of].roll();
        if (withdraw) entra.keys[of].withdrawEarlier();
      },
    ),
    post(
      'begin-anew',
      'Throws away what the product and this Microsoft 365 know, and begins anew with the sample community: the answer comes first, and the next some seconds later',
      z.object({}),
      {},
      () => {
        if (!beginAnew) throw new Impossible('Only what npm start opened with its own database can begin anew.');
        if (isFilling()) throw new Impossible('The sample community is being set up: wait until it is.');
        // The answer goes out first.
        setTimeout(beginAnew, 100);
      },
    ),
    ...(local.appInTeams ? administratorCalls(local.appInTeams, entra.deviceCodes) : []),
    ...listCalls(local.directory, graph.byHand, announce),
    ...oddCalls({ directory: local.directory, graph, announce }),
    call({
      method: 'GET',
      path: 'received?key=welcome',
      about: 'How many messages arrived whose channelData.key is this one',
      query: z.object({ key: z.string().min(1).max(500) }),
      run: ({ key }) => ({ count: connector.received(key) }),
    }),
  ];

  function seenBy(user: string, conversation: string): void {
    if (!connector.conversationsOf(user).some(one => one.conversation.id === conversation))
      throw new Impossible('This person does not see this conversation; take an id from GET /desk/api/state.');
  }
}

/** A language with its country, as Teams says it. */
function isLocale(text: string): boolean {
  return /^[a-z]{2,3}(-[A-Z]{2})?$/.test(text) && Intl.getCanonicalLocales(text)[0] === text;
}

/** What was left out of a body is absent, not undefined. */
function withoutUndefined<T extends object>(given: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}
