import type { LocalTenant } from '../tenant.ts';
import { tenant, type User } from '../directory.ts';
import { mayAgree, type Consent } from './consent.ts';
import { approvalPage, consentPage } from './consent-page.ts';
import { graphScopes, scopesOf, type Form } from './forms.ts';
import { isKnownTenant, type Grants } from './grants.ts';
import { Refusal, refusals } from './refusals.ts';
import type { Registration } from './registration.ts';

/** How the browser goes on from the authorize endpoint. */
export type AuthorizeAnswer = { readonly page: string } | { readonly redirect: string };

export interface Authorize {
  /**
   * `GET /{tenant}/oauth2/v2.0/authorize`. Throws a Refusal when it would be unsafe to send the person back to the app.
   */
  ask(tenantName: string, parameters: Form): AuthorizeAnswer;
  /** What the page's form sends. */
  decide(tenantName: string, parameters: Form): AuthorizeAnswer;
}

/** The consent pop-up: it grants what was asked for and sends the person back with a code. */
export function createAuthorize({
  local,
  consent,
  registration,
  grants,
}: {
  local: LocalTenant;
  consent: Consent;
  registration: Pick<Registration, 'redirectUris'>;
  grants: Grants;
}): Authorize {
  /** Checks what must hold before anybody may be sent anywhere. */
  function check(tenantName: string, parameters: Form): Request {
    if (!isKnownTenant(tenantName)) throw refusals.unknownTenant(tenantName);
    const appId = parameters['client_id'] ?? '';
    if (appId.toLowerCase() !== tenant.appId) throw refusals.unknownApp(appId, tenantName);
    const redirectUri = parameters['redirect_uri'] ?? '';
    if (!registration.redirectUris().includes(redirectUri)) throw refusals.redirect(redirectUri, appId);
    return { redirectUri, fragment: parameters['response_mode'] === 'fragment', state: parameters['state'] };
  }

  function back(request: Request, answer: Readonly<Record<string, string>>): AuthorizeAnswer {
    const target = new URL(request.redirectUri);
    const parameters = new URLSearchParams({
      ...answer,
      ...(request.state === undefined ? {} : { state: request.state }),
    });
    if (request.fragment) target.hash = parameters.toString();
    else for (const [name, value] of parameters) target.searchParams.set(name, value);
    return { redirect: target.href };
  }

  function backWithRefusal(request: Request, refusal: Refusal): AuthorizeAnswer {
    return back(request, {
      error: refusal.error,
      error_description: refusal.message,
      ...(refusal.suberror === undefined ? {} : { error_subcode: refusal.suberror }),
    });
  }

  function backWithCode(request: Request, parameters: Form, user: User): AuthorizeAnswer {
    const challenge = parameters['code_challenge'];
    const code = grants.makeCode({
      userId: user.id,
      scopes: scopesOf(parameters['scope'] ?? ''),
      redirectUri: request.redirectUri,
      challenge:
        challenge === undefined
          ? null
          : { method: parameters['code_challenge_method'] === 'S256' ? 'S256' : 'plain', value: challenge },
      nonce: parameters['nonce'] ?? null,
    });
    return back(request, { code });
  }

  function person(parameters: Form): User | null {
    const hint = parameters['user'] ?? parameters['login_hint'];
    if (hint === undefined) return null;
    return (
      local.directory.user(hint) ??
      local.directory.users().find(({ mail }) => mail.toLowerCase() === hint.toLowerCase()) ??
      null
    );
  }

  function asked(parameters: Form): readonly string[] {
    return graphScopes(scopesOf(parameters['scope'] ?? '')).filter(scope => scope !== '.default');
  }

  return {
    ask(tenantName, parameters) {
      const request = check(tenantName, parameters);
      const user = person(parameters);
      try {
        if (parameters['response_type'] !== 'code') throw refusals.responseType(parameters['response_type'] ?? '');
        const scopes = asked(parameters);
        const known = consent.delegated();
        const settled = user !== null && scopes.every(scope => known.includes(scope));
        if (settled && parameters['prompt'] !== 'consent') return backWithCode(request, parameters, user);
        if (parameters['prompt'] === 'none')
          throw user ? refusals.notConsented(tenant.appId, tenant.appName) : refusals.interactionNeeded();

        const { user: _user, answer: _answer, ...hidden } = parameters;
        const action = `${local.url()}/${tenantName}/consent/set`;
        if (user && !mayAgree(consent, user.id, scopes)) return { page: approvalPage({ scopes, action, hidden }) };
        return {
          page: consentPage({
            scopes,
            people: local.directory.users(),
            person: user,
            action,
            hidden,
          }),
        };
      } catch (error) {
        if (error instanceof Refusal) return backWithRefusal(request, error);
        throw error;
      }
    },

    decide(tenantName, parameters) {
      const request = check(tenantName, parameters);
      if (parameters['answer'] !== 'accept')
        return back(request, {
          error: 'access_denied',
          error_description: 'AADSTS65004: User declined to consent to access the app.',
          error_subcode: 'cancel',
        });
      const user = person(parameters);
      try {
        if (!user) throw refusals.unknownUser(parameters['user'] ?? '');
        if (!mayAgree(consent, user.id, asked(parameters))) throw refusals.adminApproval(tenant.appName);
        consent.setDelegated([...consent.delegated(), ...asked(parameters)]);
        return backWithCode(request, parameters, user);
      } catch (error) {
        if (error instanceof Refusal) return backWithRefusal(request, error);
        throw error;
      }
    },
  };
}

interface Request {
  readonly redirectUri: string;
  readonly fragment: boolean;
  readonly state: string | undefined;
}
