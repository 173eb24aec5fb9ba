// Gives the app its one site: `npm run grant -- <address of the team's site, or the team's link>`.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { clouds, type CloudName } from '../../bot/clouds.ts';
import type { Translate } from '../../bot/text.ts';
import { askerOf } from '../verify/verify-tenant.ts';
import { findSite, giveSite, listGrants, readTarget, scopesFor, siteRoles, takeSiteBack } from './grant.ts';
import { Refused } from './refused.ts';
import { runCommand, type Surroundings } from './run-command.ts';
import { signInByCode } from './sign-in.ts';

const guid = z.guid().transform(id => id.toLowerCase());

const Options = z.object({
  app: guid,
  tenant: guid,
  cloud: z.enum(Object.keys(clouds) as [CloudName, ...CloudName[]]),
  role: z.enum(siteRoles),
});

/** What the command does with these arguments; the exit code. */
export async function grantCommand(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { environment, say, t } = surroundings;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      role: { type: 'string', default: 'fullcontrol' },
      'take-back': { type: 'boolean' },
      list: { type: 'boolean' },
      app: { type: 'string', default: environment['MICROSOFT_APP_ID'] ?? '' },
      tenant: { type: 'string', default: environment['MICROSOFT_TENANT_ID'] ?? '' },
      cloud: { type: 'string', default: environment['CLOUD'] || 'public' },
      'client-id': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [link, ...more] = positionals;
  if (values.help || link === undefined || more.length > 0) {
    say(t('grant.usage'));
    return values.help ? 0 : 1;
  }
  const options = Options.safeParse(values);
  if (!options.success)
    throw new Refused('options', { names: options.error.issues.map(({ path }) => path[0]).join(', ') });
  const { app: appId, tenant: tenantId, cloud, role } = options.data;
  const target = readTarget(link);

  const { token } = await signInByCode({
    cloud: clouds[cloud],
    tenantId,
    scopes: scopesFor(target),
    show: sentence => say(`${t('sign-in.why', { scopes: scopesFor(target).join(', ') })}\n\n  ${sentence}\n`),
    ...(values['client-id'] ? { clientId: values['client-id'] } : {}),
    ...(surroundings.networkClient ? { networkClient: surroundings.networkClient } : {}),
  });
  const graph = askerOf(`${clouds[cloud].graph}/v1.0`, async () => token, surroundings.fetch);
  const { permissions, url } = await findSite(graph, target);

  if (values['take-back'])
    say(t((await takeSiteBack(graph, permissions, appId)) ? 'grant.taken' : 'grant.nothing-to-take', { url, appId }));
  else if (!values.list) say(t(`grant.${await giveSite(graph, permissions, { appId, role })}`, { url, appId, role }));
  say(whoHasWhat(await listGrants(graph, permissions), { url, appId, t }));
  return 0;
}

function whoHasWhat(
  grants: Awaited<ReturnType<typeof listGrants>>,
  { url, appId, t }: { readonly url: string; readonly appId: string; readonly t: Translate },
): string {
  if (grants.length === 0) return t('grant.nobody', { url });
  const lines = grants.map(grant =>
    t('grant.line', {
      roles: grant.roles.join(', '),
      app: grant.appName || grant.appId,
      id: grant.appId,
      context: grant.appId === appId ? 'ours' : 'other',
    }),
  );
  return [t('grant.list', { url }), ...lines.map(line => `  ${line}`)].join('\n');
}

if (import.meta.main) await runCommand(grantCommand);
