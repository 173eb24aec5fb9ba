import { generateKeyPair, SignJWT, type JWTPayload } from 'jose';

/**
 * A key of somebody else's under a name that is published: what everybody can read at Microsoft's own address of keys.
 */
export async function forger(
  keysUrl: string,
): Promise<(claims: JWTPayload, header?: Readonly<Record<string, unknown>>) => Promise<string>> {
  const { keys } = (await (await fetch(keysUrl)).json()) as { readonly keys: readonly { readonly kid: string }[] };
  const kid = keys[0]?.kid;
  if (!kid) throw new Error(`no keys at ${keysUrl}`);
  const { privateKey } = await generateKeyPair('RS256');
  return (claims, header = {}) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid, ...header })
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
}

/** A token that nobody signed: header and claims as they are, and anything in the signature's place. */
export function unsigned(header: unknown, claims: unknown, signature = 'AAAA'): string {
  return [header, claims]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat(signature)
    .join('.');
}

/** Things in the place of a token at which a careless check stumbles. */
export const oddTokens: readonly { readonly token: string; readonly reason: string }[] = [
  { token: 'a', reason: 'no token' },
  { token: 'a.b', reason: 'two parts' },
  { token: 'a.b.c.d.e', reason: 'five parts' },
  { token: '..', reason: 'nothing between the dots' },
  { token: `${'A'.repeat(4000)}.${'A'.repeat(4000)}.A`, reason: 'long, and no JSON' },
  { token: unsigned(null, null), reason: 'null' },
  { token: unsigned([], []), reason: 'lists' },
  { token: unsigned('RS256', 7), reason: 'no objects' },
  { token: unsigned({ alg: 'none' }, {}), reason: 'alg none' },
  { token: unsigned({ alg: 'nOnE' }, {}, ''), reason: 'alg nOnE, no signature' },
  { token: unsigned({ alg: 'RS256', kid: ['x'] }, {}), reason: 'a list for a key' },
  { token: unsigned({ alg: 'RS256', kid: { $ne: null } }, {}), reason: 'an object for a key' },
  { token: unsigned({ alg: 'RS256', kid: '../../etc/passwd' }, {}), reason: 'a path for a key' },
  { token: unsigned({ alg: 'RS256', kid: '\u0000' }, {}), reason: 'NUL for a key' },
  { token: unsigned({ alg: 'RS256', crit: ['b64'], b64: false }, {}), reason: 'a critical header' },
  { token: unsigned({ alg: 'RS256', jku: 'http://127.0.0.1:9/keys' }, {}), reason: 'an address of keys' },
  { token: unsigned({ alg: ['RS256'] }, {}), reason: 'a list of algorithms' },
  { token: unsigned({ alg: 'RSA-OAEP', enc: 'A256GCM' }, {}), reason: 'an encrypted token' },
  { token: 'eyJ!@#$.%%%.***', reason: 'no base64url' },
];
