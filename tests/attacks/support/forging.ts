import {
  constants,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, decodeProtectedHeader, type JWK } from 'jose';
import type { Microsoft365 } from '../../../infra/local/microsoft365.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** A token that opens a door, taken apart, with the key that signed it: what forgeries are made from. */
export interface Genuine {
  readonly token: string;
  readonly header: Fields;
  readonly claims: Fields;
  readonly key: KeyObject;
  /** What everybody may know of the key. */
  readonly published: KeyObject;
  readonly jwk: JWK;
}

/** What a forger has besides: keys of their own and a server that offers them. */
export interface Forger {
  readonly key: KeyObject;
  readonly jwk: JWK;
  readonly elliptic: KeyObject;
  readonly edwards: KeyObject;
  /** Where the own keys are offered. */
  readonly keyServer: string;
  /** How often somebody asked for them. */
  asked(): number;
  stop(): Promise<void>;
}

export function takeApart(microsoft365: Microsoft365, token: string, keyName: 'entra' | 'bot-service'): Genuine {
  const jwk = microsoft365.store.collection<JWK>('entra.keys').get(keyName)!;
  const key = createPrivateKey({ key: jwk as never, format: 'jwk' });
  const published = createPublicKey(key);
  return {
    token,
    header: decodeProtectedHeader(token) as Fields,
    claims: decodeJwt(token),
    key,
    published,
    jwk: published.export({ format: 'jwk' }) as JWK,
  };
}

export async function startForger(): Promise<Forger> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'own', use: 'sig', alg: 'RS256' } as JWK;
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ keys: [{ ...jwk, endorsements: ['msteams'] }] }));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    key: privateKey,
    jwk,
    elliptic: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    edwards: generateKeyPairSync('ed25519').privateKey,
    keyServer: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    asked: () => asked,
    stop: () => new Promise(resolve => void server.close(() => resolve())),
  };
}

export function encoded(part: unknown): string {
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
}

/** A token in three parts, its signature made however the forger likes. */
export function forge(header: unknown, claims: unknown, signature: string | ((signed: Buffer) => Buffer)): string {
  const signed = `${encoded(header)}.${encoded(claims)}`;
  return `${signed}.${typeof signature === 'string' ? signature : signature(Buffer.from(signed)).toString('base64url')}`;
}

export const by =
  (key: KeyObject, hash = 'sha256') =>
  (signed: Buffer) =>
    sign(hash, signed, key);
export const byPss = (key: KeyObject) => (signed: Buffer) =>
  sign('sha256', signed, {
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  });
export const byElliptic = (key: KeyObject) => (signed: Buffer) =>
  sign('sha256', signed, { key, dsaEncoding: 'ieee-p1363' });
export const byEdwards = (key: KeyObject) => (signed: Buffer) => sign(null, signed, key);
export const bySecret =
  (secret: string | Buffer, hash = 'sha256') =>
  (signed: Buffer) =>
    createHmac(hash, secret).update(signed).digest();

/** These fields without some. */
export function without(fields: Fields, ...names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}
