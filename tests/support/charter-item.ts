import { tenant } from '../../infra/local/directory.ts';
import { sampleSite } from './sample-site.ts';

const charterList = 'CoP%20Charter';

/** Graph, asked as an administrator's script would. */
async function graphOf(url: string): Promise<<T>(path: string, change?: object) => Promise<T>> {
  const tokenResponse = await fetch(`${url}/${tenant.id}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: tenant.appId,
      client_secret: tenant.appSecret,
      scope: 'https://graph.microsoft.com/.default',
    }),
  });
  const { access_token: token } = (await tokenResponse.json()) as { access_token: string };
  return async <T>(path: string, change?: object) => {
    const response = await fetch(`${url}/graph/v1.0${path}`, {
      headers: { Authorization: `Bearer ${token}`, ...(change ? { 'content-type': 'application/json' } : {}) },
      ...(change ? { method: 'PATCH', body: JSON.stringify(change) } : {}),
    });
    if (!response.ok) throw new Error(`Graph answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
}

async function itemOf(
  graph: <T>(path: string) => Promise<T>,
  section: string,
): Promise<{ readonly path: string; readonly text: string }> {
  const site = await graph<{ id: string }>(sampleSite);
  const items = `/sites/${site.id}/lists/${charterList}/items`;
  const [item] = (
    await graph<{ value: { id: string; fields: { CopText: string } }[] }>(
      `${items}?$expand=fields&$filter=fields/CopKey eq '${section}'`,
    )
  ).value;
  if (!item) throw new Error(`the list has no item ${section}`);
  return { path: `${items}/${item.id}`, text: item.fields.CopText };
}

/** What SharePoint keeps of a charter section: its text, and who saved each version, newest first. */
export async function charterItem(url: string, section: string): Promise<{ text: string; savedBy: string[] }> {
  const graph = await graphOf(url);
  const { path, text } = await itemOf(graph, section);
  const versions = await graph<{ value: { lastModifiedBy: { user?: { displayName?: string } } }[] }>(
    `${path}/versions`,
  );
  return { text, savedBy: versions.value.map(version => version.lastModifiedBy.user?.displayName ?? '') };
}

/** Writes a charter section by hand, past everything that we check. */
export async function changeCharterItem(url: string, section: string, text: string): Promise<void> {
  const graph = await graphOf(url);
  await graph(`${(await itemOf(graph, section)).path}/fields`, { CopText: text });
}
