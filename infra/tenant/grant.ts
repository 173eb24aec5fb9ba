import type { Permission, Site } from '@microsoft/microsoft-graph-types';
import type { Ask } from '../verify/experiments.ts';
import { Refused } from './refused.ts';

/** Which roles on a site an administrator may give. The first is what the app needs to make its lists. */
export const siteRoles = ['fullcontrol', 'write', 'read'] as const;
export type SiteRole = (typeof siteRoles)[number];

/** What somebody pasted: the address of a team's site, or the link of a team. */
export type Target =
  | { readonly kind: 'site'; readonly host: string /** As in the address: encoded. */; readonly path: string }
  | { readonly kind: 'team'; readonly group: string };

/** What an app may do on a site. */
export interface Grant {
  readonly id: string;
  readonly roles: readonly string[];
  readonly appId: string;
  readonly appName: string;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads `https://contoso.sharepoint.com/sites/gardeners`, also with a page behind it, or what Teams gives for "Get link to
 * team" and "Get link to channel": `https://teams.microsoft.com/l/team/…?groupId=…`.
 * @throws Refused when it is neither
 */
export function readTarget(link: string): Target {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url?.protocol !== 'https:') throw new Refused('no-link', { link });
  const group = url.searchParams.get('groupId');
  if (group !== null && guid.test(group)) return { kind: 'team', group: group.toLowerCase() };
  const [, kind, name] = url.pathname.split('/');
  if (!/(^|\.)sharepoint(-mil)?\.[a-z]+$/.test(url.hostname) || !['sites', 'teams'].includes(kind ?? '') || !name)
    throw new Refused('no-link', { link });
  return { kind: 'site', host: url.hostname, path: `${kind}/${name}` };
}

/** Least: what each act takes of the administrator who signs in. */
export function scopesFor(target: Target): readonly string[] {
  // A team's link does not say where its site is, and that is read.
  return target.kind === 'team' ? ['Sites.FullControl.All', 'Sites.Read.All'] : ['Sites.FullControl.All'];
}

/** The path of the site's permissions, and the site's address for people. */
export async function findSite(
  graph: Ask,
  target: Target,
): Promise<{ readonly permissions: string; readonly url: string }> {
  if (target.kind === 'team') {
    const answer = await graph('GET', `/groups/${target.group}/sites/root?$select=webUrl`);
    const { webUrl } = (answer.body ?? {}) as Site;
    if (answer.status !== 200 || !webUrl) throw new Refused('team-not-read', { status: answer.status });
    return findSite(graph, readTarget(webUrl));
  }
  // By its address, as reading the site itself would take a role in it.
  return {
    permissions: `/sites/${target.host}:/${target.path}:/permissions`,
    url: `https://${target.host}/${target.path}`,
  };
}

/** The apps that may do something on the site. */
export async function listGrants(graph: Ask, permissions: string): Promise<readonly Grant[]> {
  const { value } = await asked<{ value: readonly Permission[] }>(graph, 'GET', permissions);
  return value.flatMap(({ id, roles, grantedToIdentitiesV2, grantedToIdentities }) => {
    const application = (grantedToIdentitiesV2 ?? grantedToIdentities ?? []).find(one => one.application)?.application;
    if (!id || !application?.id) return [];
    return [{ id, roles: roles ?? [], appId: application.id.toLowerCase(), appName: application.displayName ?? '' }];
  });
}

/** What was done: nothing where the app has the role, and only it. */
export type Given = 'given' | 'changed' | 'there';

/** Gives the app this role on the site. May be repeated. */
export async function giveSite(
  graph: Ask,
  permissions: string,
  { appId, role }: { readonly appId: string; readonly role: SiteRole },
): Promise<Given> {
  const ours = (await listGrants(graph, permissions)).filter(grant => grant.appId === appId);
  const [grant, ...more] = ours;
  if (!grant) {
    const application = { id: appId, displayName: 'CoP Companion' };
    await asked(graph, 'POST', permissions, { roles: [role], grantedToIdentities: [{ application }] });
    return 'given';
  }
  if (more.length === 0 && grant.roles.length === 1 && grant.roles[0] === role) return 'there';
  await asked(graph, 'PATCH', `${permissions}/${grant.id}`, { roles: [role] });
  for (const { id } of more) await asked(graph, 'DELETE', `${permissions}/${id}`);
  return 'changed';
}

/** Takes every role of the app on the site away; false where it had none. May be repeated. */
export async function takeSiteBack(graph: Ask, permissions: string, appId: string): Promise<boolean> {
  const ours = (await listGrants(graph, permissions)).filter(grant => grant.appId === appId);
  for (const { id } of ours) await asked(graph, 'DELETE', `${permissions}/${id}`);
  return ours.length > 0;
}

async function asked<Answer>(graph: Ask, method: string, path: string, body?: object): Promise<Answer> {
  const { status, body: answer } = await graph(method, path, body);
  if (status >= 200 && status < 300) return answer as Answer;
  const { code = '', message = '' } = (answer as { error?: { code?: string; message?: string } } | null)?.error ?? {};
  const reason = status === 403 ? 'not-administrator' : status === 404 ? 'site-not-found' : 'graph-refused';
  throw new Refused(reason, { status, code, said: message });
}
