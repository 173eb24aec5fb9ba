import { STATUS_CODES, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Connections } from './connections.ts';
import type { Noise } from './noise.ts';

const statuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};

export interface UnparsedParts {
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: Pick<Connections, 'answerOf'>;
  readonly noise: Noise;
}

/** Answers what never became a request: no HTTP, headers without end, a body that stops in the middle. */
export function answerUnparsed(server: Server, { headers, connections, noise }: UnparsedParts): void {
  server.on('clientError', (error: NodeJS.ErrnoException, stream) => {
    const socket = stream as Socket;
    const answer = connections.answerOf(socket);
    // A client that hung up reads nothing more, and half an answer cannot be taken back.
    if (error.code === 'ECONNRESET' || !socket.writable || answer?.headersSent) return void socket.destroy();
    const status = statuses[error.code ?? ''] ?? 400;
    noise({ headers: {}, socket }, 'a request could not be read', { status, error: error.code });
    const all = Object.entries({ ...headers, 'Content-Length': '0', Connection: 'close' });
    const lines = all.map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`, () => socket.destroy());
  });
  server.on('checkExpectation', (_request, response) => {
    response.writeHead(417, { ...headers, Connection: 'close' });
    response.end();
  });
}
