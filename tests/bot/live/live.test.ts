import { expect, test } from '@jest/globals';
import { createLive } from '../../../bot/live/live.ts';
import type { News, RelayListener } from '../../../bot/live/relay.ts';
import { liveTopics } from '../../../domain/live/live.ts';
import { eventually } from '../../support/engines.ts';

/** A server's own side, with a relay whose other end is the test. */
function server(spent = 0) {
  const sent: News[] = [];
  const forgotten: string[] = [];
  let others: RelayListener | undefined;
  const live = createLive({
    relay: {
      send: news => void sent.push(news),
      listen: listener => void (others = listener),
      stop: async () => {},
    },
    spent: () => spent,
    peopleChanged: community => void forgotten.push(community),
  });
  const heard: unknown[] = [];
  const listen = (community: string) =>
    live.listen(community, {
      changed: topics => void heard.push([community, ...topics]),
      people: () => void heard.push([community, 'people']),
      here: people => void heard.push([community, ...people.map(({ name }) => name)]),
      ended: () => void heard.push([community, 'ended']),
    });
  return { live, sent, forgotten, heard, listen, others: () => others! };
}

test('what changes in one moment is told once, here and to the other servers, each community its own', async () => {
  const { live, sent, heard, listen } = server();
  listen('a');
  listen('b');
  for (const topic of ['plan', 'plan', 'roles'] as const) live.tell('a', topic);
  live.tell('b', 'charter');

  await eventually('the news', () => heard.length === 2);
  expect(heard).toEqual([
    ['a', 'plan', 'roles'],
    ['b', 'charter'],
  ]);
  expect(sent).toEqual([
    { community: 'a', topics: ['plan', 'roles'], people: false },
    { community: 'b', topics: ['charter'], people: false },
  ]);
});

test('whoever comes a moment after a change hears of it, of their community’s alone', async () => {
  const { live, heard, listen } = server();
  const leave = listen('a');
  live.tell('a', 'plan');
  live.tell('b', 'charter');
  await eventually('the news', () => heard.length === 1);
  leave();
  heard.length = 0;

  listen('a');
  listen('c');

  expect(heard).toEqual([['a', 'plan']]);
});

test('while SharePoint’s units are scarce it waits longer', async () => {
  const { live, heard, listen } = server(0.9);
  listen('a');
  live.tell('a', 'plan');
  await new Promise(resolve => setTimeout(resolve, 300));

  expect(heard).toEqual([]);
  await eventually('the news', () => heard.length === 1, 10_000);
});

test('what other servers tell is heard and not sent on', () => {
  const { sent, heard, listen, others, forgotten } = server();
  listen('a');
  others().hear({ community: 'a', topics: ['plan'], people: false }, 'another');
  others().hear({ community: 'a', topics: [], people: true }, 'another');
  others().hear({ community: 'b', topics: ['plan'], people: true }, 'another');

  expect(heard).toEqual([
    ['a', 'plan'],
    ['a', 'people'],
  ]);
  expect(forgotten).toEqual(['a', 'b']);
  expect(sent).toEqual([]);
});

test('after a time in which others could not be heard, everything may have changed', () => {
  const { heard, listen, others } = server();
  listen('a');
  others().missed();

  expect(heard).toEqual([
    ['a', 'people'],
    ['a', ...liveTopics],
  ]);
});

test('who no longer listens hears nothing', () => {
  const { live, heard, listen } = server();
  const stopListening = listen('a');
  listen('a');
  stopListening();
  live.tellPeople('a');

  expect(heard).toEqual([['a', 'people']]);
});

test('when the server stops, everybody hears that it is over', async () => {
  const { live, heard, listen } = server();
  listen('a');
  live.tell('a', 'plan');
  await live.stop();

  expect(heard).toEqual([['a', 'ended']]);
});
