import type { Team, User } from '../directory.ts';
import type { AccessClaims } from '../entra/index.ts';
import { problems } from './errors.ts';

/** What an app may do on a site that was granted to it. */
export type SiteRole = 'read' | 'write' | 'owner' | 'fullcontrol';
type SiteAct = 'read' | 'write' | 'manage';

/** Which of these permissions a call needs: any one is enough. */
export interface Needs {
  readonly delegated: readonly string[];
  /** Those ending in `.Group` are resource-specific: they count only in a team that has consented to them. */
  readonly application: readonly string[];
  /** What the role on the site must allow when the token has no more than `Sites.Selected`. */
  readonly site?: SiteAct | 'nobody';
  /** A person has to be an administrator, such as of SharePoint, and need not be in the team. */
  readonly administrator?: true;
}

/**
 * What each role on a granted site lets an app do. Microsoft's overview of selected permissions does not say which role
 * may make lists; reports show that a writer may not and that `fullcontrol` may, and nobody has shown it of `owner`.
 */
const actsOf: Readonly<Record<SiteRole, readonly SiteAct[]>> = {
  read: ['read'],
  write: ['read', 'write'],
  owner: ['read', 'write'],
  fullcontrol: ['read', 'write', 'manage'],
};

const readSites: Needs = both(['Sites.Read.All', 'Sites.ReadWrite.All'], 'read');
const readColumns: Needs = both(
  ['Sites.Read.All', 'Sites.ReadWrite.All', 'Sites.Manage.All', 'Sites.FullControl.All'],
  'read',
);
const writeItems: Needs = both(['Sites.ReadWrite.All'], 'write');
const manageColumns: Needs = both(['Sites.Manage.All', 'Sites.FullControl.All'], 'manage');
const groupMembers: Needs = both([
  'GroupMember.ReadBasic.All',
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.ReadWrite.All',
]);

/**
 * "Permissions" of the page "Create subscription". Whether `Sites.Selected` with a grant is enough is not published: local
 * Graph refuses it.
 */
export const subscribeToList: Needs = both(['Sites.ReadWrite.All'], 'nobody');

/** Who gives an app a site. */
const byAdministrator: Needs = { ...both(['Sites.FullControl.All'], 'nobody'), administrator: true };

const readApplications: Needs = {
  ...both(['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All']),
  administrator: true,
};
const writeApplications: Needs = { ...both(['Application.ReadWrite.All']), administrator: true };
const writeGrants: Needs = { ...both(['DelegatedPermissionGrant.ReadWrite.All']), administrator: true };

/**
 * The permissions of every call we answer. From Microsoft's published table, `permissions/new/permissions.json` of
 * microsoftgraph/microsoft-graph-devx-content, August 2026. Calls that the table leaves out have those of their
 * documentation page (changing columns, owners) or of the resource they belong to (fields and a version's fields).
 */
