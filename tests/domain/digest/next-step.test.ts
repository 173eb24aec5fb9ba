import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  noWords,
  type DigestNumbers,
  type DigestPeriod,
  type DigestWords,
  type SentDigest,
} from '../../../domain/digest/digest.ts';
import {
  goesOutOn,
  isLookedAt,
  lookOf,
  waitsForLook,
  nextStep,
  periodToday,
  stepByHand,
  stepInBundle,
  whyNotByHand,
  type Draft,
  type Send,
  type Situation,
  type Step,
} from '../../../domain/digest/next-step.ts';
import type { Rhythm } from '../../../domain/digest/schedule.ts';
import { addDays } from '../../../domain/schedule.ts';
import type { Weekday } from '../../../domain/community.ts';
import { isOpenDay, type Rest } from '../../../domain/attention/open-days.ts';
import { restWith } from '../../support/rest.ts';

const words: DigestWords = { ...noWords, intro: 'A good month.', times: ['Tuesday, 14:00'] };
const untouched: Draft = { ...noWords, toldFor: null, toldOn: null, lookedAt: null };
/** The coordinators were told of November’s on its notice day. */
const told: Draft = { ...untouched, toldFor: '2026-11', toldOn: '2026-11-26' };
const written: Draft = { ...untouched, ...words, lookedAt: '2026-11-20T10:00:00.000Z' };

/** Nothing of a digest’s numbers decides anything. */
const numbers: DigestNumbers = {
  plan: { total: 0, done: 0, stuck: 0, overdue: 0, aims: [] },
  roles: { filled: 0, vacant: 0, open: [] },
  newcomers: { joined: 0, reasons: [] },
  surveys: [],
  finished: { items: [], more: 0 },
  coming: { items: [], more: 0 },
  change: null,
};

/** Sent at nine in the morning of this day, with what happened until then. */
function sent(key: string, day: string, said: DigestWords = noWords): SentDigest {
  const at = `${day}T09:00:00.000Z`;
  const kind = key.startsWith('now') ? 'now' : key.includes('Q') ? 'quarter' : 'month';
  return asSent({ kind, key, from: '2026-10-01T00:00:00.000Z', to: at }, at, said);
}

function asSent(period: DigestPeriod, sentAt: string, said: DigestWords): SentDigest {
  const key = `sponsor/${period.key}`;
  const { lookedBy, sentTo } = { lookedBy: null, sentTo: [] };
  return { key, audience: 'sponsor', period, words: said, numbers, lookedBy, sentTo, sentAt, state: 'sent' };
}

/** A community in London that sends every month, nothing yet, at half past nine in the morning. */
function on(day: string, more: Partial<Situation> = {}): Situation {
  return {
    rhythm: 'monthly',
    rest: restWith(),
    installedAt: null,
    timeZone: 'Europe/London',
    now: new Date(`${day}T09:30:00.000Z`),
    draft: undefined,
    sent: [],
    forNobody: false,
    ...more,
  };
}

/** Everything that a step says, in one line. */
function inWords(step: Step): string {
  switch (step.step) {
    case 'nothing':
      return `nothing: ${step.why}`;
    case 'tell':
      return `tell of ${step.issue.key}, out on ${step.goesOutOn}, then ${inWords(step.then)}`;
    case 'send':
      return `send ${step.period.key}${how(step)}, to ${step.period.to.slice(0, 16)}`;
    case 'resume':
      return `resume ${step.digest.period.key}${how(step)}`;
  }
}

function how({ latest, alone }: Pick<Send, 'latest' | 'alone'>): string {
  return `${alone ? ' alone' : ''} until ${latest}`;
}

// November’s: told of on Thursday the 26th, due on Tuesday the 1st of December, worth sending until Friday the 4th.
const november = 'send 2026-11 until 2026-12-04, to 2026-12-01T00:00';
const resumed = 'resume 2026-11 until 2026-12-04';

