import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import type { Response } from 'restify';
import { sendEvents } from '../../../bot/http/events.ts';
import type { Events } from '../../../domain/endpoint.ts';
import { eventually } from '../../support/engines.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server whose every answer is these events. */
async function serving(events: Events<unknown>, beat?: number): Promise<number> {
  server = createServer((_request, response) => sendEvents(response as unknown as Response, events, beat));
  await new Promise<void>(resolve => server!.listen(0, resolve));
  return (server.address() as { port: number }).port;
}

function ask(port: number, method = 'GET'): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => request({ port, method }, resolve).on('error', reject).end());
}

test('events come as they are sent, and the answer ends when there are no more', async () => {
  const port = await serving(({ send, end }) => {
    send({ changed: ['plan'] });
    send({ changed: ['roles'] });
    end();
    return () => {};
  });

  const answer = await ask(port);
  const said = (await answer.toArray()).join('');

  expect(answer.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  expect(said).toBe('retry: 2000\n\ndata: {"changed":["plan"]}\n\ndata: {"changed":["roles"]}\n\n');
});

test('while nothing happens it says that it is still there', async () => {
  const port = await serving(() => () => {}, 20);
  const answer = await ask(port);
  let said = '';
  answer.on('data', chunk => void (said += String(chunk)));

  await eventually('two beats', () => said.split(':\n\n').length > 2);
  answer.destroy();
});

test('once the client is gone, nobody is listened for', async () => {
  let closed = 0;
  const port = await serving(() => () => void closed++);
  const answer = await ask(port);
  answer.destroy();

  await eventually('the end', () => closed === 1);
});

test('a client that does not fetch what it is sent is cut off', async () => {
  let closed = 0;
  let send: ((event: unknown) => void) | undefined;
  const port = await serving(to => {
    ({ send } = to);
    return () => void closed++;
  }, 50);
  const answer = await ask(port);
  answer.pause();
  const lump = 'x'.repeat(1_000_000);
  for (let count = 0; count < 20; count++) send!(lump);

  await eventually('the cut', () => closed === 1);
  expect(answer.readableEnded).toBe(false);
});

test('whoever asks for the head alone holds nothing open', async () => {
  let opened = 0;
  const port = await serving(() => {
    opened++;
    return () => {};
  });
  const answer = await ask(port, 'HEAD');

  expect(await answer.toArray()).toEqual([]);
  expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  expect(opened).toBe(0);
});
