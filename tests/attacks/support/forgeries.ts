import {
  by,
  byEdwards,
  byElliptic,
  byPss,
  bySecret,
  encoded,
  forge,
  without,
  type Fields,
  type Forger,
  type Genuine,
} from './forging.ts';

/** A token that nobody issued, and what is wrong with it. The same for both doors. */
export interface Forgery {
  readonly threat: string;
  make(genuine: Genuine, forger: Forger): string;
}

const pem = ({ published }: Genuine): string => String(published.export({ type: 'spki', format: 'pem' }));
/** The header of the genuine token with changes, and the forger's signature under the genuine claims. */
const ownKey =
  (change: (genuine: Genuine, forger: Forger) => Fields) =>
  (genuine: Genuine, forger: Forger): string =>
    forge({ ...genuine.header, ...change(genuine, forger) }, genuine.claims, by(forger.key));
const unsigned =
  (header: Fields) =>
  ({ claims }: Genuine): string =>
    forge(header, claims, '');
const keyedHash =
  (alg: string, secret: (genuine: Genuine) => string | Buffer) =>
  (genuine: Genuine): string =>
    forge({ ...genuine.header, alg }, genuine.claims, bySecret(secret(genuine), alg.replace('HS', 'sha')));
const partsOf = ({ token }: Genuine) => token.split('.') as [string, string, string];
/** The genuine token with another signature. */
const resigned =
  (signature: (genuine: string) => string) =>
  (genuine: Genuine): string => {
    const [header, claims, signed] = partsOf(genuine);
    return `${header}.${claims}.${signature(signed)}`;
  };
const text = (made: string) => (): string => made;

export const algorithms: readonly Forgery[] = [
  ...['none', 'None', 'NONE', 'nOnE', '', 'HS256', 'RS256'].map(alg => ({
    threat: `a token that nobody signed, alg ${alg || 'empty'}`,
    make: unsigned({ alg, typ: 'JWT' }),
  })),
  { threat: 'a token that nobody signed, without alg', make: unsigned({ typ: 'JWT' }) },
  { threat: 'a token that nobody signed, alg null', make: unsigned({ typ: 'JWT', alg: null }) },
  { threat: 'a token that nobody signed, alg a list', make: unsigned({ typ: 'JWT', alg: ['none', 'RS256'] }) },
  {
    threat: 'a token with alg none under a genuine signature',
    make: genuine => forge({ ...genuine.header, alg: 'none' }, genuine.claims, partsOf(genuine)[2]),
  },
  ...['HS256', 'HS384', 'HS512'].map(alg => ({
    threat: `a token hashed with the public key as secret, ${alg}`,
    make: keyedHash(alg, pem),
  })),
  {
    threat: 'a token hashed with the public key without its last line break',
    make: keyedHash('HS256', genuine => pem(genuine).trim()),
  },
  {
    threat: 'a token hashed with the public key in its older form',
    make: keyedHash('HS256', ({ published }) => String(published.export({ type: 'pkcs1', format: 'pem' }))),
  },
  {
    threat: 'a token hashed with the public key’s bytes',
    make: keyedHash('HS256', ({ published }) => published.export({ type: 'spki', format: 'der' })),
  },
  {
    threat: 'a token hashed with the published key as JSON',
    make: keyedHash('HS256', ({ jwk }) => JSON.stringify(jwk)),
  },
  { threat: 'a token hashed with the modulus', make: keyedHash('HS256', ({ jwk }) => String(jwk.n)) },
  {
    threat: 'a token hashed with the name of the key',
    make: keyedHash('HS256', ({ header }) => String(header['kid'])),
  },
  { threat: 'a token hashed with nothing', make: keyedHash('HS256', () => '') },
];

