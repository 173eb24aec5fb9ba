import { z } from 'zod';
import { Settings, type Person, type ReadyCommunity } from '../../../domain/community.ts';
import { nextWeekCard } from '../../../domain/facilitation/card-day.ts';
import { change } from '../../lists/list.ts';
import { settingsKey } from '../../lists/settings-list.ts';
import { cardAction, type CardReply, type Press } from '../../feature.ts';
import { withTab } from './channel-tab.ts';
import { doneCard, formCard, troubleCard, type Trouble } from './cards.ts';
import type { Card } from '../../cards.ts';
import type { Provisioned } from '../../lists/provisioning.ts';
import type { Translate } from '../../text.ts';
import type { SettingsParts } from './parts.ts';
import {
  begunOn,
  mustLeaveCoordinators,
  readSettings,
  settingsSaved,
  suggestedSettings,
  withHolidays,
  withKnownPeople,
} from './store.ts';
import { failuresOf, linesForIt } from './problems.ts';
import { enteredOver, isNothing, SettingsFormData, type SettingsForm } from './form-data.ts';

/** The form's inputs by where they stand in the settings. */
const inputOf: Readonly<Record<string, keyof SettingsForm>> = {
  timeZone: 'timeZone',
  coordinators: 'coordinators',
  'facilitation.day': 'day',
  'facilitation.time': 'time',
  'facilitation.facilitators': 'facilitators',
  'facilitation.destination': 'destination',
};

export function settingsActions(parts: SettingsParts) {
  const { lists, roster, provision, restDays, links, clock } = parts;

  /** Comes with what was entered before when the lists could not be made. */
  async function onBegin({ data, who, community, timeZone, t }: Press<SettingsFormData>): Promise<CardReply> {
    const members = await roster.members(community.id);
    const before =
      (await readSettings(lists, community)).settings ?? suggestedSettings(community, who, { timeZone, t });
    const entered = Settings.safeParse(settingsFrom(enteredOver(before, data), members));
    const settings = !isNothing(data) && entered.success ? entered.data : before;
    return { card: formCard({ community, settings, members, ownZone: timeZone, links }, t) };
  }

  async function onSave(press: Press<SettingsFormData>): Promise<CardReply> {
    const { data: came, who, community, automatic, timeZone, t } = press;
    if (isNothing(came)) return { notice: t('shared:nothingCame') };
    const members = await roster.members(community.id);
    const stored = (await readSettings(lists, community)).settings;
    // A card that waited, and that Teams refreshes, ends what it began; it never goes back on what was chosen since.
    if (automatic && stored) return { card: await done({ ...community, settings: stored }, t), outcome: 'nothing' };
    const before = stored ?? community.settings;
    const suggested = suggestedSettings(community, who, { timeZone, t });
    const data = enteredOver(before ?? suggested, came);
    const parsed = Settings.safeParse(
      settingsFrom(data, [...members, ...(before?.coordinators ?? []), ...(before?.facilitation.facilitators ?? [])]),
    );
    if (!parsed.success) return { notice: t(`invalid.${faultyInput(parsed.error)}`) };
    const entered = withKnownPeople(overChosen(before, parsed.data), members, before);
    if (!entered) return { notice: t('invalid.stranger') };
    const first = suggested.language ? { ...entered, language: suggested.language } : entered;
    const settings = begunOn(clock(), before ? entered : await withHolidays(parts, first), before);
    mustLeaveCoordinators(who, community, { before, after: settings });

    const provisioned = await provision(community.id, t);
    const failures = failuresOf(provisioned, t);
    if (failures.length > 0) return { card: trouble(provisioned, { community, failures, data }, t), outcome: 'failed' };

    await change(lists.of(community.id).settings, settingsKey, () => ({ key: settingsKey, settings }));
    const after = await withTab(parts, { ...community, settings }, t);
    await settingsSaved(parts, after, settings, null);
    return { card: await done(after, t) };
  }

  async function done(community: ReadyCommunity, t: Translate): Promise<Card> {
    const next = nextWeekCard(community.settings, await restDays.of(community), clock());
    return doneCard({ community, links, next, mayChange: true, mayStart: true }, t);
  }

  function trouble({ lists: outcomes, grant }: Provisioned, what: Trouble, t: Translate): Card {
    const isUnknown = outcomes.some(({ problem }) => problem?.code === 'site-unknown');
    const { community } = what;
    return troubleCard(
      {
        ...what,
        ...(grant ? { forIt: linesForIt(grant, community, t) } : {}),
        ...(isUnknown ? { link: links.tab(community.id, 'settings') } : {}),
      },
      t,
    );
  }

  return {
    begin: cardAction({ may: 'settings.edit' }, { data: SettingsFormData, run: onBegin }),
    save: cardAction({ may: 'settings.edit' }, { data: SettingsFormData, run: onSave }),
  };
}

/** The card asks for the basics only: what was chosen in the tab stays. */
function overChosen(before: Settings | null, entered: Settings): Settings {
  return { ...before, ...entered, facilitation: { ...before?.facilitation, ...entered.facilitation } };
}

function settingsFrom(
  { timeZone, day, time, facilitators, coordinators, destination }: SettingsForm,
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

function faultyInput(error: z.ZodError): keyof SettingsForm {
  const [first = '', second = ''] = error.issues[0]?.path.map(String) ?? [];
  return inputOf[first] ?? inputOf[`${first}.${second}`] ?? 'timeZone';
}
