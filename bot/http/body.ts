import type { IncomingMessage, ServerResponse } from 'node:http';
import secureJson from 'secure-json-parse';

/** The largest body of JSON a client may send, in bytes. */
const mostOfJson = 256 * 1024;
/** How deep JSON may nest. No honest client comes near, and code that walks a value by calling itself stays safe. */
const deepest = 64;

/**
 * What the routes answer to a body they do not take. `message` is for the author of the client, and quotes none of it.
 */
export class BodyRefused extends Error {
  override readonly name = 'BodyRefused';
  readonly status: 400 | 413 | 415;

  constructor(status: BodyRefused['status'], message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Reads the JSON of a request. The caller has checked the token first: until then nothing of a body is taken in.
 * Nothing here unpacks, guesses a format or touches the disk, and what is too much is not read on.
 * @throws BodyRefused 415 for anything but plain `application/json`, 413 over the limit, 400 for what is no JSON.
 */
export async function readJson(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  if (!hasBody(request)) throw new BodyRefused(400, 'Expected a body of JSON');
  return parse(await readBody(request, response, { type: 'application/json', is: isJson, most: mostOfJson }));
}

/**
 * Reads a file that a request brings, by the same rules. An empty one is a file.
 * @throws BodyRefused 415 for anything but `application/octet-stream`, 413 over the limit, 400 when it was cut off.
 */
export async function readFile(request: IncomingMessage, response: ServerResponse, most: number): Promise<Uint8Array> {
  return readBody(request, response, { type: 'application/octet-stream', is: isOctetStream, most });
}

interface Expected {
  readonly type: string;
  readonly is: (type: string | undefined) => boolean;
  /** In bytes. */
  readonly most: number;
}

async function readBody(request: IncomingMessage, response: ServerResponse, expected: Expected): Promise<Buffer> {
  const { type: name, is, most } = expected;
  const { 'content-encoding': encoding, 'content-type': type, 'content-length': length, expect } = request.headers;
  if (encoding !== undefined && !/^identity$/i.test(encoding.trim())) {
    throw new BodyRefused(415, 'Expected a body without Content-Encoding');
  }
  if (!is(type)) throw new BodyRefused(415, `Expected Content-Type: ${name}`);
  if (length !== undefined && Number(length) > most) throw tooLarge(most);
  // The client asked whether to send its body at all; Node leaves the answer to us.
  if (expect !== undefined) response.writeContinue();

  return bytesOf(request, most);
}

/** Whether a request announces a body, read or not. */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

function isJson(type: string | undefined): boolean {
  return /^\s*application\/json\s*(;\s*charset\s*=\s*("utf-8"|utf-8)\s*)?;?\s*$/i.test(type ?? '');
}

function isOctetStream(type: string | undefined): boolean {
  return /^\s*application\/octet-stream\s*$/i.test(type ?? '');
}

function tooLarge(most: number): BodyRefused {
  return new BodyRefused(413, `Expected a body of at most ${most / 1024} KiB`);
}

function bytesOf(request: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    // A client that hung up before sends nothing more, and would be waited for in vain.
    if (request.destroyed) return reject(cutOff());

    function settle(outcome: () => void): void {
      request.off('data', take).off('end', finish).off('close', lose).off('error', lose);
      outcome();
    }
    function take(chunk: Buffer): void {
      size += chunk.length;
      if (size <= most) return void chunks.push(chunk);
      request.pause();
      settle(() => reject(tooLarge(most)));
    }
    function finish(): void {
      settle(() => resolve(Buffer.concat(chunks, size)));
    }
    function lose(): void {
      settle(() => reject(cutOff()));
    }
    request.on('data', take).once('end', finish).once('close', lose).once('error', lose);
  });
}

function cutOff(): BodyRefused {
  return new BodyRefused(400, 'The body ended before it was whole');
}

function parse(bytes: Buffer): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BodyRefused(400, 'Expected a body in UTF-8');
  }
  if (nestsDeeper(text, deepest)) throw new BodyRefused(400, `Expected JSON that nests at most ${deepest} levels deep`);
  try {
    // Keys that would reach into prototypes when code copies the value are left out.
    return secureJson.parse(text, null, { protoAction: 'remove', constructorAction: 'remove' });
  } catch {
    throw new BodyRefused(400, 'Expected a body of JSON');
  }
}

/** Looked at before it is parsed, so that no depth costs more than one pass over the text. */
function nestsDeeper(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      if (++depth > limit) return true;
    } else if (character === '}' || character === ']') depth--;
  }
  return false;
}
