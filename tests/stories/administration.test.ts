import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type {
  AdministrationView,
  CommunitiesView,
  CommunityReport,
  ReportView,
} from '../../domain/administration/api.ts';
import { api } from '../../domain/api.ts';
import { samplePeople } from '../../infra/local/sample-people.ts';
import { startSystem, type System } from '../support/system.ts';

/** The page of those who look after the app, from the night's look to the community that is mended. */
let system: System;
const calls: string[] = [];
beforeAll(async () => {
  system = await startSystem();
  // Every call of Graph asks whether it is to fail.
  const { take } = system.microsoft365.faults;
  system.microsoft365.faults.take = (method, path) => {
    if (path.startsWith('/graph/')) calls.push(path);
    return take(method, path);
  };
});
afterAll(() => system.stop());

async function read<Answer>(
  endpoint: Parameters<System['ask']>[1],
  params: Record<string, string> = {},
): Promise<Answer> {
  const { status, body } = await system.ask('Priya', endpoint, { params });
  expect({ endpoint: endpoint.path, status }).toEqual({ endpoint: endpoint.path, status: 200 });
  return body as Answer;
}
const first = async (): Promise<CommunityReport> => (await read<CommunitiesView>(api.communityReports)).entries[0]!;

test('a community whose site was taken away is found by night, shown without asking, and mended with what it says', async () => {
  const { graph } = system.microsoft365;
  graph.grantSite(system.team, null);
  await system.night();
  calls.length = 0;

  const { communities } = await read<AdministrationView>(api.administration);
  const broken = await first();
  await read<ReportView>(api.serverReport);
  const asked = [...calls];
  graph.grantSite(system.team, 'fullcontrol');
  const mended = await read<CommunityReport>(api.checkCommunity, { id: system.team });

  expect(communities).toMatchObject({ 'needs-mending': 1, healthy: 0 });
  expect(broken.state).toBe('needs-mending');
  expect(broken.found.filter(({ state }) => state === 'gap')[0]).toMatchObject({
    check: 'site',
    who: 'A SharePoint Administrator.',
    todo: expect.stringMatching(/^npm run grant -- https:/),
  });
  // When the secret ends is asked of the registration; of teams and their sites nothing is.
  expect(asked.filter(path => /\/(teams|groups|sites)\//.test(path))).toEqual([]);
  expect(mended).toMatchObject({ id: system.team, state: 'healthy' });
  expect(await first()).toEqual(mended);
});

test('nothing of it names a person, or says what anybody wrote', async () => {
  const whole = JSON.stringify([
    await read(api.administration),
    await read(api.serverReport),
    await read(api.communityReports),
    await read(api.checkCommunity, { id: system.team }),
  ]);

  const words = [
    ...samplePeople.flatMap(({ displayName, id, mail }) => [displayName, id, mail]),
    // Of the sample's charter, plan and surveys.
    ...['Book the library', 'Pulse', 'leaflet'],
  ];
  expect(whole).toContain('Data Storytellers');
  expect(words.filter(word => whole.includes(word))).toEqual([]);
});

test.each(['state', 'name', 'after'])('a search by a %s that is none does no harm', async by => {
  const { status, body } = await system.ask('Priya', api.communityReports, { params: { [by]: "';--%" } });

  expect([status, JSON.stringify(body).includes('Data Storytellers')]).toEqual([by === 'state' ? 400 : 200, false]);
});

test('a coordinator who looks after nothing else is refused, and it is written down', async () => {
  const { status } = await system.ask('Tomasz', api.administration);
  const { entries } = await read<{ entries: { via: string; outcome: string }[] }>(api.auditOfAll);

  expect(status).toBe(403);
  expect(entries[0]).toMatchObject({ via: 'administration', outcome: 'refused' });
});
