import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { CommunityError } from '../../domain/errors.ts';
import type { Database } from '../../bot/database/connection.ts';
import { change, type VersionedList } from '../../bot/lists/list.ts';
import { usualFreshness } from '../../bot/lists/mirror.ts';
import type { TickRow } from '../../bot/lists/model.ts';
import { knownCommunity } from './known-community.ts';
import { startListsOverHttp } from './lists.ts';

/**
 * Two servers that write and read, somebody who changes rows in SharePoint by hand, a network that loses calls and
 * answers, Graph that forgets what changed, servers that start anew and a copy that is lost, in any order and at the
 * same time.
 */
type Step =
  | { readonly kind: 'write' | 'remove' | 'read'; readonly server: 0 | 1; readonly key: string }
  | { readonly kind: 'byHand' | 'deleteByHand'; readonly key: string }
  | { readonly kind: 'restart'; readonly server: 0 | 1 }
  | { readonly kind: 'forgetChanges' | 'loseCopy' | 'later' | 'muchLater' }
  | { readonly kind: 'fault'; readonly fault: 'unsent' | 'unanswered'; readonly after: number };

const key = fc.constantFrom('a', 'b', 'c');
const server = fc.constantFrom(0 as const, 1 as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('write' as const), server, key }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('remove' as const), server, key }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('read' as const), server, key }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('byHand' as const, 'deleteByHand' as const), key }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('restart' as const), server }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('forgetChanges' as const, 'loseCopy' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('later' as const, 'muchLater' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('fault' as const),
      fault: fc.constantFrom('unsent' as const, 'unanswered' as const),
      after: fc.nat(3),
    }),
  },
);
/** Steps of one group happen at the same time. */
const story = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 25 });

/** What was told, all of which came true. */
interface Told {
  readonly stories: number;
  readonly steps: number;
}

/** The lists' copy in a database, held to what a list is for whoever writes and reads. */
export interface MirrorModel {
  /**
   * Tells made-up stories until they have so many steps together. Throws with the shortest one that fails, its seed and
   * its path.
   */
  tell(atLeast: { readonly steps: number; readonly seed?: number | undefined }): Promise<Told>;
  stop(): Promise<void>;
}

