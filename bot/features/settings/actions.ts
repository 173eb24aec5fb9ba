import { z } from 'zod';
import { Settings, type Person } from '../../../domain/community.ts';
import { change } from '../../lists/list.ts';
import { settingsKey } from '../../lists/settings-list.ts';
import { cardAction, type CardReply, type Press } from '../../feature.ts';
import { withTab } from './channel-tab.ts';
import { doneCard, formCard, troubleCard } from './cards.ts';
import type { SettingsParts } from './parts.ts';
import { readSettings, settingsSaved, suggestedSettings, withKnownPeople } from './store.ts';
import { failuresOf } from './problems.ts';
import { SettingsFormData } from './form-data.ts';

/** The form's inputs by where they stand in the settings. */
const inputOf: Readonly<Record<string, keyof SettingsFormData>> = {
  timeZone: 'timeZone',
  coordinators: 'coordinators',
  'facilitation.day': 'day',
  'facilitation.time': 'time',
  'facilitation.facilitators': 'facilitators',
  'facilitation.destination': 'destination',
};

export function settingsActions(parts: SettingsParts) {
  const { lists, roster, provision, links, clock } = parts;

  /** Comes with what was entered before when the lists could not be made. */
  async function onBegin({ data, who, community, timeZone, t }: Press<SettingsFormData>): Promise<CardReply> {
    const members = await roster.members(community.id);
    const entered = Settings.safeParse(settingsFrom(data, members));
    const settings = entered.success
      ? entered.data
      : ((await readSettings(lists, community)).settings ?? suggestedSettings(community, who, timeZone));
    return { card: formCard({ community, settings, members, ownZone: timeZone, links }, t) };
  }

  async function onSave({ data, community, t }: Press<SettingsFormData>): Promise<CardReply> {
    const members = await roster.members(community.id);
    const before = (await readSettings(lists, community)).settings ?? community.settings;
    const parsed = Settings.safeParse(
      settingsFrom(data, [...members, ...(before?.coordinators ?? []), ...(before?.facilitation.facilitators ?? [])]),
    );
    if (!parsed.success) return { notice: t(`invalid.${faultyInput(parsed.error)}`) };
    // The card asks for the basics only: what was chosen in the tab stays.
    const settings = withKnownPeople(
      {
        ...parsed.data,
        ...(before?.digest ? { digest: before.digest } : {}),
        ...(before?.surveys ? { surveys: before.surveys } : {}),
      },
      members,
      before,
    );
    if (!settings) return { notice: t('invalid.stranger') };

    const failures = failuresOf(await provision(community.id, t), t);
    if (failures.length > 0) return { card: troubleCard({ community, failures, data }, t), outcome: 'failed' };

    await change(lists.of(community.id).settings, settingsKey, () => ({ key: settingsKey, settings }));
    const after = await withTab(parts, { ...community, settings }, t);
    await settingsSaved(parts, after, settings, null);
    return { card: doneCard({ community: after, links, now: clock(), mayChange: true }, t) };
  }

  return {
    begin: cardAction({ may: 'settings.edit' }, { data: SettingsFormData, run: onBegin }),
    save: cardAction({ may: 'settings.edit' }, { data: SettingsFormData, run: onSave }),
  };
}

function settingsFrom(
  { timeZone, day, time, facilitators, coordinators, destination }: SettingsFormData,
  known: readonly Person[],
): unknown {
  const chosen = (ids: string): readonly Person[] =>
    ids
      .split(',')
      .map(id => id.trim())
      .filter(id => id !== '')
      .map(id => ({ id, name: known.find(person => person.id === id)?.name ?? '' }));
  return {
    timeZone,
    coordinators: chosen(coordinators),
    facilitation: { day: Number(day), time, facilitators: chosen(facilitators), destination },
  };
}

function faultyInput(error: z.ZodError): keyof SettingsFormData {
  const [first = '', second = ''] = error.issues[0]?.path.map(String) ?? [];
  return inputOf[first] ?? inputOf[`${first}.${second}`] ?? 'timeZone';
}
