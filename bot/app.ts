import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { api } from '../domain/api.ts';
import { theApp } from '../domain/audit/audit.ts';
import { personalSubPage, tabEntity, writeChatLink, writeDeepLink } from '../domain/deep-links.ts';
import { CommunityError } from '../domain/errors.ts';
import type { Config } from './config.ts';
import { createAuditTrail } from './database/audit-trail.ts';
import { createBallotBox, destroyBoxes } from './features/surveys/ballot-box.ts';
import { createCalendarLinks } from './features/calendar/feed-links.ts';
import { createCommunities } from './database/communities.ts';
import { createCommunityHealth } from './database/community-health.ts';
import { createFigures } from './database/figures.ts';
import { newestMigration } from './database/migrations.ts';
import { createFewLists, createLists, createTeamLists } from './lists/community-lists.ts';
import { createDeparted } from './database/departed.ts';
import { createHandedFiles } from './database/handed-files.ts';
import { openDatabase, type Database } from './database/connection.ts';
import { createFiles } from './graph/channel-files.ts';
import { createChannelTabs } from './graph/channel-tabs.ts';
import { createDeliveryLog, waitingTooLong } from './messages/delivery-log.ts';
import { createGraphThrottle } from './graph/throttle.ts';
import { createLedger } from './features/morning/ledger.ts';
import { createBundles } from './features/digest/bundles.ts';
import { createGraph } from './graph/client.ts';
import { databasePassword } from './graph/credential.ts';
import { createEntraClient, type NetworkClient } from './graph/entra.ts';
import { createLeavers } from './personal-data/leavers.ts';
import { isKnownIn } from './database/known-people.ts';
import { createLimitStore } from './database/limit-store.ts';
import type { List } from './lists/list.ts';
import type { ListName, SettingsRow, TeamLists } from './lists/model.ts';
import { createMove } from './lists/move-rows.ts';
import { createPlaceStore } from './lists/place-store.ts';
import { createPlaces } from './lists/places.ts';
import { sealOldBallots } from './features/surveys/old-ballots.ts';
import { createErasureLog } from './personal-data/erasure-log.ts';
import { createPersonalData } from './personal-data/personal-data.ts';
import { createRepeatErasures } from './personal-data/repeat-erasures.ts';
import { createProvision } from './lists/provisioning.ts';
import { forgetOld } from './personal-data/retention.ts';
import { createRoster, type RememberingRoster } from './graph/roster.ts';
import { createLive } from './live/live.ts';
import { createHeardLists } from './live/heard-lists.ts';
import { startLookingAgain } from './live/look-again.ts';
import { createRelay } from './live/relay.ts';
import { tellChanges, tellList } from './live/told-lists.ts';
import { createSetAside } from './lists/set-aside.ts';
import { createSettingsList } from './lists/settings-list.ts';
import { createMirror, type Freshness } from './lists/mirror.ts';
import { createMirrorStore } from './lists/mirror-store.ts';
import { createSubscriptionStore } from './lists/subscription-store.ts';
import { createSubscriptions, startKeepingUp, type Subscriptions } from './lists/subscriptions.ts';
import { openSurveyKeys } from './features/surveys/survey-keys.ts';
import { watchCoordinators } from './lists/watch-coordinators.ts';
import { checkWrites } from './database/write-check.ts';
import type { Clock, Messenger } from './ports.ts';
import { createFeatures } from './features/index.ts';
import type { Links } from './ports.ts';
import { addApi } from './http/api.ts';
import { createClientAddresses } from './http/client-address.ts';
import { addFeeds } from './http/feeds.ts';
import { addHandedFiles } from './http/handed-files.ts';
import { addNotifications, notificationsAddress } from './http/notifications.ts';
import { sparingly, type HealthPart } from './http/health.ts';
import { checksText, createChecks, createWatch } from './checks/checks.ts';
import { createReports, keepFindings } from './checks/reports.ts';
import { createNoise } from './http/noise.ts';
import { limitOpenDoors } from './http/open-limit.ts';
import { createHttpServer } from './http/server.ts';
import { createSignIn } from './http/sign-in.ts';
import { startScheduler } from './scheduler/scheduler.ts';
import { startInbox } from './teams/inbox.ts';
import { createAddressLimits, createLimits } from './http/limits.ts';
import { createMissed } from './messages/missed.ts';
import { createOutbox } from './messages/outbox.ts';
import { createRateLimiter } from './messages/rate-limiter.ts';
import { startQueue } from './scheduler/queue.ts';
import { startSender } from './messages/sender.ts';
import { createMeasures } from './telemetry/measures.ts';
import { startTelemetry } from './telemetry/telemetry.ts';
import { measureWhatWaits } from './telemetry/what-waits.ts';
import { readVersion } from './version.ts';
import { createAdapter } from './teams/adapter.ts';
import { createConnectorRoster } from './teams/connector-roster.ts';
import { botName, createConversationReferences } from './teams/conversations.ts';
import type { TeamsActivity } from './teams/activity.ts';
import { createReceive, readKept } from './teams/receive.ts';
import { createFollowUp } from './teams/follow-up.ts';
import { createAnsweredElsewhere, createOwnChat } from './teams/own-chat.ts';
import { createLimitedRouter } from './teams/limited-router.ts';
import { createDeferredReplies } from './teams/deferred-reply.ts';
import { createLookUp } from './teams/look-up.ts';
import { createNamedSenders } from './teams/named-senders.ts';
import { createRosterComparison } from './teams/roster-comparison.ts';
import { botText } from './teams/bot-feature.ts';
import { codeOf, StartError } from './start-error.ts';
import { channelDeleted } from './teams/team-events.ts';
import { createTransport } from './teams/post.ts';
import { createApology } from './teams/failures.ts';
import { createRouter } from './teams/router.ts';
import { createRemovedTabs } from './teams/removed-tabs.ts';
import { createTabLinks } from './teams/tab-links.ts';
import { createTexts } from './text.ts';
import { eachAlone } from './shared/each-row.ts';
import { errorText } from './shared/error-text.ts';
import { sharedText } from './shared/quiet.ts';
import type { Community } from '../domain/community.ts';
import { createListeners } from './shared/listeners.ts';
import { createQuietLink } from './shared/quiet-link.ts';
import { createRestDays } from './shared/rest-days.ts';

