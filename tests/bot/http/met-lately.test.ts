import { expect, test } from '@jest/globals';
import { createMetLately } from '../../../bot/http/met-lately.ts';

test('a person is noted once a minute in each community, and again when it could not be noted', async () => {
  let now = 1_000_000;
  let fails = true;
  const noted: string[] = [];
  const met = createMetLately(
    async (community, person) => {
      if (fails) throw new Error('the database is away');
      noted.push(`${community}/${person}`);
    },
    () => now,
  );

  await expect(met('one', 'ann')).rejects.toThrow('away');
  fails = false;
  await met('one', 'ann');
  await met('one', 'ann');
  await met('two', 'ann');
  now += 59_000;
  await met('one', 'ann');
  now += 2_000;
  await met('one', 'ann');

  expect(noted).toEqual(['one/ann', 'two/ann', 'one/ann']);
});
