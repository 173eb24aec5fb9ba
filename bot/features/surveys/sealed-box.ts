import { randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, deflateRaw, inflateRaw } from 'node:zlib';
import { compactDecrypt, CompactEncrypt, errors } from 'jose';
import type { Sheet } from '../../../domain/surveys/survey.ts';

import type { Place } from './survey-keys.ts';
import type { TornQuestion } from '../../../domain/surveys/results.ts';

/** What was in a box when it was closed, torn into questions. */
export interface Counted {
  readonly answered: number;
  readonly questions: TornQuestion[];
}

/**
 * What is in a ballot box: while it is open who has answered, and apart from them what was answered; then what is to be
 * counted.
 */
export interface Contents {
  readonly voters: readonly string[];
  readonly ballots: readonly { readonly token: string; readonly sheet: Sheet }[];
  readonly torn: Counted | null;
}

export const nothing: Contents = { voters: [], ballots: [], torn: null };

/**
 * A box weighs 16 or 32 KiB, or a multiple of 64: its weight tells neither how many answered nor how much they wrote.
 */
const lightest = 16 * 1024;
const step = 4 * lightest;
const lengthBytes = 4;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/**
 * A compact JWE. People and answers stand in an order thrown anew each time, so that none of two seals side by side
 * tells a place.
 */
export async function seal({ voters, ballots, torn }: Contents, key: Uint8Array, place: Place): Promise<string> {
  const text = JSON.stringify({ voters: shuffled(voters), ballots: shuffled(ballots), torn } satisfies Contents);
  const small = await deflate(text, { level: constants.Z_BEST_SPEED });
  const padded = Buffer.alloc(weightOf(small.length + lengthBytes));
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
    const opened = await compactDecrypt(sealed, key, { contentEncryptionAlgorithms: ['A256GCM'] }).catch(
      unlessAnotherKey,
    );
    // A box that was moved to the row of another survey by hand is none of that survey's.
    if (opened?.protectedHeader['box'] !== nameOf(place)) continue;
    const padded = Buffer.from(opened.plaintext);
    const small = padded.subarray(lengthBytes, lengthBytes + padded.readUInt32BE());
    // No schema: the seal proves that this is what was sealed here, and for thousands of answers a schema takes longer
    // than the rest.
    return { contents: JSON.parse((await inflate(small)).toString()) as Contents, key };
  }
  return undefined;
}

function weightOf(bytes: number): number {
  if (bytes <= lightest) return lightest;
  return bytes <= 2 * lightest ? 2 * lightest : Math.ceil(bytes / step) * step;
}

/** By random numbers of the operating system, which cannot be drawn again. */
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
