import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { HealthPart } from '../http/health.ts';
import type { Texts } from '../text.ts';
import { addressCheck } from './address-check.ts';
import { lookAt, type Check, type Found } from './check.ts';
import { clockCheck } from './clock-check.ts';
import { communitiesToLookAt, communityChecks, wasMet, type CommunityParts, type Looked } from './community-checks.ts';
import { credentialEndCheck } from './credential-end.ts';
import { databaseCheck, type DatabaseParts } from './database-check.ts';
import { permissionCheck, tokenChecks, type EntraParts } from './entra-checks.ts';
import { notificationsCheck } from './notifications-check.ts';
import { tell } from './tell.ts';
import { text } from './text.ts';
import { tlsEndCheck } from './tls-end.ts';

export interface CheckParts extends Pick<EntraParts, 'client'>, Pick<DatabaseParts, 'db'> {
  readonly config: Config;
  readonly graph: CommunityParts['graph'];
  readonly channelTabs: CommunityParts['channelTabs'];
  readonly fetch: typeof globalThis.fetch;
  /** The time of this machine, which the product's own clock may differ from on a local Microsoft 365. */
  readonly machineTime?: () => Date;
  /** The product's own clock; that of the machine when left out. */
  readonly now?: () => Date;
}

/** What was found in one community. */
export interface FoundInCommunity {
  readonly community: Pick<Looked, 'id' | 'name'>;
  readonly found: readonly Found[];
}

/**
 * Everything that must be so for the app to work: one list for the start, `/health/ready`, the night, `npm run doctor`
 * and whoever shows it to administrators.
 */
export interface Checks {
  /** What the server itself rests on. */
  server(): Promise<readonly Found[]>;
  /** What it reaches in each team, one team after the other; none where the database cannot be opened here. */
  communities(): AsyncIterable<FoundInCommunity>;
  /** The same, without asking SharePoint about sites and lists that the app has met lately: seven units a community. */
  unmetCommunities(): AsyncIterable<FoundInCommunity>;
  /** The same of one; undefined where it has not the app, or its team is archived. */
  community(id: string): Promise<FoundInCommunity | undefined>;
  /** Whether Entra believes that the app is the app: without it, nothing is answered. */
  readonly signIn: HealthPart;
}

export function createChecks(parts: CheckParts): Checks {
  const { config, client, graph, db, channelTabs, fetch, machineTime = () => new Date(), now = machineTime } = parts;
  const tokens = tokenChecks({ client, config });
  const server: readonly Check[] = [
    addressCheck({ publicUrl: config.publicUrl, fetch }),
    tlsEndCheck({ publicUrl: config.publicUrl, now: machineTime }),
    clockCheck({ ...config, fetch, now: machineTime }),
    ...tokens,
    permissionCheck({ client, config }),
    credentialEndCheck({ config, graph, now: machineTime }),
    databaseCheck({ db, config }),
    notificationsCheck({ db, config, now }),
  ];
  return {
    server: () => lookAt(server),
    async *communities() {
      if (db === null) return;
      for (const community of await communitiesToLookAt(db)) yield inCommunity(community, { db, graph, channelTabs });
    },
    async *unmetCommunities() {
      if (db === null) return;
      for (const community of await communitiesToLookAt(db))
        yield inCommunity(community, { db, graph, channelTabs }, await wasMet(db, community.id, now()));
    },
    async community(id) {
      if (db === null) return undefined;
      const [community] = await communitiesToLookAt(db, id);
      return community && inCommunity(community, { db, graph, channelTabs });
    },
    signIn: { name: 'sign-in', check: () => checkSignIn(tokens) },
  };
}

async function inCommunity(
  { id, name, ...more }: Looked,
  parts: CommunityParts,
  isMet = false,
): Promise<FoundInCommunity> {
  return { community: { id, name }, found: await lookAt(communityChecks({ id, name, ...more }, parts, isMet)) };
}

/** In milliseconds: sooner than `/health/ready` takes a part that is silent for one that does not work. */
const answerWithin = 4000;

/**
 * Fails when Entra refuses the app, which lasts until somebody mends it. An Entra that does not answer fails nothing:
 * what Teams sends meanwhile is kept, as long as it can reach the server.
 */
async function checkSignIn(tokens: readonly Check[]): Promise<string | undefined> {
  const found = await lookAt(tokens, answerWithin);
  const refused = found.find(({ finding }) => finding.state === 'gap');
  if (refused?.finding.state === 'gap') throw new Error(`${refused.check}: ${refused.finding.gap}`);
  return found.some(({ finding }) => finding.state === 'unknown') ? 'not known, Entra did not answer' : undefined;
}

/** What these checks are called among the sentences. */
export const checksText = { checks: text } as const;

/** Looks, and tells the log of every gap, with what to do. */
export interface Watch {
  /** At the start: what the server itself rests on. Ends by itself, and fails never. */
  atStart(): Promise<void>;
  /** By night, once for all servers: a secret may end meanwhile, and somebody may take a site away. */
  byNight(): Promise<void>;
}

export function createWatch({ checks, keep, log, texts, isStopping }: WatchParts): Watch {
  const t = texts.for('checks', 'en');
  function logGaps(found: readonly Found[], ids: object = {}): void {
    // Parts that were taken away under a look are no gap.
    if (isStopping()) return;
    for (const one of found) {
      if (one.finding.state !== 'gap') continue;
      const { happened, who, todo } = tell(one, t);
      log.warn({ ...ids, check: one.check, gap: one.finding.gap, happened, who, todo }, 'something needs mending');
    }
  }
  const atStart = async (): Promise<void> => logGaps(await checks.server());
  return {
    atStart,
    async byNight() {
      await atStart();
      for await (const one of checks.unmetCommunities()) {
        logGaps(one.found, { community: one.community.id });
        if (!isStopping()) await keep(one);
      }
    },
  };
}

interface WatchParts {
  readonly checks: Checks;
  /** Keeps what was found in a community, for administrators to see. */
  readonly keep: (found: FoundInCommunity) => Promise<void>;
  readonly log: Logger;
  readonly texts: Pick<Texts, 'for'>;
  readonly isStopping: () => boolean;
}
