import { request, type IncomingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';

/** What came back. Status 0: the connection ended, or the patience did, before an answer. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly milliseconds: number;
}

export interface Sending {
  readonly port: number;
  readonly method?: string;
  readonly path: string;
  /** A list sends the header that many times. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
  /** The address it comes from: on Linux every 127.x.y.z is this machine. */
  readonly from?: string;
  /** Milliseconds until an answer no longer counts. */
  readonly patience?: number;
}

/** One HTTP request on a connection of its own, as the attacker wants it: nothing is added but Host and the length. */
export function send({
  port,
  method = 'GET',
  path,
  headers = {},
  body,
  from,
  patience = 15_000,
}: Sending): Promise<Answer> {
  const began = performance.now();
  const since = (): number => performance.now() - began;
  return new Promise((resolve, reject) => {
    const nothing = (why: string): void => resolve({ status: 0, headers: {}, body: why, milliseconds: since() });
    try {
      const asked = request({
        host: '127.0.0.1',
        port,
        method,
        path,
        agent: false,
        headers: { ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }), ...headers } as Record<
          string,
          string | string[]
        >,
        ...(from === undefined ? {} : { localAddress: from }),
        signal: AbortSignal.timeout(patience),
      });
      asked.on('error', error => nothing(error.message));
      asked.on('upgrade', (_answer, socket) => (socket.destroy(), nothing('upgraded')));
      asked.on('response', answer => {
        const chunks: Buffer[] = [];
        const done = (): void =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks).toString(),
            milliseconds: since(),
          });
        answer.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          // Events go on for as long as somebody listens: once they have begun, they are an answer.
          if (!answer.headers['content-type']?.startsWith('text/event-stream')) return;
          done();
          answer.destroy();
        });
        answer.on('error', error => nothing(error.message));
        answer.on('end', done);
      });
      asked.end(body);
    } catch (error) {
      // A request that Node's client refuses to write never left: the test is at fault.
      reject(error as Error);
    }
  });
}

/** A bare connection on which anything can be written. It never throws: `ended` says when the server has had enough. */
export interface Wire {
  readonly socket: Socket;
  /** What the server has said so far. */
  heard(): string;
  /** Bytes the server took, as far as this machine knows. */
  taken(): number;
  /** Milliseconds from connecting until the server hung up. */
  readonly ended: Promise<number>;
}

export async function openWire(port: number, from?: string): Promise<Wire> {
  const began = performance.now();
  const socket = connect({ host: '127.0.0.1', port, ...(from === undefined ? {} : { localAddress: from }) });
  let heard = '';
  socket.on('data', (chunk: Buffer) => void (heard += chunk.toString('latin1')));
  socket.on('error', () => {});
  const ended = new Promise<number>(resolve => socket.once('close', () => resolve(performance.now() - began)));
  await Promise.race([new Promise(resolve => socket.once('connect', resolve)), ended]);
  return { socket, heard: () => heard, taken: () => socket.bytesWritten - socket.writableLength, ended };
}

export function statusIn(heard: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1] ?? 0);
}

/**
 * One of so many addresses that what a single one may ask in a minute does not matter. Other systems have one loopback
 * address only.
 */
export function addressAt(index: number): string {
  return process.platform === 'linux' ? `127.${100 + (index % 100)}.${Math.floor(index / 100) % 250}.1` : '127.0.0.1';
}
