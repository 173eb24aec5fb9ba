import { beforeEach, describe, expect, test } from '@jest/globals';
import { audit } from '../../../../bot/features/audit/index.ts';
import type { AuditLine } from '../../../../bot/ports.ts';
import { api } from '../../../../domain/api.ts';
import type { AuditView } from '../../../../domain/audit/api.ts';
import type { FileAnswer } from '../../../../domain/endpoint.ts';
import { clockAt, community, member, person, rosterOf, translateFor } from '../../../support/feature-parts.ts';
import { createInMemoryLists, type InMemoryLists } from '../../../support/in-memory-lists.ts';
import { request } from '../../../support/requests.ts';

const here = community();
const priya = member('Priya Raman');
const guid = '0b6d53c2-8f43-4c5e-9b0c-3a1b7f3c2d10';
const clock = clockAt('2026-11-27T10:00:00Z');

let lists: InMemoryLists;
beforeEach(async () => {
  lists = createInMemoryLists(clock.now);
  const by = { addedBy: person('Priya Raman'), addedAt: '2026-11-20T09:00:00Z' };
  const changed = { changedBy: person('Priya Raman'), changedAt: '2026-11-20T09:00:00Z' };
  await lists.of(here.id).plan.create({
    ...{
      key: guid,
      title: 'Book the room',
      owners: [],
      due: null,
      state: 'to-do',
      steps: [],
      links: [],
      weight: 'baseline',
      aim: null,
    },
    ...{ notes: '', doneAt: null, ...by, ...changed },
  });
  await lists.of(here.id).ownRoles.create({
    ...{ key: 'own-chart-doctor', title: 'Chart doctor', purpose: '', addedBy: person('Priya Raman') },
  });
});

function featureWith(about: string) {
  const line: AuditLine = {
    ...{ id: '1', person: priya.id, act: 'surveys.close', door: 'tab', via: 'closeSurvey', about, outcome: 'done' },
    ...{ reason: null, request: null, community: { ...here, timeZone: 'Europe/London', removed: false } },
    ...{ at: clock.now(), count: 1, lastAt: clock.now() },
  };
  const auditTrail = { read: async () => ({ lines: [line], next: null }) };
  return audit({ lists, auditTrail, roster: rosterOf(priya), clock: clock.now });
}

async function shown(about: string) {
  const { body } = await request(featureWith(about), api.audit, { who: priya, community: here });
  return (body as AuditView).entries[0]!.about;
}

describe('what a line is about', () => {
  test.each([
    [`action=${guid}`, ['Action: Book the room']],
    ['action=gone', ['Action: an action that is no longer here']],
    [`survey=${guid}`, ['Survey: a survey that is no longer here']],
    ['section=risks', ['Section of the charter: Risks']],
    ['section=of-another-version', ['Section of the charter: a section that is no longer here']],
    ['role=sponsor person=priya-raman', ['Role: Sponsor', 'Whom: Priya Raman']],
    [`role=own-chart-doctor person=${guid}`, ['Role: Chart doctor', 'Whom: somebody who is not in the team']],
    ['role=own-gone', ['Role: a role that is no longer here']],
    ['audience=sponsor period=2026-11', ['For: the sponsor', 'Period: 2026-11']],
    ['scope=mine', ['Calendar: one’s own actions']],
    ['format=pdf', ['Format: pdf']],
    ['', []],
  ])('%s is told as %j', async (about, expected) => {
    expect(await shown(about)).toEqual(expected);
  });

  test('is a line also where a list is not there', async () => {
    lists.missing.add('surveys');

    expect(await shown(`survey=${guid}`)).toEqual(['Survey: a survey that is no longer here']);
  });

  test('tells an administrator of all communities nothing that one of them wrote, and no id', async () => {
    const feature = featureWith(`action=${guid} role=own-chart-doctor`);
    const ofAll = feature.administration!.find(({ endpoint }) => endpoint === api.auditOfAll)!;

    const { body } = await ofAll.handle({ params: {}, t: translateFor(feature) } as never);

    expect((body as AuditView).entries[0]!.about).toEqual([
      'Action: one of the plan',
      'Role: a role of the community’s own',
    ]);
  });

  test('stands as words in the file of a community', async () => {
    const { body } = await request(featureWith(`action=${guid}`), api.exportAudit, { who: priya, community: here });

    const text = new TextDecoder().decode((body as FileAnswer).bytes);
    expect(text).toContain('Action: Book the room');
    expect(text).not.toContain(guid);
  });
});
