import { tenant } from '../directory.ts';
import type { Applications } from './applications.ts';
import type { Consent } from './consent.ts';
import { teamsWebClient } from './issuer.ts';
import type { Registration } from './registration.ts';

/** The registration as an administrator has made it by Graph, with nothing in it before. */
export function madeRegistration(applications: Applications): Registration {
  const made = () => applications.find({ appId: tenant.appId });
  const byGraph = (): never => {
    throw new Error('an administrator makes this registration, by Graph');
  };
  return {
    secrets: () =>
      (made()?.passwords ?? []).map(({ secretText: value, endDateTime }) => ({ value, ends: endDateTime ?? null })),
    certificates: () =>
      (made()?.properties.keyCredentials ?? []).map(
        ({ key }) => `-----BEGIN CERTIFICATE-----\n${String(key)}\n-----END CERTIFICATE-----`,
      ),
    federated: () =>
      ((made()?.federated ?? []) as { issuer: string; subject: string; audiences: string[] }[]).map(
        ({ issuer, subject, audiences }) => ({ issuer, subject, audience: audiences[0] ?? '' }),
      ),
    redirectUris: () => made()?.properties.web?.redirectUris ?? [],
    setSecrets: byGraph,
    setCertificates: byGraph,
    setFederated: byGraph,
    setRedirectUris: byGraph,
  };
}

/** What was agreed to by Graph for the whole organisation, and by people for themselves. */
export function madeConsent(consent: Consent, applications: Applications): Consent {
  return {
    ...consent,
    application: () => applications.rolesOf(tenant.appId),
    delegated: () => [...new Set([...applications.scopesOf(tenant.appId), ...consent.delegated()])],
  };
}

/** Why Teams gets no token for a tab that it could use; null where it does. */
export function whyNoTabToken(applications: Applications, productUrl: string): string | null {
  const { api, identifierUris } = applications.find({ appId: tenant.appId })?.properties ?? {};
  const scope = api?.oauth2PermissionScopes?.find(({ value, isEnabled }) => value === 'access_as_user' && isEnabled);
  if (!scope) return 'The registration has no scope access_as_user.';
  if (api?.requestedAccessTokenVersion !== 2) return 'The registration asks for access tokens of version 1.';
  const uri = `api://${new URL(productUrl).host}/${tenant.appId}`;
  if (!identifierUris?.includes(uri)) return `The registration has no Application ID URI ${uri}.`;
  const teams = api.preAuthorizedApplications?.find(({ appId }) => appId === teamsWebClient);
  return teams?.delegatedPermissionIds?.includes(scope.id ?? '')
    ? null
    : 'Teams’ own clients are not pre-authorised for access_as_user.';
}
