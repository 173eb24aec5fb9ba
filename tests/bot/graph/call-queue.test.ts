import { expect, test } from '@jest/globals';
import { createCallQueue, type CallQueue, type WaitingCall } from '../../../bot/graph/call-queue.ts';

const rich = { isAffordable: () => true, spentBy: () => 0 };

function waiting(scope: string, choices: Partial<WaitingCall> = {}): WaitingCall {
  return { scope, units: 1, urgent: true, deadline: 20_000, go: () => {}, refuse: () => {}, ...choices };
}

function scopesStarted(queue: CallQueue, at = 0): string[] {
  const started: string[] = [];
  for (let call = queue.next(at); call; call = queue.next(at)) started.push(call.scope);
  return started;
}

test('the site that has spent least goes first, as of the moment it is asked', () => {
  const spent = new Map([
    ['a', 9],
    ['b', 1],
  ]);
  const queue = createCallQueue({ ...rich, spentBy: scope => spent.get(scope) ?? 0 });
  for (const scope of ['a', 'b', 'a', 'b']) queue.add(waiting(scope));

  const first = queue.next(0)?.scope;
  spent.set('b', 20);

  expect([first, ...scopesStarted(queue)]).toEqual(['b', 'a', 'a', 'b']);
});

test('a site whose next call cannot be paid for does not hold up another one', () => {
  const queue = createCallQueue({ ...rich, isAffordable: ({ units }) => units < 5 });
  queue.add(waiting('a', { units: 5 }));
  queue.add(waiting('b'));

  expect(scopesStarted(queue)).toEqual(['b']);
});

test('a pause of one site holds up that site, a pause of all holds up everything', () => {
  const queue = createCallQueue(rich);
  queue.pause('a', 5000);
  for (const scope of ['a', 'b']) queue.add(waiting(scope));
  const during = scopesStarted(queue, 4999);
  queue.pause(null, 9000);
  queue.add(waiting('b'));

  expect(during).toEqual(['b']);
  expect([queue.pausedUntil('a'), queue.pausedUntil('b')]).toEqual([9000, 9000]);
  expect([scopesStarted(queue, 8999), scopesStarted(queue, 9000)]).toEqual([[], ['a', 'b']]);
});

test('a shorter pause does not end a longer one', () => {
  const queue = createCallQueue(rich);
  queue.pause('a', 5000);
  queue.pause('a', 1000);

  expect(queue.pausedUntil('a')).toBe(5000);
});

test('a call is overdue when its deadline comes, or when it lies within a pause', () => {
  const queue = createCallQueue(rich);
  queue.add(waiting('a', { deadline: 1000 }));
  queue.add(waiting('a', { deadline: 2000 }));
  queue.add(waiting('b', { deadline: 2000 }));
  queue.pause('b', 3000);

  const late = queue.overdue(1000).map(({ scope, deadline }) => `${scope} ${deadline}`);

  expect(late).toEqual(['a 1000', 'b 2000']);
  expect(queue.wakesAt().filter(moment => moment > 1000)).toEqual([2000, 3000]);
});

test('without a call that waits there is nothing to wake for', () => {
  const queue = createCallQueue(rich);
  queue.pause('a', 5000);

  expect(queue.wakesAt()).toEqual([]);
});

test('units of calls under way are counted until they end', () => {
  const queue = createCallQueue(rich);
  queue.add(waiting('a', { units: 2 }));
  const call = queue.next(0);
  const during = queue.unitsUnderWay();
  if (call) queue.finish(call);

  expect([during, queue.unitsUnderWay()]).toEqual([2, 0]);
});