export const needsOf: Readonly<Record<string, Needs>> = {
  // Sites.Selected is about sites; that it reaches one by its group is documented nowhere.
  'GET /groups/{group}/sites/root': both(['Sites.Read.All', 'Sites.ReadWrite.All'], 'nobody'),
  'GET /sites/{site}': readSites,
  'GET /sites/{site}/lists': readSites,
  'POST /sites/{site}/lists': {
    delegated: ['Sites.Manage.All'],
    application: ['Sites.Manage.All', 'Sites.ReadWrite.All'],
    site: 'manage',
  },
  'GET /sites/{site}/lists/{list}': readSites,
  'PATCH /sites/{site}/lists/{list}': manageColumns,
  'GET /sites/{site}/lists/{list}/columns': readColumns,
  'POST /sites/{site}/lists/{list}/columns': manageColumns,
  'GET /sites/{site}/lists/{list}/columns/{column}': readColumns,
  'PATCH /sites/{site}/lists/{list}/columns/{column}': manageColumns,
  'DELETE /sites/{site}/lists/{list}/columns/{column}': manageColumns,
  'GET /sites/{site}/lists/{list}/items': readSites,
  'GET /sites/{site}/lists/{list}/items/delta': readSites,
  'POST /sites/{site}/lists/{list}/items': writeItems,
  'GET /sites/{site}/lists/{list}/items/{item}': {
    delegated: ['Sites.Read.All', 'Sites.ReadWrite.All'],
    application: ['Sites.Read.All', 'Sites.ReadWrite.All', 'Sites.Manage.All'],
    site: 'read',
  },
  'PATCH /sites/{site}/lists/{list}/items/{item}': writeItems,
  'DELETE /sites/{site}/lists/{list}/items/{item}': writeItems,
  'GET /sites/{site}/lists/{list}/items/{item}/fields': readSites,
  'PATCH /sites/{site}/lists/{list}/items/{item}/fields': writeItems,
  'GET /sites/{site}/lists/{list}/items/{item}/versions': readSites,
  'GET /sites/{site}/lists/{list}/items/{item}/versions/{version}': readSites,
  'GET /sites/{site}/lists/{list}/items/{item}/versions/{version}/fields': readSites,
  'POST /sites/{site}/lists/{list}/items/{item}/versions/{version}/restoreVersion': both(
    ['Sites.ReadWrite.All', 'Sites.Manage.All', 'Sites.FullControl.All'],
    'write',
  ),
  'GET /sites/{site}/permissions': byAdministrator,
  // The published table is behind the page, which has the row for administrators:
  // https://learn.microsoft.com/graph/api/site-post-permissions
  'POST /sites/{site}/permissions': byAdministrator,
  'GET /sites/{site}/permissions/{permission}': {
    delegated: [],
    application: ['Sites.FullControl.All'],
    site: 'nobody',
  },
  // Their pages name no delegated permission; that they are as the one above is assumed: unknown.json.
  'PATCH /sites/{site}/permissions/{permission}': byAdministrator,
  'DELETE /sites/{site}/permissions/{permission}': byAdministrator,
  'GET /groups/{group}/members': groupMembers,
  'GET /groups/{group}/owners': both(['GroupMember.Read.All', 'GroupMember.ReadWrite.All', 'Group.ReadWrite.All']),
  'GET /teams/{team}': both(['Team.ReadBasic.All', 'Group.ReadWrite.All']),
  'GET /teams/{team}/members': {
    delegated: ['TeamMember.Read.All', 'TeamMember.ReadWrite.All'],
    application: ['TeamMember.Read.Group', 'TeamMember.Read.All', 'TeamMember.ReadWrite.All'],
  },
  'GET /teams/{team}/channels': {
    delegated: [
      'Channel.ReadBasic.All',
      'ChannelSettings.Read.All',
      'ChannelSettings.ReadWrite.All',
      'Group.ReadWrite.All',
    ],
    application: [
      'ChannelSettings.Read.Group',
      'ChannelSettings.ReadWrite.Group',
      'Channel.ReadBasic.All',
      'ChannelSettings.Read.All',
      'ChannelSettings.ReadWrite.All',
      'Group.ReadWrite.All',
    ],
  },
  // Making tabs is no leave to read them: the page of the call does not name TeamsTab.Create.
  'GET /teams/{team}/channels/{channel}/tabs': {
    delegated: [
      'TeamsTab.Read.All',
      'TeamsTab.ReadWriteSelfForTeam',
      'TeamsTab.ReadWriteForTeam',
      'TeamsTab.ReadWrite.All',
      'Group.ReadWrite.All',
    ],
    application: [
      'TeamsTab.Read.Group',
      'TeamsTab.ReadWrite.Group',
      'TeamsTab.Read.All',
      'TeamsTab.ReadWriteSelfForTeam.All',
      'TeamsTab.ReadWriteForTeam.All',
      'TeamsTab.ReadWrite.All',
      'Group.ReadWrite.All',
    ],
  },
  'POST /teams/{team}/channels/{channel}/tabs': {
    delegated: [
      'TeamsTab.Create',
      'TeamsTab.ReadWriteSelfForTeam',
      'TeamsTab.ReadWriteForTeam',
      'TeamsTab.ReadWrite.All',
      'Group.ReadWrite.All',
      'Directory.ReadWrite.All',
    ],
    application: [
      'TeamsTab.Create.Group',
      'TeamsTab.Create',
      'TeamsTab.ReadWriteSelfForTeam.All',
      'TeamsTab.ReadWriteForTeam.All',
      'TeamsTab.ReadWrite.All',
      'Group.ReadWrite.All',
      'Directory.ReadWrite.All',
    ],
  },
  'GET /teams/{team}/channels/{channel}/filesFolder': {
    delegated: [
      'Files.Read',
      'Files.Read.All',
      'Files.ReadWrite',
      'Files.ReadWrite.All',
      'Group.ReadWrite.All',
      'Sites.Read.All',
      'Sites.ReadWrite.All',
    ],
    application: [
      'Files.Read.All',
      'Files.ReadWrite.All',
      'Group.ReadWrite.All',
      'Sites.Read.All',
      'Sites.ReadWrite.All',
    ],
  },
  'PUT /drives/{drive}/items/{item}/{name}/content': {
    delegated: ['Files.ReadWrite', 'Files.ReadWrite.All', 'Sites.ReadWrite.All'],
    application: ['Files.ReadWrite.All', 'Sites.ReadWrite.All'],
    site: 'write',
  },
  'GET /applications(appId)/{app}': readApplications,
  'GET /applications(uniqueName)/{name}': readApplications,
  'PATCH /applications(appId)/{app}': writeApplications,
  'PATCH /applications(uniqueName)/{name}': writeApplications,
  'POST /applications(appId)/{app}/addPassword': writeApplications,
  'GET /applications(appId)/{app}/federatedIdentityCredentials': readApplications,
  'POST /applications(appId)/{app}/federatedIdentityCredentials': writeApplications,
  'GET /servicePrincipals(appId)/{app}': readApplications,
  'PATCH /servicePrincipals(appId)/{app}': writeApplications,
  'GET /servicePrincipals/{principal}/appRoleAssignments': readApplications,
  'POST /servicePrincipals/{principal}/appRoleAssignments': {
    ...both(['AppRoleAssignment.ReadWrite.All']),
    administrator: true,
  },
  'GET /oauth2PermissionGrants': {
    ...both(['DelegatedPermissionGrant.Read.All', 'DelegatedPermissionGrant.ReadWrite.All', 'Directory.Read.All']),
    administrator: true,
  },
  'POST /oauth2PermissionGrants': writeGrants,
  'PATCH /oauth2PermissionGrants/{grant}': writeGrants,
  'GET /users/{user}': {
    delegated: ['User.Read', 'User.ReadBasic.All', 'User.Read.All'],
    application: ['User.ReadBasic.All', 'User.Read.All'],
  },
  'GET /me': { delegated: ['User.Read', 'User.ReadBasic.All', 'User.Read.All'], application: [] },
};

