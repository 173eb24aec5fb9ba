import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { sameQuestion } from '../../domain/agenda/question.ts';
import { api } from '../../domain/api.ts';
import { found } from '../../domain/library/resource.ts';
import { startPostgres } from '../../tests/support/postgres.ts';
import { openDatabase } from '../../bot/database/connection.ts';
import type { Db } from '../../bot/database/tables.ts';
import { fillPlan } from './fill.ts';
import { addAction, bodyOf, middles, timed, withRig, type Line, type Rig } from './rig.ts';
import { eve, people, setUp, team } from './tenant.ts';

const [few, many] = [200, 20_000];
const looks = 20;
/** So many things in the library, and so many questions, are searched. */
const searched = 10_000;
const pace = 250;
/** How long a server has to read what SharePoint's list has got, and to come to rest, in milliseconds. */
const settling = 30_000;
const screens = ['plan', 'overview', 'digest', 'roles', 'delivery', 'audit'] as const;

interface Figures {
  readonly again: Readonly<Record<(typeof screens)[number], readonly number[]>>;
  /** Of the plan, after an action was added: what is in memory is of no use. */
  readonly changed: readonly number[];
  readonly kilobytes: number;
  readonly memory: number;
}

/** What `npm run bench` says of a community that has been there for years: rows of plan, messages and audit trail. */
export async function measureLongLists(): Promise<readonly Line[]> {
  const postgres = await startPostgres();
  try {
    return await withRig(postgres, opening, { graphUnitsAMinute: 100_000 });
  } finally {
    await postgres.stop();
  }
}

async function opening({ microsoft365, instances, where }: Rig): Promise<readonly Line[]> {
  const owner = people(microsoft365, 1, 1)[0]!;
  const community = team(microsoft365, 0, [owner]);
  await instances.start(0);
  await setUp(microsoft365, instances.url(), community, owner);
  const token = await microsoft365.entra.issueTabToken(owner.id);
  const address = (path: string): string => instances.url() + path.replace('{community}', community.id);
  const look = (name: (typeof screens)[number]): Promise<number> => timed(address(api[name].path), token);
  const database = await openDatabase(where);

  async function measureWith(count: number): Promise<Figures> {
    fillPlan(microsoft365, community.id, count);
    await fillLogs(database.db, community.id, count);
    microsoft365.clock.moveTo(new Date(microsoft365.clock.now().getTime() + 120_000));
    await look('plan');
    await wait(settling);
    const again: [string, readonly number[]][] = [];
    for (const name of screens) {
      const figures: number[] = [];
      await look(name);
      for (let times = 0; times < looks; times++) {
        await wait(pace);
        figures.push(await look(name));
      }
      again.push([name, figures]);
    }
    const changed: number[] = [];
    for (let times = 0; times < looks; times++) {
      await addAction(address(api.saveAction.path), token);
      await wait(pace);
      changed.push(await look('plan'));
    }
    await wait(pace);
    return {
      again: Object.fromEntries(again) as Figures['again'],
      changed,
      kilobytes: (await bodyOf(address(api.plan.path), token)).length / 1024,
      memory: (await instances.memory(0)).held / 1024 / 1024,
    };
  }

  try {
    const [short, long] = [await measureWith(few), await measureWith(many)];
    const line = (what: string, of: (figures: Figures) => string, runs: number): Line => [
      `${what}, with ${few} rows and with ${many.toLocaleString('en')}`,
      `${of(short)}; ${of(long)}`,
      runs,
    ];
    return [
      ...screens.map(name =>
        line(
          `milliseconds of a request of ${name}, 50th and 95th percentile`,
          ({ again }) => middles(again[name]),
          looks,
        ),
      ),
      line('… of the plan after each change of it', ({ changed }) => middles(changed), looks),
      line('kilobytes of the plan’s answer', ({ kilobytes }) => kilobytes.toFixed(0), 1),
      line('megabytes the server holds', ({ memory }) => memory.toFixed(0), 1),
      ...search(),
    ];
  } finally {
    await database.close();
  }
}

/** A search as a page and the bot make it, and the look whether a question is asked already. */
function search(): readonly Line[] {
  const resources = Array.from({ length: searched }, (_none, index) => ({
    title: `Template ${index} for run charts of ward ${index % 97}`,
    when: `When a board asks how often, or what changed in week ${index % 53}`,
    topics: ['SPC charts', `ward ${index % 50}`],
    state: index % 9 === 0 ? ('outdated' as const) : ('checked' as const),
    addedAt: eve.toISOString(),
    uses: index % 13,
  }));
  const questions = resources.map(({ title }) => ({ title: `Who has the ${title}?`, state: 'parked' as const }));
  const times = (work: () => unknown): readonly number[] =>
    Array.from({ length: looks }, () => {
      const began = performance.now();
      work();
      return performance.now() - began;
    });
  const what = `milliseconds of a search in ${searched.toLocaleString('en')}`;
  return [
    [`${what} things of the library`, middles(times(() => found(resources, 'ward 12 board'))), looks],
    [
      `${what} questions for one that asks the same`,
      middles(times(() => sameQuestion('who has it?', questions))),
      looks,
    ],
  ];
}

/** Messages that were sent and acts that were done, one an hour, until there are so many of each. */
async function fillLogs(db: Db, community: string, count: number): Promise<void> {
  const { messages } = await db
    .selectFrom('messages')
    .select(({ fn }) => fn.countAll<string>().as('messages'))
    .executeTakeFirstOrThrow();
  for (let start = Number(messages); start < count; start += 1000) {
    const numbers = Array.from({ length: Math.min(1000, count - start) }, (_none, index) => start + index);
    const at = (number: number): Date => new Date(eve.getTime() - number * 3_600_000);
    await db
      .insertInto('messages')
      .values(
        numbers.map(number => ({
          id: randomUUID(),
          community,
          kind: 'facilitation.week',
          period: `week-${number}`,
          recipient: 'channel',
          card: JSON.stringify({}) as never,
          summary: '',
          sent_version: 1,
          state: 'sent' as const,
          reason: null,
          thread: community,
          conversation_id: null,
          activity_id: null,
          created_at: at(number),
          changed_at: at(number),
          expires_at: null,
        })),
      )
      .execute();
    await db
      .insertInto('audit')
      .values(
        numbers.map(number => ({
          id: randomUUID(),
          at: at(number),
          person: 'app',
          community,
          act: 'plan.save',
          door: 'tab' as const,
          via: 'saveAction',
          about: '',
          outcome: 'done' as const,
          reason: null,
          request: null,
          last_at: at(number),
          repeats: null,
        })),
      )
      .execute();
  }
}
