import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey, JWTVerifyOptions } from 'jose';
import { z } from 'zod';
import { CommunityError } from '../../domain/errors.ts';
import { errorText } from '../shared/error-text.ts';

/** After how long keys are read again, in milliseconds: from then on a key that was withdrawn is refused. */
const readAgainAfter = 3_600_000;
/** For how long keys are good that could not be read again, in milliseconds. */
const goodFor = 24 * 3_600_000;
/**
 * For how long an unknown key is unknown without another look, in milliseconds: keys roll when Microsoft likes, and a
 * stranger can make up names of keys.
 */
const pause = 30_000;
/** For how long a server that did not answer is not asked for keys again, in milliseconds. */
const pauseAfterFailure = 10_000;
/** For how long keys that could not be read again are not asked for, in milliseconds. */
const pauseBeforeReadingAgain = 300_000;

/** A token that was signed by whom it says, for us, and is good now. */
export interface Bearer {
  readonly token: string;
  readonly claims: JWTPayload;
  /** The channels of the Bot Framework that the key may sign for; empty where a key says nothing of channels. */
  readonly endorsements: readonly string[];
}

export type BearerCheck = (authorization: string | undefined) => Promise<Bearer>;

export interface BearerParts {
  /** Whose keys, for messages: `Entra`. */
  readonly issuedBy: string;
  readonly issuer: string;
  readonly audience: string;
  /** Seconds by which clocks may differ. */
  readonly clockTolerance: number;
  readonly keys: Keys;
}

/**
 * Checks `Authorization: Bearer …` before anything else of a request is looked at: signature, issuer, audience,
 * lifetime. The token itself is in no error: neither are its claims.
 * @throws CommunityError `sign-in-needed` for whatever is wrong with the token, `unavailable` when the keys are not
 * there.
 */
export function createBearerCheck({ issuedBy, keys, ...expected }: BearerParts): BearerCheck {
  const options: JWTVerifyOptions = { ...expected, algorithms: ['RS256'], requiredClaims: ['exp', 'iss', 'aud'] };

  return async authorization => {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    if (!token) throw new CommunityError('sign-in-needed', 'expected the header Authorization: Bearer <token>');
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys.find, options);
      return { token, claims: payload, endorsements: keys.endorsements(protectedHeader.kid) };
    } catch (error) {
      if (error instanceof KeysUnreadable) {
        throw new CommunityError('unavailable', `the keys of ${issuedBy} could not be read: ${error.message}`);
      }
      // Whatever else a library makes of what a client sent as a token: it is not a good one.
      const fault = error instanceof errors.JOSEError ? error.code : 'malformed';
      throw new CommunityError('sign-in-needed', `the token was not accepted: ${fault}`);
    }
  };
}

class KeysUnreadable extends Error {
  override readonly name = 'KeysUnreadable';
}

export interface Keys {
  readonly find: JWTVerifyGetKey;
  /** What the key of this name is endorsed for. */
  endorsements(name: string | undefined): readonly string[];
}

export interface KeysParts {
  /** Where the keys are, or where the OpenID description is that says where they are. */
  readonly at: { readonly keys: string } | { readonly description: string };
  readonly fetch: typeof globalThis.fetch;
}

/**
 * The public keys of an issuer: fetched when they are first needed, read again every hour, kept for a day where they
 * cannot be read, and looked for anew when a token names one that is not known. A client that makes up names, or calls
 * while the keys cannot be had, causes one look a while.
 * @see https://learn.microsoft.com/entra/identity-platform/signing-key-rollover
 */
export function createKeys({ at, fetch }: KeysParts): Keys {
  let nextLook = 0;
  let readAgainAt = 0;

  const patiently: typeof globalThis.fetch = async (input, init) => {
    if (Date.now() < nextLook) throw new Error('there was no answer a moment ago');
    return fetch(input, init);
  };

  // The description is asked with each look: where the keys are can change as the keys do.
  const look: typeof globalThis.fetch = async (_address, init) =>
    patiently('keys' in at ? at.keys : await addressIn(at.description), init);
  const set = createRemoteJWKSet(new URL('keys' in at ? at.keys : at.description), {
    [customFetch]: look,
    cacheMaxAge: goodFor,
    cooldownDuration: pause,
  });

  async function addressIn(description: string): Promise<string> {
    const response = await patiently(description, { redirect: 'error', signal: AbortSignal.timeout(5000) });
    if (!response.ok) throw new Error(`the description answered ${response.status}`);
    return z.object({ jwks_uri: z.url() }).parse(await response.json()).jwks_uri;
  }

  /** Whoever comes first after an hour waits for the answer; without one, the keys of before go on. */
  async function readAgain(): Promise<void> {
    if (!set.fresh || Date.now() < readAgainAt) return;
    readAgainAt = Date.now() + pauseBeforeReadingAgain;
    await set.reload().then(
      () => (readAgainAt = Date.now() + readAgainAfter),
      () => undefined,
    );
  }

  return {
    async find(header, token) {
      if (!set.fresh) readAgainAt = Date.now() + readAgainAfter;
      try {
        await readAgain();
        return await set(header, token);
      } catch (error) {
        if (aboutTheToken.some(one => error instanceof one)) throw error;
        if (Date.now() >= nextLook) nextLook = Date.now() + pauseAfterFailure;
        throw new KeysUnreadable(errorText(error));
      }
    },
    endorsements(name) {
      const key = set.jwks()?.keys.find(({ kid }) => kid === name);
      return Endorsed.parse(key ?? {}).endorsements;
    },
  };
}

const Endorsed = z.object({ endorsements: z.array(z.string()).catch([]) });

/** What a set of keys says of a token; everything else it throws is about the keys. */
const aboutTheToken = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];
