import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  jwtVerify,
  SignJWT,
  type JWK,
  type JWTPayload,
} from 'jose';
import type { Store } from '../store.ts';

/**
 * RS256 key pairs of one signer, kept in the store, so that what they signed is still good after a restart. They roll at
 * any time, and whoever checks a signature finds the key in what is published, by its name.
 */
export interface SigningKeys {
  /** Signs these claims; `iat`, `nbf` and `exp` are added in real time. */
  sign(claims: JWTPayload, lifetimeSeconds: number): Promise<string>;
  /**
   * The claims of a token signed by a key that is published. Throws jose's errors: `ERR_JWT_EXPIRED`,
   * `ERR_JWT_CLAIM_VALIDATION_FAILED`, `ERR_JWKS_NO_MATCHING_KEY`, `ERR_JWS_…`.
   */
  verify(
    token: string,
    expected: { readonly issuer: string; readonly audience: string | string[] },
  ): Promise<JWTPayload>;
  /** The public halves, as a JWKS endpoint shows them: always more than one, in an order that says nothing. */
  published(): readonly JWK[];
  /** Signs with a key from now on that nobody has seen before; what the one before signed stays good. */
  roll(): Promise<void>;
  /** Publishes the keys no longer that signed before the present one. */
  withdrawEarlier(): void;
}

/** A key of Microsoft's that signs for others: it is published beside each signer's own. */
const another: JWK = {
  kty: 'RSA',
  use: 'sig',
  alg: 'RS256',
  kid: 'ah6xXefzDmUK8I_xdqBU_Kr_F-vdYPaZtSZ8E7KFn4g',
  x5t: 'ah6xXefzDmUK8I_xdqBU_Kr_F-vdYPaZtSZ8E7KFn4g',
  n: [
    'k4zj_M42e_kstp7I1BdHlmVNhmcC1KD7rQovaNz97VQt0N_Wd81NCRUg6SCWAZm8klhkuH4f4gw0LWUluE1O51FpkGkoufVTBkJ4YxcgMKzz',
    'VIrVhQuevkefYTP4PxMTueeHmA57hadzArAAAQtd7wVqE4XdD6TqfqdukVBMXiO0p03BVMLQ4NUTCzEot5iMCKTNybIMmkq1qiLa3Pf5kK7P',
    'qDSjo1SpGn6xsXNgYoEVQsyAPKdc3V028i9b7Xay5Zl-t4pM1n8MuQYQy5Wzdx-8VWxRJHTi0q1tBbBnyc_amPlZWbYX4lYlpNJSMc4vpoJu',
    'FkXryK8Tq7CO_SDAnQ',
  ].join(''),
  e: 'AQAB',
};

export async function openKeys(store: Store, name: string): Promise<SigningKeys> {
  const kept = store.collection<JWK>('entra.keys');
  if (!kept.get(name)) kept.put(name, await makeKey());
  const present = (): JWK => {
    const key = kept.get(name);
    if (!key) throw new Error(`the signer ${name} has no key`);
    return key;
  };
  const earlier = (): [string, JWK][] => [...kept.entries()].filter(([id]) => id.startsWith(`${name}/`));
  const published = (): JWK[] =>
    [another, present(), ...earlier().map(([, key]) => key)]
      .map(({ d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...shown }) => shown)
      .toSorted((a, b) => String(a.kid).localeCompare(String(b.kid)));

  return {
    published,
    async sign(claims, lifetimeSeconds) {
      const now = Math.floor(Date.now() / 1000);
      const key = present();
      return new SignJWT({ ...claims, iat: now, nbf: now, exp: now + lifetimeSeconds })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: String(key.kid) })
        .sign(await importJWK(key, 'RS256'));
    },
    async verify(token, expected) {
      const options = { ...expected, algorithms: ['RS256'], clockTolerance: 5 };
      const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: published() }), options);
      return payload;
    },
    async roll() {
      const next = await makeKey();
      store.together(() => {
        kept.put(`${name}/${present().kid}`, present());
        kept.put(name, next);
      });
    },
    withdrawEarlier() {
      store.together(() => {
        for (const [id] of earlier()) kept.delete(id);
      });
    },
  };
}

async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(key);
  return { ...key, kid, x5t: kid, use: 'sig', alg: 'RS256' };
}
