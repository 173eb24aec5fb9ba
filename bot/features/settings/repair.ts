import { peopleInCharge, type Community } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { todayIn } from '../../shared/days.ts';
import type { SettingsParts } from './parts.ts';
import { createTexts } from '../../text.ts';
import { listsCard } from './lists-card.ts';
import type { Log } from '../../ports.ts';
import type { Provisioned } from '../../lists/provisioning.ts';
import { failuresOf, linesForIt } from './problems.ts';
import { text } from './text.ts';

/**
 * Puts a community's lists right. False when a person has to do something first: those who coordinate have been told
 * what.
 */
export type RepairLists = (community: Community) => Promise<boolean>;

const messageKind = 'settings.lists';

/**
 * For work without a person: what was deleted or switched off by hand in SharePoint is put right, or those who
 * coordinate are told, once a month.
 */
export function repairLists({
  provision,
  messenger,
  roster,
  links,
  clock,
  log,
  sites,
}: Pick<SettingsParts, 'provision' | 'messenger' | 'roster' | 'links' | 'clock' | 'log' | 'sites'>): RepairLists {
  // Nobody reads along: what is made anew is described in English.
  const english = createTexts({ settings: text }).for('settings', null);
  return async community => {
    const { lists, grant } = await provision(community.id, english);
    warnOf(lists, community.id, log);
    const failures = lists.filter(one => one.state === 'failed' && !isNarrow(one));
    if (failures.length === 0) return true;
    // Whoever met it: from now on each night looks, until somebody has put it right.
    await sites.keepRightness(community.id, null);
    if (failures.some(({ temporary }) => temporary))
      throw new CommunityError('unavailable', `the lists of community ${community.id} could not be repaired now`);

    const to = peopleInCharge(community, await roster.members(community.id));
    log.warn(
      { community: community.id, lists: failures.map(({ name }) => name), told: to.length },
      'SharePoint lists are not as they should be, and may not be repaired',
    );
    await messenger.post({
      community: community.id,
      kind: messageKind,
      period: todayIn({ clock }, community).slice(0, 7),
      to: to.map(person => ({ person })),
      card: t =>
        listsCard(
          {
            community,
            failures: failuresOf({ lists }, t),
            link: links.tab(community.id, 'settings'),
            ...(grant ? { forIt: linesForIt(grant, community, t) } : {}),
          },
          t,
        ),
      summary: t => t('broken.summary', { community: community.name }),
    });
    return false;
  };
}

type Outcome = Provisioned['lists'][number];

/** Whether all that a list lacks is new in this version, and nobody can be asked to wait for it. */
function isNarrow({ later, temporary }: Outcome): boolean {
  return later === true && temporary !== true;
}

function warnOf(lists: readonly Outcome[], community: string, log: Log): void {
  const those = (is: (list: Outcome) => boolean) => ({ community, lists: lists.filter(is).map(({ name }) => name) });
  const bare = those(({ withoutVersions }) => withoutVersions === true);
  if (bare.lists.length > 0)
    log.warn(bare, 'SharePoint keeps no versions of these lists; a team owner can switch them on there');
  const narrow = those(isNarrow);
  if (narrow.lists.length > 0)
    log.warn(
      narrow,
      'columns that came with this version could not be made; what is new in it cannot be saved there until somebody grants it',
    );
  const mended = those(({ state }) => state === 'created' || state === 'repaired');
  if (mended.lists.length > 0 && lists.every(one => one.state !== 'failed' || isNarrow(one)))
    log.warn(mended, 'SharePoint lists were not as they should be, and were repaired');
}
