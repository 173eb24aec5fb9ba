import type { IncomingMessage, ServerResponse } from 'node:http';
import onHeaders from 'on-headers';
import { hasBody } from './body.ts';

/** A body of this many bytes, said beforehand, is cheaper to let pass than a new connection. */
const worthDropping = 64 * 1024;
/** For how long a client that still sends may pick up the answer, in milliseconds. */
const lingers = 500;

/**
 * An answer that comes before the whole body did ends the connection. Node would read the rest of the body to its end,
 * a gigabyte if need be, to keep the connection. And it would close the socket with the answer's last byte, at which
 * the network throws the answer away while the other side still sends (RFC 9112, 9.6): so it is closed in two steps.
 */
export function closeOverUnreadBody(request: IncomingMessage, response: ServerResponse): void {
  if (!hasBody(request) || Number(request.headers['content-length']) <= worthDropping) return;
  onHeaders(response, () => {
    if (request.complete) return;
    response.setHeader('Connection', 'close');
    // Marks the body as read, or Node reads it once the answer is out. No code takes it, so its buffer stays full.
    request.pause();
    request.read(0);
    const { socket } = request;
    socket.destroySoon = () => {
      socket.end();
      setTimeout(() => socket.destroy(), lingers).unref();
    };
  });
}
