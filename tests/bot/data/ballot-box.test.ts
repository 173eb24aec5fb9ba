import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createBallotBox } from '../../../bot/data/ballot-box.ts';
import type { BallotBox } from '../../../bot/feature.ts';
import { createInMemoryBallotBox } from '../../support/ballot-box.ts';
import { createEngines, engines, type OpenedEngine } from '../../support/engines.ts';

const place = { community: 'cedar', survey: 'pulse-2026' };
const databases = createEngines();
afterAll(() => databases.stop());

describe.each([...engines, 'memory'] as const)('the ballot box in %s', where => {
  let engine: OpenedEngine | undefined;
  let box: BallotBox;
  beforeEach(async () => {
    if (where === 'memory') {
      box = createInMemoryBallotBox();
      return;
    }
    engine = await databases.open(where);
    await engine.database.db
      .insertInto('communities')
      .values({ id: 'cedar', name: 'Data Storytellers', thread_id: '19:cedar', channel_id: '19:cedar', service_url: 'http://localhost', installed_by: null, installed_at: new Date('2026-11-02T09:00:00Z'), settings: null, removed_at: null })
      .execute();
    box = createBallotBox(engine.database.db);
  });
  afterEach(async () => {
    await engine?.close();
    engine = undefined;
  });

  test('takes one answer of each person', async () => {
    const first = await box.cast({ ...place, person: 'ann', sheet: { rate: 4 } });

    const second = await box.cast({ ...place, person: 'ann', sheet: { rate: 1 } });

    expect([typeof first, second]).toEqual(['string', undefined]);
    expect((await box.ballots('cedar', 'pulse-2026')).map(({ sheet }) => sheet)).toEqual([{ rate: 4 }]);
    expect(await box.voters('cedar', 'pulse-2026')).toEqual(new Set(['ann']));
  });

  test('replaces the answer that a token belongs to, and no other', async () => {
    const token = (await box.cast({ ...place, person: 'ann', sheet: { rate: 4 } })) ?? '';
    await box.cast({ ...place, person: 'ben', sheet: { rate: 5 } });

    const replaced = await box.replace({ ...place, token, sheet: { rate: 1 } });
    const unknown = await box.replace({ ...place, token: 'guessed', sheet: { rate: 2 } });
    const elsewhere = await box.replace({ ...place, survey: 'other-2026', token, sheet: { rate: 2 } });

    expect([replaced, unknown, elsewhere]).toEqual([true, false, false]);
    expect((await box.ballots('cedar', 'pulse-2026')).map(({ sheet }) => sheet['rate']).toSorted()).toEqual([1, 5]);
  });

  test('forgets answers and who gave them, of this survey only', async () => {
    await box.cast({ ...place, person: 'ann', sheet: { say: 'kept apart' } });
    await box.cast({ ...place, survey: 'other-2026', person: 'ann', sheet: { rate: 3 } });

    await box.empty('cedar', 'pulse-2026');

    expect(await box.ballots('cedar', 'pulse-2026')).toEqual([]);
    expect(await box.voters('cedar', 'pulse-2026')).toEqual(new Set());
    expect(await box.voters('cedar', 'other-2026')).toEqual(new Set(['ann']));
  });

  if (where !== 'memory') {
    test('keeps neither a time, nor the token itself, nor anything that leads from an answer to a person', async () => {
      const token = await box.cast({ ...place, person: 'ann', sheet: { rate: 4 } });
      const { db } = engine!.database;

      const [ballots, voters] = await Promise.all([db.selectFrom('ballots').selectAll().execute(), db.selectFrom('voters').selectAll().execute()]);

      expect(ballots).toEqual([{ ...place, token: expect.not.stringMatching(token ?? '-'), sheet: { rate: 4 } }]);
      expect(voters).toEqual([{ ...place, person: 'ann' }]);
    });
  }
});
