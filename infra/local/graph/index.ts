import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Request, Response } from 'restify';
import type { Team } from '../directory.ts';
import type { LocalTenant } from '../tenant.ts';
import type { AccessClaims, Entra } from '../entra/index.ts';
import { applicationRoutes } from './applications.ts';
import { answerBatch } from './batch.ts';
import type { Call, GraphAnswer, GraphRequest, Route, TeamCall } from './call.ts';
import { errorBody, faultError, GraphError, problems } from './errors.ts';
import { openFiles, type Files } from './files.ts';
import { itemRoutes } from './items.ts';
import { listRoutes } from './lists.ts';
import { peopleRoutes } from './people.ts';
import { mustBeAllowed, needsOf, type Needs, type SiteRole } from './permissions.ts';
import { createRouter, type Found } from './router.ts';
import { createByHand, type ByHand } from './by-hand.ts';
import { createOddities, mustBeOpen, type Oddities } from './oddities.ts';
import { Options } from './query.ts';
import { createShapes } from './shapes.ts';
import { openSharePoint } from './sharepoint.ts';
import { etagOf } from './stored.ts';
import { openSites } from './sites.ts';
import { openSubscriptions, type Subscriptions } from './subscriptions.ts';
import { openTabs, type Tabs } from './tabs.ts';
import { createThrottle, type Throttle } from './throttle.ts';

/** Local Microsoft Graph, under `/graph/v1.0`. */
export interface Graph {
  /**
   * Grants the app a role on a team's site, as an administrator does with `POST /sites/{id}/permissions`; null takes it
   * away.
   */
  grantSite(teamId: string, role: SiteRole | null): void;
  /**
   * Resource-specific consent: given when the app is installed in a team, taken back with an empty list when it is
   * removed.
   */
  setTeamConsent(teamId: string, permissions: readonly string[]): void;
  /** The site of a team, as Graph names it to whoever opens the tab. */
  siteOf(teamId: string): { readonly id: string; readonly url: string };
  /** SharePoint's limit for the app. */
  readonly throttle: Throttle;
  /** The documents of each team. */
  readonly files: Files;
  /** The tabs of the app in the channels of each team. */
  readonly tabs: Tabs;
  /** States that a healthy tenant is not in. */
  readonly oddities: Oddities;
  /** What somebody does to a list by hand, in SharePoint itself. */
  readonly byHand: ByHand;
  /** Whom Graph tells of changes in which lists. */
  readonly subscriptions: Subscriptions;
}

const root = '/graph/v1.0';
/**
 * What links in answers start with: Graph's own address, as clients expect. Microsoft's client would not follow a link
 * to anywhere else; whoever sends its calls here sends these here too.
 */
const base = 'https://graph.microsoft.com/v1.0';

/** Of a request that is no upload. */
const mostBytes = 2 * 1024 * 1024;

