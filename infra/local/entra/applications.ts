import { randomBytes, randomUUID } from 'node:crypto';
import type { Application, KeyCredential, PasswordCredential } from '@microsoft/microsoft-graph-types';
import { tenant } from '../directory.ts';
import type { Store } from '../store.ts';
import type { Registration } from './registration.ts';

/** An app registration as the directory keeps it. */
export interface StoredApplication {
  readonly id: string;
  readonly appId: string;
  readonly uniqueName: string | null;
  /** What was written into it, and is read back as it is. */
  readonly properties: Application;
  readonly passwords: readonly (PasswordCredential & { readonly secretText: string })[];
  readonly federated: readonly object[];
}

/** An app in the tenant: what consent is given to. */
export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
}

interface RoleAssignment {
  readonly id: string;
  readonly principalId: string;
  readonly resourceId: string;
  readonly appRoleId: string;
}

interface PermissionGrant {
  readonly id: string;
  readonly clientId: string;
  readonly consentType: string;
  readonly resourceId: string;
  readonly scope: string;
}

/** Microsoft Graph as an app of the tenant, with the permissions that are asked for here. */
export const graphApp = {
  appId: '00000003-0000-0000-c000-000000000000',
  id: 'e1c9a3d4-0b52-4f6e-8d17-3a4b6c8e0f77',
  displayName: 'Microsoft Graph',
  appRoles: [
    { id: '883ea226-0bf2-4a8f-9f9d-92c9162a727d', value: 'Sites.Selected', isEnabled: true },
    { id: '9492366f-7969-46a4-8d15-ed1a20078fff', value: 'Sites.ReadWrite.All', isEnabled: true },
  ],
  oauth2PermissionScopes: [
    { id: '89fe6a52-be36-487e-b7d8-d061c450a026', value: 'Sites.ReadWrite.All', isEnabled: true, type: 'User' },
  ],
} as const;

/** The app registrations beside the one that the tenant came with, and what they were given. */
export interface Applications {
  find(key: { readonly appId: string } | { readonly uniqueName: string }): StoredApplication | undefined;
  make(uniqueName: string | null, properties: Application): StoredApplication;
  put(application: StoredApplication): void;
  /** A new secret; its text is told this once. */
  addPassword(application: StoredApplication, wanted: PasswordCredential): PasswordCredential;
  readonly principals: Collection<ServicePrincipal>;
  readonly assignments: Collection<RoleAssignment>;
  readonly grants: Collection<PermissionGrant>;
  /** Whether the tenant has the app: a registration alone gets no token. */
  isInTenant(appId: string): boolean;
  /** The names of the application permissions an app was given. */
  rolesOf(appId: string): readonly string[];
  /** The delegated permissions that the organisation has agreed to for everybody. */
  scopesOf(appId: string): readonly string[];
  /** @param withKeys certificates come with themselves only when they are asked for by name */
  shown(application: StoredApplication, withKeys?: boolean): Application;
}

interface Collection<T> {
  values(): readonly T[];
  put(row: T): void;
}

/**
 * @param registration of the app that is there from the start; null where there is none. The first that an administrator
 *   makes then gets the id that local Teams speaks for: which id that is, Entra decides.
 */
export function openApplications(store: Store, registration: Registration | null): Applications {
  const kept = store.collection<StoredApplication>('entra.applications');
  const collection = <T extends { readonly id: string }>(name: string): Collection<T> => {
    const rows = store.collection<T>(name);
    return { values: () => rows.values(), put: row => rows.put(row.id, row) };
  };
  const principals = collection<ServicePrincipal>('entra.service-principals');
  const assignments = collection<RoleAssignment>('entra.role-assignments');
  const grants = collection<PermissionGrant>('entra.permission-grants');

  const principalOf = (appId: string) => principals.values().find(one => one.appId === appId);

  /** The registration that is there from the start, which other parts of local Entra keep. */
  function first({ secrets, federated }: Registration): StoredApplication {
    return {
      id: '5d0f1c7e-2a49-4b83-9e60-c8d7b6a5f412',
      appId: tenant.appId,
      uniqueName: null,
      properties: { displayName: tenant.appName, signInAudience: 'AzureADMyOrg' },
      passwords: secrets().map(({ value, ends }) => ({
        hint: value.slice(0, 3),
        endDateTime: ends ?? '2299-12-31T00:00:00Z',
        secretText: value,
      })),
      federated: federated(),
    };
  }

  return {
    principals,
    assignments,
    grants,
    find: key =>
      'appId' in key
        ? registration !== null && key.appId.toLowerCase() === tenant.appId
          ? first(registration)
          : kept.get(key.appId.toLowerCase())
        : kept.values().find(({ uniqueName }) => uniqueName === key.uniqueName),
    make(uniqueName, properties) {
      const appId = registration !== null || kept.get(tenant.appId) ? randomUUID() : tenant.appId;
      const made = { id: randomUUID(), appId, uniqueName, properties, passwords: [], federated: [] };
      kept.put(made.appId, made);
      return made;
    },
    put: application => kept.put(application.appId, application),
    addPassword(application, wanted) {
      const secretText = randomBytes(30).toString('base64url');
      const password = {
        keyId: randomUUID(),
        displayName: wanted.displayName ?? null,
        startDateTime: new Date().toISOString(),
        endDateTime: wanted.endDateTime ?? new Date(Date.now() + 2 * 365 * 86_400_000).toISOString(),
        hint: secretText.slice(0, 3),
        secretText,
      };
      kept.put(application.appId, { ...application, passwords: [...application.passwords, password] });
      return password;
    },
    isInTenant: appId => (registration !== null && appId === tenant.appId) || principalOf(appId) !== undefined,
    scopesOf(appId) {
      const principal = principalOf(appId);
      return grants
        .values()
        .filter(({ clientId, consentType }) => clientId === principal?.id && consentType === 'AllPrincipals')
        .flatMap(({ scope }) => scope.split(' ').filter(Boolean));
    },
    rolesOf(appId) {
      const principal = principalOf(appId);
      return assignments
        .values()
        .filter(({ principalId }) => principalId === principal?.id)
        .flatMap(({ appRoleId }) => graphApp.appRoles.find(({ id }) => id === appRoleId)?.value ?? []);
    },
    shown: ({ id, appId, uniqueName, properties, passwords }, withKeys = false) => ({
      id,
      appId,
      identifierUris: [],
      requiredResourceAccess: [],
      ...properties,
      uniqueName,
      keyCredentials: (properties.keyCredentials ?? []).map((one: KeyCredential) =>
        withKeys ? one : { ...one, key: null },
      ),
      passwordCredentials: passwords.map(({ secretText: _secret, ...shown }) => ({ ...shown, secretText: null })),
    }),
  };
}
