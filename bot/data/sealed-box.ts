import { randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, deflateRaw, inflateRaw } from 'node:zlib';
import { compactDecrypt, CompactEncrypt, errors } from 'jose';
import { z } from 'zod';
import { Sheet } from '../../domain/survey.ts';
import type { Place } from './survey-keys.ts';

const Torn = z.object({
  answered: z.number().int(),
  questions: z.array(z.object({ question: z.string(), sheets: z.array(Sheet) })),
});

/** What is in a ballot box: while it is open who has answered, and apart from them what was answered; then what is to be counted. */
export const Contents = z.object({
  voters: z.array(z.string()),
  ballots: z.array(z.object({ token: z.string(), sheet: Sheet })),
  torn: Torn.nullable(),
});
export type Contents = z.infer<typeof Contents>;

export const nothing: Contents = { voters: [], ballots: [], torn: null };

/** A box weighs at least this many bytes, and then twice as many, and so on: its weight tells neither how many answered nor how long. */
const lightest = 16 * 1024;
const lengthBytes = 4;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** A compact JWE. People and answers stand in an order thrown anew each time, so that none of two seals side by side tells a place. */
export async function seal({ voters, ballots, torn }: Contents, key: Uint8Array, place: Place): Promise<string> {
  const text = JSON.stringify({ voters: shuffled(voters), ballots: shuffled(ballots), torn } satisfies Contents);
  const small = await deflate(text, { level: constants.Z_BEST_SPEED });
  const weight = lightest * 2 ** Math.max(0, Math.ceil(Math.log2((small.length + lengthBytes) / lightest)));
  const padded = Buffer.alloc(weight);
  padded.writeUInt32BE(small.length);
  small.copy(padded, lengthBytes);
  return new CompactEncrypt(padded).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', box: nameOf(place) }).encrypt(key);
}

/** Opens with whichever of these keys fits; undefined when none does. */
export async function unseal(
  sealed: string,
  keys: readonly Uint8Array[],
  place: Place,
): Promise<{ readonly contents: Contents; readonly key: Uint8Array } | undefined> {
  for (const key of keys) {
    const opened = await compactDecrypt(sealed, key, { contentEncryptionAlgorithms: ['A256GCM'] }).catch(unlessAnotherKey);
    // A box that somebody moved to the row of another survey is none of that survey's.
    if (opened?.protectedHeader['box'] !== nameOf(place)) continue;
    const padded = Buffer.from(opened.plaintext);
    const small = padded.subarray(lengthBytes, lengthBytes + padded.readUInt32BE());
    return { contents: Contents.parse(JSON.parse((await inflate(small)).toString())), key };
  }
  return undefined;
}

/** By dice of the operating system: nobody can throw them again. */
export function shuffled<T>(list: readonly T[]): T[] {
  const mixed = [...list];
  for (let place = mixed.length - 1; place > 0; place--) {
    const other = randomInt(place + 1);
    [mixed[place], mixed[other]] = [mixed[other] as T, mixed[place] as T];
  }
  return mixed;
}

function nameOf({ community, survey }: Place): string {
  return `${community} ${survey}`;
}

function unlessAnotherKey(error: unknown): undefined {
  if (!(error instanceof errors.JWEDecryptionFailed)) throw error;
}