describe('each working day', () => {
  test.each<[string, Situation, string]>([
    ['no rhythm', on('2026-12-01', { rhythm: 'off', draft: written }), 'nothing: no-rhythm'],
    ['before its notice', on('2026-11-25'), 'nothing: too-early'],
    ['before its notice, written', on('2026-11-25', { draft: written }), 'nothing: too-early'],
    ['its notice', on('2026-11-26'), 'tell of 2026-11, out on 2026-12-01, then nothing: waits'],
    [
      'its notice, written',
      on('2026-11-26', { draft: written }),
      'tell of 2026-11, out on 2026-12-01, then nothing: waits',
    ],
    [
      'its notice, once told of October',
      on('2026-11-26', { draft: { ...told, toldFor: '2026-10' } }),
      'tell of 2026-11, out on 2026-12-01, then nothing: waits',
    ],
    ['its notice again, told', on('2026-11-26', { draft: told }), 'nothing: waits'],
    ['the day before, told', on('2026-11-30', { draft: told }), 'nothing: waits'],
    [
      'the day before, told and written',
      on('2026-11-30', { draft: { ...written, ...told, ...words } }),
      'nothing: waits',
    ],
    ['due, told', on('2026-12-01', { draft: told }), november],
    ['due, told and written', on('2026-12-01', { draft: { ...told, ...words, lookedAt: written.lookedAt } }), november],
    ['due on a Friday, never told', on('2027-01-01'), 'tell of 2026-12, out on 2027-01-04, then nothing: told-today'],
    ['due, never told', on('2026-12-01'), 'tell of 2026-11, out on 2026-12-02, then nothing: told-today'],
    [
      'due, never told, written weeks ago',
      on('2026-12-01', { draft: written }),
      'tell of 2026-11, out on 2026-12-02, then nothing: told-today',
    ],
    ['due, told today', on('2026-12-01', { draft: { ...told, toldOn: '2026-12-01' } }), 'nothing: told-today'],
    [
      'due, told today, written weeks ago',
      on('2026-12-01', { draft: { ...written, toldFor: '2026-11', toldOn: '2026-12-01' } }),
      'nothing: told-today',
    ],
    [
      'due, told today, and looked at since',
      on('2026-12-01', {
        draft: { ...written, toldFor: '2026-11', toldOn: '2026-12-01', lookedAt: '2026-12-01T09:10:00.000Z' },
      }),
      november,
    ],
    [
      'due, told on a day that the clock has not reached',
      on('2026-12-01', { draft: { ...told, toldOn: '2026-12-02' } }),
      'nothing: told-today',
    ],
    [
      'due, and written down by a check that broke',
      on('2026-12-01', { draft: told, sent: [sent('2026-11', '2026-12-01')] }),
      resumed,
    ],
    ['the last day on which it is worth it', on('2026-12-04', { draft: told }), november],
    ['the last day, never told: it could not be sent any more', on('2026-12-04'), 'nothing: too-late'],
    [
      'the last day, written down by a check that broke',
      on('2026-12-04', { draft: told, sent: [sent('2026-11', '2026-12-01')] }),
      resumed,
    ],
    ['too late', on('2026-12-05', { draft: told }), 'nothing: too-early'],
    [
      'too late, written down',
      on('2026-12-05', { draft: told, sent: [sent('2026-11', '2026-12-01')] }),
      'nothing: too-early',
    ],
    ['sent early by hand', on('2026-12-01', { draft: told, sent: [sent('2026-11', '2026-11-27')] }), resumed],
    ['sent out of turn', on('2026-12-01', { draft: told, sent: [sent('now-2026-11-10', '2026-11-10')] }), november],
    [
      'a quarter, due',
      on('2027-01-01', { rhythm: 'quarterly', draft: { ...told, toldFor: '2026-Q4' } }),
      'send 2026-Q4 until 2027-02-12, to 2027-01-01T00:00',
    ],
    [
      'where the week begins on Sunday',
      on('2026-11-01', { rest: restWith({ first: 7 }), draft: { ...told, toldFor: '2026-10', toldOn: '2026-10-27' } }),
      'send 2026-10 until 2026-11-04, to 2026-11-01T00:00',
    ],
    [
      'where it is still the day before',
      on('2026-12-01', { timeZone: 'Pacific/Honolulu', draft: told }),
      'nothing: waits',
    ],
  ])('%s', (_reason, situation, expected) => {
    expect(inWords(nextStep(situation))).toBe(expected);
  });
});

