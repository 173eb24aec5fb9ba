import type { Store } from '../store.ts';

/** What people and administrators of the tenant have agreed to for the one app. */
export interface Consent {
  /** Delegated permissions of Microsoft Graph and OpenID. */
  delegated(): readonly string[];
  setDelegated(scopes: readonly string[]): void;
  /** Application permissions of Microsoft Graph. */
  application(): readonly string[];
  setApplication(roles: readonly string[]): void;
}

/** What an administrator has agreed to when the tenant is new: the least that the app works with. */
const defaults = {
  delegated: ['User.Read', 'Sites.ReadWrite.All', 'openid', 'profile', 'offline_access'],
  application: ['Sites.Selected'],
} as const;

export function openConsent(store: Store): Consent {
  const given = store.collection<readonly string[]>('entra.consent');
  return {
    delegated: () => given.get('delegated') ?? defaults.delegated,
    setDelegated: scopes => given.put('delegated', [...new Set(scopes)]),
    application: () => given.get('application') ?? defaults.application,
    setApplication: roles => given.put('application', [...new Set(roles)]),
  };
}
