import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { api, type AnyEndpoint, type AuditView, type CalendarView, type CommunityView } from '../../domain/api.ts';
import { switchedEndpoints } from '../../domain/switches.ts';
import { eventually } from '../support/engines.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/** What an administrator switched off is off, for everybody and at once. */
describe('calendar links and exports are switched off', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem({ environment: { CALENDAR_LINKS: 'off', EXPORTS: 'off' } });
  }, 120_000);
  afterAll(() => system.stop());

  const switched = Object.entries(switchedEndpoints).map(([name, by]) => ({ name: name as keyof typeof api, by }));

  test.each(switched)('$name is refused, and says who has the say', async ({ name }) => {
    const endpoint: AnyEndpoint = api[name];

    const { status, body } = await system.ask('Priya', endpoint, { params: { format: 'pdf', scope: 'mine', survey: 'sample-pulse', action: 'sample-01' } });

    expect({ status, body }).toEqual({ status: 403, body: { code: 'switched-off', message: 'The administrator of CoP Companion in your organisation has switched this off. Ask them if you need it.' } });
  });

  test('each refusal is in the audit trail', async () => {
    const { body } = await eventually('the refusals', async () => {
      const answer = await system.ask('Priya', api.audit, { params: { outcome: 'refused' } });
      return (answer.body as AuditView).entries.length >= 7 && answer;
    });

    expect((body as AuditView).entries.map(({ via }) => via)).toEqual(expect.arrayContaining(['exportPlan', 'exportSurvey', 'makeCalendarLink']));
  });

  test('the tab is told, and one’s own data can still be taken away', async () => {
    const { body } = await system.ask('Amara', api.community);
    const own = await system.ask('Amara', api.exportPrivacy);

    expect((body as CommunityView).off).toEqual(['calendarLinks', 'exports']);
    expect(own).toMatchObject({ status: 200, body: { person: personOf('Amara') } });
  });
});

test('a link that was made before leads nowhere while it is off, and works again when it is on', async () => {
  const environment: Record<string, string> = {};
  const system = await startSystem({ environment });
  try {
    const { body } = await system.ask('Priya', api.makeCalendarLink, { params: { scope: 'community' } });
    const path = new URL((body as { url: string }).url).pathname;
    const status = async (): Promise<number> => (await fetch(system.productUrl + path)).status;
    const seen = [await status()];

    environment['CALENDAR_LINKS'] = 'off';
    await system.restart();
    seen.push(await status());
    const { body: links } = await system.ask('Priya', api.calendar);
    const revoked = await system.ask('Amara', api.revokeCalendarLink, { params: { scope: 'mine' } });

    environment['CALENDAR_LINKS'] = 'on';
    await system.restart();
    seen.push(await status());

    expect(seen).toEqual([200, 404, 200]);
    expect((links as CalendarView).community).not.toBeNull();
    expect(revoked.status).toBe(200);
  } finally {
    await system.stop();
  }
}, 120_000);
