import type { ReadyCommunity } from '../../../../domain/community.ts';
import { pino } from 'pino';
import { createRestDays } from '../../../../bot/shared/rest-days.ts';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { carefulJob } from '../../../../bot/features/index.ts';
import { repairLists, settings } from '../../../../bot/features/settings/index.ts';
import type { SettingsParts } from '../../../../bot/features/settings/parts.ts';
import type { Job } from '../../../../bot/feature.ts';
import type { Provisioned } from '../../../../bot/lists/provisioning.ts';
import { CommunityError } from '../../../../domain/errors.ts';
import { checkCard, textsIn } from '../../../support/cards.ts';
import {
  community,
  member,
  settings as chosen,
  type RecordingMessenger,
  type TestClock,
} from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { failureOf } from '../../../support/requests.ts';

const priya = member('Priya Raman');
const owner = member('Olive Owens', { owner: true });
const here = community();
const ready: Provisioned = {
  lists: [
    { name: 'CoP Charter', state: 'ready' },
    { name: 'CoP Plan', state: 'repaired' },
  ],
};
const refused: Provisioned = {
  lists: [
    { name: 'CoP Charter', state: 'ready' },
    { name: 'CoP Plan', state: 'failed', problem: { code: 'not-granted', said: 'Access denied' } },
  ],
};
const busy: Provisioned = {
  lists: [{ name: 'CoP Plan', state: 'failed', problem: { code: 'throttled', said: 'busy' }, temporary: true }],
};

let clock: TestClock;
let messenger: RecordingMessenger;
let outcome: Provisioned;
let warnings: readonly string[];
let parts: SettingsParts;

beforeEach(() => {
  outcome = ready;
  const provision = async (): Promise<Provisioned> => outcome;
  const scene = sceneOf(made => settings({ ...made, provision }), {
    members: [priya, owner],
    communities: [here],
    at: '2026-11-23T09:00:00Z',
  });
  ({ clock, messenger, warnings } = scene);
  parts = { ...scene.parts, provision };
});

describe('without a person', () => {
  test('what was deleted is made anew, and nobody is bothered', async () => {
    expect(await repairLists(parts)(here)).toBe(true);

    expect(messenger.posted).toEqual([]);
    expect(warnings).toEqual(['SharePoint lists were not as they should be, and were repaired']);
  });

  test('nothing stands still for columns that came with a later version, and nobody is bothered', async () => {
    outcome = { lists: refused.lists.map(list => (list.state === 'failed' ? { ...list, later: true } : list)) };

    expect(await repairLists(parts)(here)).toBe(true);

    expect(messenger.posted).toEqual([]);
    expect(warnings).toEqual([
      'columns that came with this version could not be made; what is new in it cannot be saved there until somebody grants it',
    ]);
  });

  test('what may not be made anew is told to those who coordinate, with what to do', async () => {
    outcome = refused;

    expect(await repairLists(parts)(here)).toBe(false);

    const [copy] = messenger.posted;
    expect(messenger.posted.map(({ to }) => to)).toEqual(['priya-raman']);
    expect(copy?.summary).toBe('A SharePoint list of Data Storytellers needs your help');
    checkCard(copy!.card);
    expect(textsIn(copy!.card)).toEqual([
      'A list of Data Storytellers is broken',
      'Something I need was deleted in SharePoint, and I may not make it again myself. What rests on it stands still until then; everything else goes on.',
      'CoP Plan',
      'Microsoft 365 refused: Access denied\\. The app may not make lists on this team’s site yet, or the site is read\\-only\\. Your IT can allow it: with the role “fullcontrol” on the site, which may be lowered to “write” once the lists are there\\.',
      'Open the settings',
    ]);
  });

  test.each([
    { days: ['2026-11-23', '2026-11-24', '2026-11-30'], told: 1, reason: 'once, however many jobs meet it' },
    { days: ['2026-11-23', '2026-12-01'], told: 2, reason: 'again in another month' },
  ])('on $days they are told $told times: $reason', async ({ days, told }) => {
    outcome = refused;

    for (const day of days) {
      clock.moveTo(`${day}T09:00:00Z`);
      await repairLists(parts)(here);
    }

    expect(messenger.posted).toHaveLength(told);
  });

  test('when every coordinator has left, the owners are told', async () => {
    outcome = refused;

    await repairLists(parts)(community({ settings: chosen({ coordinators: [member('Gone Away')] }) }));

    expect(messenger.posted.map(({ to }) => to)).toEqual(['olive-owens']);
  });

  test('many lists with trouble fit on one card', async () => {
    outcome = {
      lists: Array.from({ length: 14 }, (_, index) => ({
        name: `CoP List ${index}`,
        state: 'failed' as const,
        problem: { code: 'unavailable' as const, said: 'No. '.repeat(400) },
      })),
    };

    await repairLists(parts)(here);

    checkCard(messenger.posted[0]!.card);
    expect(textsIn(messenger.posted[0]!.card)).toContain('and 9 more lists');
  });

  test('what may pass by itself is nobody’s work: it is tried again', async () => {
    outcome = busy;

    expect((await failureOf(repairLists(parts)(here))).code).toBe('unavailable');
    expect(messenger.posted).toEqual([]);
  });
});

