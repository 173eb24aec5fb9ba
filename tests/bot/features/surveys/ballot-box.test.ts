import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createBallotBox, destroyBoxes } from '../../../../bot/features/surveys/ballot-box.ts';
import type { Database } from '../../../../bot/database/connection.ts';
import { unseal } from '../../../../bot/features/surveys/sealed-box.ts';
import { openSurveyKeys, type SurveyKeys } from '../../../../bot/features/surveys/survey-keys.ts';
import type { BallotBox } from '../../../../bot/features/surveys/ballot-box.ts';
import type { Question, Sheet } from '../../../../domain/surveys/survey.ts';
import { createInMemoryBallotBox } from '../../../support/ballot-box.ts';
import { createEngines, engines, type OpenedEngine } from '../../../support/engines.ts';

const place = { community: 'cedar', survey: 'pulse-2026' };
const questions: Question[] = [
  { id: 'rate', kind: 'rating', text: 'How?', options: [], low: '', high: '', required: false },
  { id: 'say', kind: 'text', text: 'Say', options: [], low: '', high: '', required: false },
];
const asked = { questions, event: null };
const five = ['ann', 'ben', 'cleo', 'dan', 'eve'];
const databases = createEngines();
afterAll(() => databases.stop());

async function addCommunity({ db }: Database, id = 'cedar'): Promise<void> {
  const installedAt = new Date('2026-11-02T09:00:00Z');
  await db
    .insertInto('communities')
    .values({
      id,
      name: 'Data Storytellers',
      thread_id: `19:${id}`,
      channel_id: `19:${id}`,
      service_url: 'http://localhost',
      installed_by: null,
      installed_at: installedAt,
      settings: null,
      removed_at: null,
    })
    .execute();
}

function tokenOf(cast: Awaited<ReturnType<BallotBox['cast']>>): string {
  if (typeof cast === 'string') throw new Error(`the answer was not taken: ${cast}`);
  return cast.token;
}

/** What is counted, whatever its order. */
function ratesIn(counted: Awaited<ReturnType<BallotBox['count']>>): unknown {
  if (typeof counted === 'string') return counted;
  return [
    counted.answered,
    counted.questions.map(({ question, sheets }) => [question, sheets.map(sheet => sheet[question]).toSorted()]),
  ];
}