describe('when somebody chose a day', () => {
  const chosen = (day: string): Draft => ({ ...written, sendOn: day });

  test.each<[string, Situation, string]>([
    ['before it', on('2026-11-11', { draft: chosen('2026-11-12') }), 'nothing: chosen-later'],
    [
      'before it, on the day on which it would have been told of',
      on('2026-11-26', { draft: chosen('2026-12-03') }),
      'nothing: chosen-later',
    ],
    [
      'before it, when its rhythm is due',
      on('2026-12-01', { draft: { ...chosen('2026-12-03'), toldFor: '2026-11', toldOn: '2026-11-26' } }),
      'nothing: chosen-later',
    ],
    [
      'on it, out of turn',
      on('2026-11-12', { draft: chosen('2026-11-12') }),
      'send now-2026-11-12 alone until 2026-11-15, to 2026-11-12T09:30',
    ],
    [
      'on it, without a rhythm',
      on('2026-11-12', { rhythm: 'off', draft: chosen('2026-11-12') }),
      'send now-2026-11-12 alone until 2026-11-15, to 2026-11-12T09:30',
    ],
    [
      'on it, shortly before the rhythm’s',
      on('2026-11-27', { draft: chosen('2026-11-27') }),
      'send 2026-11 alone until 2026-12-04, to 2026-11-27T09:30',
    ],
    [
      'on it, shortly after the rhythm’s',
      on('2026-12-03', { draft: chosen('2026-12-03') }),
      'send 2026-11 alone until 2026-12-04, to 2026-12-01T00:00',
    ],
    [
      'on it, when the rhythm’s has gone out',
      on('2026-12-03', { draft: chosen('2026-12-03'), sent: [sent('2026-11', '2026-12-01')] }),
      'send now-2026-12-03 alone until 2026-12-06, to 2026-12-03T09:30',
    ],
    [
      'after it, when the server stood still',
      on('2026-11-13', { draft: chosen('2026-11-12') }),
      'send now-2026-11-13 alone until 2026-11-16, to 2026-11-13T09:30',
    ],
    [
      'on it, written down out of turn by a check that broke',
      on('2026-11-12', { draft: chosen('2026-11-12'), sent: [sent('now-2026-11-12', '2026-11-12', words)] }),
      'resume now-2026-11-12 alone until 2026-11-15',
    ],
    [
      'after it, written down out of turn by a check that broke',
      on('2026-11-13', { draft: chosen('2026-11-12'), sent: [sent('now-2026-11-12', '2026-11-12', words)] }),
      'resume now-2026-11-12 alone until 2026-11-15',
    ],
    [
      'on it, written down early by a check that broke',
      on('2026-11-27', { draft: chosen('2026-11-27'), sent: [sent('2026-11', '2026-11-27', words)] }),
      'resume 2026-11 alone until 2026-12-04',
    ],
  ])('%s', (_reason, situation, expected) => {
    expect(inWords(nextStep(situation))).toBe(expected);
  });
});

describe('when nobody sponsors', () => {
  test.each<[string, Situation, string]>([
    ['before its notice', on('2026-11-25'), 'nothing: too-early'],
    ['its notice: nobody is told', on('2026-11-26'), 'nothing: for-nobody'],
    ['while it waits', on('2026-11-30', { draft: told }), 'nothing: waits'],
    ['due', on('2026-12-01', { draft: told }), 'nothing: for-nobody'],
    ['on a chosen day', on('2026-11-12', { draft: { ...written, sendOn: '2026-11-12' } }), 'nothing: for-nobody'],
    ['written down for whoever sponsored then', on('2026-12-01', { sent: [sent('2026-11', '2026-12-01')] }), resumed],
  ])('%s', (_reason, situation, expected) => {
    expect(inWords(nextStep({ ...situation, forNobody: true }))).toBe(expected);
  });
});

