import { mostInOneRole, type Person, type ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { change } from '../../lists/list.ts';
import { settingsKey } from '../../lists/settings-list.ts';
import type { SettingsParts } from './parts.ts';
import { settingsSaved } from './store.ts';

/** Changes who coordinates, from outside the settings. Returns the community as it is then. */
export type ChangeCoordinators = (
  where: { readonly community: ReadyCommunity; readonly onBehalfOf: string | null },
  decide: (coordinators: readonly Person[]) => readonly Person[],
) => Promise<ReadyCommunity>;

/** The settings stay the one place that says who coordinates; the roles change it through this function. */
export function changeCoordinators(
  parts: Pick<SettingsParts, 'lists' | 'communities' | 'messenger' | 'links' | 'log'>,
): ChangeCoordinators {
  return async ({ community, onBehalfOf }, decide) => {
    const { settings: list } =
      onBehalfOf === null ? parts.lists.of(community.id) : parts.lists.onBehalfOf(community.id, onBehalfOf);
    const row = await change(list, settingsKey, current => {
      const before = current?.settings ?? community.settings;
      const coordinators = [...decide(before.coordinators)];
      if (coordinators.length > mostInOneRole)
        throw new CommunityError(
          'invalid',
          `community ${community.id} has ${mostInOneRole} coordinators, which is the most there can be: somebody has to step down first`,
        );
      return current && sameIds(coordinators, before.coordinators)
        ? undefined
        : { key: settingsKey, settings: { ...before, coordinators } };
    });
    const settings = row?.value.settings ?? community.settings;
    await settingsSaved(parts, community, settings, onBehalfOf);
    return { ...community, settings };
  };
}

function sameIds(some: readonly Person[], others: readonly Person[]): boolean {
  return some.length === others.length && some.every(({ id }, index) => others[index]?.id === id);
}