describe('a job', () => {
  const moment = new Date('2026-11-23T09:00:00Z');
  const occasion = { community: here, due: moment, since: moment, now: moment };
  const beside = () => ({ repair: repairLists(parts), restDays: createRestDays(), log: pino({ level: 'silent' }) });
  const broken = new CommunityError('not-set-up', 'the list CoP Plan lacks the column CopDue');
  let tries: number;
  beforeEach(() => {
    tries = 0;
  });

  function job(act: () => void, more: Partial<Job> = {}): Job {
    const careful: Job = {
      ...more,
      name: 'test.job',
      next: () => null,
      run: async () => {
        tries++;
        act();
      },
    };
    return carefulJob(careful, { ...beside(), inBackground: work => work() });
  }

  test('that meets a broken list repairs it and goes on', async () => {
    await job(() => {
      if (tries === 1) throw broken;
    }).run(occasion);

    expect(tries).toBe(2);
  });

  test('that may not repair it ends, because trying again would help nobody', async () => {
    outcome = refused;

    await job(() => {
      throw broken;
    }).run(occasion);

    expect([tries, messenger.posted.length]).toEqual([1, 1]);
  });

  test.each([
    { failure: broken, tries: 2, reason: 'still broken after the repair' },
    { failure: new CommunityError('unavailable', 'Graph is away'), tries: 1, reason: 'another failure' },
  ])('fails, to be tried again, when it is $reason', async ({ failure, tries: expected }) => {
    await expect(
      job(() => {
        throw failure;
      }).run(occasion),
    ).rejects.toBe(failure);
    expect(tries).toBe(expected);
  });

  test.each<[string, Partial<Job>, number, string]>([
    ['2026-11-23T09:00:00Z', { rests: true }, 1, 'on a Monday'],
    ['2026-11-22T09:00:00Z', { rests: true }, 0, 'on a Sunday'],
    ['2026-11-22T09:00:00Z', {}, 1, 'on a Sunday, when it says nothing to anybody'],
    ['2026-12-25T09:00:00Z', { rests: true }, 0, 'on a public holiday'],
    ['2026-12-29T09:00:00Z', { rests: true }, 0, 'on a quiet day'],
    ['2026-12-29T23:30:00Z', { rests: true }, 0, 'on a quiet day in its zone'],
  ])('at %s, with %j, runs %i times: %s', async (at, more, expected) => {
    const settled: ReadyCommunity = {
      ...here,
      settings: {
        ...here.settings,
        country: { code: 'GB', region: 'ENG' },
        quiet: [{ from: '2026-12-29', to: '2026-12-29', title: 'Stocktaking' }],
      },
    };

    await job(() => {}, more).run({ ...occasion, community: settled, now: new Date(at) });

    expect(tries).toBe(expected);
  });

  test('runs behind people', async () => {
    let inside = false;
    const careful = carefulJob(
      { name: 'test.job', next: () => null, run: async () => undefined },
      {
        ...beside(),
        inBackground: work => {
          inside = true;
          return work();
        },
      },
    );

    await careful.run(occasion);

    expect(inside).toBe(true);
  });
});