export const signatures: readonly Forgery[] = [
  { threat: 'a token signed by a stranger under the name of a known key', make: ownKey(() => ({})) },
  {
    threat: 'a token signed by a stranger, RS384',
    make: (genuine, { key }) => forge({ ...genuine.header, alg: 'RS384' }, genuine.claims, by(key, 'sha384')),
  },
  {
    threat: 'a token signed by a stranger, RS512',
    make: (genuine, { key }) => forge({ ...genuine.header, alg: 'RS512' }, genuine.claims, by(key, 'sha512')),
  },
  {
    threat: 'a token signed by a stranger, PS256',
    make: (genuine, { key }) => forge({ ...genuine.header, alg: 'PS256' }, genuine.claims, byPss(key)),
  },
  {
    threat: 'a token signed by a stranger, ES256',
    make: (genuine, { elliptic }) => forge({ ...genuine.header, alg: 'ES256' }, genuine.claims, byElliptic(elliptic)),
  },
  {
    threat: 'a token signed by a stranger, EdDSA',
    make: (genuine, { edwards }) => forge({ ...genuine.header, alg: 'EdDSA' }, genuine.claims, byEdwards(edwards)),
  },
  { threat: 'a token without its signature', make: genuine => partsOf(genuine).slice(0, 2).join('.') },
  { threat: 'a token with an empty signature', make: resigned(() => '') },
  {
    threat: 'a token with a signature of zeros',
    make: resigned(signed => Buffer.alloc(signed.length).toString('base64url')),
  },
  { threat: 'a token with half a signature', make: resigned(signed => signed.slice(0, signed.length / 2)) },
  { threat: 'a token with its signature twice', make: resigned(signed => signed + signed) },
  {
    threat: 'a token whose signature lost a bit',
    make: resigned(signed => `${signed[0] === 'A' ? 'B' : 'A'}${signed.slice(1)}`),
  },
  { threat: 'a token whose signature is no base64', make: resigned(() => '!!!!') },
  {
    threat: 'a token changed after it was signed',
    make: genuine =>
      `${partsOf(genuine)[0]}.${encoded({ ...genuine.claims, name: 'Somebody Else', exp: 9_999_999_999 })}.${partsOf(genuine)[2]}`,
  },
  {
    threat: 'a token whose header was changed after it was signed',
    make: genuine => `${encoded({ ...genuine.header, x: 1 })}.${partsOf(genuine)[1]}.${partsOf(genuine)[2]}`,
  },
];

export const keyNames: readonly Forgery[] = [
  {
    threat: 'a token that names no key',
    make: (genuine, { key }) => forge(without(genuine.header, 'kid'), genuine.claims, by(key)),
  },
  ...(
    [
      ['an unknown key', 'stranger'],
      ['a number for a key', 7],
      ['null for a key', null],
      ['true for a key', true],
      ['an empty name for a key', ''],
      ['a key called __proto__', '__proto__'],
      ['a key called constructor', 'constructor'],
      ['a path for a key', '../../../../dev/null'],
      ['SQL for a key', "' OR 1=1 --"],
      ['a NUL in the name of its key', 'k\u0000'],
      ['an object for a key', { $ne: null }],
      ['a very long name for a key', 'k'.repeat(6000)],
    ] as const
  ).map(([what, kid]) => ({ threat: `a token that names ${what}`, make: ownKey(() => ({ kid })) })),
  {
    threat: 'a token that names a list with the known key in it',
    make: ownKey(({ header }) => ({ kid: [header['kid']] })),
  },
  {
    threat: 'a token that names /dev/null as its key and is hashed with nothing',
    make: genuine => forge({ alg: 'HS256', typ: 'JWT', kid: '../../../../dev/null' }, genuine.claims, bySecret('')),
  },
  { threat: 'a token that brings its key along (jwk)', make: ownKey((_genuine, { jwk }) => ({ jwk })) },
  {
    threat: 'a token that brings its key along and calls it by a new name (jwk)',
    make: ownKey((_genuine, { jwk }) => ({ jwk, kid: 'own' })),
  },
  {
    threat: 'a token that says where its key is (jku)',
    make: ownKey((_genuine, { keyServer }) => ({ jku: keyServer, kid: 'own' })),
  },
  {
    threat: 'a token that says where its certificate is (x5u)',
    make: ownKey((_genuine, { keyServer }) => ({ x5u: keyServer })),
  },
  {
    threat: 'a token that brings its certificate along (x5c)',
    make: ownKey((_genuine, { key }) => ({ x5c: [key.export({ type: 'pkcs8', format: 'der' }).toString('base64')] })),
  },
  { threat: 'a token whose key’s name is an address', make: ownKey((_genuine, { keyServer }) => ({ kid: keyServer })) },
  {
    threat: 'a token with a critical extension nobody knows',
    make: ownKey(() => ({ crit: ['anything'], anything: true })),
  },
  { threat: 'a token whose claims are not encoded (b64)', make: ownKey(() => ({ crit: ['b64'], b64: false })) },
];

