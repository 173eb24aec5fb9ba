// Asks a real tenant what Microsoft does not publish: `npm run verify-tenant -- --site … --group … --team …`.
import { parseArgs } from 'node:util';
import { readConfig } from '../../bot/config.ts';
import { createEntraClient } from '../../bot/graph/entra.ts';
import type { Ask, Tenant } from './experiments.ts';
import { reportOf, verify } from './report.ts';

const usage = `npm run verify-tenant -- --site <address of a team's site> --group <the team's Microsoft 365 group id> --team <the team's id, 19:…@thread.tacv2>

It reads, and makes one list in that site. The team has the app, and the app has its role on the site; the environment is
the server's (docs/deploying.md). --connector <address> where the team's messages do not come from smba.trafficmanager.net/teams.`;

/** `https://contoso.sharepoint.com/sites/gardeners` as Graph names it. */
export function siteOf(address: string): string {
  const { hostname, pathname } = new URL(address);
  return `${hostname}:${pathname.replace(/\/+$/, '')}`;
}

/** Calls a service with the token of this scope; nothing is tried twice, so that what is seen is what was said. */
export function askerOf(base: string, token: () => Promise<string>, fetch = globalThis.fetch): Ask {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await token()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: jsonOf(text) };
  };
}

function jsonOf(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      site: { type: 'string' },
      group: { type: 'string' },
      team: { type: 'string' },
      connector: { type: 'string', default: 'https://smba.trafficmanager.net/teams' },
    },
  });
  const { site, group, team, connector } = values;
  if (site === undefined || group === undefined || team === undefined || !URL.canParse(site)) throw new Error(usage);

  const config = readConfig();
  const entra = createEntraClient(config);
  const tokenFor = (scope: string) => async (): Promise<string> => {
    const result = await entra.acquireTokenByClientCredential({ scopes: [`${scope}/.default`] });
    if (!result) throw new Error(`Entra gave no token for ${scope}`);
    return result.accessToken;
  };
  const tenant: Tenant = {
    graph: askerOf(`${config.cloud.graph}/v1.0`, tokenFor(config.cloud.graph)),
    connector: askerOf(connector.replace(/\/+$/, ''), tokenFor(config.cloud.bots)),
    site: siteOf(site),
    group,
    team,
    listName: `CoP Companion verification ${new Date().toISOString().slice(0, 16).replace(':', '-')}`,
  };
  process.stdout.write(`${reportOf(await verify(tenant), tenant.listName)}\n`);
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
