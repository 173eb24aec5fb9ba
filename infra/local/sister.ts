import { api } from '../../domain/api.ts';
import type { SectionId } from '../../domain/charter/charter.ts';
import type { Settings } from '../../domain/community.ts';
import type { Action } from '../../domain/plan/plan.ts';
import type { PlanView } from '../../domain/plan/api.ts';
import { addDays } from '../../domain/schedule.ts';
import type { Microsoft365 } from './microsoft365.ts';
import { named, sampleZone, sisterTeam } from './sample-people.ts';
import { openTab, stepsOf } from './sample-tab.ts';

const charter: Partial<Record<SectionId, string>> = {
  purpose:
    'What patients tell us should be in the room when decisions are made. We help each other listen, and bring it there.',
  scope: 'Surveys, letters, talks at the bedside. Complaints have a service of their own, and we send people there.',
  aims: '1. A patient’s story opens every second board meeting.\n2. Each of us tries one new way of asking this year.',
};

const plan: readonly (Pick<Action, 'title' | 'state'> & { readonly who: string; readonly due: number })[] = [
  { title: 'Ask two wards for a story for the next board meeting', who: 'Lars Bergström', due: 10, state: 'doing' },
  { title: 'Try three questions instead of thirty', who: 'Yusuf Demir', due: 17, state: 'to-do' },
];

/** Sets the sister community up through the same doors as the sample, each step once. */
export async function bringSisterToLife(microsoft365: Microsoft365, productUrl: string): Promise<void> {
  const { connector, graph, directory } = microsoft365;
  const once = stepsOf(microsoft365, 'sister');
  const { ask, untilKnown } = openTab(microsoft365, { productUrl, team: sisterTeam.id });
  const coordinator = named('Sofía Herrera');

  await once('installed', async () => {
    directory.putTeam(sisterTeam);
    graph.grantSite(sisterTeam.id, 'fullcontrol');
    if (!connector.isInstalled(sisterTeam.id)) await connector.installApp(sisterTeam.id, coordinator.id);
    await untilKnown(coordinator);
  });
  await once('settings', async () => {
    const body: Settings = {
      timeZone: sampleZone,
      coordinators: [coordinator],
      facilitation: { day: 2, time: '10:00', facilitators: [coordinator], destination: 'chats' },
      country: { code: 'GB', region: 'ENG' },
    };
    await ask(coordinator, api.saveSettings, { body, etag: null });
  });
  await once('charter', async () => {
    for (const [section, text] of Object.entries(charter))
      await ask(coordinator, api.saveSection, { params: { section }, body: { text }, etag: null });
  });
  await once('plan', async () => {
    const { today } = await ask<PlanView>(coordinator, api.plan);
    for (const [index, { title, state, who, due }] of plan.entries()) {
      const body: Action = {
        title,
        owners: [named(who)],
        due: addDays(today, due),
        state,
        weight: 'baseline',
        aim: null,
        notes: '',
      };
      await ask(coordinator, api.saveAction, { params: { action: `sister-${index + 1}` }, body, etag: null });
    }
  });
}
