import getPort from 'get-port';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { startApp, type App } from '../../bot/app.ts';
import { knownSinceHeader, type AnyEndpoint } from '../../domain/endpoint.ts';
import { startMicrosoft365, type Microsoft365 } from '../../infra/local/microsoft365.ts';
import { localConfig, localOutside } from '../../infra/local/product.ts';
import { samplePeople, sampleTeam, seedPeople } from '../../infra/local/sample-people.ts';
import { bringSampleToLife } from '../../infra/local/sample.ts';
import { temporaryFolder, untilEnd } from './clean-up.ts';
import { fillWithDatabase } from './prepared.ts';

/** The whole of it: local Microsoft 365 and the product, talking over HTTP with real tokens, on free ports. */
export interface System {
  readonly microsoft365: Microsoft365;
  readonly productUrl: string;
  readonly team: string;
  /** Where the product keeps its database and its keys. */
  readonly dataDir: string;
  /** Log lines of the product so far. */
  readonly log: readonly Record<string, unknown>[];
  /** Moves the clock and does what has fallen due. */
  moveTo(moment: string): Promise<void>;
  /** Does what is done by night. */
  night(): Promise<void>;
  /** Asks the tabs' API as somebody of the sample, by the start of their name. */
  ask(
    who: string,
    endpoint: AnyEndpoint,
    options?: AskOptions,
  ): Promise<{ status: number; body: unknown; etag: string | null; knownSince: string | null }>;
  /** Stops the product and starts it anew, on the same data or on the database they were moved to meanwhile. */
  restart(meanwhile?: () => Promise<{ readonly databaseUrl: string } | void>): Promise<void>;
  stop(): Promise<void>;
}

interface AskOptions {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SystemOptions {
  /** Whether the sample community is set up, or only the app waits to be added. */
  readonly sample?: boolean;
  readonly tabsDir?: string;
  /** PostgreSQL in the place of the embedded database. */
  readonly databaseUrl?: string;
  /** What the administrator chose. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Months pass here within one of SharePoint's minutes: with what a tenant gives for one, the work of the night and the
 * morning would wait for the next, as it should.
 */
const ofManyMinutes = { GRAPH_UNITS_A_MINUTE: '100000' } as const;

/** When it begins, whatever day the tests are run on: a Sunday, so that no week's card is due. */
const begins = '2026-11-22T10:00:00Z';

export function personOf(start: string): { readonly id: string; readonly name: string } {
  const found = samplePeople.find(one => one.displayName.startsWith(start));
  if (!found) throw new Error(`nobody of the sample is called ${start}`);
  return { id: found.id, name: found.displayName };
}

export async function startSystem({
  sample = true,
  tabsDir = 'dist/tabs',
  databaseUrl,
  environment = {},
}: SystemOptions = {}): Promise<System> {
  const folder = await temporaryFolder('system');
  const dataDir = folder.path;
  if (!databaseUrl) await fillWithDatabase(dataDir);
  let app: App | undefined;
  let where = databaseUrl;
  // Known before the product listens: the addresses it gives out must lead to it.
  const port = await getPort();
  const productUrl = (): string => `http://localhost:${port}`;
  const log: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });

  const microsoft365 = await startMicrosoft365({ port: 0, dataDir: null, productUrl });
  const stop = untilEnd(async () => {
    await app?.close();
    await microsoft365.close();
    await folder.remove();
  });
  microsoft365.clock.moveTo(new Date(begins));
  async function start(): Promise<void> {
    const config = localConfig({
      microsoft365Url: microsoft365.url,
      port,
      publicUrl: productUrl(),
      dataDir,
      tabsDir,
      logLevel: 'debug',
      environment: { ...ofManyMinutes, ...environment },
      ...(where ? { databaseUrl: where } : {}),
    });
    app = await startApp(config, { ...localOutside(microsoft365), log: pino({ level: 'debug', base: null }, stream) });
  }
  await start();
  seedPeople(microsoft365.directory);
  if (sample) await bringSampleToLife(microsoft365, productUrl());

  return {
    microsoft365,
    get productUrl() {
      return productUrl();
    },
    team: sampleTeam.id,
    dataDir,
    log,
    async moveTo(moment) {
      microsoft365.clock.moveTo(new Date(moment));
      await app?.checkCalendar();
    },
    night: async () => app?.forget(),
    async ask(who, endpoint, { params = {}, body, headers = {} } = {}) {
      const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
        encodeURIComponent(params[name] ?? sampleTeam.id),
      );
      const query = new URLSearchParams(
        (endpoint.query ?? []).flatMap(name =>
          params[name] === undefined ? [] : [[name, params[name]] as [string, string]],
        ),
      );
      const isFile = endpoint.mostBytes !== undefined;
      const response = await fetch(`${productUrl()}${path}${query.size > 0 ? `?${query}` : ''}`, {
        method: endpoint.method,
        headers: {
          Authorization: `Bearer ${await microsoft365.entra.issueTabToken(personOf(who).id)}`,
          ...(body === undefined ? {} : { 'Content-Type': isFile ? 'application/octet-stream' : 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isFile ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
      });
      const etag = response.headers.get('etag');
      const knownSince = response.headers.get(knownSinceHeader);
      // Events go on for as long as somebody listens.
      if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
        await response.body?.cancel();
        return { status: response.status, body: null, etag, knownSince };
      }
      return { status: response.status, body: await response.json(), etag, knownSince };
    },
    async restart(meanwhile = async () => {}) {
      await app?.close();
      where = (await meanwhile())?.databaseUrl ?? where;
      await start();
    },
    stop,
  };
}
