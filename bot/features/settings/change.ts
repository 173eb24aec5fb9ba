import { isDeepStrictEqual } from 'node:util';
import { mostInOneRole, type Person, type ReadyCommunity, type Settings } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { change } from '../../lists/list.ts';
import { settingsKey } from '../../lists/settings-list.ts';
import type { SettingsParts } from './parts.ts';
import { settingsSaved } from './store.ts';

type ChangeParts = Pick<SettingsParts, 'lists' | 'communities' | 'messenger' | 'links' | 'log'>;

interface Where {
  readonly community: ReadyCommunity;
  readonly onBehalfOf: string | null;
}

/** Changes who coordinates, from outside the settings. Returns the community as it is then. */
export type ChangeCoordinators = (
  where: Where,
  decide: (coordinators: readonly Person[]) => readonly Person[],
) => Promise<ReadyCommunity>;

/** Changes the rhythm of the week, from outside the settings. Returns the community as it is then. */
export type ChangeWeek = (
  community: ReadyCommunity,
  decide: (week: Settings['facilitation']) => Settings['facilitation'],
) => Promise<ReadyCommunity>;

/** The settings stay the one place that says who coordinates; the roles change it through this function. */
export function changeCoordinators(parts: ChangeParts): ChangeCoordinators {
  return (where, decide) =>
    changeSettings(parts, where, before => {
      const coordinators = [...decide(before.coordinators)];
      if (coordinators.length > mostInOneRole)
        throw new CommunityError(
          'invalid',
          `community ${where.community.id} has ${mostInOneRole} coordinators, which is the most there can be: somebody has to step down first`,
        );
      return sameIds(coordinators, before.coordinators) ? before : { ...before, coordinators };
    });
}

/** The settings stay the one place that says how the week goes; its card changes it through this function. */
export function changeWeek(parts: ChangeParts): ChangeWeek {
  return (community, decide) =>
    changeSettings(parts, { community, onBehalfOf: null }, before => ({
      ...before,
      facilitation: decide(before.facilitation),
    }));
}

/** Changes some of the settings as they are stored, and tells whoever follows from them. */
export async function changeSettings(
  parts: ChangeParts,
  { community, onBehalfOf }: Where,
  decide: (settings: Settings) => Settings,
): Promise<ReadyCommunity> {
  const { settings: list } =
    onBehalfOf === null ? parts.lists.of(community.id) : parts.lists.onBehalfOf(community.id, onBehalfOf);
  const row = await change(list, settingsKey, current => {
    const settings = decide(current?.settings ?? community.settings);
    return current && isDeepStrictEqual(settings, current.settings) ? undefined : { key: settingsKey, settings };
  });
  const settings = row?.value.settings ?? community.settings;
  await settingsSaved(parts, community, settings, onBehalfOf);
  return { ...community, settings };
}

function sameIds(some: readonly Person[], others: readonly Person[]): boolean {
  return some.length === others.length && some.every(({ id }, index) => others[index]?.id === id);
}
