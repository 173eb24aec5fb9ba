import type { Store } from '../store.ts';

/** What people and administrators of the tenant have agreed to for the one app. */
export interface Consent {
  /** Delegated permissions of Microsoft Graph and OpenID. */
  delegated(): readonly string[];
  setDelegated(scopes: readonly string[]): void;
  /** Application permissions of Microsoft Graph. */
  application(): readonly string[];
  setApplication(roles: readonly string[]): void;
  /** Entra object ids of those who may agree for the whole organisation. */
  administrators(): readonly string[];
  setAdministrators(people: readonly string[]): void;
  /** Whether people may agree for themselves at all. Microsoft's default leaves SharePoint to administrators. */
  peopleMayAgree(): boolean;
  setPeopleMayAgree(may: boolean): void;
}

/** What only an administrator can agree to, whatever the organisation chose: Graph's table of permissions. */
const forAdministrators =
  /^(Sites\.FullControl\.All|Group\.|GroupMember\.|TeamMember\.|Application\.|AppRoleAssignment\.|DelegatedPermissionGrant\.)/;

/** Whether this person may agree to these delegated permissions. */
export function mayAgree(consent: Consent, userId: string, scopes: readonly string[]): boolean {
  if (consent.administrators().includes(userId)) return true;
  return consent.peopleMayAgree() && !scopes.some(scope => forAdministrators.test(scope));
}

/** What an administrator has agreed to when the tenant is new: the least that the app works with. */
const least = {
  delegated: ['Sites.ReadWrite.All', 'openid', 'profile', 'offline_access'],
  application: ['Sites.Selected'],
} as const;

/** @param defaults what was agreed to before anybody did anything here */
export function openConsent(
  store: Store,
  defaults: { readonly delegated: readonly string[]; readonly application: readonly string[] } = least,
): Consent {
  const given = store.collection<readonly string[]>('entra.consent');
  return {
    delegated: () => given.get('delegated') ?? defaults.delegated,
    setDelegated: scopes => given.put('delegated', [...new Set(scopes)]),
    application: () => given.get('application') ?? defaults.application,
    setApplication: roles => given.put('application', [...new Set(roles)]),
    administrators: () => given.get('administrators') ?? [],
    setAdministrators: people => given.put('administrators', people),
    peopleMayAgree: () => (given.get('policy') ?? []).includes('people'),
    setPeopleMayAgree: may => given.put('policy', may ? ['people'] : []),
  };
}
