import type { TeamSite } from '../../bot/lists/places.ts';
import { rightnessInMemory } from './places.ts';
import type { Provisioned } from '../../bot/lists/provisioning.ts';
import type { Community, Member } from '../../domain/community.ts';
import type { SetUp } from '../../domain/community.ts';
import { createRestDays } from '../../bot/shared/rest-days.ts';
import { everythingOn } from '../../domain/switches.ts';
import type { Feature } from '../../bot/feature.ts';
import { comingReader, heldReader } from '../../bot/features/events/index.ts';
import { planAdder } from '../../bot/features/plan/index.ts';
import { changeWeek } from '../../bot/features/settings/index.ts';
import { feedbackPlanner } from '../../bot/features/surveys/index.ts';
import type { Notes } from '../../bot/features/facilitation/parts.ts';
import type { Waiting } from '../../bot/shared/waiting.ts';
import type { Departed, Log, LoggedMessage, Page } from '../../bot/ports.ts';
import { createInMemoryBallotBox } from './ballot-box.ts';
import {
  clockAt,
  communitiesOf,
  quietLog,
  recordingFiles,
  recordingMessenger,
  rosterOf,
  textsOf,
  type RecordingMessenger,
  type TestClock,
} from './feature-parts.ts';
import { createInMemoryLists } from './in-memory-lists.ts';
import { createInMemorySetAside } from './set-aside.ts';

/** The SharePoint site of every team here. */
const site: TeamSite = { id: 'site', url: 'https://contoso.sharepoint.example/sites/team' };

export interface SceneChoices {
  readonly members?: readonly Member[];
  readonly communities?: readonly Community[];
  /** Where the clock stands still: an instant with its zone. */
  readonly at?: string;
}

export type SceneParts = ReturnType<typeof partsOf>;

/** Everybody here has an address by their name. */
function addressOf(name: string): string {
  return `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
}

/** A feature and everything it stands on, each in memory. */
export interface FeatureScene<F extends Feature> {
  readonly feature: F;
  /** To make another like it: `charter({ ...parts, roster })`. */
  readonly parts: SceneParts;
  readonly lists: SceneParts['lists'];
  readonly messenger: SceneParts['messenger'];
  readonly communities: SceneParts['communities'];
  readonly box: SceneParts['ballotBox'];
  readonly setAside: SceneParts['setAside'];
  readonly clock: TestClock;
  /** Sentences of the warnings in the log. */
  readonly warnings: readonly string[];
}

/**
 * Makes a feature on parts of its own: `sceneOf(charter, { members: [priya] })`. A test that wants one of the parts
 * otherwise says so: `sceneOf(parts => charter({ ...parts, files }))`.
 */
export function sceneOf<F extends Feature>(
  make: (parts: SceneParts) => F,
  choices: SceneChoices = {},
): FeatureScene<F> {
  const clock = clockAt(choices.at ?? '2026-11-22T10:00:00Z');
  const warnings: string[] = [];
  const log: Log = { ...quietLog, warn: (_ids, sentence) => void warnings.push(sentence) };
  const parts = partsOf({ ...choices, clock, log, feature: () => feature });
  const feature: F = make(parts);
  const { lists, messenger, communities, ballotBox: box, setAside } = parts;
  return { feature, parts, lists, messenger, communities, box, setAside, clock, warnings };
}

interface Under {
  readonly clock: TestClock;
  readonly log: Log;
  /** Its sentences are read when a message comes. */
  readonly feature: () => Feature;
}

/** Whom a message has reached, and on which day: here everything that is posted arrives, each in its own card. */
function reachedThrough(messenger: RecordingMessenger, now: () => Date) {
  const days = new Map<string, string>();
  const { post } = messenger;
  let seen = 0;
  const nameOf = (...key: readonly string[]): string => JSON.stringify(key);
  messenger.post = async message => {
    await post(message);
    const day = now().toISOString().slice(0, 10);
    for (const { community, kind, period, to } of messenger.posted.slice(seen))
      days.set(nameOf(community, kind, period, to), day);
    seen = messenger.posted.length;
  };
  return async (community: string, { kind, period }: { readonly kind: string; readonly period: string }) =>
    new Map(
      messenger.posted
        .filter(one => one.community === community && one.kind === kind && one.period === period)
        .map(({ to }) => [to, days.get(nameOf(community, kind, period, to)) ?? '']),
    );
}

function partsOf({ members = [], communities = [], clock, log, feature }: SceneChoices & Under) {
  const messenger = recordingMessenger(() => textsOf(feature()));
  const parts = {
    lists: createInMemoryLists(clock.now),
    messenger,
    roster: rosterOf(...members),
    principalNames: {
      addresses: async () => new Map(members.map(({ id, name }) => [id, [addressOf(name)]] as const)),
    },
    communities: communitiesOf(...communities),
    ballotBox: createInMemoryBallotBox(),
    reached: reachedThrough(messenger, clock.now),
    deliveryLog: { read: async (): Promise<Page<LoggedMessage>> => ({ lines: [], next: null }) },
    setAside: createInMemorySetAside(),
    files: recordingFiles(),
    restDays: createRestDays(),
    asKnown: <R>(work: () => Promise<R>) => work(),
    provision: async (): Promise<Provisioned> => ({ lists: [] }),
    channelTabs: { add: async () => null },
    sites: { siteOf: async () => site, learn: async () => site, ...rightnessInMemory() },
    links: { tab: (_community: string, page: string): string => `https://teams.example/${page}` },
    administrators: [],
    switches: everythingOn,
    setUp: { by: 'members', administrators: [] } as SetUp,
    notes: async (): Promise<Notes> => () => [],
    waiting: async (): Promise<Waiting> => () => [],
    departed: { since: async () => [] } as Departed,
    clock: clock.now,
    log,
  };
  const surveysParts = { ...parts, heldEvents: heldReader(parts) };
  return {
    ...surveysParts,
    planFeedback: feedbackPlanner(surveysParts),
    changeWeek: changeWeek(parts),
    addAction: planAdder(parts),
    comingEvents: comingReader(parts),
  };
}
