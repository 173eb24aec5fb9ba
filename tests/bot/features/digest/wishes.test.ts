import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Morning, Wish } from '../../../../bot/feature.ts';
import { added } from '../../../../domain/plan/plan.ts';
import { rowOf } from '../../../../bot/features/plan/store.ts';
import { localDay } from '../../../../domain/schedule.ts';
import { checkCard, textsIn } from '../../../support/cards.ts';
import { translateFor } from '../../../support/feature-parts.ts';
import { restWith } from '../../../support/rest.ts';
import { helen, here, priya, scene, type Scene } from './parts.ts';

let now: Scene;
beforeEach(() => {
  now = scene();
});

function morningAt(moment: string): Morning {
  now.clock.moveTo(moment);
  const today = localDay(now.clock.now(), here.settings.timeZone);
  return { community: here, now: now.clock.now(), today, rest: restWith() };
}
async function wishedAt(moment: string): Promise<readonly Wish[]> {
  return now.feature.wishes!(morningAt(moment));
}
async function job(moment: string): Promise<void> {
  now.clock.moveTo(moment);
  const at = now.clock.now();
  await now.feature.jobs![0]!.run({ community: here, due: at, since: at, now: at });
}
const shownOf = (wishes: readonly Wish[]) =>
  wishes.map(({ kind, period, until, to }) => [kind, period, until, 'channel' in to ? 'channel' : to.person.id]);

describe('a draft', () => {
  test.each([
    ['2026-11-25T09:00:00Z', 0, 'it is too early'],
    ['2026-11-26T09:00:00Z', 1, 'three open days before it goes out'],
    ['2026-11-27T09:00:00Z', 1, 'whoever had no morning yet is told now'],
    ['2026-11-30T09:00:00Z', 1, 'the last morning before'],
    ['2026-12-01T09:00:00Z', 0, 'it goes out'],
  ])('at %s is wished %s times, whether its job has run before or not: %s', async (moment, times) => {
    const expected = Array.from({ length: times }, () => ['digest.draft', 'members/2026-11', '2026-11-30', priya.id]);
    if (moment > '2026-11-27') await job('2026-11-27T09:00:00Z');
    const before = await wishedAt(moment);

    await job(moment);

    const after = await wishedAt(moment);
    expect([shownOf(before), shownOf(after)]).toEqual([expected, expected]);
  });

  test('for a sponsor and for the channel are two lines with the day that both go out on', async () => {
    await now.sponsoredBy(helen);
    await job('2026-11-26T09:00:00Z');

    const wishes = await wishedAt('2026-11-26T09:00:00Z');

    const t = translateFor(now.feature);
    expect(wishes.map(wish => wish.line(t))).toEqual([
      'The digest for your sponsor goes out on Tuesday 1 December: have a look?',
      'The digest for the channel is due on Tuesday 1 December, with nothing to tell so far: have a look?',
    ]);
    for (const wish of wishes) {
      const card = wish.card(t);
      checkCard(card);
      expect(textsIn(card).join(' ')).toContain('On Tuesday 1 December the digest');
    }
  });

  test('says what is in it so far, so that no two months read the same', async () => {
    const action = { title: 'Redraw the bed report', owners: [{ id: priya.id, name: priya.name }], due: null } as const;
    const done = { ...action, state: 'done', weight: 'baseline', aim: null, notes: '', owners: [...action.owners] };
    const by = { by: { id: priya.id, name: priya.name }, now: new Date('2026-11-20T10:00:00Z') };
    await now.lists.of(here.id).plan.create(rowOf('redraw', added(done as never, by)));
    const t = translateFor(now.feature);

    const [november] = await wishedAt('2026-11-27T09:00:00Z');
    const [december] = await wishedAt('2026-12-29T09:00:00Z');

    expect(textsIn(november!.card(t))).toEqual(
      expect.arrayContaining(['In it so far:', '- Redraw the bed report (Priya Raman)']),
    );
    // The channel gets none of which there is nothing to tell.
    expect(textsIn(december!.card(t)).join()).toContain('since December began there is nothing to tell');
    expect(december!.line(t)).toBe(
      'The digest for the channel is due on Friday 1 January, with nothing to tell so far: have a look?',
    );
  });

  test('that somebody has looked at asks nobody any more', async () => {
    await job('2026-11-26T09:00:00Z');
    await now.writes({}, 'members');

    expect(await wishedAt('2026-11-27T09:00:00Z')).toEqual([]);
  });

  test('noticed late is told of before it goes out, a day later than usual', async () => {
    const wishes = await wishedAt('2026-12-01T09:00:00Z');
    const onTime = shownOf(wishes);
    await job('2026-11-30T09:00:00Z');

    expect(onTime).toEqual([['digest.draft', 'members/2026-11', '2026-12-01', priya.id]]);
    expect(shownOf(await wishedAt('2026-12-01T09:00:00Z'))).toEqual([]);
  });
});

describe('a digest for a sponsor', () => {
  test('takes their morning, before it is sent and after', async () => {
    await now.sponsoredBy(helen);
    await job('2026-11-26T09:00:00Z');
    const reaches = (moment: string) => now.feature.reaches!(morningAt(moment));
    const dayBefore = await reaches('2026-11-30T09:00:00Z');
    const before = await reaches('2026-12-01T09:00:00Z');
    await job('2026-12-01T09:00:00Z');

    const after = await reaches('2026-12-01T09:00:00Z');
    const dayAfter = await reaches('2026-12-02T09:00:00Z');
    expect([dayBefore, before, after, dayAfter]).toEqual([[], [helen.id], [helen.id], []]);
  });

  test('outside the team asks for two weeks to be mailed, however it went out', async () => {
    await now.sponsoredBy({ id: 'humphrey@example.org', name: 'Sir Humphrey', mail: 'humphrey@example.org' });
    now.clock.moveTo('2026-11-10T09:00:00Z');
    await now.writes();
    await now.sends();

    const next = shownOf(await wishedAt('2026-11-11T09:00:00Z'));
    const old = await wishedAt('2026-11-25T09:00:00Z');

    expect([next, old]).toEqual([[['digest.byHand', 'now-2026-11-10', '2026-11-24', priya.id]], []]);
  });
});
