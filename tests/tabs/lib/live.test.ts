import { expect, jest, test, afterEach, beforeEach } from '@jest/globals';
import { MutationObserver, QueryClient, QueryObserver } from '@tanstack/react-query';
import { listen, readAnew } from '../../../tabs/lib/live.ts';
import { keys } from '../../../tabs/lib/queries.ts';

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] }));
afterEach(() => void jest.useRealTimers());

const soon = (): Promise<void> => new Promise(resolve => void setImmediate(resolve));
async function someTime(milliseconds: number): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await soon();
  await jest.advanceTimersByTimeAsync(milliseconds);
  for (let turn = 0; turn < 20; turn++) await soon();
}

/** A server whose answers the test writes, one after the other. */
function following() {
  const asked: { path: string; authorization: string | null; signal: AbortSignal }[] = [];
  const answers: ReadableStreamDefaultController<Uint8Array>[] = [];
  let refusal: number | null = null;
  const send: typeof fetch = async (input, init) => {
    const signal = init!.signal!;
    asked.push({ path: String(input), authorization: new Headers(init?.headers).get('authorization'), signal });
    if (refusal !== null) return new Response('{}', { status: refusal });
    return new Response(
      new ReadableStream<Uint8Array>({
        start(controller) {
          answers.push(controller);
          signal.addEventListener('abort', () => controller.error(new Error('aborted')));
        },
      }),
    );
  };
  const heard: string[][] = [];
  const met: string[][] = [];
  let missed = 0;
  const ending = new AbortController();
  const done = listen(
    {
      community: 'team/1',
      token: async () => `token-${asked.length + 1}`,
      editing: 'aims',
      meet: ({ here }) => void met.push(here.map(({ name }) => name)),
      hear: topics => void heard.push([...topics]),
      missed: () => void missed++,
      send,
    },
    ending.signal,
  );
  return {
    asked,
    heard,
    met,
    done,
    end: () => ending.abort(),
    missed: () => missed,
    refuse: (status: number | null) => void (refusal = status),
    says: (text: string) => answers.at(-1)!.enqueue(new TextEncoder().encode(text)),
    closes: () => answers.at(-1)!.close(),
  };
}

test('what the server tells is heard, in whatever pieces it comes', async () => {
  const { asked, heard, met, says, end, done } = following();
  await someTime(0);
  says('data: {"here":[{"id":"p","name":"Priya","editing":null}],"more":0}\n\n');
  says('retry: 2000\n\n:\n\ndata: {"chan');
  says('ged":["plan","roles"]}\n\n');
  says('data: {"changed":["what a newer server knows"]}\n\ndata: {"changed":["charter"]}\n\n');
  await someTime(0);

  expect(asked[0]).toMatchObject({
    path: '/api/communities/team%2F1/live?editing=aims',
    authorization: 'Bearer token-1',
  });
  expect(heard).toEqual([['plan', 'roles'], ['charter']]);
  expect(met).toEqual([['Priya']]);
  end();
  await someTime(0);
  await done;
});

test('an answer that ends is asked for again, with a new token, and what was missed is read', async () => {
  const { asked, missed, closes, end, done } = following();
  await someTime(0);
  closes();
  await someTime(3_001);

  expect(asked.map(({ authorization }) => authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
  expect(missed()).toBe(1);
  end();
  await someTime(0);
  await done;
});

test('a server that is silent for long is given up', async () => {
  const { asked, says, end, done } = following();
  await someTime(0);
  await someTime(40_000);
  says(':\n\n');
  await someTime(40_000);
  expect(asked).toHaveLength(1);
  await someTime(15_000);

  expect(asked[0]!.signal.aborted).toBe(true);
  expect(asked).toHaveLength(2);
  end();
  await someTime(0);
  await done;
});

test('where it does not work, everything is read anew twice a minute or so', async () => {
  const { asked, missed, refuse, end, done } = following();
  refuse(503);
  for (let second = 0; second < 300; second++) await someTime(1_000);

  expect(asked.length).toBeLessThan(25);
  expect(missed()).toBeGreaterThanOrEqual(5);
  end();
  await someTime(0);
  await done;
});

test('who is no member any more is not asked for again', async () => {
  const { asked, refuse, closes, done } = following();
  await someTime(0);
  refuse(404);
  closes();
  await someTime(3_001);
  await done;

  expect(asked).toHaveLength(2);
});

test('once nobody looks, nothing is asked', async () => {
  const { asked, closes, end, done } = following();
  await someTime(0);
  closes();
  await someTime(0);
  end();
  await someTime(60_000);
  await done;

  expect(asked).toHaveLength(1);
});

test('a topic makes what shows it stale, and the overview, in that community alone', async () => {
  const queries = new QueryClient();
  const all = [keys.overview('a'), keys.plan('a'), keys.roles('a'), keys.plan('b'), keys.overview('b')];
  for (const key of all) queries.setQueryData(key, 1);

  readAnew(queries, 'a', ['plan']);
  await someTime(0);

  expect(all.filter(key => queries.getQueryState(key)?.isInvalidated)).toEqual([keys.overview('a'), keys.plan('a')]);
});

test('what is being read for the first time is asked again: it may be what was before the change', async () => {
  const queries = new QueryClient();
  const answers: ((answer: string) => void)[] = [];
  const queryFn = () => new Promise<string>(resolve => void answers.push(resolve));
  const shown = new QueryObserver(queries, { queryKey: keys.plan('a'), queryFn });
  const stopWatching = shown.subscribe(() => {});
  await someTime(0);

  readAnew(queries, 'a', ['plan']);
  await someTime(0);
  answers[0]!('before');
  answers[1]?.('after');
  await someTime(0);

  expect(shown.getCurrentResult().data).toBe('after');
  stopWatching();
});

test('while a change of one’s own is being saved, what it shows already is not taken back', async () => {
  const queries = new QueryClient();
  queries.setQueryData(keys.plan('a'), 'as I moved it');
  const isStale = (): boolean | undefined => queries.getQueryState(keys.plan('a'))?.isInvalidated;
  let save: (() => void) | undefined;
  const saving = new MutationObserver(queries, {
    mutationFn: () => new Promise<void>(resolve => void (save = resolve)),
  }).mutate();
  await someTime(0);

  readAnew(queries, 'a', ['plan']);
  expect(isStale()).toBe(false);
  save!();
  await someTime(0);
  await saving;

  expect(isStale()).toBe(true);
});
