import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  jwtVerify,
  SignJWT,
  type JWK,
  type JWTPayload,
} from 'jose';
import type { Store } from '../store.ts';

/** One RS256 key pair that is kept in the store, so that what it signed is still good after a restart. */
export interface SigningKey {
  /** Signs these claims; `iat`, `nbf` and `exp` are added in real time. */
  sign(claims: JWTPayload, lifetimeSeconds: number): Promise<string>;
  /**
   * The claims of a token signed by this key. Throws jose's errors: `ERR_JWT_EXPIRED`,
   * `ERR_JWT_CLAIM_VALIDATION_FAILED`, `ERR_JWS_…`.
   */
  verify(
    token: string,
    expected: { readonly issuer: string; readonly audience: string | string[] },
  ): Promise<JWTPayload>;
  /** The public half, as a JWKS endpoint shows it. */
  readonly published: JWK;
}

export async function openKey(store: Store, name: string): Promise<SigningKey> {
  const keys = store.collection<JWK>('entra.keys');
  const known = keys.get(name) ?? (await makeKey());
  keys.put(name, known);

  const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...published } = known;
  const privateKey = await importJWK(known, 'RS256');
  const publicKey = await importJWK(published, 'RS256');
  const header = { alg: 'RS256', typ: 'JWT', kid: String(known.kid) };

  return {
    published,
    sign(claims, lifetimeSeconds) {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({ ...claims, iat: now, nbf: now, exp: now + lifetimeSeconds })
        .setProtectedHeader(header)
        .sign(privateKey);
    },
    async verify(token, expected) {
      const { payload } = await jwtVerify(token, publicKey, { ...expected, algorithms: ['RS256'], clockTolerance: 5 });
      return payload;
    },
  };
}

async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(key);
  return { ...key, kid, x5t: kid, use: 'sig', alg: 'RS256' };
}
