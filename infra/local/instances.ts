import { fork, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { MovableClock } from './clock.ts';

/** What an instance is started with; it travels in the environment. */
export interface InstanceSetup {
  readonly microsoft365Url: string;
  readonly dataDir: string;
  readonly databaseUrl?: string;
  /** What Graph allows the app; the product's own default when left out. */
  readonly graphUnitsAMinute?: number;
  /** Where the built pages of the tab are, when not where a build leaves them. */
  readonly tabsDir?: string;
  /** Milliseconds by which the clock differs from real time. */
  readonly offset: number;
}

/** What an instance is told while it runs. */
export type Order =
  | { readonly kind: 'clock'; readonly offset: number }
  | { readonly kind: 'check' }
  | { readonly kind: 'memory' }
  | { readonly kind: 'processor' };

/** In bytes. Garbage is no part of `held` where Node was started with --expose-gc. */
export interface Memory {
  /**
   * What the server can still reach: its heap, and what that holds outside, such as buffers and the embedded database.
   */
  readonly held: number;
  /** What the system has given it (RSS); Node keeps much of it that it no longer needs. */
  readonly occupied: number;
}

/** Orders are numbered, so that answers find them. */
export type ToInstance = { readonly number: number; readonly order: Order };

type FromInstance =
  | { readonly ready: number }
  | { readonly answers: number; readonly value?: unknown; readonly failed?: string };

/** Servers in processes of their own, all on one database, which somebody may kill. */
export interface Instances {
  /** Where the next request goes: to those that run, in turn, as a load balancer would. */
  url(): string;
  /** Starts the server at this place. Resolves once it answers; rejects when it ends before that. */
  start(place: number): Promise<void>;
  /** `kill -9`. Resolves once the process is gone; false when there was none. */
  kill(place: number): Promise<boolean>;
  /** SIGTERM: lets work in flight finish. Resolves with the milliseconds that took. */
  stop(place: number): Promise<number>;
  /** Does what has fallen due by now on one server that runs. False when there was none, or it went away meanwhile. */
  check(): Promise<boolean>;
  memory(place: number): Promise<Memory>;
  /** Seconds of processor it has taken since it began. To look at the memory takes some; this takes none. */
  processor(place: number): Promise<number>;
  running(): readonly number[];
  /** The last lines the server at this place wrote to its log. */
  said(place: number): readonly string[];
  /** Servers that ended without being told to, with the last they said. */
  readonly crashes: readonly string[];
  /** Stops everything. */
  close(): Promise<void>;
}

export interface InstancesOptions {
  readonly microsoft365Url: () => string;
  readonly clock: () => MovableClock;
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly graphUnitsAMinute?: number;
  readonly tabsDir?: string;
  /** The file that the server at a place runs when it starts next: `instance.ts`, or what was made of it. */
  readonly program?: (place: number) => string;
  /** Further arguments for Node, such as --expose-gc. */
  readonly nodeOptions?: readonly string[];
  /** Further variables of the environment the servers run in, such as TMPDIR. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Hears every line the servers write to their log; `said` keeps the last ones only. */
  readonly onLine?: (line: string) => void;
}

interface Running {
  readonly process: ChildProcess;
  readonly said: string[];
  readonly gone: Promise<void>;
  /** True once somebody here wants it to end. */
  ending: boolean;
  port: number;
}

/** How long a server may take to answer, in milliseconds; one that has not by then never will. */
const startWithin = 120_000;

/** For the environment of servers that are started again and again: what Node has compiled once, all of them share. */
export function compiledOnce(): { readonly NODE_COMPILE_CACHE: string } {
  return { NODE_COMPILE_CACHE: join(tmpdir(), 'cop-companion-compiled') };
}

/** Made before local Microsoft 365, which asks it where the product is. */
export function createInstances(options: InstancesOptions): Instances {
  const places = new Map<number, Running>();
  const crashes: string[] = [];
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let turn = 0;
  let orders = 0;
  let listensToClock = false;

  const offset = (): number => options.clock().now().getTime() - Date.now();
  const ready = (): [number, Running][] => [...places].filter(([, { port, ending }]) => port > 0 && !ending);

  function at(place: number): Running {
    const running = places.get(place);
    if (!running) throw new Error(`there is no server at place ${place}`);
    return running;
  }

  function tell(running: Running, order: Order): Promise<unknown> {
    const number = ++orders;
    const answer = new Promise<unknown>((resolve, reject) => waiting.set(number, { resolve, reject }));
    void running.gone.then(() => waiting.get(number)?.reject(new Error('the server went away before it answered')));
    // A process that is just dying cannot be told anything; `gone` says so.
    running.process.send({ number, order } satisfies ToInstance, () => {});
    return answer.finally(() => waiting.delete(number));
  }

  function start(place: number): Promise<void> {
    if (places.has(place)) throw new Error(`there is a server at place ${place} already`);
    if (!listensToClock)
      options
        .clock()
        .onMove(
          () =>
            void ready().forEach(([, running]) => tell(running, { kind: 'clock', offset: offset() }).catch(() => {})),
        );
    listensToClock = true;

    const setup: InstanceSetup = {
      microsoft365Url: options.microsoft365Url(),
      dataDir: options.dataDir,
      offset: offset(),
      ...(options.databaseUrl ? { databaseUrl: options.databaseUrl } : {}),
      ...(options.tabsDir ? { tabsDir: options.tabsDir } : {}),
      ...(options.graphUnitsAMinute ? { graphUnitsAMinute: options.graphUnitsAMinute } : {}),
    };
    const child = fork(options.program?.(place) ?? join(import.meta.dirname, 'instance.ts'), {
      execArgv: ['--disable-warning=ExperimentalWarning', ...(options.nodeOptions ?? [])],
      env: { ...options.environment, PATH: process.env['PATH'], INSTANCE: JSON.stringify(setup), ...compiledOnce() },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const said: string[] = [];
    if (options.onLine && child.stderr) createInterface({ input: child.stderr }).on('line', options.onLine);
    child.stderr?.on(
      'data',
      (chunk: Buffer) => void said.splice(0, Math.max(0, said.push(...chunk.toString().trimEnd().split('\n')) - 40)),
    );

    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        said.push(`not ready after ${startWithin / 1000} s`);
        child.kill('SIGKILL');
      }, startWithin);
      const gone = new Promise<void>(left =>
        child.once('close', (code, signal) => {
          if (!running.ending)
            crashes.push(`the server at place ${place} ended by itself (${signal ?? code}):\n${said.join('\n')}`);
          places.delete(place);
          clearTimeout(late);
          reject(
            new Error(
              `the server at place ${place} ended before it was ready (${signal ?? code}):\n${said.join('\n')}`,
            ),
          );
          left();
        }),
      );
      const running: Running = { process: child, said, gone, ending: false, port: 0 };
      places.set(place, running);
      child.on('message', raw => {
        const message = raw as FromInstance;
        if ('ready' in message) {
          running.port = message.ready;
          clearTimeout(late);
          // The clock may have been moved while it started.
          void tell(running, { kind: 'clock', offset: offset() }).catch(() => {});
          resolve();
        } else if (message.failed !== undefined) waiting.get(message.answers)?.reject(new Error(message.failed));
        else waiting.get(message.answers)?.resolve(message.value);
      });
    });
  }

  async function end(place: number, signal: 'SIGKILL' | 'SIGTERM'): Promise<boolean> {
    const running = places.get(place);
    if (!running) return false;
    running.ending = true;
    running.process.kill(signal);
    await running.gone;
    return true;
  }

  return {
    url() {
      const all = ready();
      const next = all[turn++ % Math.max(1, all.length)]?.[1].port;
      // Nobody listens on the discard port, so this reads as a server that is down.
      return `http://localhost:${next ?? 9}`;
    },
    start,
    kill: place => end(place, 'SIGKILL'),
    async stop(place) {
      const began = performance.now();
      await end(place, 'SIGTERM');
      return performance.now() - began;
    },
    async check() {
      const all = ready();
      const next = all[turn++ % Math.max(1, all.length)]?.[1];
      if (!next) return false;
      return tell(next, { kind: 'check' }).then(
        () => true,
        () => false,
      );
    },
    memory: async place => (await tell(at(place), { kind: 'memory' })) as Memory,
    processor: async place => (await tell(at(place), { kind: 'processor' })) as number,
    said: place => places.get(place)?.said ?? [],
    running: () => ready().map(([place]) => place),
    crashes,
    async close() {
      await Promise.all([...places.keys()].map(place => end(place, 'SIGTERM')));
    },
  };
}