/** What reaches the world outside, handed in so that tests and a local Microsoft 365 can stand in its place. */
export interface Outside {
  readonly now: Clock;
  readonly fetch: typeof globalThis.fetch;
  /** How msal reaches Entra; its own way when left out. */
  readonly networkClient?: NetworkClient;
  readonly log?: Logger;
  /**
   * Already open, for whoever looks into it meanwhile; opened by the configuration when left out, and closed with the
   * app.
   */
  readonly database?: Database;
  /** How old what is known of the teams' lists may be; as usual when left out. */
  readonly freshness?: Freshness;
  /** What else must work before `/health/ready` says so. */
  readonly health?: readonly HealthPart[];
}

export interface App {
  /** The port it listens on. */
  readonly port: number;
  /** Does what has fallen due by now, without waiting for the next minute. */
  checkCalendar(): Promise<number>;
  /** Does what is done by night: forgets who left long ago, and what is old. */
  forget(): Promise<void>;
  /** Lets work in flight finish, then stops. */
  close(): Promise<void>;
}

/** How long `/health/ready` believes what Entra said of the app, in milliseconds. */
const signInFreshFor = 60_000;

/** How long work in flight may take to finish when the server stops, in milliseconds. */
const stopWithin = 18_000;

/**
 * Puts the parts together and starts them: the one place that knows every concrete one.
 * @throws StartError when somebody has to mend something first; then nothing is left running
 */
export async function startApp(config: Config, outside: Outside): Promise<App> {
  const running: (() => Promise<unknown>)[] = [];
  try {
    return await start(config, outside, running);
  } catch (error) {
    for (const stop of running.reverse()) await stop().catch(() => {});
    throw error;
  }
}

