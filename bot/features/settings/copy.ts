import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { settingsParts, type SettingsView } from '../../../domain/settings/api.ts';
import type { Community, ReadyCommunity, Settings } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { nextOnDays } from '../../../domain/schedule.ts';
import { change, VersionConflict, type Stored } from '../../lists/list.ts';
import { definitions, type ListDefinition, type SettingsRow } from '../../lists/model.ts';
import { settingsKey } from '../../lists/settings-list.ts';
import type { Job } from '../../feature.ts';
import type { SettingsParts } from './parts.ts';
import { repairLists } from './repair.ts';

type CopyParts = Pick<SettingsParts, 'lists' | 'log'>;

/** Everybody in the team may look at the copy in SharePoint, and may change it: what it says then has no effect. */
export async function writeCopy(
  { lists }: CopyParts,
  community: string,
  settings: Settings,
  onBehalfOf: string | null,
): Promise<void> {
  const { settingsCopy } = onBehalfOf === null ? lists.of(community) : lists.onBehalfOf(community, onBehalfOf);
  const stored = await settingsCopy.find(settingsKey);
  // What a member put there by hand may say the very same; then it is fine, and ours.
  if (stored?.byHand && isDeepStrictEqual(stored.value.settings, settings)) return settingsCopy.confirm(stored);
  await change(settingsCopy, settingsKey, current =>
    current && isDeepStrictEqual(current.settings, settings) ? undefined : { key: settingsKey, settings },
  );
}

/**
 * What SharePoint shows of settings that our database does not have: to suggest, after a look, and for nothing else.
 */
export async function keptCopy(parts: CopyParts, community: Community): Promise<Settings | null> {
  return (await readCopy(parts, community))?.value.settings ?? null;
}

/** What was changed in the copy by hand, or null for nothing. */
export async function copyByHand(
  parts: CopyParts,
  community: Community,
  settings: Settings,
): Promise<NonNullable<SettingsView['byHand']> | null> {
  const row = await readCopy(parts, community);
  if (!row?.byHand) return null;
  const differs = settingsParts.filter(part => !isDeepStrictEqual(row.value.settings[part], settings[part]));
  if (differs.length === 0) return null;
  const [last] = await parts.lists
    .of(community.id)
    .settingsCopy.versions(row.id, 1)
    .catch(() => []);
  return { by: last?.savedBy ?? null, at: last?.savedAt ?? null, differs };
}

/** How long lists that were found right are believed to be, in milliseconds, where nothing says otherwise. */
const believed = 28 * 24 * 3_600_000;

/** What lists are found right for: those of this version, with these settings in their copy. */
function rightFor(settings: Settings): string {
  const wanted = Object.entries(definitions as Readonly<Record<string, ListDefinition>>)
    .filter(([, { kept }]) => kept === 'team')
    .map(([name, { title, columns }]) => [
      name,
      title,
      Object.entries(columns).map(([column, { facet, indexed }]) => [column, facet, indexed]),
    ]);
  return createHash('sha256')
    .update(JSON.stringify([wanted, settings]))
    .digest('base64url');
}

/**
 * By night: columns, indexes and uniqueness that were lost in SharePoint are put right, as nobody would notice that two
 * servers may make the same row. Then a copy of the settings that is missing or old is written; one that was changed by
 * hand is left for a coordinator to see. To look costs some twenty of SharePoint's units, so it is done once a month, and
 * in the night after something was met that is not right, after the settings were saved, and after an update that
 * changed what lists are to be.
 */
export function copyJob(parts: SettingsParts): Job {
  const repair = repairLists(parts);
  return {
    name: 'settings.copy',
    next(community, after) {
      return nextOnDays({ days: [1, 2, 3, 4, 5, 6, 7], time: '03:00', timeZone: community.settings.timeZone }, after);
    },
    async run({ community, now }) {
      const as = rightFor(community.settings);
      const before = await parts.sites.rightness(community.id);
      if (before?.as === as && Math.abs(now.getTime() - before.at.getTime()) < believed) return;
      if (!(await repair(community))) return;
      await writeSettings(community);
      await parts.sites.keepRightness(community.id, { as, at: now });
    },
  };

  async function writeSettings(community: ReadyCommunity): Promise<void> {
    const row = await parts.lists.of(community.id).settingsCopy.find(settingsKey);
    if (row?.byHand && !isDeepStrictEqual(row.value.settings, community.settings)) {
      return parts.log.warn(
        { community: community.id },
        'the copy of the settings in SharePoint was changed by hand, which has no effect',
      );
    }
    try {
      await writeCopy(parts, community.id, community.settings, null);
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
}

/** A copy that cannot be read is none: nothing rests on it. */
async function readCopy({ lists, log }: CopyParts, community: Community): Promise<Stored<SettingsRow> | undefined> {
  try {
    return await lists.of(community.id).settingsCopy.find(settingsKey);
  } catch (error) {
    if (!(error instanceof CommunityError)) throw error;
    if (error.code !== 'not-set-up')
      log.warn({ community: community.id, code: error.code }, 'the copy of the settings could not be looked at');
    return undefined;
  }
}
