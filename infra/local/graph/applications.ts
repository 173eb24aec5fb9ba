import { randomUUID } from 'node:crypto';
import type { Application } from '@microsoft/microsoft-graph-types';
import { graphApp, type Applications, type ServicePrincipal, type StoredApplication } from '../entra/applications.ts';
import { asObject, type Call, type GraphAnswer, type Route } from './call.ts';
import { problems } from './errors.ts';
import { option, readSelect, selected } from './query.ts';

/** What of an app registration can be written here. */
const writable = [
  'displayName',
  'signInAudience',
  'identifierUris',
  'api',
  'web',
  'requiredResourceAccess',
  'keyCredentials',
];

/** App registrations, the apps of the tenant, and what they are given. */
export function applicationRoutes(applications: Applications, base: string): readonly Route[] {
  const { principals, assignments, grants } = applications;

  function existing({ params }: Call): StoredApplication {
    const found = applications.find(
      params['app'] !== undefined ? { appId: params['app'] } : { uniqueName: params['name'] ?? '' },
    );
    if (!found) throw problems.noSuchObject(params['app'] ?? params['name'] ?? '');
    return found;
  }
  function principalOf(id: string | undefined): ServicePrincipal {
    const found = [graphApp, ...principals.values()].find(one => one.id === id);
    if (!found) throw problems.noSuchObject(id ?? '');
    return found;
  }
  function shown(call: Call): GraphAnswer {
    const names = readSelect(option(call.query, 'select'));
    return {
      status: 200,
      body: {
        '@odata.context': `${base}/$metadata#applications/$entity`,
        ...selected(applications.shown(existing(call), names?.includes('keyCredentials')), names),
      },
    };
  }
  function change(application: StoredApplication, given: Application): GraphAnswer {
    const properties: Application = {
      ...application.properties,
      ...given,
      // Parts that are not named stay.
      api: { ...application.properties.api, ...given.api },
      web: { ...application.properties.web, ...given.web },
    };
    const known = (application.properties.api?.oauth2PermissionScopes ?? []).map(({ id }) => id);
    const named = (given.api?.preAuthorizedApplications ?? []).flatMap(one => one.delegatedPermissionIds ?? []);
    if (named.some(id => !known.includes(id))) throw problems.scopeNotThere();
    const host = given.identifierUris?.find(uri => !uri.endsWith(`/${application.appId}`));
    if (host !== undefined) throw problems.identifierUri(host);
    applications.put({ ...application, properties });
    return { status: 204 };
  }

  return [
    { method: 'GET', path: '/applications(appId)/{app}', handle: shown },
    { method: 'GET', path: '/applications(uniqueName)/{name}', handle: shown },
    {
      method: 'PATCH',
      path: '/applications(appId)/{app}',
      handle: call => change(existing(call), applicationIn(call)),
    },
    {
      method: 'PATCH',
      path: '/applications(uniqueName)/{name}',
      handle(call) {
        const given = applicationIn(call);
        const found = applications.find({ uniqueName: call.params['name'] ?? '' });
        if (found) return change(found, given);
        if (!createsIfMissing(call)) throw problems.noSuchObject(call.params['name'] ?? '');
        if (!given.displayName) throw problems.directoryInvalid('displayName');
        const made = applications.make(call.params['name'] ?? '', given);
        return { status: 201, body: applications.shown(made) };
      },
    },
    {
      method: 'POST',
      path: '/applications(appId)/{app}/addPassword',
      handle(call) {
        const wanted = asObject(asObject(call.body)?.['passwordCredential']) ?? {};
        return { status: 200, body: applications.addPassword(existing(call), wanted) };
      },
    },
    {
      method: 'GET',
      path: '/applications(appId)/{app}/federatedIdentityCredentials',
      handle: call => ({ status: 200, body: { value: existing(call).federated } }),
    },
    {
      method: 'POST',
      path: '/applications(appId)/{app}/federatedIdentityCredentials',
      handle(call) {
        const application = existing(call);
        const credential = { id: randomUUID(), ...asObject(call.body) };
        applications.put({ ...application, federated: [...application.federated, credential] });
        return { status: 201, body: credential };
      },
    },
    {
      method: 'GET',
      path: '/servicePrincipals(appId)/{app}',
      handle(call) {
        const found = [graphApp, ...principals.values()].find(({ appId }) => appId === call.params['app']);
        if (!found) throw problems.noSuchObject(call.params['app'] ?? '');
        return { status: 200, body: selected(found, readSelect(option(call.query, 'select'))) };
      },
    },
    {
      method: 'PATCH',
      path: '/servicePrincipals(appId)/{app}',
      handle(call) {
        const { appId, properties } = existing(call);
        if (principals.values().some(one => one.appId === appId)) return { status: 204 };
        if (!createsIfMissing(call)) throw problems.noSuchObject(appId);
        const made = { id: randomUUID(), appId, displayName: properties.displayName ?? '' };
        principals.put(made);
        return { status: 201, body: made };
      },
    },
    {
      method: 'GET',
      path: '/servicePrincipals/{principal}/appRoleAssignments',
      handle(call) {
        const { id } = principalOf(call.params['principal']);
        return { status: 200, body: { value: assignments.values().filter(one => one.principalId === id) } };
      },
    },
    {
      method: 'POST',
      path: '/servicePrincipals/{principal}/appRoleAssignments',
      handle(call) {
        const body = asObject(call.body) ?? {};
        const [principalId, resourceId, appRoleId] = ['principalId', 'resourceId', 'appRoleId'].map(name =>
          String(body[name] ?? ''),
        ) as [string, string, string];
        principalOf(principalId);
        if (resourceId !== graphApp.id || !graphApp.appRoles.some(({ id }) => id === appRoleId))
          throw problems.directoryInvalid('appRoleId');
        const wanted = { principalId, resourceId, appRoleId };
        if (assignments.values().some(one => one.principalId === principalId && one.appRoleId === appRoleId))
          throw problems.assignedAlready();
        const made = { id: randomUUID(), ...wanted };
        assignments.put(made);
        return { status: 201, body: made };
      },
    },
    {
      method: 'GET',
      path: '/oauth2PermissionGrants',
      handle(call) {
        const filter = option(call.query, 'filter') ?? '';
        const client = /^clientId eq '([^']+)'$/.exec(filter)?.[1];
        if (client === undefined) throw problems.badExpression(filter);
        return { status: 200, body: { value: grants.values().filter(({ clientId }) => clientId === client) } };
      },
    },
    {
      method: 'POST',
      path: '/oauth2PermissionGrants',
      handle(call) {
        const body = asObject(call.body) ?? {};
        const made = {
          id: randomUUID(),
          clientId: principalOf(String(body['clientId'])).id,
          consentType: String(body['consentType']),
          resourceId: principalOf(String(body['resourceId'])).id,
          scope: String(body['scope']),
        };
        const isThere = grants
          .values()
          .some(
            one =>
              one.clientId === made.clientId &&
              one.resourceId === made.resourceId &&
              one.consentType === made.consentType,
          );
        if (isThere) throw problems.grantedAlready();
        grants.put(made);
        return { status: 201, body: made };
      },
    },
    {
      method: 'PATCH',
      path: '/oauth2PermissionGrants/{grant}',
      handle(call) {
        const found = grants.values().find(({ id }) => id === call.params['grant']);
        if (!found) throw problems.noSuchObject(call.params['grant'] ?? '');
        // What is sent takes the place of what was there.
        grants.put({ ...found, scope: String(asObject(call.body)?.['scope'] ?? '') });
        return { status: 204 };
      },
    },
  ];
}

function createsIfMissing({ headers }: Call): boolean {
  return headers['prefer'] === 'create-if-missing';
}

function applicationIn({ body }: Call): Application {
  const given = asObject(body) ?? {};
  const other = Object.keys(given).find(name => !writable.includes(name));
  if (other !== undefined) throw problems.notImplemented(`the property ${other} of an application`);
  return given as Application;
}
