import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { api, type CommunityView } from '../../domain/api.ts';
import type { AnyEndpoint } from '../../domain/endpoint.ts';
import type { AuditView } from '../../domain/audit/api.ts';
import type { CalendarView, NewCalendarLink } from '../../domain/calendar/api.ts';
import { switchedEndpoints } from '../../domain/switched-endpoints.ts';
import { eventually } from '../support/engines.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/** What an administrator switched off is off, for everybody and at once. */
describe('calendar links and exports are switched off', () => {
  const environment: Record<string, string> = {};
  let system: System;
  let link = '';
  const status = async (): Promise<number> => (await fetch(system.productUrl + link)).status;
  beforeAll(async () => {
    system = await startSystem({ environment });
    const { body } = await system.ask('Priya', api.makeCalendarLink, { params: { scope: 'community' } });
    link = new URL((body as NewCalendarLink).url).pathname;
    expect(await status()).toBe(200);
    Object.assign(environment, { CALENDAR_LINKS: 'off', EXPORTS: 'off' });
    await system.restart();
  }, 120_000);
  afterAll(() => system.stop());

  const switched = Object.entries(switchedEndpoints).map(([name, by]) => ({ name: name as keyof typeof api, by }));

  test.each(switched)('$name is refused, and says who has the say', async ({ name }) => {
    const endpoint: AnyEndpoint = api[name];

    const { status, body } = await system.ask('Priya', endpoint, {
      params: { format: 'pdf', scope: 'mine', survey: 'sample-pulse', action: 'sample-01' },
    });

    expect({ status, body }).toEqual({
      status: 403,
      body: {
        code: 'switched-off',
        message:
          'The administrator of CoP Companion in your organisation has switched this off. Ask them if you need it.',
      },
    });
  });

  test('each refusal is in the audit trail', async () => {
    const { body } = await eventually('the refusals', async () => {
      const answer = await system.ask('Priya', api.audit, { params: { outcome: 'refused' } });
      return (answer.body as AuditView).entries.length >= 7 && answer;
    });

    expect((body as AuditView).entries.map(({ via }) => via)).toEqual(
      expect.arrayContaining(['exportPlan', 'exportSurvey', 'makeCalendarLink']),
    );
  });

  test('the tab is told, and one’s own data can still be taken away', async () => {
    const { body } = await system.ask('Amara', api.community);
    const own = await system.ask('Amara', api.exportPrivacy);

    expect((body as CommunityView).off).toEqual(['calendarLinks', 'exports']);
    expect(own).toMatchObject({ status: 200, body: { person: personOf('Amara') } });
  });

  test('a link that was made before leads nowhere, can be taken back, and works again when it is on again', async () => {
    const off = await status();
    const { body } = await system.ask('Priya', api.calendar);
    const revoked = await system.ask('Amara', api.revokeCalendarLink, { params: { scope: 'mine' } });
    environment['CALENDAR_LINKS'] = 'on';
    await system.restart();

    expect([off, await status()]).toEqual([404, 200]);
    expect((body as CalendarView).community).not.toBeNull();
    expect(revoked.status).toBe(200);
  });
});
