import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  ApiApplication,
  AppRoleAssignment,
  Application,
  OAuth2PermissionGrant,
  ServicePrincipal,
} from '@microsoft/microsoft-graph-types';
import { microsoftClients } from '../../bot/http/sign-in.ts';
import type { Ask } from '../verify/experiments.ts';
import { Refused } from './refused.ts';

/** What an administrator is asked to agree to for this command, and no more than it takes. */
export const provisionScopes = [
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'DelegatedPermissionGrant.ReadWrite.All',
] as const;

/** Microsoft Graph, in every tenant. */
const graphAppId = '00000003-0000-0000-c000-000000000000';
/** What the app may do by itself, and on behalf of a person. */
const applicationPermission = 'Sites.Selected';
const delegatedPermission = 'Sites.ReadWrite.All';

/** What became of one part: made or mended just now, there already, or not for whoever signed in. */
export type State = 'done' | 'there' | 'refused';

export interface Wanted {
  /** The registration in the environment; null where there is none yet. */
  readonly appId: string | null;
  readonly publicUrl: string;
  readonly name: string;
}

/** Graph, asked as the administrator, patiently: what was just made is not everywhere at once. */
export interface Directory {
  read<Answer>(path: string): Promise<Answer | undefined>;
  write<Answer>(
    method: 'POST' | 'PATCH',
    path: string,
    body: object,
    headers?: Record<string, string>,
  ): Promise<Answer>;
}

/** How often, and how many milliseconds apart, Graph is asked again for what it does not know yet. */
const patience = { times: 12, apart: 5000 };

/** @param apart milliseconds between two tries; shorter in tests */
export function directoryOver(graph: Ask, apart = patience.apart): Directory {
  async function patiently(ask: () => ReturnType<Ask>): Promise<Awaited<ReturnType<Ask>>> {
    for (let tries = 1; ; tries++) {
      const answer = await ask();
      if (!isNotThereYet(answer) || tries >= patience.times) return answer;
      await sleep(apart);
    }
  }
  return {
    async read(path) {
      const answer = await graph('GET', path);
      if (answer.status === 404) return undefined;
      return answered(answer);
    },
    async write(method, path, body, headers = {}) {
      return answered(await patiently(() => graph(method, path, body, headers)));
    },
  };
}

function isNotThereYet({ status, body }: Awaited<ReturnType<Ask>>): boolean {
  return status === 404 || (status === 400 && /does not reference a valid application/i.test(errorIn(body).message));
}

function errorIn(body: unknown): { readonly code: string; readonly message: string } {
  const { code = '', message = '' } = (body as { error?: { code?: string; message?: string } } | null)?.error ?? {};
  return { code, message };
}

function answered<Answer>({ status, body }: Awaited<ReturnType<Ask>>): Answer {
  if (status >= 200 && status < 300) return body as Answer;
  const { code, message } = errorIn(body);
  throw new Refused(status === 403 ? 'not-application-administrator' : 'graph-refused', {
    status,
    code,
    said: message,
  });
}

/** Finds the registration, or makes it. It is found again by a name that belongs to the address. */
export async function ensureApplication(
  directory: Directory,
  { appId, publicUrl, name }: Wanted,
): Promise<{ readonly appId: string; readonly state: State }> {
  if (appId !== null) {
    const found = await directory.read<Application>(`/applications(appId='${appId}')?$select=appId`);
    if (!found) throw new Refused('app-gone', { appId });
    return { appId, state: 'there' };
  }
  const path = `/applications(uniqueName='cop-companion-${new URL(publicUrl).host}')`;
  const found = await directory.read<Application>(`${path}?$select=appId`);
  if (found?.appId) return { appId: found.appId, state: 'there' };
  const made = await directory.write<Application>(
    'PATCH',
    path,
    { displayName: name, signInAudience: 'AzureADMyOrg' },
    { prefer: 'create-if-missing' },
  );
  return { appId: made.appId ?? '', state: 'done' };
}