/** @param running is told how to stop each part that would outlive a start that fails */
// eslint-disable-next-line max-lines-per-function -- one list of all parts, each made once those it needs are there
async function start(config: Config, outside: Outside, running: (() => Promise<unknown>)[]): Promise<App> {
  const { now } = outside;
  const log = outside.log ?? pino({ level: config.logLevel, base: null });
  const telemetry = await startTelemetry({ ...config.telemetry, version: readVersion() });
  running.push(() => telemetry.stop());
  const measures = createMeasures(telemetry);
  const fetch = measures.fetch(outside.fetch);

  // Listening comes first, so that /health/ready can say that the rest is still starting.
  let health: readonly HealthPart[] | null = null;
  const { addressOf, isProxy } = createClientAddresses(config.trustProxy);
  const noise = createNoise({ log, addressOf });
  const server = createHttpServer(config, () => health, { isProxy, noise });
  measures.server(server);
  const addressLimits = createAddressLimits({ log, addressOf });
  limitOpenDoors(server, addressLimits);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: Error) => reject(cannotListen(error, config)));
    server.listen(config.port, config.host, resolve);
  });
  running.push(() => new Promise<void>(resolve => server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;

  const client = createEntraClient(config, outside.networkClient);
  const graphThrottle = createGraphThrottle({ unitsAMinute: config.graphUnitsAMinute });
  const graphAs = createGraph({
    client,
    people: createEntraClient(config, outside.networkClient),
    fetch,
    throttle: graphThrottle,
    cloud: config.cloud,
  });

  const { databaseUrl, dataDir } = config;
  const database =
    outside.database ?? (await openDatabase({ databaseUrl, dataDir, password: databasePassword(config) }));
  running.push(() => database.close());
  const places = createPlaces({
    store: createPlaceStore(database.db),
    graphAs,
    async look(id, site) {
      const there = createTeamLists(graphAs, async () => ({ site, lists: {} })).of(id);
      if (await wasSetUp(there.settingsCopy)) await communities.leaveToOwners(id);
    },
  });
  const surveyKeys = await openSurveyKeys(config.keysDir);
  await sealOldBallots(database.db, surveyKeys);
  const move = createMove({ db: database.db, now, graphAs, findPlace: places.find, log });
  const queue = await startQueue(database, log);
  running.push(() => queue.stop());
  const setAside = createSetAside(database.db);
  const rateLimiter = createRateLimiter({ db: database.db });
  const adapter = createAdapter(config, client, rateLimiter.countAnswer);
  const conversations = createConversationReferences(database.db, now);
  const connectorRoster = createConnectorRoster({ conversations, adapter, config });
  const knownRoster = createRoster(graphAs('app'), now, connectorRoster, (community, person) =>
    isKnownIn(database.db, community, person),
  );
  const live = createLive({
    relay: createRelay(database, log),
    spent: graphThrottle.spent,
    peopleChanged: knownRoster.forget,
  });
  running.push(() => live.stop());
  const roster: RememberingRoster = {
    ...knownRoster,
    forget(id) {
      knownRoster.forget(id);
      live.tellPeople(id);
    },
  };

  const trail = createAuditTrail({ db: database.db, now, log });
  const auditTrail = { ...trail, note: measures.audit(trail.note) };
  const mirror = createMirror({
    store: createMirrorStore(database.db),
    graph: graphAs('app'),
    now,
    log,
    isBackground: graphThrottle.isBackground,
    inBackground: graphThrottle.inBackground,
    broken(community) {
      places.keepRightness(community, null).catch((error: unknown) => {
        log.warn({ community, error: errorText(error) }, 'lists that are not right were not noted');
      });
    },
    changed(community, list) {
      tellList(live, community, list as ListName);
      subscriptions.found(community, list);
    },
    ...(outside.freshness ? { freshness: outside.freshness } : {}),
  });
  running.push(() => mirror.stop());
  const quietLists = createLists({
    team: createTeamLists(graphAs, places.find, {
      mirror,
      unreadable: (community, list, keys) => {
        setAside.noteUnreadable(community, list, keys, now()).catch((error: unknown) => {
          log.warn({ community, list, error: errorText(error) }, 'rows that cannot be read were not noted');
        });
      },
    }),
    few: createFewLists({
      db: database.db,
      now,
      copied: move.copied,
      settingsOf: id => watchCoordinators(createSettingsList(database.db, id), id, auditTrail.note),
    }),
    db: database.db,
  });
  const heardLists = createHeardLists({
    doubt: mirror.doubt,
    look: (community, list) =>
      graphThrottle.inBackground<unknown>(() => quietLists.of(community)[list as keyof TeamLists].find('')),
    isWatched: live.isWatched,
    log,
  });
  running.push(async () => heardLists.stop());
  const subscriptions: Subscriptions = createSubscriptions({
    store: createSubscriptionStore(database.db),
    graph: graphAs('app'),
    findPlace: places.find,
    address: notificationsAddress(config),
    now,
    log,
    inBackground: graphThrottle.inBackground,
    changed: heardLists.changed,
  });
  const stopKeepingUp = startKeepingUp(subscriptions, log);
  running.push(async () => stopKeepingUp());
  const stopLooking = startLookingAgain({
    ...{ live, subscriptions },
    lookAgain: mirror.lookAgain,
    spent: graphThrottle.spent,
  });
  running.push(async () => stopLooking());
  const lists = tellChanges(quietLists, live);
  const setUp = { by: config.setUpBy, administrators: config.administrators };

  const settingsChanged = createListeners<[Community]>();
  const communities = createCommunities(
    database.db,
    now,
    settingsChanged.tell,
    (transaction, id) => destroyBoxes(transaction, surveyKeys, id),
    setUp,
  );
  const erasures = createErasureLog(join(config.keysDir, 'erasures'), file =>
    log.error(
      { file },
      'a note of who was forgotten cannot be read: a backup that was brought back may have them again',
    ),
  );
  const personalData = createPersonalData({ db: database.db, lists, now, erasures });
  const repeatErasures = createRepeatErasures({ db: database.db, lists, log, erasures });
  await repeatErasures.inTables();
  const texts = createTexts({ [botName]: botText, ...checksText, ...sharedText });
  const messagesQueued = createListeners<[]>();
  const outbox = createOutbox({
    db: database.db,
    texts,
    now,
    wake: () => void messagesQueued.tell(),
    foot: createQuietLink(linksOf(config)),
  });
  const messenger: Messenger = { ...outbox, missed: createMissed(database.db, now) };

  const files = createFiles(graphAs, id => communities.channelOf(id));
  const channelTabs = createChannelTabs({ graph: graphAs('app'), config, channelOf: id => communities.channelOf(id) });
  const checks = createChecks({ config, client, graph: graphAs('app'), db: database.db, channelTabs, fetch, now });
  const communityHealth = createCommunityHealth(database.db, now);
  const features = createFeatures({
    lists,
    messenger,
    roster,
    files,
    restDays: createRestDays(),
    ledger: createLedger(database.db),
    departed: createDeparted(database.db),
    ballotBox: createBallotBox({ db: database.db, keys: surveyKeys, log }),
    bundles: createBundles(database.db),
    communities,
    provision: createProvision({
      graphAs,
      places,
      appId: config.appId,
      graph: config.cloud.graph,
      mended: mirror.forget,
    }),
    sites: places,
    channelTabs,
    links: linksOf(config),
    principalNames: connectorRoster,
    calendarLinks: createCalendarLinks(database.db),
    deliveryLog: createDeliveryLog(database.db),
    setAside,
    administrators: config.administrators,
    switches: config.switches,
    setUp,
    auditTrail,
    reports: createReports({ checks, health: communityHealth, now }),
    figures: createFigures(database.db),
    server: { version: readVersion(), forgetAfterDays: config.forgetAfterDays, migration: newestMigration },
    personalData,
    liveChanges: {
      ...live,
      listen(community, listener) {
        subscriptions.want(community);
        return live.listen(community, listener);
      },
    },
    clock: now,
    log,
    inBackground: graphThrottle.inBackground,
    asKnown: mirror.asKnown,
  });
  for (const { name, text } of features) texts.add(name, text);

  /** Teams told of it while nobody listened. */
  async function channelGone(id: string, channel: string): Promise<void> {
    const community = await communities.find(id);
    if (community) await channelDeleted({ features, communities, log }, community, channel);
  }
  const tabLinks = createTabLinks({ config, communities });
  const connector = createTransport({ conversations, adapter, config, channelGone });
  const transport = tabLinks.transport(measures.transport(connector));
  const sender = startSender({ db: database.db, transport, rateLimiter, now, log });
  messagesQueued.add(sender.wake);
  const scheduler = await startScheduler({
    ...{ db: database.db, queue, now, communities, log },
    features: features.map(({ jobs = [], ...feature }) => ({ ...feature, jobs: jobs.map(measures.job) })),
  });
  settingsChanged.add(scheduler.plan);
  const stopping = new AbortController();
  const clear = () => graphThrottle.inBackground(() => move.clear(stopping.signal));
  const repeating = graphThrottle
    .inBackground(repeatErasures.everywhere)
    .catch((error: unknown) => log.error({ err: error }, 'whom a backup brought back could not be looked for'));
  const clearing = clear().catch((error: unknown) =>
    log.error({ err: error }, 'what was promised to few could not be taken out of SharePoint'),
  );
  const forgetLeavers = createLeavers({
    db: database.db,
    communities,
    roster,
    personalData,
    audit: auditTrail.note,
    after: config.forgetAfterDays,
    now,
    log,
  });
  const rosterComparison = createRosterComparison({ db: database.db, features, communities, roster, now, log });
  const forgetRemovedTabs = createRemovedTabs({ db: database.db, communities, channelTabs, log });
  const watch = createWatch({
    checks,
    keep: keepFindings({ health: communityHealth, now }),
    log,
    texts,
    isStopping: () => stopping.signal.aborted,
  });
  async function forgetByNight(): Promise<void> {
    let leavers = 0;
    const parts = [
      // Before those who left are looked for: this asks Microsoft for each roster anew.
      () => graphThrottle.inBackground(rosterComparison.all),
      () => graphThrottle.inBackground(repeatErasures.everywhere),
      () => erasures.forgetOld(now()),
      async () => void (leavers = await graphThrottle.inBackground(forgetLeavers)),
      () => graphThrottle.inBackground(forgetRemovedTabs),
      subscriptions.keepUp,
      async () => log.info({ leavers, ...(await forgetOld(database.db, now())) }, 'what is old was forgotten'),
      clear,
      () => graphThrottle.inBackground(watch.byNight),
    ];
    const failures = await eachAlone(log, parts, part => part(), {
      ids: part => ({ part: parts.indexOf(part) }),
      said: 'a part of what is done by night failed; the others are done, and it is tried again',
    });
    auditTrail.note({
      person: theApp,
      community: null,
      act: 'retention.run',
      door: 'app',
      via: 'night',
      about: '',
      outcome: 'done',
      reason: null,
      request: null,
    });
    if (failures.length > 0) throw failures[0];
  }
  await queue.everyNight(forgetByNight);

  const limits = createLimits({ store: createLimitStore(database), log });
  const lookUp = createLookUp({ adapter });
  const { countAnswer } = rateLimiter;
  const writeInOwnChat = createOwnChat({ adapter, conversations, config, countAnswer });
  const deferredReplies = createDeferredReplies({ followUp: createFollowUp({ adapter, writeInOwnChat }), log });
  const unlimited = createRouter({
    features,
    communities,
    roster,
    wasSetUp: id => wasSetUp(lists.of(id).settingsCopy),
    conversations,
    lookUp,
    rosterComparison,
    botId: `28:${config.appId}`,
    deferredReplies,
    writeInOwnChat,
    limits,
    switches: config.switches,
    audit: auditTrail.note,
    texts,
    now,
    log,
  });
  const limited = createLimitedRouter({ route: unlimited, conversations, limits, texts });
  const answering = createAnsweredElsewhere({ handle: tabLinks.handle(limited), writeInOwnChat, texts });
  const handle = createNamedSenders({ handle: answering, conversations, lookUp });
  const apology = createApology(texts);
  const inbox = startInbox<TeamsActivity>({
    db: database.db,
    read: value => readKept(value, config),
    // A person who typed something waits for the answer; a storm of newcomers does not.
    run: activity =>
      measures.turn(activity.type, () =>
        activity.type === 'message'
          ? adapter.run(activity, handle)
          : graphThrottle.inBackground(() => adapter.run(activity, handle)),
      ),
    gaveUp: activity => adapter.run(activity, apology),
    log,
  });
  server.post(
    '/api/messages',
    createReceive({ config, adapter, inbox, handle, addressLimits, fetch, texts, noise, log }),
  );
  const handedFiles = createHandedFiles(database.db, now);
  addApi(server, {
    features,
    endpoints: api,
    communities,
    roster,
    signIn: createSignIn(config, fetch),
    limits,
    addressLimits,
    texts,
    sentences: botName,
    publicUrl: config.publicUrl,
    handedFiles,
    administrators: config.administrators,
    switches: config.switches,
    audit: auditTrail.note,
    noise,
    log,
  });

  addNotifications(server, { take: subscriptions.take, addressLimits, noise, log });
  addHandedFiles(server, { handedFiles, addressLimits, texts, sentences: botName });
  addFeeds(server, { features, texts, now, limits, addressLimits, log });

  measureWhatWaits(measures, { db: database.db, now, spent: graphThrottle.spent });
  health = [
    sparingly({ name: 'database', check: async () => void (await checkWrites(database.db)) }, log),
    sparingly(checks.signIn, log, signInFreshFor),
    // Restarting the server would not help them: it stays ready.
    sparingly({ name: 'messages', check: () => waitingTooLong(database.db, now()) }, log),
    ...(outside.health ?? []),
  ];
  log.info({ port }, 'ready');
  void watch.atStart();

  return {
    port,
    checkCalendar: () => scheduler.check(),
    forget: forgetByNight,
    async close() {
      stopping.abort();
      stopLooking();
      stopKeepingUp();
      heardLists.stop();
      const silent = live.stop();
      const stopped = new Promise<void>(resolve => server.close(() => resolve()));
      (server as unknown as { server: { closeIdleConnections(): void } }).server.closeIdleConnections();
      // Side by side: together they must be done before SIGTERM is followed by SIGKILL. What is not done by then,
      // another server does anew.
      const finished = [
        silent,
        stopped,
        deferredReplies.settled(),
        inbox.stop(),
        sender.stop(),
        queue.stop(),
        mirror.stop(),
        auditTrail.settled(),
        clearing,
        repeating,
      ];
      await Promise.race([Promise.all(finished), new Promise(resolve => setTimeout(resolve, stopWithin).unref())]);
      for (const feature of features) feature.stop?.();
      await telemetry.stop();
      await database.close();
    },
  };
}

function cannotListen(error: Error, { host, port }: Config): Error {
  const what = {
    EADDRINUSE: `something else on this machine listens there. Stop it, or set PORT to another`,
    EACCES: `the server’s account may not listen there. Set PORT to one above 1023`,
    EADDRNOTAVAIL: `this machine has no such address. Correct HOST, such as 0.0.0.0 for every one`,
    ENOTFOUND: `no address has this name. Correct HOST, such as 0.0.0.0 for every one`,
  }[codeOf(error) ?? ''];
  return what === undefined ? error : new StartError(`HOST is ${host} and PORT is ${port}: ${what}.`, { cause: error });
}

/** Whether SharePoint has the settings of an earlier life of the app in this team. They count for nothing but this. */
async function wasSetUp(copy: Pick<List<SettingsRow>, 'all'>): Promise<boolean> {
  try {
    return (await copy.all()).length > 0;
  } catch (error) {
    // No list, no permission, no site: then there is nothing that was kept, and set-up says what is wrong.
    // A SharePoint that only could not answer is asked again, with the whole turn.
    if (error instanceof CommunityError && error.code !== 'throttled' && error.code !== 'unavailable') return false;
    throw error;
  }
}

/**
 * What we link to: our tab, through Teams ("Create deep links to a tab"), and calendars, which any program may fetch.
 */
function linksOf({ publicUrl, cloud, teamsAppId, appId }: Config): Links {
  return {
    calendar: token => `${publicUrl}/calendar/${token}.ics`,
    chat: principalName => writeChatLink(cloud.teams, principalName),
    tab: (community, subPage, teamsApp = appId) =>
      writeDeepLink(cloud.teams, {
        app: teamsAppId ?? teamsApp,
        entity: tabEntity,
        subPage: personalSubPage(community, subPage),
        webUrl: `${publicUrl}/tabs/?community=${encodeURIComponent(community)}`,
      }),
  };
}