/** @param databases the one of each server; both are connected to the same tables. */
export async function startMirrorModel(databases: readonly [Database, Database]): Promise<MirrorModel> {
  const network = createNetwork();
  const over = await startListsOverHttp({ between: network.between });
  await over.provision(over.team);
  const { db } = databases[0];
  await knownCommunity(db, over.team);

  async function begin() {
    network.heal();
    const direct = over.lists.of(over.team).ticks;
    for (const row of await direct.all()) await direct.remove(row);
    await db.deleteFrom('mirrored_lists').execute();
    let offset = 0;
    let saved = 0;
    const now = () => new Date(Date.now() + offset);
    const start = (index: number): VersionedList<TickRow> =>
      over.mirroredIn(databases[index]!, { now, freshness: { ...usualFreshness, patience: Infinity } }).of(over.team)
        .ticks;
    const servers = [start(0), start(1)];
    /** What a row may say: since the last write of it that was answered, everything that was tried or done by hand. */
    const possible = new Map<string, Set<string>>();
    const may = (of: string): Set<string> => possible.get(of) ?? new Set(['gone']);
    const valueOf = (of: string, by: string): TickRow => ({
      key: of,
      week: '2026-11-23',
      task: by,
      tickedBy: { id: by, name: by },
      tickedAt: '2026-11-23T09:00:00Z',
    });

    /** @returns what the row says for sure now; undefined when nobody knows. */
    async function act(
      one: Step,
    ): Promise<{ readonly key: string; readonly tried: string; readonly sure: boolean } | void> {
      switch (one.kind) {
        case 'write': {
          const said = `s${++saved}`;
          const sure = await done(() => change(servers[one.server]!, one.key, () => valueOf(one.key, said)));
          return { key: one.key, tried: said, sure };
        }
        case 'remove': {
          let found = false;
          const isDone = await done(async () => {
            const row = await servers[one.server]!.find(one.key);
            found = row !== undefined;
            if (row) await servers[one.server]!.remove(row);
          });
          return { key: one.key, tried: 'gone', sure: isDone && found };
        }
        case 'byHand': {
          const said = `h${++saved}`;
          await network.byHand(() => change(direct, one.key, () => valueOf(one.key, said)));
          return { key: one.key, tried: said, sure: false };
        }
        case 'deleteByHand':
          await network
            .byHand(async () => {
              const row = await direct.find(one.key);
              if (row) await direct.remove(row);
            })
            .catch(ignoreConflict);
          return { key: one.key, tried: 'gone', sure: false };
        case 'restart':
          servers[one.server] = start(one.server);
          return;
        case 'forgetChanges':
          return over.microsoft365.graph.byHand.forgetChanges(over.team, 'CoP Facilitation');
        case 'loseCopy':
          await db.deleteFrom('mirrored_lists').execute();
          return;
        case 'later':
          offset += 7_000;
          return;
        case 'muchLater':
          offset += 90_000;
          return;
        case 'fault':
          return network.break(one.fault, one.after);
        case 'read':
          return;
      }
    }

    return {
      async together(steps: readonly Step[]): Promise<void> {
        const reads: { readonly key: string; readonly saw: string }[] = [];
        const acts: Exclude<Awaited<ReturnType<typeof act>>, void>[] = [];
        await Promise.all(
          steps.map(async one => {
            if (one.kind === 'read') {
              const row = await servers[one.server]!.find(one.key).catch(ignoreFault);
              if (row !== 'fault') reads.push({ key: one.key, saw: row?.value.task ?? 'gone' });
              return;
            }
            const acted = await act(one);
            if (acted) acts.push(acted);
          }),
        );
        for (const { key: of, saw } of reads) {
          const tried = acts.filter(({ key: acted }) => acted === of).map(one => one.tried);
          mustBeOneOf([...may(of), ...tried], saw);
        }
        for (const of of new Set(acts.map(({ key: acted }) => acted))) {
          const tried = acts.filter(({ key: acted }) => acted === of);
          const [only] = tried;
          if (tried.length === 1 && only?.sure) possible.set(of, new Set([only.tried]));
          else possible.set(of, new Set([...may(of), ...tried.map(one => one.tried)]));
        }
        // Whoever wrote reads what they wrote, on every server.
        network.heal();
        for (const of of new Set(acts.map(({ key: acted }) => acted))) {
          for (const list of servers) {
            const row = await list.find(of);
            mustBeOneOf([...may(of)], row?.value.task ?? 'gone');
          }
        }
      },
      async allAgree(): Promise<void> {
        network.heal();
        const truth = (await direct.all()).toSorted((one, other) => Number(one.id) - Number(other.id));
        // What a reading of before says last is doubted, and asked again at the next one.
        for (let times = 0; times < 2; times++) {
          offset += 120_000;
          for (const list of servers) await list.all();
        }
        for (const list of servers) assert.deepEqual(await list.all(), truth);
        for (const list of servers) assert.deepEqual(await list.all({ week: '2026-11-23' }), truth);
      },
    };
  }

  return {
    async tell({ steps, seed }) {
      const told = { stories: 0, steps: 0 };
      let isOver = false;
      const property = fc.asyncProperty(story, async groups => {
        if (isOver) return;
        const world = await begin();
        for (const together of groups) await world.together(together);
        await world.allAgree();
        told.stories++;
        told.steps += groups.flat().length;
        isOver = told.steps >= steps;
      });
      // Each story has one step at least.
      await fc.assert(property, { numRuns: steps, endOnFailure: false, ...(seed === undefined ? {} : { seed }) });
      return told;
    },
    stop: over.stop,
  };
}

/** Every call takes a moment before and after Graph has done it; some never arrive, of some the answer never does. */
function createNetwork() {
  let broken: { readonly fault: 'unsent' | 'unanswered'; after: number } | undefined;
  let handsOff = 0;
  const fails = (): 'unsent' | 'unanswered' | undefined => {
    if (!broken || handsOff > 0 || broken.after-- > 0) return undefined;
    const { fault } = broken;
    broken = undefined;
    return fault;
  };
  return {
    heal: () => void (broken = undefined),
    break: (fault: 'unsent' | 'unanswered', after: number) => void (broken = { fault, after }),
    /** What is done by hand goes through another network. */
    async byHand<R>(work: () => Promise<R>): Promise<R> {
      handsOff++;
      try {
        return await work();
      } finally {
        handsOff--;
      }
    },
    between:
      (fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
      async (...call) => {
        const fault = String(call[0]).includes('/sites/') ? fails() : undefined;
        await wait(Math.random() * 3);
        if (fault === 'unsent') throw new TypeError('fetch failed');
        const answer = await fetch(...call);
        await wait(Math.random() * 3);
        if (fault === 'unanswered') throw new TypeError('fetch failed');
        return answer;
      },
  };
}

function mustBeOneOf(possible: readonly string[], read: string): void {
  assert.ok(possible.includes(read), `read ${read}, which can only be ${possible.join(' or ')}`);
}

/** Whether it was done and answered. */
async function done(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof CommunityError)) throw error;
    return false;
  }
}

function ignoreFault(error: unknown): 'fault' {
  if (!(error instanceof CommunityError)) throw error;
  return 'fault';
}

function ignoreConflict(error: unknown): void {
  if (!(error instanceof CommunityError)) throw error;
}
