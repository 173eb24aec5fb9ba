import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey, JWTVerifyOptions } from 'jose';
import { z } from 'zod';
import { CommunityError } from '../../domain/errors.ts';
import { errorText } from '../shared/error-text.ts';

/** For how long keys are good without looking again, in milliseconds: as long as Bot Framework itself keeps them. */
const keptFor = 24 * 3_600_000;
/**
 * For how long an unknown key is unknown without another look, in milliseconds: a stranger can make up names of keys.
 */
const pause = 30_000;
/** For how long a server that did not answer is not asked for keys again, in milliseconds. */
const pauseAfterFailure = 10_000;

/** A token that was signed by whom it says, for us, and is good now. */
export interface Bearer {
  readonly token: string;
  readonly claims: JWTPayload;
}

export type BearerCheck = (authorization: string | undefined) => Promise<Bearer>;

export interface BearerParts {
  /** Whose keys, for messages: `Entra`. */
  readonly issuedBy: string;
  readonly issuer: string;
  readonly audience: string;
  /** Seconds by which clocks may differ. */
  readonly clockTolerance: number;
  readonly keys: JWTVerifyGetKey;
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
      const { payload } = await jwtVerify(token, keys, options);
      return { token, claims: payload };
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

export interface KeysParts {
  /** Where the keys are, or where the OpenID description is that says where they are. */
  readonly at: { readonly keys: string } | { readonly description: string };
  readonly fetch: typeof globalThis.fetch;
  readonly now?: () => number;
}

/**
 * The public keys of an issuer, fetched when they are first needed, kept for a day, and looked for anew when a token
 * names one that is not known. A client that makes up names, or calls while the keys cannot be had, causes one look a
 * while.
 */
export function createKeys({ at, fetch, now = Date.now }: KeysParts): JWTVerifyGetKey {
  let nextLook = 0;
  let set: Promise<JWTVerifyGetKey> | undefined;

  const patiently: typeof globalThis.fetch = async (input, init) => {
    if (now() < nextLook) throw new Error('there was no answer a moment ago');
    return fetch(input, init);
  };

  async function open(): Promise<JWTVerifyGetKey> {
    const address = 'keys' in at ? at.keys : await addressIn(at.description);
    const options = { [customFetch]: patiently, cacheMaxAge: keptFor, cooldownDuration: pause };
    return createRemoteJWKSet(new URL(address), options);
  }

  async function addressIn(description: string): Promise<string> {
    const response = await patiently(description, { redirect: 'error', signal: AbortSignal.timeout(5000) });
    if (!response.ok) throw new Error(`the description answered ${response.status}`);
    return z.object({ jwks_uri: z.url() }).parse(await response.json()).jwks_uri;
  }

  function opened(): Promise<JWTVerifyGetKey> {
    set ??= open().catch((error: unknown) => {
      set = undefined;
      throw error;
    });
    return set;
  }

  return async (header, token) => {
    try {
      return await (await opened())(header, token);
    } catch (error) {
      if (aboutTheToken.some(one => error instanceof one)) throw error;
      if (now() >= nextLook) nextLook = now() + pauseAfterFailure;
      throw new KeysUnreadable(errorText(error));
    }
  };
}

/** What a set of keys says of a token; everything else it throws is about the keys. */
const aboutTheToken = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];
