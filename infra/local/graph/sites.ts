import { createHash, randomUUID } from 'node:crypto';
import type { Permission, Site } from '@microsoft/microsoft-graph-types';
import { tenant, type Directory, type Team } from '../directory.ts';
import type { Store } from '../store.ts';
import { asObject, mustSayOnly, teamRoute, type GraphAnswer, type Route, type TeamCall } from './call.ts';
import { problems } from './errors.ts';
import type { SiteRole } from './permissions.ts';
import { option, readSelect, selected } from './query.ts';

/** The team sites: where they are, and which apps were granted what on them. */
export interface Sites {
  id(team: Team): string;
  webUrl(team: Team): string;
  /** By `host,collection,web`, by the collection's id, or by `host:/path`. */
  find(reference: string): Team | undefined;
  /** The highest role this app has on the site; null for none. */
  role(teamId: string, appId: string): SiteRole | null;
  grant(teamId: string, role: SiteRole | null): void;
  readonly routes: readonly Route[];
}

interface Grant {
  readonly id: string;
  readonly teamId: string;
  readonly appId: string;
  readonly appName: string;
  readonly role: SiteRole;
}

const rolesUpwards: readonly SiteRole[] = ['read', 'write', 'owner', 'fullcontrol'];
/** `cedarvalley.example` has its sites at `cedarvalley.sharepoint.example`. */
const host = tenant.domain.replace('.', '.sharepoint.');

export function openSites({ store, directory, base }: { store: Store; directory: Directory; base: string }): Sites {
  const grants = store.collection<Grant>('graph.grants');
  /** Team ids by what their sites are called; these names are a function of the id. */
  const named = new Map<string, string>();

  function id(team: Team): string {
    return `${host},${guid('site collection', team.id)},${guid('web', team.id)}`;
  }
  function webUrl(team: Team): string {
    return `https://${host}${team.sitePath}`;
  }
  function find(reference: string): Team | undefined {
    const wanted = reference.toLowerCase();
    const [wantedHost, path] = wanted.split(':/');
    if (path !== undefined)
      return wantedHost === host
        ? directory.teams().find(team => team.sitePath.toLowerCase() === `/${path}`)
        : undefined;
    const known = directory.team(named.get(wanted) ?? '');
    if (known) return known;
    const team = directory
      .teams()
      .find(candidate => [id(candidate), guid('site collection', candidate.id)].includes(wanted));
    if (team) named.set(wanted, team.id);
    return team;
  }
  function shown(team: Team): Site {
    const [, siteCollectionId, webId] = id(team).split(',');
    return {
      id: id(team),
      name: team.sitePath.split('/').at(-1) ?? '',
      displayName: team.displayName,
      description: team.description,
      webUrl: webUrl(team),
      root: {},
      siteCollection: { hostname: host },
      sharepointIds: { siteId: siteCollectionId ?? '', webId: webId ?? '', siteUrl: webUrl(team) },
    };
  }
  function answer(call: TeamCall): GraphAnswer {
    return {
      status: 200,
      body: {
        '@odata.context': `${base}/$metadata#sites/$entity`,
        ...selected(shown(call.team), readSelect(option(call.query, 'select'))),
      },
    };
  }
  function grantsOn(teamId: string): readonly Grant[] {
    return grants.where('teamId', teamId);
  }
  function put(grant: Grant): void {
    store.together(() => {
      for (const old of grantsOn(grant.teamId)) if (old.appId === grant.appId) grants.delete(old.id);
      grants.put(grant.id, grant);
    });
  }
  function existing(team: Team, permission: string | undefined): Grant {
    const grant = grantsOn(team.id).find(candidate => candidate.id === permission);
    if (!grant) throw problems.itemNotFound('permission');
    return grant;
  }

  return {
    id,
    webUrl,
    find,
    role: (teamId, appId) => grantsOn(teamId).find(grant => grant.appId === appId)?.role ?? null,
    grant(teamId, role) {
      if (role !== null) return put({ id: randomUUID(), teamId, appId: tenant.appId, appName: tenant.appName, role });
      store.together(() => {
        for (const grant of grantsOn(teamId)) if (grant.appId === tenant.appId) grants.delete(grant.id);
      });
    },
    routes: [
      teamRoute('GET', '/groups/{group}/sites/root', answer),
      teamRoute('GET', '/sites/{site}', answer),
      teamRoute('GET', '/sites/{site}/permissions', call => ({
        status: 200,
        body: { value: grantsOn(call.team.id).map(shownGrant) },
      })),
      teamRoute('POST', '/sites/{site}/permissions', call => {
        const grant = readGrant(call.team.id, call.body);
        put(grant);
        return { status: 201, body: shownGrant(grant) };
      }),
      teamRoute('GET', '/sites/{site}/permissions/{permission}', call => ({
        status: 200,
        body: shownGrant(existing(call.team, call.params['permission'])),
      })),
      teamRoute('PATCH', '/sites/{site}/permissions/{permission}', call => {
        const before = existing(call.team, call.params['permission']);
        mustSayOnly(asObject(call.body), ['roles']);
        const role = highestRole(asObject(call.body)?.['roles']);
        if (role === undefined) throw problems.badArgument();
        const changed = { ...before, role };
        grants.put(before.id, changed);
        return { status: 200, body: shownGrant(changed) };
      }),
      teamRoute('DELETE', '/sites/{site}/permissions/{permission}', call => {
        grants.delete(existing(call.team, call.params['permission']).id);
        return { status: 204 };
      }),
    ],
  };
}

/** The same text makes the same id, so that nothing has to be kept. */
export function guid(kind: string, text: string): string {
  const hex = createHash('sha256').update(`${kind}\n${text}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function readGrant(teamId: string, given: unknown): Grant {
  const body = asObject(given);
  const identities = body?.['grantedToIdentitiesV2'] ??
    body?.['grantedToIdentities'] ?? [body?.['grantedToV2'] ?? body?.['grantedTo']];
  const application = asObject(asObject(Array.isArray(identities) ? identities[0] : undefined)?.['application']);
  const role = highestRole(body?.['roles']);
  if (role === undefined || typeof application?.['id'] !== 'string') throw problems.badArgument();
  return {
    id: randomUUID(),
    teamId,
    appId: application['id'].toLowerCase(),
    appName: typeof application['displayName'] === 'string' ? application['displayName'] : '',
    role,
  };
}

function highestRole(roles: unknown): SiteRole | undefined {
  return Array.isArray(roles) ? rolesUpwards.toReversed().find(candidate => roles.includes(candidate)) : undefined;
}

function shownGrant(grant: Grant): Permission {
  const application = { id: grant.appId, displayName: grant.appName };
  return {
    id: grant.id,
    roles: [grant.role],
    grantedToIdentities: [{ application }],
    grantedToIdentitiesV2: [{ application }],
  };
}