describe.each([...engines, 'memory'] as const)('the ballot box in %s', where => {
  let engine: OpenedEngine | undefined;
  let folder: string;
  let box: BallotBox;
  beforeAll(async () => {
    if (where === 'memory') return;
    engine = await databases.open(where);
    await addCommunity(engine.database);
  });
  afterAll(async () => engine?.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cop-keys-'));
    await engine?.database.db.deleteFrom('ballot_boxes').execute();
    box = engine
      ? createBallotBox({ db: engine.database.db, keys: await openSurveyKeys(folder) })
      : createInMemoryBallotBox();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('takes one answer of each person', async () => {
    const first = await box.cast({ ...place, person: 'ann', sheet: { rate: 4 } });

    const second = await box.cast({ ...place, person: 'ann', sheet: { rate: 1 } });

    expect([typeof tokenOf(first), second]).toEqual(['string', 'answered-before']);
    expect(await box.look('cedar', 'pulse-2026')).toEqual({ state: 'open', voters: new Set(['ann']) });
  });

  test('replaces the answer that a token belongs to, and no other', async () => {
    const tokens = new Map<string, string>();
    for (const person of five) tokens.set(person, tokenOf(await box.cast({ ...place, person, sheet: { rate: 4 } })));
    const token = tokens.get('ann') ?? '';

    const replaced = await box.replace({ ...place, token, sheet: { rate: 1 } });
    const again = await box.replace({ ...place, token, sheet: { rate: 2 } });
    const unknown = await box.replace({ ...place, token: 'guessed', sheet: { rate: 3 } });
    const elsewhere = await box.replace({ ...place, survey: 'other-2026', token, sheet: { rate: 3 } });

    expect([replaced, again, unknown, elsewhere]).toEqual(['replaced', 'replaced', 'unknown', 'unknown']);
    expect(ratesIn(await box.count('cedar', 'pulse-2026', asked))).toEqual([5, [['rate', [2, 4, 4, 4, 4]]]]);
  });

  test('counts once: takes nothing more, forgets who answered, and says the same each time', async () => {
    const token = tokenOf(await box.cast({ ...place, person: 'ann', sheet: { rate: 1 } }));
    for (const [index, person] of five.slice(1).entries())
      await box.cast({ ...place, person, sheet: { rate: index + 2, say: `words ${index}` } });

    const first = await box.count('cedar', 'pulse-2026', asked);
    const late = [
      await box.cast({ ...place, person: 'finn', sheet: { rate: 5 } }),
      await box.replace({ ...place, token, sheet: { rate: 5 } }),
    ];
    const second = await box.count('cedar', 'pulse-2026', asked);

    // Four wrote words, which is too few to be put down.
    expect(ratesIn(first)).toEqual([5, [['rate', [1, 2, 3, 4, 5]]]]);
    expect(second).toEqual(first);
    expect(late).toEqual(['gone', 'gone']);
    expect(await box.look('cedar', 'pulse-2026')).toEqual({ state: 'open', voters: new Set() });
  });

  test('an empty one can be counted, and is closed by that', async () => {
    const counted = await box.count('cedar', 'pulse-2026', asked);

    expect(counted).toEqual({ answered: 0, questions: [] });
    expect(await box.cast({ ...place, person: 'ann', sheet: { rate: 4 } })).toBe('gone');
  });

  test('destroys one box only, for good', async () => {
    const token = tokenOf(await box.cast({ ...place, person: 'ann', sheet: { say: 'kept apart' } }));
    await box.cast({ ...place, survey: 'other-2026', person: 'ann', sheet: { rate: 3 } });

    await box.destroy('cedar', 'pulse-2026');
    await box.destroy('cedar', 'pulse-2026');

    expect(await box.look('cedar', 'pulse-2026')).toEqual({ state: 'gone' });
    expect(await box.count('cedar', 'pulse-2026', asked)).toBe('gone');
    expect(await box.cast({ ...place, person: 'ben', sheet: { rate: 1 } })).toBe('gone');
    expect(await box.replace({ ...place, token, sheet: { rate: 1 } })).toBe('gone');
    expect(await box.look('cedar', 'other-2026')).toEqual({ state: 'open', voters: new Set(['ann']) });
  });

  test('300 answers of six people at once are six, whoever comes first', async () => {
    const people = [...five, 'finn'];
    const casts = Array.from({ length: 300 }, (_, index) => ({
      person: people[index % 6] ?? '',
      rate: 1 + (index % 5),
    }));

    const outcomes = await Promise.all(
      casts.map(({ person, rate }) => box.cast({ ...place, person, sheet: { rate } })),
    );

    expect(outcomes.filter(outcome => outcome !== 'answered-before')).toHaveLength(6);
    expect(await box.look('cedar', 'pulse-2026')).toEqual({ state: 'open', voters: new Set(people) });
    expect(await box.count('cedar', 'pulse-2026', asked)).toMatchObject({ answered: 6 });
  });
});

describe.each(engines)('a sealed box in %s', where => {
  let engine: OpenedEngine;
  let folder: string;
  let keys: SurveyKeys;
  let box: BallotBox;
  const said: object[] = [];
  beforeAll(async () => {
    engine = await databases.open(where);
    await addCommunity(engine.database);
    await addCommunity(engine.database, 'birch');
  });
  afterAll(() => engine.close());
  beforeEach(async () => {
    said.length = 0;
    folder = await mkdtemp(join(tmpdir(), 'cop-keys-'));
    await engine.database.db.deleteFrom('ballot_boxes').execute();
    keys = await openSurveyKeys(folder);
    box = createBallotBox({ db: engine.database.db, keys, log: { error: (ids: object) => void said.push(ids) } });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function castFive(sheetOf: (index: number) => Sheet = index => ({ rate: index + 1 })): Promise<void> {
    for (const [index, person] of five.entries()) await box.cast({ ...place, person, sheet: sheetOf(index) });
  }

  async function row(): Promise<string | null | undefined> {
    return (
      await engine.database.db
        .selectFrom('ballot_boxes')
        .select('sealed')
        .where('survey', '=', 'pulse-2026')
        .executeTakeFirst()
    )?.sealed;
  }

  test('says that its key is missing, keeps what it holds, and opens again when the key is back', async () => {
    await castFive();
    const elsewhere = createBallotBox({
      db: engine.database.db,
      keys: await openSurveyKeys(join(folder, 'another')),
      log: { error: (ids: object) => void said.push(ids) },
    });

    const outcomes = [
      await elsewhere.cast({ ...place, person: 'finn', sheet: { rate: 1 } }),
      await elsewhere.replace({ ...place, token: 'any', sheet: { rate: 1 } }),
      await elsewhere.count('cedar', 'pulse-2026', asked),
      (await elsewhere.look('cedar', 'pulse-2026')).state,
    ];

    expect(outcomes).toEqual(['locked', 'locked', 'locked', 'locked']);
    expect(said).toEqual([place, place, place, place]);
    expect(ratesIn(await box.count('cedar', 'pulse-2026', asked))).toEqual([5, [['rate', [1, 2, 3, 4, 5]]]]);
  });

  test('opens with no key that was used before', async () => {
    await castFive();
    const before = await row();
    await box.cast({ ...place, person: 'finn', sheet: { rate: 1 } });

    // As somebody would who has a copy of the database of yesterday, its log, and the whole of KEYS_DIR of today.
    await engine.database.db
      .updateTable('ballot_boxes')
      .set({ sealed: before ?? null })
      .execute();

    expect(await box.look('cedar', 'pulse-2026')).toEqual({ state: 'locked' });
  });

  test('cannot be opened in the place of another', async () => {
    await castFive();
    await box.cast({ ...place, survey: 'other-2026', person: 'ann', sheet: { rate: 3 } });

    await engine.database.db
      .updateTable('ballot_boxes')
      .set({ sealed: (await row()) ?? null })
      .where('survey', '=', 'other-2026')
      .execute();

    expect(await box.look('cedar', 'other-2026')).toEqual({ state: 'locked' });
  });

  test('weighs the same with one short answer and with many', async () => {
    await box.cast({ ...place, person: 'ann', sheet: { rate: 4 } });
    const one = (await row())?.length;

    for (let index = 0; index < 40; index++)
      await box.cast({
        ...place,
        person: `person-${index}`,
        sheet: { rate: 3, say: `a sentence or two, number ${index}` },
      });

    expect((await row())?.length).toBe(one);
  });

  test('an answer that was cut off between its key and its row leaves a box that works', async () => {
    await keys.next(place, null);
    await castFive();
    // The next key was written, its seal was not.
    await keys.next(place, await keyThatOpens());

    await box.cast({ ...place, person: 'finn', sheet: { rate: 5 } });

    expect(ratesIn(await box.count('cedar', 'pulse-2026', asked))).toEqual([6, [['rate', [1, 2, 3, 4, 5, 5]]]]);
  });

  test('an answer that was cut off before the last key was destroyed leaves a box that works', async () => {
    await castFive();
    const { retire } = keys;
    let cut = true;
    box = createBallotBox({
      db: engine.database.db,
      keys: { ...keys, retire: (...what) => (cut ? Promise.reject(new Error('cut off')) : retire(...what)) },
      log: { error: (ids: object) => void said.push(ids) },
    });

    const outcome = await box.cast({ ...place, person: 'finn', sheet: { rate: 5 } });
    cut = false;
    await box.cast({ ...place, person: 'gus', sheet: { rate: 5 } });

    expect(typeof outcome).toBe('object');
    expect(said).toHaveLength(1);
    expect(await box.count('cedar', 'pulse-2026', asked)).toMatchObject({ answered: 7 });
  });

  test('a removal that was cut off between key and row is finished the next time', async () => {
    await castFive();
    await keys.destroy(place);
    expect(await box.look('cedar', 'pulse-2026')).toEqual({ state: 'locked' });

    await box.destroy('cedar', 'pulse-2026');

    expect(await row()).toBeNull();
    expect(await box.look('cedar', 'pulse-2026')).toEqual({ state: 'gone' });
  });

  test('all boxes of a community end together, and no file of a key is left', async () => {
    await castFive();
    await box.cast({ ...place, survey: 'other-2026', person: 'ann', sheet: { rate: 3 } });
    await box.cast({ community: 'birch', survey: 'pulse-2026', person: 'ann', sheet: { rate: 3 } });
    const folders = (await readdir(folder)).length;

    await engine.database.db.transaction().execute(transaction => destroyBoxes(transaction, keys, 'cedar'));

    const states = await Promise.all([
      box.look('cedar', 'pulse-2026'),
      box.look('cedar', 'other-2026'),
      box.look('birch', 'pulse-2026'),
    ]);
    expect(states.map(({ state }) => state)).toEqual(['gone', 'gone', 'open']);
    expect([folders, (await readdir(folder)).length]).toEqual([2, 1]);
  });

  test('says which folder it cannot keep keys in', async () => {
    await writeFile(join(folder, 'a-file'), '');

    await expect(openSurveyKeys(join(folder, 'a-file'))).rejects.toThrow(/^KEYS_DIR: .*a-file\. Expected a folder/);
  });

  if (process.platform !== 'win32') {
    test('its key is for the server’s own account alone', async () => {
      await castFive();

      const [inner = ''] = await readdir(folder);
      const [file = ''] = await readdir(join(folder, inner));
      const modes = await Promise.all(
        [join(folder, inner), join(folder, inner, file)].map(async path =>
          ((await stat(path)).mode & 0o777).toString(8),
        ),
      );

      expect(modes).toEqual(['700', '600']);
    });
  }

  /** The key of the row as it is. */
  async function keyThatOpens(): Promise<Uint8Array> {
    const opened = await unseal((await row()) ?? '', await keys.read(place), place);
    if (!opened) throw new Error('no key opens the box');
    return opened.key;
  }
});

describe('two servers on one PostgreSQL', () => {
  let engine: OpenedEngine;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cop-keys-'));
    engine = await databases.open('PostgreSQL');
    await addCommunity(engine.database);
  });
  afterEach(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('with one KEYS_DIR lose no answer and take none twice, from the very first on', async () => {
    const another = await engine.another();
    const boxes = await Promise.all(
      [engine.database, another].map(async ({ db }) => createBallotBox({ db, keys: await openSurveyKeys(folder) })),
    );
    const people = Array.from({ length: 30 }, (_, index) => `person-${index}`);

    const outcomes = await Promise.all(
      people.flatMap(person => boxes.map(box => box.cast({ ...place, person, sheet: { rate: 3 } }))),
    );
    const counted = await Promise.all(boxes.map(box => box.count('cedar', 'pulse-2026', asked)));
    await another.close();

    expect(outcomes.filter(outcome => typeof outcome === 'object')).toHaveLength(30);
    expect(outcomes.filter(outcome => outcome === 'answered-before')).toHaveLength(30);
    expect(counted[0]).toMatchObject({ answered: 30 });
    expect(counted[1]).toEqual(counted[0]);
  });
});