/**
 * What the registration says of the app. What is there beside it stays, so that a second app of the address works on.
 */
export async function ensureProperties(
  directory: Directory,
  {
    appId,
    publicUrl,
    permissions,
  }: { readonly appId: string; readonly publicUrl: string; readonly permissions: Permissions },
): Promise<State> {
  const path = `/applications(appId='${appId}')`;
  const select = '$select=api,web,identifierUris,requiredResourceAccess,signInAudience';
  const present = (await directory.read<Application>(`${path}?${select}`)) ?? {};
  const api = present.api ?? {};
  const scope = (api.oauth2PermissionScopes ?? []).find(({ value }) => value === 'access_as_user');
  const scopeId = scope?.id ?? randomUUID();
  const wanted: Application = {
    signInAudience: 'AzureADMyOrg',
    identifierUris: together(present.identifierUris, [`api://${new URL(publicUrl).host}/${appId}`]),
    web: {
      ...present.web,
      redirectUris: together(present.web?.redirectUris, [`${publicUrl}/tabs/?frame=consent-end`]),
    },
    requiredResourceAccess: accessWith(present, permissions),
    api: {
      ...api,
      requestedAccessTokenVersion: 2,
      oauth2PermissionScopes: scope
        ? (api.oauth2PermissionScopes ?? [])
        : [...(api.oauth2PermissionScopes ?? []), accessAsUser(scopeId)],
    },
  };
  const first = await patchIfOther(directory, path, present, wanted);
  // Graph knows the scope only once it was saved: a request that names it in both places is refused.
  const clients: ApiApplication = { ...wanted.api, preAuthorizedApplications: clientsWith(api, scopeId) };
  const second = await patchIfOther(directory, path, { api: wanted.api ?? {} }, { api: clients });
  return first === 'done' || second === 'done' ? 'done' : 'there';
}

async function patchIfOther(
  directory: Directory,
  path: string,
  present: Application,
  wanted: Application,
): Promise<State> {
  const isSame = Object.entries(wanted).every(([name, value]) =>
    holds((present as Readonly<Record<string, unknown>>)[name], value),
  );
  if (isSame) return 'there';
  await directory.write('PATCH', path, wanted);
  return 'done';
}

/** Whether all of what is wanted is in what is present; Graph adds properties of its own. */
function holds(present: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return (
      Array.isArray(present) &&
      present.length === wanted.length &&
      wanted.every(one => present.some(other => holds(other, one)))
    );
  if (typeof wanted === 'object' && wanted !== null)
    return (
      typeof present === 'object' &&
      present !== null &&
      Object.entries(wanted).every(([name, value]) =>
        holds((present as Readonly<Record<string, unknown>>)[name], value),
      )
    );
  return present === wanted;
}

function together(present: readonly string[] | null | undefined, wanted: readonly string[]): string[] {
  return [...new Set([...(present ?? []), ...wanted])];
}

function accessAsUser(id: string) {
  return {
    id,
    value: 'access_as_user',
    type: 'User' as const,
    isEnabled: true,
    adminConsentDisplayName: 'Use CoP Companion as the person',
    adminConsentDescription: 'Lets Teams call CoP Companion’s own server as the person who has its tab open.',
    userConsentDisplayName: 'Use CoP Companion as you',
    userConsentDescription: 'Lets Teams call CoP Companion’s own server as you.',
  };
}

function clientsWith({ preAuthorizedApplications }: ApiApplication, scopeId: string) {
  const present = preAuthorizedApplications ?? [];
  const others = present.filter(({ appId }) => !microsoftClients.has(appId ?? ''));
  const ours = [...microsoftClients].map(appId => {
    const before = present.find(one => one.appId === appId)?.delegatedPermissionIds;
    return { appId, delegatedPermissionIds: together(before, [scopeId]) };
  });
  return [...others, ...ours];
}

