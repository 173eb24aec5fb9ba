import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { api } from '../../domain/api.ts';
import { tenant } from '../../infra/local/directory.ts';
import { sampleSite } from '../support/sample-site.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/** Somebody tidies up in SharePoint and deletes a column: what people read, what jobs do, and how it is put right. */
describe('a column deleted by hand', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  }, 120_000);
  afterAll(() => system.stop());

  test('is said to whoever reads or saves, and repaired by a press in the settings', async () => {
    await deleteColumn('CoP Charter', 'CopText');
    // The columns of a list that were there a moment ago are believed for ten minutes.
    await system.moveTo('2026-11-22T10:30:00Z');

    const read = await system.ask('Priya', api.charter);
    const saved = await system.ask('Priya', api.saveSection, {
      params: { section: 'roles' },
      body: { text: 'Everybody' },
      headers: { 'If-None-Match': '*' },
    });
    const repaired = await system.ask('Priya', api.provision);
    const again = await system.ask('Priya', api.saveSection, {
      params: { section: 'roles' },
      body: { text: 'Everybody' },
      headers: { 'If-None-Match': '*' },
    });

    const sentence =
      'This community is not set up completely, or something of it was deleted in SharePoint. A coordinator can put that right: type settings.';
    expect([read, saved].map(({ status, body }) => [status, body])).toEqual([
      [409, { code: 'not-set-up', message: sentence }],
      [409, { code: 'not-set-up', message: sentence }],
    ]);
    expect(
      (repaired.body as { lists: { name: string; state: string }[] }).lists.filter(({ state }) => state !== 'ready'),
    ).toEqual([{ name: 'CoP Charter', state: 'repaired' }]);
    expect(again.status).toBe(200);
  });

  test('is repaired by a job that meets it', async () => {
    await deleteColumn('CoP Charter', 'CopChangedBy');

    await system.moveTo('2026-11-25T09:00:05Z');
    await until(() =>
      system.log.some(({ msg }) => msg === 'SharePoint lists were not as they should be, and were repaired'),
    );

    expect((await system.ask('Priya', api.charter)).status).toBe(200);
  });

  test('that may not be repaired is told to the coordinators, once, and no job is tried in vain', async () => {
    await deleteColumn('CoP Charter', 'CopChangedAt');
    system.microsoft365.graph.grantSite(system.team, 'write');

    await system.moveTo('2026-11-26T09:00:05Z');
    await until(() =>
      chatOf('Priya').some(({ summary }) => summary === 'A SharePoint list of Data Storytellers needs your help'),
    );
    await system.moveTo('2026-11-27T09:00:05Z');
    await until(
      () =>
        system.log.filter(({ msg }) => msg === 'SharePoint lists are not as they should be, and may not be repaired')
          .length >= 2,
    );

    expect(
      chatOf('Priya').filter(({ summary }) => summary === 'A SharePoint list of Data Storytellers needs your help'),
    ).toHaveLength(1);
    expect(system.log.filter(({ msg }) => msg === 'a scheduled job failed')).toEqual([]);
  });

  function chatOf(name: string) {
    const { connector } = system.microsoft365;
    return connector
      .conversationsOf(personOf(name).id)
      .filter(({ conversation }) => conversation.kind === 'personal')
      .flatMap(({ conversation }) => connector.messages(conversation.id));
  }

  /** As a site's owner does it in SharePoint. */
  async function deleteColumn(list: string, column: string): Promise<void> {
    const { url } = system.microsoft365;
    const answered = await fetch(`${url}/${tenant.id}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: tenant.appId,
        client_secret: tenant.appSecret,
        scope: 'https://graph.microsoft.com/.default',
      }),
    });
    const headers = { Authorization: `Bearer ${((await answered.json()) as { access_token: string }).access_token}` };
    const site = (await (await fetch(`${url}/graph/v1.0${sampleSite}`, { headers })).json()) as { id: string };
    const { status } = await fetch(
      `${url}/graph/v1.0/sites/${site.id}/lists/${encodeURIComponent(list)}/columns/${column}`,
      { method: 'DELETE', headers },
    );
    expect(status).toBe(204);
  }
});

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 25_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error('it did not come true within 25 seconds');
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
