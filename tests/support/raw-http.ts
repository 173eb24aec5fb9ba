import { connect } from 'node:net';

/** What came back over a socket of our own, and how it ended. */
export interface RawAnswer {
  /** null when nothing came. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the server ended the connection within the time given. */
  readonly closed: boolean;
}

export interface RawOptions {
  /** Milliseconds to wait for the server to end the connection. */
  readonly wait?: number;
  readonly from?: string;
}

/** Sends bytes as they are, also such as no HTTP client would send. */
export function sendRaw(
  url: string,
  bytes: string | Buffer | readonly (string | Buffer)[],
  { wait = 2000, from = '127.0.0.1' }: RawOptions = {},
): Promise<RawAnswer> {
  const { port } = new URL(url);
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress: from, allowHalfOpen: true }, () => {
      for (const part of typeof bytes === 'string' || Buffer.isBuffer(bytes) ? [bytes] : bytes) socket.write(part);
    });
    function settle(closed: boolean): void {
      clearTimeout(timer);
      socket.destroy();
      resolve({ ...answerIn(Buffer.concat(chunks).toString('latin1')), closed });
    }
    const timer = setTimeout(() => settle(false), wait);
    socket.on('data', chunk => void chunks.push(chunk));
    socket.once('end', () => settle(true));
    socket.once('close', () => settle(true));
    socket.on('error', () => settle(true));
  });
}

function answerIn(text: string): Omit<RawAnswer, 'closed'> {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3})/.exec(first)?.[1];
  const headers = Object.fromEntries(
    lines.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = Buffer.from(rest.join('\r\n\r\n'), 'latin1').toString();
  return { status: status === undefined ? null : Number(status), headers, body };
}