export const shapes: readonly Forgery[] = [
  { threat: 'one word', make: text('letmein') },
  { threat: 'two dots', make: text('..') },
  { threat: 'four dots, as of an encrypted token', make: text('a.b.c.d.e') },
  { threat: 'a header that is no JSON', make: ({ claims }) => forge('{', claims, 'x') },
  { threat: 'a header that is a list', make: ({ claims }) => forge([], claims, 'x') },
  { threat: 'a header that is null', make: ({ claims }) => forge(null, claims, 'x') },
  { threat: 'claims that are no JSON', make: ({ header }, { key }) => forge(header, '{', by(key)) },
  { threat: 'claims that are a list', make: ({ header, claims }, { key }) => forge(header, [claims], by(key)) },
  { threat: 'claims that are null', make: ({ header }, { key }) => forge(header, null, by(key)) },
  { threat: 'claims that are a text', make: ({ header }, { key }) => forge(header, JSON.stringify('admin'), by(key)) },
  {
    threat: 'claims that are nested 2,000 deep',
    make: ({ header }, { key }) => forge(header, `${'['.repeat(2000)}${']'.repeat(2000)}`, by(key)),
  },
  {
    threat: 'a genuine token inside a forged one',
    make: ({ header, token }, { key }) => forge({ ...header, cty: 'JWT' }, token, by(key)),
  },
  {
    threat: 'a genuine token as a claim of a forged one',
    make: ({ header, token }, { key }) => forge(header, { token }, by(key)),
  },
  {
    threat: 'claims with __proto__ in them',
    make: ({ header, claims }, { key }) => forge(header, `{"__proto__":${JSON.stringify(claims)}}`, by(key)),
  },
  {
    threat: 'a token of nine thousand letters',
    make: ({ header, claims }, { key }) => forge(header, { ...claims, padding: 'x'.repeat(6000) }, by(key)),
  },
];

/** Claims under a signature of the right key: the claim alone is the reason to refuse. */
export interface FalseClaim {
  readonly threat: string;
  change(claims: Fields): Fields;
}

const soon = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

export const falseClaims: readonly FalseClaim[] = [
  { threat: 'a token of nobody (no iss)', change: claims => without(claims, 'iss') },
  { threat: 'a token of a list of issuers', change: claims => ({ ...claims, iss: [claims['iss']] }) },
  {
    threat: 'a token of an issuer that begins like the right one',
    change: claims => ({ ...claims, iss: `${String(claims['iss'])}.evil.example` }),
  },
  {
    threat: 'a token of the right issuer with a slash too many',
    change: claims => ({ ...claims, iss: `${String(claims['iss'])}/` }),
  },
  {
    threat: 'a token of the right issuer in capitals',
    change: claims => ({ ...claims, iss: String(claims['iss']).toUpperCase() }),
  },
  { threat: 'a token of an empty issuer', change: claims => ({ ...claims, iss: '' }) },
  {
    threat: 'a token of another issuer',
    change: claims => ({
      ...claims,
      iss: 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0',
    }),
  },
  {
    threat: 'a token of the first version’s issuer',
    change: claims => ({ ...claims, iss: 'https://sts.windows.net/6f2d8a34-5b7e-4c19-9a3d-0e8f5c1b7a26/' }),
  },
  { threat: 'a token for nobody (no aud)', change: claims => without(claims, 'aud') },
  { threat: 'a token for another app', change: claims => ({ ...claims, aud: '11111111-2222-3333-4444-555555555555' }) },
  {
    threat: 'a token for a list of other apps',
    change: claims => ({ ...claims, aud: ['11111111-2222-3333-4444-555555555555', 'https://graph.microsoft.com'] }),
  },
  {
    threat: 'a token for our app and more',
    change: claims => ({ ...claims, aud: `${String(claims['aud'])}.evil.example` }),
  },
  { threat: 'a token for an empty audience', change: claims => ({ ...claims, aud: '' }) },
  { threat: 'a token for null', change: claims => ({ ...claims, aud: null }) },
  { threat: 'a token for Microsoft Graph', change: claims => ({ ...claims, aud: 'https://graph.microsoft.com' }) },
  { threat: 'a token for the Bot Connector', change: claims => ({ ...claims, aud: 'https://api.botframework.com' }) },
  { threat: 'a token that has expired', change: claims => ({ ...claims, exp: soon(-3600) }) },
  { threat: 'a token that never expires', change: claims => without(claims, 'exp') },
  { threat: 'a token that expires at a text', change: claims => ({ ...claims, exp: '9999999999' }) },
  { threat: 'a token that expires at null', change: claims => ({ ...claims, exp: null }) },
  { threat: 'a token that expires before time began', change: claims => ({ ...claims, exp: -1 }) },
  { threat: 'a token that is not valid yet', change: claims => ({ ...claims, nbf: soon(3600) }) },
  { threat: 'a token that is valid from a text on', change: claims => ({ ...claims, nbf: 'yesterday' }) },
];