export function openGraph(local: LocalTenant, entra: Entra): Graph {
  const { server, store, directory } = local;
  const consents = store.collection<readonly string[]>('graph.team-consents');
  const sites = openSites({ store, directory, base });
  const oddities = createOddities(store);
  const sharePoint = openSharePoint(store, oddities, list => subscriptions.changed(list));
  const subscriptions: Subscriptions = openSubscriptions({
    ...{ store, directory, sharePoint, sites, base },
    now: () => local.clock.now(),
  });
  const shapes = createShapes({ sharePoint, sites, base });
  const files = openFiles(local);
  const tabs = openTabs(local, { base, hasApp: teamId => (consents.get(teamId) ?? []).length > 0 });
  const routes = [
    ...sites.routes,
    ...files.routes,
    ...tabs.routes,
    ...listRoutes({ sharePoint, shapes, base }),
    ...itemRoutes({ sharePoint, shapes, base }),
    ...peopleRoutes({ directory, oddities, base }),
    ...applicationRoutes(entra.applications, base),
  ];
  const throttle = createThrottle();
  const find = createRouter(routes);
  for (const route of routes) needed(route);

  async function callerOf(headers: GraphRequest['headers']): Promise<AccessClaims> {
    const token = headers['authorization']?.match(/^Bearer (.+)$/i)?.[1];
    if (token === undefined) throw problems.noToken();
    return entra.verify(token, 'https://graph.microsoft.com').catch((error: unknown) => {
      throw problems.badToken(error instanceof Error ? error.message : String(error));
    });
  }

  /** The team that a path is about; undefined when it is about none. */
  function teamOf({ route, params }: Found): Team | undefined {
    const { site, group, team, drive } = params;
    if (site !== undefined) return sites.find(site) ?? missing(problems.itemNotFound('site'));
    if (drive !== undefined) return files.teamOf(drive) ?? missing(problems.itemNotFound('drive'));
    const groupId = group ?? team;
    if (groupId === undefined) return undefined;
    return (
      directory.team(groupId.toLowerCase()) ??
      directory.team(groupId) ??
      missing(route.path.startsWith('/teams') ? problems.noSuchTeam(groupId) : problems.noSuchObject(groupId))
    );
  }

  /** From here to the answer nothing waits, so no other call comes between what this one reads and what it writes. */
  function perform(request: GraphRequest, caller: AccessClaims): GraphAnswer {
    const found = find(request.method, request.url);
    const needs = needed(found.route);
    const user =
      caller.userId === null
        ? null
        : (directory.user(caller.userId) ??
          missing(problems.badToken('The person of this token is no longer in the tenant.')));
    const team = teamOf(found);
    const about = found.route.path.startsWith('/groups/{group}/') && needs.site === undefined ? undefined : team;
    mustBeAllowed({
      needs,
      caller,
      user,
      team: about,
      role: team ? sites.role(team.id, caller.appId) : null,
      consent: team ? (consents.get(team.id) ?? []) : [],
      isAdministrator: user !== null && entra.consent.administrators().includes(user.id),
    });

    if (team && (found.route.path.startsWith('/sites') || found.route.path.startsWith('/drives')))
      mustBeOpen(oddities.siteState(team.id), request.method);

    const { headers, body, arrivedAt } = request;
    const query = new Options(found.query);
    const call: Call = { ...found, query, headers, body, arrivedAt, caller, user, now: local.clock.now() };
    const teamCall: Call | TeamCall = team ? { ...call, team } : call;
    const answered = found.route.handle(teamCall);
    query.mustBeRead();
    return answered;
  }

  /** The ETag of the item that a request is about to change, before anything else happens to it. */
  function arrivalOf({ method, url }: Pick<GraphRequest, 'method' | 'url'>): string | undefined {
    if (method !== 'PATCH' && method !== 'DELETE') return undefined;
    try {
      const found = find(method, url);
      const team = found.params['item'] === undefined ? undefined : teamOf(found);
      const { list, item } = found.params;
      if (!team || list === undefined || item === undefined) return undefined;
      return etagOf(sharePoint.item(sharePoint.list(team.id, list), item));
    } catch {
      // Whatever is wrong with it is said when it is answered.
      return undefined;
    }
  }

  async function answer(request: GraphRequest): Promise<GraphAnswer> {
    const fault = local.faults.take(request.method, decodedPath(`${root}${request.url}`));
    if (fault && !fault.afterwards) return failed(faultError(fault), request);
    try {
      const caller = await callerOf(request.headers);
      const isBatch = request.method === 'POST' && /^\/(\$|%24)batch$/i.test(request.url);
      if (!isBatch) throttle.admit(request);
      const answered = isBatch
        ? await answerBatch(request, answer)
        : ((await subscriptions.answer(request, caller)) ?? perform(request, caller));
      return throttle.marked(fault ? failed(faultError(fault), request) : answered, request);
    } catch (error) {
      return failed(error, request);
    }
  }

  function failed(error: unknown, request: GraphRequest): GraphAnswer {
    const known =
      error instanceof GraphError
        ? error
        : new GraphError(
            500,
            'generalException',
            `General exception while processing: ${error instanceof Error ? error.message : String(error)}`,
          );
    const id = request.headers['request-id'] ?? randomUUID();
    return {
      status: known.status,
      headers: known.headers,
      body: errorBody(known, { id, clientId: request.headers['client-request-id'] ?? id, at: local.clock.now() }),
    };
  }

  async function serve(req: Request, res: Response): Promise<void> {
    const [method, url] = [req.method ?? 'GET', (req.url ?? '').slice(root.length)];
    const arrivedAt = arrivalOf({ method, url });
    if (local.faults.latencyMs > 0) await wait(local.faults.latencyMs);
    const requestId = randomUUID();
    const headers = Object.fromEntries(
      Object.entries(req.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    );
    const request: GraphRequest = {
      method,
      url,
      headers: { ...headers, 'request-id': requestId },
      body: req.body as unknown,
      arrivedAt,
    };
    const isTooLarge = method !== 'PUT' && Number(headers['content-length'] ?? 0) > mostBytes;
    const answered = isTooLarge ? failed(problems.tooLarge(), request) : await answer(request);
    const { status, body, headers: more } = answered;
    res.writeHead(status, {
      'request-id': requestId,
      'client-request-id': headers['client-request-id'] ?? requestId,
      ...(body === undefined
        ? {}
        : {
            'content-type':
              'application/json; odata.metadata=minimal; odata.streaming=true; IEEE754Compatible=false; charset=utf-8',
          }),
      ...more,
    });
    res.end(body === undefined ? undefined : JSON.stringify(body));
  }

  server.get(`${root}/*`, serve);
  server.post(`${root}/*`, serve);
  server.patch(`${root}/*`, serve);
  server.put(`${root}/*`, serve);
  server.del(`${root}/*`, serve);

  return {
    throttle,
    files,
    tabs,
    oddities,
    subscriptions,
    byHand: createByHand({ directory, sharePoint, now: local.clock.now }),
    grantSite(teamId, role) {
      existing(teamId);
      sites.grant(teamId, role);
    },
    siteOf(teamId) {
      const team = existing(teamId);
      return { id: sites.id(team), url: sites.webUrl(team) };
    },
    setTeamConsent(teamId, permissions) {
      existing(teamId);
      consents.put(teamId, [...new Set(permissions)]);
    },
  };

  function existing(teamId: string): Team {
    const team = directory.team(teamId);
    if (!team) throw new Error(`no team ${teamId} in the local tenant: its Microsoft 365 group id is expected`);
    return team;
  }
}

function needed(route: Route): Needs {
  const needs = needsOf[`${route.method} ${route.path}`];
  if (!needs)
    throw new Error(
      `no permissions are written down for ${route.method} ${route.path}: add the call to needsOf in permissions.ts`,
    );
  return needs;
}

function missing(error: GraphError): never {
  throw error;
}

function decodedPath(url: string): string {
  try {
    return decodeURIComponent(url.replace(/\?.*$/s, ''));
  } catch {
    return url;
  }
}
