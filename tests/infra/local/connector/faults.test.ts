import { describe, expect, test } from '@jest/globals';
import {
  createConnectorFaults,
  createTally,
  type Call,
  type ConnectorFault,
} from '../../../../infra/local/connector/faults.ts';

const person = '00000000-0000-4000-8000-000000000001';
const chat = 'a:100000000000040008000000000000001';
const busy: ConnectorFault = { answer: { status: 503 } };

describe('a fault of the connector', () => {
  test.each<[string, ConnectorFault, Call, string]>([
    ['it is about every call', busy, 'send', chat],
    ['it is about this kind of call', { ...busy, call: 'update' }, 'update', chat],
    ['it is about this conversation', { ...busy, to: '19:team' }, 'create', '19:team'],
    ['a person’s chat is known by the person', { ...busy, to: person }, 'send', `a:1${person.replaceAll('-', '')}`],
    ['and before it is opened by Teams’ id of the person', { ...busy, to: person }, 'create', `29:${person}`],
  ])('meets a call: %s', (_reason, fault, call, conversation) => {
    const faults = createConnectorFaults();
    faults.add(fault);

    expect(faults.take(call, conversation)).toEqual(fault);
  });

  test.each<[string, ConnectorFault, Call, string]>([
    ['it is about another kind', { ...busy, call: 'read' }, 'send', chat],
    ['it is about another conversation', { ...busy, to: '19:team' }, 'send', chat],
    ['chance spared it', { ...busy, chance: 0.5 }, 'send', chat],
  ])('lets a call pass: %s', (_reason, fault, call, conversation) => {
    const faults = createConnectorFaults(() => 0.5);
    faults.add(fault);

    expect(faults.take(call, conversation)).toBeUndefined();
  });

  test('is counted down and then gone; without a count it stays until it is cleared', () => {
    const faults = createConnectorFaults();
    faults.add({ ...busy, count: 2 });
    const counted = [1, 2, 3].map(() => faults.take('send', chat) !== undefined);
    faults.add(busy);
    const endless = [1, 2, 3].map(() => faults.take('send', chat) !== undefined);
    faults.clear();

    expect([counted, endless, faults.take('send', chat)]).toEqual([[true, true, false], [true, true, true], undefined]);
  });

  test('answers wait as long as was asked, evenly spread', () => {
    const faults = createConnectorFaults(() => 0.25);
    faults.latency = { from: 50, to: 250 };

    expect(faults.delay()).toBe(100);
  });
});

test('the tally tells copies from messages, and what was answered', () => {
  const tally = createTally();
  tally.took('chat', 'hello');
  tally.took('chat', 'hello');
  tally.took('other', 'hello');
  for (const [conversation, status] of [
    ['chat', 201],
    ['chat', 504],
    ['other', 201],
  ] as const)
    tally.answered(conversation, status);

  expect([tally.copies(), tally.answers(), tally.answers('chat')]).toEqual([
    [
      { conversation: 'chat', summary: 'hello', count: 2 },
      { conversation: 'other', summary: 'hello', count: 1 },
    ],
    { 201: 2, 504: 1 },
    { 201: 1, 504: 1 },
  ]);
  tally.clear();
  expect([tally.copies(), tally.answers()]).toEqual([[], {}]);
});
