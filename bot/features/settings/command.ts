import { nextWeekCard } from '../../../domain/facilitation/card-day.ts';
import { can } from '../../../domain/permissions.ts';
import type { Ask, CardReply } from '../../feature.ts';
import { doneCard, formCard, installedCard } from './cards.ts';
import type { SettingsParts } from './parts.ts';
import { readSettings, suggestedSettings } from './store.ts';

/** What is set up now; for those who may, with the way to change it. */
export async function showSettings(
  { lists, roster, restDays, links, clock }: SettingsParts,
  { who, community, place, t }: Ask,
): Promise<CardReply> {
  const settings = (await readSettings(lists, community)).settings ?? community.settings;
  const mayChange = can(who, 'settings.edit', community);
  if (settings) {
    const mayStart = can(who, 'facilitation.change', community);
    const ready = { ...community, settings };
    const next = nextWeekCard(settings, await restDays.of(ready), clock());
    return { card: doneCard({ community: ready, links, next, mayChange, mayStart }, t) };
  }
  if (mayChange && place === 'chat')
    return {
      card: formCard(
        {
          community,
          settings: suggestedSettings(community, who, { timeZone: null, t }),
          members: await roster.members(community.id),
          links,
        },
        t,
      ),
    };
  return { card: installedCard(community, t) };
}
