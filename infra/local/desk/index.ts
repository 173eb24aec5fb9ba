import manifest from '../../../appPackage/manifest.json' with { type: 'json' };
import { fileURLToPath } from 'node:url';
import type { Request, Response } from 'restify';
import { z } from 'zod';
import { Impossible, type Connector } from '../connector/index.ts';
import type { LocalTenant } from '../tenant.ts';
import type { Graph } from '../graph/index.ts';
import { addAdministratorPage } from './administrator-page.ts';
import { deskCalls, type TabTokens } from './calls.ts';
import { addPage } from './page.ts';

export interface DeskParts {
  readonly entra: TabTokens;
  readonly graph: Pick<Graph, 'setTeamConsent' | 'throttle' | 'files' | 'oddities' | 'byHand' | 'tabs'>;
  readonly connector: Connector;
  readonly isFilling: (() => boolean) | undefined;
  readonly beginAnew: (() => void) | undefined;
}

/** What a team consents to when it adds the app: the resource-specific permissions of its manifest. */
const teamPermissions = manifest.authorization.permissions.resourceSpecific.map(({ name }) => name);

/** Where Vite puts the page. */
const pageFolder = fileURLToPath(new URL('../../../dist/desk/', import.meta.url));

/**
 * The desk: one page that looks after the channel, the chats, the tabs, people, theme and clock, and an HTTP call for
 * each of its buttons.
 */
export function openDesk(local: LocalTenant, { entra, graph, connector, isFilling, beginAnew }: DeskParts): void {
  const { server } = local;
  const streams = new Set<Response>();

  function announce(event: object = { kind: 'changed', conversationId: null }): void {
    for (const stream of streams) stream.write(`data: ${JSON.stringify(event)}\n\n`);
  }

  connector.onEvent(event => {
    if (event.kind === 'installed') graph.setTeamConsent(event.teamId, teamPermissions);
    if (event.kind === 'uninstalled') {
      graph.setTeamConsent(event.teamId, []);
      graph.tabs.removeAll(event.teamId);
    }
    announce(event);
  });
  local.clock.onMove(() => announce());
  graph.files.onChange(() => announce());
  graph.tabs.onChange(() => announce());

  const calls = deskCalls({ local, connector, entra, graph, announce, isFilling, beginAnew });
  for (const call of calls) {
    const method = call.method === 'DELETE' ? 'del' : call.method === 'POST' ? 'post' : 'get';
    server[method](`/desk/api/${call.path.split('?')[0]}`, async (request: Request, response: Response) => {
      try {
        refuseStrangers(request);
        response.json(200, (await call.run(request.query, request.body ?? {})) ?? { done: true });
      } catch (error) {
        const { status, code, message } = failure(error);
        response.json(status, { code, message });
      }
    });
  }

  server.get('/desk/api', async (_request, response) => {
    response.json(200, {
      about: 'Everything the desk does, as HTTP calls. Bodies are JSON.',
      calls: calls.map(({ run: _, ...call }) => ({ ...call, path: `/desk/api/${call.path}` })),
    });
  });

  server.get('/desk/api/events', async (request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.write('retry: 1000\n\n');
    streams.add(response);
    const heartbeat = setInterval(() => response.write(': still here\n\n'), 20_000);
    heartbeat.unref();
    request.on('close', () => {
      clearInterval(heartbeat);
      streams.delete(response);
    });
  });

  addPage(server, pageFolder);
  if (local.appInTeams) addAdministratorPage(server);
}

/**
 * The desk hands out tokens and moves people about, so a page of somebody else, or a name that was pointed here, gets
 * nothing.
 */
function refuseStrangers(request: Request): void {
  const { host = '', origin } = request.headers;
  if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host))
    throw new Stranger(`The desk answers to localhost only, not to ${host}.`);
  if (origin !== undefined && origin !== `http://${host}`)
    throw new Stranger(`The desk takes calls from its own page and from outside browsers, not from ${origin}.`);
}

class Stranger extends Error {}

function failure(error: unknown): { status: number; code: string; message: string } {
  if (error instanceof z.ZodError) return { status: 400, code: 'not-understood', message: z.prettifyError(error) };
  if (error instanceof RangeError) return { status: 400, code: 'not-understood', message: error.message };
  if (error instanceof Stranger) return { status: 403, code: 'not-from-here', message: error.message };
  if (error instanceof Impossible) return { status: 409, code: 'impossible', message: error.message };
  return { status: 500, code: 'unexpected', message: error instanceof Error ? error.message : String(error) };
}