describe('by hand', () => {
  const early = sent('2026-11', '2026-11-27', words);
  const outOfTurn = sent('now-2026-11-10', '2026-11-10', words);
  const more: Draft = { ...written, intro: 'One more thing.' };

  test.each<[string, Situation, string]>([
    ['to nobody', on('2026-11-10', { draft: written, forNobody: true }), 'nothing: for-nobody'],
    [
      'out of turn',
      on('2026-11-10', { draft: written }),
      'send now-2026-11-10 alone until 2026-11-13, to 2026-11-10T09:30',
    ],
    [
      'without words, without a rhythm',
      on('2026-11-10', { rhythm: 'off' }),
      'send now-2026-11-10 alone until 2026-11-13, to 2026-11-10T09:30',
    ],
    [
      'before the day that was chosen',
      on('2026-11-10', { draft: { ...written, sendOn: '2026-11-12' } }),
      'send now-2026-11-10 alone until 2026-11-13, to 2026-11-10T09:30',
    ],
    [
      'shortly before the rhythm’s',
      on('2026-11-27', { draft: written }),
      'send 2026-11 alone until 2026-12-04, to 2026-11-27T09:30',
    ],
    [
      'pressed again',
      on('2026-11-10', { draft: untouched, sent: [outOfTurn] }),
      'resume now-2026-11-10 alone until 2026-11-13',
    ],
    [
      'pressed again after it broke',
      on('2026-11-10', { draft: written, sent: [outOfTurn] }),
      'resume now-2026-11-10 alone until 2026-11-13',
    ],
    ['once more on one day', on('2026-11-10', { draft: more, sent: [outOfTurn] }), 'nothing: sent-today'],
    [
      'once more on the next day',
      on('2026-11-11', { draft: more, sent: [outOfTurn] }),
      'send now-2026-11-11 alone until 2026-11-14, to 2026-11-11T09:30',
    ],
    [
      'shortly before, pressed again',
      on('2026-11-27', { draft: untouched, sent: [early] }),
      'resume 2026-11 alone until 2026-12-04',
    ],
    [
      'shortly before, without a draft, pressed again',
      on('2026-11-27', { sent: [early] }),
      'resume 2026-11 alone until 2026-12-04',
    ],
    [
      'shortly before, pressed again after it broke',
      on('2026-11-27', { draft: written, sent: [early] }),
      'resume 2026-11 alone until 2026-12-04',
    ],
    [
      'shortly before, and what was written since',
      on('2026-11-27', { draft: more, sent: [early] }),
      'send now-2026-11-27 alone until 2026-11-30, to 2026-11-27T09:30',
    ],
    [
      'days after the one before, without words',
      on('2026-11-30', { sent: [early] }),
      'send now-2026-11-30 alone until 2026-12-03, to 2026-11-30T09:30',
    ],
  ])('%s', (_reason, situation, expected) => {
    expect(inWords(stepByHand(situation))).toBe(expected);
  });
});

test.each<[string, Situation, string | null]>([
  ['nothing was sent', on('2026-11-20', { rhythm: 'off', draft: written }), null],
  ['nobody is to get it', on('2026-11-20', { draft: written, forNobody: true }), 'for-nobody'],
  [
    'one went out today, and the draft is empty again',
    on('2026-11-20', { rhythm: 'off', sent: [sent('now-2026-11-20', '2026-11-20')] }),
    'sent-today',
  ],
  [
    'one went out today, and something was written since',
    on('2026-11-20', { rhythm: 'off', draft: written, sent: [sent('now-2026-11-20', '2026-11-20')] }),
    'sent-today',
  ],
  [
    'one went out yesterday',
    on('2026-11-20', { rhythm: 'off', draft: written, sent: [sent('now-2026-11-19', '2026-11-19')] }),
    null,
  ],
])('whether it may be sent by hand is known before, when %s', (_reason, situation, expected) => {
  expect(whyNotByHand(situation)).toBe(expected);
});

