import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { CommunityError } from '../../domain/errors.ts';
import { identifier, line } from '../../domain/text.ts';
import type { Config } from '../config.ts';

/** Who asks, from a checked token. */
export interface SignedIn {
  /** Entra object id. */
  readonly id: string;
  readonly name: string;
  /** The token itself, to act on the person's behalf. */
  readonly token: string;
}

const Claims = z.looseObject({ oid: identifier(100).min(1), tid: identifier(100).min(1), scp: line(2000), name: line(256).catch('') });

/**
 * Checks the token that Teams gives a tab: signature, issuer, audience, lifetime and the scope `access_as_user`.
 * Source: Microsoft identity platform, "Access tokens"; Teams, "Tabs single sign-on".
 * @throws CommunityError `sign-in-needed`.
 */
export function createSignIn(config: Config, fetch: typeof globalThis.fetch): (authorization: string | undefined) => Promise<SignedIn> {
  const keys = createRemoteJWKSet(new URL(`${config.loginUrl}/${config.tenantId}/discovery/v2.0/keys`), { [customFetch]: fetch });

  return async authorization => {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    if (!token) throw new CommunityError('sign-in-needed', 'expected the header Authorization: Bearer <token from Teams>');
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: `https://login.microsoftonline.com/${config.tenantId}/v2.0`,
        audience: config.appId,
        algorithms: ['RS256'],
        clockTolerance: 60,
      });
      const claims = Claims.parse(payload);
      if (claims.tid !== config.tenantId) throw new CommunityError('sign-in-needed', 'the token is for another tenant');
      if (!claims.scp.split(' ').includes('access_as_user')) throw new CommunityError('sign-in-needed', 'the token lacks the scope access_as_user');
      return { id: claims.oid, name: claims.name, token };
    } catch (error) {
      if (error instanceof errors.JOSEError && error.code.startsWith('ERR_JWKS')) {
        if (error.code !== 'ERR_JWKS_NO_MATCHING_KEY') throw new CommunityError('unavailable', `Entra’s keys could not be read: ${error.code}`);
      }
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) throw new CommunityError('sign-in-needed', `the token was not accepted: ${error instanceof errors.JOSEError ? error.code : 'claims are missing'}`);
      if (error instanceof CommunityError) throw error;
      throw new CommunityError('unavailable', 'Entra’s keys could not be read');
    }
  };
}
