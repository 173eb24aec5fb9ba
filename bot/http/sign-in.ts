import { z } from 'zod';
import { CommunityError } from '../../domain/errors.ts';
import { identifier, line } from '../../domain/text.ts';
import type { Config } from '../config.ts';
import { createBearerCheck, createKeys } from './bearer.ts';

/** Who asks, from a checked token. */
export interface SignedIn {
  /** Entra object id. */
  readonly id: string;
  readonly name: string;
  /** The token itself, to act on the person's behalf. */
  readonly token: string;
}

export type SignIn = (authorization: string | undefined) => Promise<SignedIn>;

const Claims = z.looseObject({
  oid: identifier(100).min(1),
  tid: identifier(100).min(1),
  scp: line(2000),
  azp: identifier(100),
  idtyp: identifier(100).optional(),
  name: line(256).catch(''),
});

/**
 * Microsoft's own clients, which show the tab and ask for its token. Another app of the tenant may be allowed to call
 * us on a person's behalf; what it would do in their name they never saw on a screen of ours.
 * @see https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-register-aad
 */
export const microsoftClients: ReadonlySet<string> = new Set([
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264', // Teams, desktop and mobile
  '5e3ce6c0-2b1f-4285-8d4b-75ee78787346', // Teams, web
  '4765445b-32c6-49b0-83e6-1d93765276ca', // Microsoft 365, web
  '0ec893e0-5785-4de6-99da-4ed124e5296c', // Microsoft 365, desktop
  'd3590ed6-52b3-4102-aeff-aad2292ab01c', // Microsoft 365, mobile; Outlook, desktop
  'bc59ab01-8403-45c6-8796-ac3ef710b3e3', // Outlook, web
  '27922004-5251-4030-b22d-91ecd9a37ea4', // Outlook, mobile
]);

/**
 * Checks the token that Teams gives a tab: signature, issuer, audience, lifetime, a person of our tenant, a client of
 * Microsoft's and the scope `access_as_user`.
 * Source: Microsoft identity platform, "Access tokens"; Teams, "Tabs single sign-on".
 * @throws CommunityError `sign-in-needed`, or `unavailable` while Entra's keys cannot be read.
 */
export function createSignIn(config: Config, fetch: typeof globalThis.fetch): SignIn {
  const check = createBearerCheck({
    issuedBy: 'Entra',
    issuer: `${config.cloud.login}/${config.tenantId}/v2.0`,
    audience: config.appId,
    clockTolerance: 60,
    keys: createKeys({ at: { keys: `${config.loginUrl}/${config.tenantId}/discovery/v2.0/keys` }, fetch }),
  });

  return async authorization => {
    const { token, claims } = await check(authorization);
    const parsed = Claims.safeParse(claims);
    if (!parsed.success) throw refused('claims are missing');
    const { oid, tid, scp, azp, idtyp, name } = parsed.data;
    if (tid !== config.tenantId) throw refused('it is for another tenant');
    if (idtyp !== undefined && idtyp !== 'user') throw refused('it is not a person’s');
    if (!scp.split(' ').includes('access_as_user')) throw refused('it lacks the scope access_as_user');
    if (!microsoftClients.has(azp)) throw refused('it was given to a client that is not Microsoft’s');
    return { id: oid, name, token };
  };
}

function refused(reason: string): CommunityError {
  return new CommunityError('sign-in-needed', `the token was not accepted: ${reason}`);
}