function accessWith({ requiredResourceAccess }: Application, { role, scope }: Permissions) {
  const present = requiredResourceAccess ?? [];
  const ofGraph = present.find(({ resourceAppId }) => resourceAppId === graphAppId)?.resourceAccess ?? [];
  const wanted = [
    { id: role, type: 'Role' },
    { id: scope, type: 'Scope' },
  ];
  const more = wanted.filter(one => !ofGraph.some(other => other.id === one.id));
  return [
    ...present.filter(({ resourceAppId }) => resourceAppId !== graphAppId),
    { resourceAppId: graphAppId, resourceAccess: [...ofGraph, ...more] },
  ];
}

/** Microsoft Graph as the tenant has it, and the ids of the two permissions. */
export interface Permissions {
  readonly resourceId: string;
  readonly role: string;
  readonly scope: string;
}

export async function readPermissions(directory: Directory): Promise<Permissions> {
  const graph = await directory.read<ServicePrincipal>(
    `/servicePrincipals(appId='${graphAppId}')?$select=id,appRoles,oauth2PermissionScopes`,
  );
  const role = graph?.appRoles?.find(({ value }) => value === applicationPermission)?.id;
  const scope = graph?.oauth2PermissionScopes?.find(({ value }) => value === delegatedPermission)?.id;
  if (!graph?.id || !role || !scope) throw new Refused('no-permissions');
  return { resourceId: graph.id, role, scope };
}

/** The app in the tenant, which consent is given to. */
export async function ensurePrincipal(
  directory: Directory,
  appId: string,
): Promise<{ readonly id: string; readonly state: State }> {
  const path = `/servicePrincipals(appId='${appId}')`;
  const found = await directory.read<ServicePrincipal>(`${path}?$select=id`);
  if (found?.id) return { id: found.id, state: 'there' };
  const made = await directory.write<ServicePrincipal>('PATCH', path, {}, { prefer: 'create-if-missing' });
  return { id: made.id ?? '', state: 'done' };
}

/** Admin consent to both permissions. `refused` where whoever signed in may make the app, and not agree for all. */
export async function ensureConsent(directory: Directory, principal: string, permissions: Permissions): Promise<State> {
  try {
    const own = await ensureRole(directory, principal, permissions);
    const delegated = await ensureGrant(directory, principal, permissions);
    return own === 'done' || delegated === 'done' ? 'done' : 'there';
  } catch (error) {
    if (error instanceof Refused && error.reason === 'not-application-administrator') return 'refused';
    throw error;
  }
}

async function ensureRole(directory: Directory, principal: string, { resourceId, role }: Permissions): Promise<State> {
  const path = `/servicePrincipals/${principal}/appRoleAssignments`;
  const present = await directory.read<{ value: readonly AppRoleAssignment[] }>(path);
  if (present?.value.some(one => one.appRoleId === role && one.resourceId === resourceId)) return 'there';
  await directory.write('POST', path, { principalId: principal, resourceId, appRoleId: role });
  return 'done';
}

async function ensureGrant(directory: Directory, principal: string, { resourceId }: Permissions): Promise<State> {
  const present = await directory.read<{ value: readonly OAuth2PermissionGrant[] }>(
    `/oauth2PermissionGrants?$filter=clientId eq '${principal}'`,
  );
  const found = present?.value.find(one => one.resourceId === resourceId && one.consentType === 'AllPrincipals');
  const scopes = (found?.scope ?? '').split(' ').filter(Boolean);
  if (scopes.includes(delegatedPermission)) return 'there';
  // A grant holds all scopes of its kind: what is sent takes the place of what was there.
  const scope = [...scopes, delegatedPermission].join(' ');
  if (found?.id) await directory.write('PATCH', `/oauth2PermissionGrants/${found.id}`, { scope });
  else
    await directory.write('POST', '/oauth2PermissionGrants', {
      clientId: principal,
      consentType: 'AllPrincipals',
      resourceId,
      scope,
    });
  return 'done';
}
