import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { api } from '../../domain/api.ts';
import type { DeliveryView } from '../../domain/delivery/api.ts';
import type { SettingsView } from '../../domain/settings/api.ts';
import { deliveryReasons, type DeliveryReason } from '../../domain/delivery/delivery.ts';
import type { ConnectorFault } from '../../infra/local/connector/faults.ts';
import { eventually } from '../support/engines.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/**
 * What the list of messages advises is what happens: each reason is brought about, what it says is to be done is done,
 * and the next message arrives. Each week is another week's card for the same person.
 */
let system: System;
let monday = Date.parse('2026-11-16T09:00:00Z');
beforeAll(async () => {
  system = await startSystem();
  // A Monday that is a public holiday has no card of the week.
  const { settings, etag } = (await system.ask('Priya', api.settings)).body as SettingsView;
  const { country: _country, ...body } = settings!;
  const saved = await system.ask('Priya', api.saveSettings, { body, headers: { 'If-Match': etag ?? '' } });
  expect(saved.status).toBe(200);
});
afterAll(() => system.stop());

const connector = () => system.microsoft365.connector;
const priya = personOf('Priya');

async function entryOf(moment: number): Promise<DeliveryView['entries'][number] | undefined> {
  const day = new Date(moment).toISOString().slice(0, 10);
  const { entries } = (await system.ask('Priya', api.delivery, { params: { kind: 'facilitation.week' } }))
    .body as DeliveryView;
  return entries.find(({ to, period }) => to.is === 'person' && to.person.id === priya.id && period === day);
}

/** Lets the next week begin, and waits until its card has come to rest. */
async function nextWeek(): Promise<{ readonly state: string; readonly reason: string | null }> {
  monday += 7 * 86_400_000;
  await system.moveTo(new Date(monday).toISOString());
  const { state, reason } = await eventually(
    'the week’s card',
    async () => {
      // Whoever asks again and again is refused for a while, as a person would be.
      await new Promise(resolve => setTimeout(resolve, 500));
      const entry = await entryOf(monday);
      return entry && !['waiting', 'sending'].includes(entry.state) && entry;
    },
    40_000,
  );
  return { state, reason: reason?.code ?? null };
}

const faultFor = (answer: ConnectorFault['answer'], more: Partial<ConnectorFault> = {}): ConnectorFault => ({
  to: priya.id,
  answer,
  ...more,
});
const clear = () => connector().faults.clear();
async function presses(verb: string): Promise<void> {
  const chat = connector()
    .conversationsOf(priya.id)
    .find(({ conversation }) => conversation.kind === 'personal')!.conversation.id;
  const card = connector()
    .messages(chat)
    .findLast(message => message.from === null && message.cards.length > 0)!;
  const result = await connector().presses(priya.id, card.id, { verb, data: { community: system.team } });
  expect(result.outcome).toBe('card');
}

interface Advised {
  happens(): Promise<void> | void;
  /** What the advice says; nothing where it says that there is nothing to do. */
  advised(): Promise<void> | void;
}

const refused: Partial<Record<DeliveryReason, Advised>> = {
  blocked: {
    happens: () => connector().block(priya.id, true),
    advised: () => connector().block(priya.id, false),
  },
  'app-removed': {
    happens: () => connector().faults.add(faultFor({ status: 403, code: 'BotDisabledByAdmin' })),
    advised: clear,
  },
  'not-in-roster': {
    happens: () => connector().faults.add(faultFor({ status: 403, code: 'BotNotInConversationRoster' })),
    advised: clear,
  },
  'conversation-gone': {
    happens() {
      connector().forgetChat(priya.id);
      connector().faults.add(faultFor({ status: 404, code: 'ConversationNotFound' }));
    },
    advised: clear,
  },
  'team-gone': {
    happens: () => connector().faults.add(faultFor({ status: 404, code: 'TeamNotFound' })),
    advised: clear,
  },
  'too-large': {
    happens: () => connector().faults.add(faultFor({ status: 413, code: 'MessageSizeTooBig' })),
    advised: clear,
  },
  'not-understood': {
    happens: () => connector().faults.add(faultFor({ status: 400, code: 'BadSyntax' })),
    advised: clear,
  },
  unknown: {
    happens: () => connector().faults.add(faultFor({ status: 403, code: 'SomethingNew' })),
    advised: clear,
  },
};

/** While it waits there is nothing to do: it is tried again. */
const waits: Partial<Record<DeliveryReason, ConnectorFault['answer']>> = {
  throttled: { status: 429, retryAfter: 1 },
  unavailable: { status: 503 },
  'not-authorised': { status: 401, code: 'BotNotRegistered' },
};

/** Where the others are brought about. */
const elsewhere: Partial<Record<DeliveryReason, string>> = {
  archived: 'tests/stories/receiving.test.ts: brought back, a team gets the next card',
  missed: 'tests/bot/features/facilitation/jobs.test.ts: each missed week is noted, and the next one comes',
  'gave-way': 'tests/bot/features/morning/job.test.ts: a wish whose day passed unsent is in the log',
  expired: 'tests/bot/messages/claim.test.ts: what is too late is not sent',
};

test('every reason is here', () => {
  const here = [...Object.keys(refused), ...Object.keys(waits), ...Object.keys(elsewhere), 'opted-out'];

  expect(here.toSorted()).toEqual(deliveryReasons.toSorted());
});

test('without trouble, the week’s card is sent', async () => {
  expect(await nextWeek()).toEqual({ state: 'sent', reason: null });
});

test.each(Object.entries(refused))(
  '%s: once what is advised is done, the next message arrives',
  async (reason, one) => {
    await one.happens();
    const then = await nextWeek();
    await one.advised();

    expect(then).toEqual({ state: 'refused', reason });
    expect(await nextWeek()).toEqual({ state: 'sent', reason: null });
  },
);

test.each(Object.entries(waits))('%s: it is tried again, and arrives', async (reason, answer) => {
  // Other messages of that morning meet some of them.
  connector().faults.add(faultFor(answer, { call: 'send', count: 4 }));

  expect(await nextWeek()).toEqual({ state: 'sent', reason: null });
  expect((await entryOf(monday))?.attempts).toBeGreaterThan(1);
  clear();
  expect(system.log.some(line => line['msg'] === 'a message was not delivered' && line['reason'] === reason)).toBe(
    true,
  );
});

test.each(['welcome.resume', 'privacy.resume'])(
  'opted-out: %s, on the card or in “my data”, and the next message arrives',
  async verb => {
    await presses('welcome.stop');
    const then = await nextWeek();
    await presses(verb);

    expect(then).toEqual({ state: 'opted-out', reason: 'opted-out' });
    expect(await nextWeek()).toEqual({ state: 'sent', reason: null });
  },
);