function both(permissions: readonly string[], site?: Needs['site']): Needs {
  return { delegated: permissions, application: permissions, ...(site === undefined ? {} : { site }) };
}

/** Who asks for what: `role` is the app's on the team's site, `consent` what the team has given the app. */
export interface Question {
  readonly needs: Needs;
  readonly caller: AccessClaims;
  readonly user: User | null;
  readonly team: Team | undefined;
  readonly role: SiteRole | null;
  readonly consent: readonly string[];
  /** Whether the person is an administrator. */
  readonly isAdministrator: boolean;
}

/** Throws the refusal that the part of Graph in question would answer. */
export function mustBeAllowed(question: Question): void {
  const { needs, caller, user, team, role, consent, isAdministrator } = question;
  const held = user ? caller.scopes : [...caller.roles, ...consent.filter(permission => permission.endsWith('.Group'))];
  const wanted = user ? needs.delegated : needs.application;
  const direct = wanted.some(permission => held.includes(permission));
  // An act on behalf of a person is never more than that person may do.
  const stranger =
    user !== null &&
    team !== undefined &&
    (needs.administrator ? !isAdministrator : !team.members.some(member => member.userId === user.id));

  if (needs.site !== undefined) {
    const selected =
      held.includes('Sites.Selected') && needs.site !== 'nobody' && role !== null && actsOf[role].includes(needs.site);
    if (stranger || !(direct || selected)) throw problems.accessDenied();
    return;
  }
  if (!user && wanted.length === 0) throw problems.onlyDelegated();
  if (!direct) throw team ? problems.teamForbidden(wanted, caller.roles, consent) : problems.directoryDenied();
  if (needs.administrator && user && !isAdministrator) throw problems.directoryDenied();
  if (stranger) throw problems.accessDenied();
}
