import type { PageConfig } from './config.ts';

/** Where the pop-up remembers what it asked, so that only the answer to that counts. */
export const consentKey = 'cop-companion.consent';

/** Why it failed when the answer belongs to another window than this one: a code, since Microsoft said nothing of it. */
export const strayAnswer = 'stray-answer';

/**
 * The address at Microsoft where a person agrees. The code it sends back is never redeemed (agreeing is all we need),
 * so its proof key is thrown away, and the answer comes in the fragment, which no server's log ever sees.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 */
export function consentAddress({
  config,
  state,
  origin,
  claims,
  challenge,
}: {
  readonly config: PageConfig;
  readonly state: string;
  readonly origin: string;
  readonly claims: string | null;
  readonly challenge: Uint8Array;
}): string {
  const address = new URL(config.authorizeUrl);
  const parameters = {
    client_id: config.appId,
    response_type: 'code',
    response_mode: 'fragment',
    redirect_uri: `${origin}/tabs/?frame=consent-end`,
    scope: config.scopes.join(' '),
    state,
    code_challenge: base64Url(challenge),
    code_challenge_method: 'S256',
    ...(claims === null ? {} : { claims }),
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
}

/**
 * What Microsoft answered; `failed` says why, or is null. Reads fragment and query, since errors may come in either.
 */
export function readConsent({
  search,
  hash,
  expected,
}: {
  readonly search: string;
  readonly hash: string;
  readonly expected: string | null;
}): { readonly failed: string | null } {
  const answer = new URLSearchParams(hash.replace(/^#/, ''));
  for (const [name, value] of new URLSearchParams(search)) if (!answer.has(name)) answer.set(name, value);
  const error = answer.get('error');
  if (error !== null) return { failed: answer.get('error_description') ?? error };
  if (expected === null || answer.get('state') !== expected) return { failed: strayAnswer };
  return { failed: null };
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