describe('with the card of another community', () => {
  test.each<[string, Situation, string]>([
    ['no rhythm', on('2026-12-01', { rhythm: 'off' }), 'nothing: no-rhythm'],
    ['due', on('2026-12-01', { draft: told }), november],
    [
      'due there, and a working day later here',
      on('2026-11-30', { draft: told }),
      'send 2026-11 until 2026-12-04, to 2026-11-30T09:30',
    ],
    ['written down', on('2026-12-01', { sent: [sent('2026-11', '2026-12-01')] }), resumed],
    [
      'a later day was chosen',
      on('2026-12-01', { draft: { ...written, sendOn: '2026-12-03' } }),
      'nothing: chosen-later',
    ],
    ['this day was chosen', on('2026-12-01', { draft: { ...written, sendOn: '2026-12-01' } }), november],
    [
      'written down, and a day was chosen for the next',
      on('2026-12-01', { draft: { ...written, sendOn: '2026-12-03' }, sent: [sent('2026-11', '2026-12-01')] }),
      resumed,
    ],
  ])('%s', (_reason, situation, expected) => {
    expect(inWords(stepInBundle(situation))).toBe(expected);
  });
});

test.each<[string, Situation, string | null]>([
  ['the rhythm’s', on('2026-11-10'), '2026-12-01'],
  ['the next, when it went out early', on('2026-11-28', { sent: [sent('2026-11', '2026-11-27')] }), '2027-01-01'],
  ['the chosen day', on('2026-11-10', { draft: { ...written, sendOn: '2026-11-12' } }), '2026-11-12'],
  ['never, without a rhythm', on('2026-11-10', { rhythm: 'off' }), null],
  [
    'Monday, when somebody chose a Saturday',
    on('2026-11-10', { draft: { ...written, sendOn: '2026-11-14' } }),
    '2026-11-16',
  ],
  ['Monday, when nobody was told before Friday', on('2027-01-01'), '2027-01-04'],
  ['the day after they are told', on('2026-12-02', { draft: { ...told, toldOn: '2026-12-02' } }), '2026-12-03'],
  ['the next month, when it is too late to tell of this one', on('2026-12-04'), '2027-01-01'],
])('goes out on %s', (_reason, situation, expected) => {
  expect(goesOutOn(situation)).toBe(expected);
});

test('what is sent today tells of everything since the digest before', () => {
  const before = sent('2026-10', '2026-11-02');
  const history = [before, sent('2026-09', '2026-10-01')];

  expect(periodToday(on('2026-11-26', { sent: history }))).toEqual({
    period: { kind: 'month', key: '2026-11', from: before.period.to, to: '2026-11-26T09:30:00.000Z' },
    latest: '2026-12-04',
  });
  expect(periodToday(on('2026-11-25', { sent: history }))).toEqual({
    period: { kind: 'now', key: 'now-2026-11-25', from: before.period.to, to: '2026-11-25T09:30:00.000Z' },
    latest: '2026-11-28',
  });
});

describe('whatever breaks once it is written down is taken up again, and nothing else is sent', () => {
  const draft = fc.constantFrom<(day: string) => Draft | undefined>(
    () => undefined,
    () => untouched,
    () => written,
    day => ({ ...written, sendOn: day }),
    day => ({ ...written, sendOn: addDays(day, -2) }),
    day => ({ ...untouched, toldFor: '2026-11', toldOn: addDays(day, -1) }),
    day => ({ ...written, toldFor: '2026-11', toldOn: day }),
  );
  const history = fc.constantFrom<readonly SentDigest[]>(
    [],
    [sent('2026-10', '2026-11-02')],
    [sent('now-2026-10-28', '2026-10-28', words), sent('2026-Q3', '2026-10-01')],
  );
  const situations = fc.record({
    day: fc.integer({ min: 3, max: 65 }).map(days => addDays('2026-11-01', days)),
    rhythm: fc.constantFrom<Rhythm>('off', 'monthly', 'quarterly'),
    draft,
    history,
  });

  test.each([
    ['the check', nextStep],
    ['by hand', stepByHand],
  ] as const)('%s', (_reason, decide) => {
    let sendings = 0;
    fc.assert(
      fc.property(situations, ({ day, rhythm, draft: draftOn, history: earlier }) => {
        const before = on(day, { rhythm, draft: draftOn(day), sent: earlier });
        const decided = decide(before);
        const send = decided.step === 'tell' ? decided.then : decided;
        if (send.step !== 'send') return;
        sendings += 1;

        const said =
          before.draft && (decide === stepByHand || isLookedAt(before, send.period)) ? before.draft : noWords;
        const digest = asSent(send.period, before.now.toISOString(), said);
        const after = decide({ ...before, sent: [digest, ...earlier] });

        expect(after).toEqual({ step: 'resume', digest, latest: send.latest, alone: send.alone });
      }),
      { numRuns: 500 },
    );
    expect(sendings).toBeGreaterThan(50);
  });
});

