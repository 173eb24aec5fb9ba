import { beforeEach, expect, test } from '@jest/globals';
import { comingQuestions } from '../../../../bot/features/morning/index.ts';
import type { Ledger } from '../../../../bot/features/morning/ledger.ts';
import type { Wanted } from '../../../../domain/attention/mornings.ts';
import type { OpenQuestion } from '../../../../bot/shared/waiting.ts';
import { community, member, person, rosterOf, settings } from '../../../support/feature-parts.ts';
import { createInMemoryLedger } from '../../../support/ledger-of-wishes.ts';

const here = community({ settings: settings({ coordinators: [person('Priya Raman')] }) });
const [priya, ann] = [member('Priya Raman'), member('Ann Okafor')];
let ledger: Ledger;
beforeEach(() => {
  ledger = createInMemoryLedger();
});

function question(period: string, choices: Partial<OpenQuestion> = {}): OpenQuestion {
  return { kind: 'roles.vacant', period, to: [priya.id], cameUp: '2026-11-23', since: null, ...choices };
}
async function put(period: string, day: string, who = priya.id): Promise<void> {
  const wish: Wanted = {
    person: who,
    kind: 'roles.vacant',
    period,
    urgency: 'soon',
    until: '2027-12-31',
    counted: true,
    agreed: false,
    again: true,
  };
  await ledger.claim(here.id, day, [{ person: who, counted: true, wishes: [wish] }]);
}
async function coming(week: string, ...questions: readonly OpenQuestion[]): Promise<readonly string[]> {
  const read = comingQuestions({ ledger, roster: rosterOf(priya, ann) });
  return [...(await read(here, week, questions))].map(({ period }) => period);
}

test('in a week come those whose morning is in it, and stay told of when they have come', async () => {
  await put('sponsor', '2026-11-24');
  await put('host', '2026-12-01');
  const both = [question('sponsor'), question('host')];

  expect(await coming('2026-11-23', ...both)).toEqual(['sponsor']);
  expect(await coming('2026-11-30', ...both)).toEqual(['host']);
  expect(await coming('2026-12-07', ...both)).toEqual(['sponsor']);
  expect(await coming('2026-12-14', ...both)).toEqual(['sponsor', 'host']);
  // It has waited for longer than a week by then: something else holds it up, so that it is named again.
  expect(await coming('2026-12-21', ...both)).toEqual(['host']);
});

test('what is older than the app in the team came up when that came', async () => {
  const installed = { ...here, installedAt: '2026-12-05T10:00:00Z' };
  const read = comingQuestions({ ledger, roster: rosterOf(priya, ann) });
  const term = question('sponsor', { cameUp: '2026-11-12' });

  expect((await read(installed, '2026-12-07', [term])).size).toBe(1);
  expect((await read(here, '2026-12-07', [term])).size).toBe(0);
});

test('what its reader put off comes when they said, and what they let go does not', async () => {
  await put('sponsor', '2026-11-24');
  await put('host', '2026-11-25');
  const keyOf = (period: string) => ({ person: priya.id, kind: 'roles.vacant', period });
  await ledger.choose(here.id, keyOf('sponsor'), { againOn: '2026-12-15', on: '2026-11-24' });
  await ledger.choose(here.id, keyOf('host'), { againOn: 'never', on: '2026-11-25' });
  const both = [question('sponsor'), question('host')];

  expect(await coming('2026-12-07', ...both)).toEqual([]);
  expect(await coming('2026-12-14', ...both)).toEqual(['sponsor']);
});

test('what comes to somebody who gets no week’s card leaves its line on the card of the others', async () => {
  await put('sponsor', '2026-11-24', ann.id);

  expect(await coming('2026-11-23', question('sponsor', { to: [ann.id] }))).toEqual([]);
});
