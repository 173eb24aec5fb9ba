import type { Response } from 'restify';
import type { Events } from '../../domain/endpoint.ts';

/** How often an open answer says that it is still there, in milliseconds: proxies end what is silent for a minute. */
const beat = 20_000;

/** After how many milliseconds a client whose answer ended asks again, unless it knows better. */
const askAgainAfter = 2_000;

/**
 * Sends events until the client or the server ends it. A client that has not fetched what it was sent by the next beat
 * is cut off: nothing is kept for it, and when it comes back it reads everything anew.
 * @see HTML Living Standard, 9.2 Server-sent events
 */
export function sendEvents(response: Response, events: Events<unknown>, every = beat): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    // A proxy that packs or keeps it would hand it on in lumps.
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  // Whoever asks about it alone gets no body, and would hold an open answer all the same.
  if (response.req.method === 'HEAD') return void response.end();
  response.write(`retry: ${askAgainAfter}\n\n`);
  const close = events({
    send: event => void (response.writableEnded || response.write(`data: ${JSON.stringify(event)}\n\n`)),
    end: () => void response.end(),
  });
  const beats = setInterval(() => {
    if (response.writableNeedDrain) response.destroy();
    else response.write(':\n\n');
  }, every);
  response.once('close', () => {
    clearInterval(beats);
    close();
  });
}