describe('a day that is said is a day that is kept', () => {
  test('whatever was written and told, and whichever days are open, the check sends on the day that was said that morning', () => {
    const open = fc.subarray([1, 2, 3, 4, 5] as Weekday[], { minLength: 3 });
    const closed = fc.uniqueArray(fc.integer({ min: 0, max: 70 }), { maxLength: 8 });
    const choice = fc.option(fc.integer({ min: 1, max: 40 }), { nil: null });
    let kept = 0;
    fc.assert(
      fc.property(
        open,
        closed,
        choice,
        fc.integer({ min: 0, max: 35 }),
        fc.boolean(),
        (days, shut, ahead, start, looks) => {
          const holidays = new Set(shut.map(index => addDays('2026-11-01', index)));
          const rest: Rest = { working: days, quiet: [], isHoliday: each => holidays.has(each) };
          const isOpen = (each: string): boolean => isOpenDay(each, rest);
          let day = addDays('2026-11-02', start);
          let draft: Draft = { ...untouched };
          if (ahead !== null) draft = { ...written, sendOn: addDays(day, ahead) };
          let said = goesOutOn(on(day, { rest, draft }));
          for (let left = 60; left > 0; left--, day = addDays(day, 1)) {
            if (!isOpen(day)) continue;
            const morning = on(day, { rest, draft });
            said = goesOutOn(morning);
            const step = nextStep(morning);
            if (step.step === 'send') {
              expect(said).toBe(day);
              kept += 1;
              return;
            }
            expect(said === null || said > day || step.step === 'tell').toBe(true);
            if (step.step !== 'tell') continue;
            // What the notice says is what the tab says afterwards, unless somebody looks at it.
            draft = { ...draft, toldFor: step.issue.key, toldOn: day };
            expect(goesOutOn(on(day, { rest, draft }))).toBe(step.goesOutOn);
            if (looks) draft = { ...draft, lookedAt: `${day}T10:00:00.000Z` };
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(kept).toBeGreaterThan(200);
  });
});

describe('words go out when somebody looked after the notice', () => {
  test.each<[string, Situation, ReturnType<typeof lookOf>, boolean]>([
    ['nobody', on('2026-11-20'), 'nobody', false],
    ['nobody, told', on('2026-11-27', { draft: told }), 'nobody', true],
    ['written before the notice', on('2026-11-20', { draft: written }), 'asked-later', false],
    ['written before the notice, told', on('2026-11-27', { draft: { ...written, ...told, ...words } }), 'nobody', true],
    [
      'written before the notice, told',
      on('2026-11-27', { draft: { ...told, ...words, lookedAt: written.lookedAt } }),
      'asked-now',
      true,
    ],
    [
      'looked at after the notice',
      on('2026-11-27', { draft: { ...told, ...words, lookedAt: '2026-11-27T08:00:00.000Z' } }),
      'fresh',
      false,
    ],
    ['a day was chosen', on('2026-11-20', { draft: { ...written, sendOn: '2026-11-25' } }), 'fresh', false],
    ['no rhythm: whoever sends it sees it', on('2026-11-20', { rhythm: 'off', draft: written }), 'fresh', false],
    [
      'told of one that is out',
      on('2026-12-10', { draft: told, sent: [sent('2026-11', '2026-12-01')] }),
      'nobody',
      false,
    ],
  ])('%s: %#', (_reason, situation, look, waits) => {
    expect([lookOf(situation), waitsForLook(situation)]).toEqual([look, waits]);
  });
});
