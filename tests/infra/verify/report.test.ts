import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sampleTeam } from '../../../infra/local/sample-people.ts';
import { tenant as directory } from '../../../infra/local/directory.ts';
import { createExperiments, type Tenant } from '../../../infra/verify/experiments.ts';
import { readUnknown, reportOf, verify, type Finding } from '../../../infra/verify/report.ts';
import { askerOf, siteOf } from '../../../infra/verify/verify-tenant.ts';
import { appToken } from '../local/tenant.ts';
import { openStage, type Stage } from '../local/connector/receiving-bot.ts';

const host = directory.domain.replace('.', '.sharepoint.');
let stage: Stage;
let tenant: Tenant;
let findings: readonly Finding[];

beforeAll(async () => {
  stage = await openStage();
  const { microsoft365 } = stage;
  await microsoft365.connector.installApp(sampleTeam.id, sampleTeam.members[0]?.userId ?? '');
  microsoft365.graph.grantSite(sampleTeam.id, 'fullcontrol');
  const local = { url: () => microsoft365.url } as Parameters<typeof appToken>[0];
  tenant = {
    graph: askerOf(`${microsoft365.url}/graph/v1.0`, () => appToken(local)),
    connector: askerOf(`${microsoft365.url}/connector`, () => appToken(local, 'https://api.botframework.com/.default')),
    site: siteOf(`https://${host}${sampleTeam.sitePath}/`),
    group: sampleTeam.id,
    team: sampleTeam.threadId,
    listName: 'Verification',
  };
  findings = await verify(tenant);
}, 60_000);
afterAll(() => stage.close());

describe('what Microsoft does not publish', () => {
  const byScript = readUnknown().filter(({ by }) => by === 'script');

  test('is asked by one experiment each, or by a person', () => {
    expect([...createExperiments().keys()].toSorted()).toEqual(byScript.map(({ id }) => id).toSorted());
  });

  test.each(byScript)('is here as we assume: $id', ({ id }) => {
    const finding = findings.find(({ unknown }) => unknown.id === id);
    expect(finding).toMatchObject({ seen: { asAssumed: true } });
  });
});

test('a tenant that does otherwise is told of first, with what it answered', async () => {
  const otherwise: Tenant = {
    ...tenant,
    listName: 'Another',
    graph: async (method, path, ...more) =>
      path.endsWith('/sites/root')
        ? { status: 200, body: { id: 'x' }, headers: new Headers({ 'request-id': 'r1' }) }
        : tenant.graph(method, path, ...more),
  };
  const report = reportOf(await verify(otherwise), otherwise.listName);

  expect(report).toMatch(/1 otherwise/);
  expect(report).toMatch(
    /## Otherwise than assumed\n\n- graph\/site-of-a-team: [^\n]+\n[^\n]+\n {2}Seen: 200 \(request r1\)/,
  );
});

test('where no list can be made, what stands on it says so, and the rest is seen', async () => {
  stage.microsoft365.graph.grantSite(sampleTeam.id, 'read');
  const seen = await verify({ ...tenant, listName: 'Third' });
  stage.microsoft365.graph.grantSite(sampleTeam.id, 'fullcontrol');

  expect(seen.find(({ unknown }) => unknown.id === 'sharepoint/app-makes-lists')?.seen).toMatchObject({
    asAssumed: false,
    seen: expect.stringMatching(/^403 accessDenied/),
  });
  expect(seen.find(({ unknown }) => unknown.id === 'sharepoint/stale-change')).toMatchObject({
    seen: null,
    why: 'the list could not be made',
  });
});

test('nothing that people wrote, and no token, is in the report', () => {
  const report = reportOf(findings, tenant.listName);
  expect(report).not.toMatch(/eyJ|Priya|Bearer/);
});
