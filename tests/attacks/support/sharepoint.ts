import { tenant, type User } from '../../../infra/local/directory.ts';
import type { Target, TargetCommunity } from './target.ts';

/** A row of a list as SharePoint shows it. */
interface SharePointRow {
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The team's site as somebody has it in their browser, beside the app: with their own rights and no other. */
export interface SharePointSite {
  /** The rows of a list; none when there is no such list. */
  rows(list: string): Promise<readonly SharePointRow[]>;
  add(list: string, fields: object): Promise<number>;
  change(list: string, row: SharePointRow, fields: object): Promise<number>;
  remove(list: string, row: SharePointRow): Promise<number>;
}

export async function openSite(
  { microsoft365: { url, entra } }: Target,
  { team }: TargetCommunity,
  who: User,
): Promise<SharePointSite> {
  const answer = await fetch(`${url}/${tenant.id}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: tenant.appId,
      client_secret: tenant.appSecret,
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      scope: 'https://graph.microsoft.com/.default',
      assertion: await entra.issueTabToken(who.id),
    }),
  });
  const { access_token: token } = (await answer.json()) as { readonly access_token: string };

  function graph(method: string, path: string, body?: object): Promise<Response> {
    return fetch(`${url}/graph/v1.0${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
  const { id } = (await (await graph('GET', `/groups/${team.id}/sites/root`)).json()) as { readonly id: string };
  const items = (list: string): string => `/sites/${id}/lists/${encodeURIComponent(list)}/items`;

  return {
    async rows(list) {
      const found = await graph('GET', `${items(list)}?$expand=fields&$top=500`);
      return found.ok ? ((await found.json()) as { readonly value: readonly SharePointRow[] }).value : [];
    },
    add: async (list, fields) => (await graph('POST', items(list), { fields })).status,
    change: async (list, row, fields) => (await graph('PATCH', `${items(list)}/${row.id}/fields`, fields)).status,
    remove: async (list, row) => (await graph('DELETE', `${items(list)}/${row.id}`)).status,
  };
}
