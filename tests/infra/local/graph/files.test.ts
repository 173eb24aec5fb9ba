import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { asker, brewers, gardeners, openTenant, people, tokenFor, type Ask, type OpenTenant } from '../tenant.ts';

let local: OpenTenant;
let ana: Ask;
let anaToken: string;
let drive: string;
let folder: string;
beforeAll(async () => {
  local = await openTenant();
  anaToken = await tokenFor(local, people.ana);
  ana = asker(local, anaToken);
  const { body } = await ana(
    'GET',
    `/teams/${gardeners.id}/channels/${encodeURIComponent(gardeners.threadId)}/filesFolder`,
  );
  drive = (body['parentReference'] as { driveId: string }).driveId;
  folder = body.id;
});
afterAll(() => local.close());

interface Put {
  readonly name: string;
  readonly content?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
  readonly into?: string;
}

async function put({ name, content = 'bytes', query = '', headers = {}, token = anaToken, into = folder }: Put) {
  const response = await fetch(
    `${local.url()}/graph/v1.0/drives/${drive}/items/${into}:/${encodeURIComponent(name)}:/content${query}`,
    {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/pdf', ...headers },
      body: content,
    },
  );
  return {
    status: response.status,
    body: (await response.json()) as {
      id: string;
      eTag: string;
      name: string;
      webUrl: string;
      error?: { code: string };
    } & Record<string, unknown>,
  };
}

describe('a channel’s folder', () => {
  test('is a folder in the document library of the team’s site', async () => {
    const { status, body } = await ana('GET', `/teams/${gardeners.id}/channels/${gardeners.threadId}/filesFolder`);

    expect([status, body['name'], body['folder'], body['parentReference']]).toEqual([
      200,
      'General',
      { childCount: expect.any(Number) },
      { driveId: drive, driveType: 'documentLibrary' },
    ]);
  });

  test.each([
    { team: gardeners.id, channel: '19:nowhere@thread.tacv2', status: 404, reason: 'there is no such channel' },
    { team: brewers.id, channel: brewers.threadId, status: 403, reason: 'she is not in that team' },
  ])('is answered $status when $reason', async ({ team, channel, status }) => {
    expect((await ana('GET', `/teams/${team}/channels/${channel}/filesFolder`)).status).toBe(status);
  });
});

describe('a file', () => {
  test('is put there, and a second time becomes a new version of itself', async () => {
    const first = await put({ name: 'Plan.pdf', content: 'one' });
    const second = await put({ name: 'Plan.pdf', content: 'three' });

    expect([
      first.status,
      second.status,
      second.body.id === first.body.id,
      second.body.eTag === first.body.eTag,
    ]).toEqual([201, 200, true, false]);
    expect(local.graph.files.list(gardeners).filter(({ name }) => name === 'Plan.pdf')).toEqual([
      expect.objectContaining({ folder: 'General', version: 2, bytes: 5, modifiedBy: 'Ana Silva' }),
    ]);
    const opened = await fetch(second.body.webUrl);
    expect([await opened.text(), opened.headers.get('x-content-type-options')]).toEqual(['three', 'nosniff']);
  });

  test.each<[Put, number, string]>([
    [
      { name: 'Old.pdf', query: '?@microsoft.graph.conflictBehavior=fail' },
      409,
      'it is there and is not to be replaced',
    ],
    [{ name: 'Old.pdf', headers: { 'if-match': '"{x},1"' } }, 412, 'it is another version'],
    [{ name: 'a:b.pdf' }, 400, 'SharePoint takes no such name'],
    [{ name: 'New.pdf', into: '01NOWHERE' }, 404, 'there is no such folder'],
    [{ name: 'New.pdf', query: '?@microsoft.graph.conflictBehavior=rename' }, 501, 'that is not kept here'],
  ])('%j is refused with %d, because %s', async (choices, status) => {
    await put({ name: 'Old.pdf' });

    expect((await put(choices)).status).toBe(status);
  });

  test('is not put there by somebody who is not in the team', async () => {
    expect((await put({ name: 'Mine.pdf', token: await tokenFor(local, people.carla) })).status).toBe(403);
  });

  test('that is not there is not found', async () => {
    expect((await fetch(`${local.url()}/sharepoint/sites/gardeners/Shared%20Documents/General/None.pdf`)).status).toBe(
      404,
    );
  });
});
