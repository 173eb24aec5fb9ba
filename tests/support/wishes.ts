import { isOpenDay } from '../../domain/attention/open-days.ts';
import type { Member, ReadyCommunity } from '../../domain/community.ts';
import { localDay } from '../../domain/schedule.ts';
import type { Feature } from '../../bot/feature.ts';
import type { Messenger, Recipient } from '../../bot/ports.ts';
import type { ReadComing } from '../../bot/shared/waiting.ts';
import { createRestDays } from '../../bot/shared/rest-days.ts';

/** No question comes to anybody by itself. */
export const nothingComes: ReadComing = async () => new Set();

const restDays = createRestDays();

/** Sends everything that a feature wishes at this moment, each by itself, as on a morning with room for all of it. */
export async function grantWishes(
  feature: Feature,
  messenger: Messenger,
  {
    community,
    now,
    members,
  }: { readonly community: ReadyCommunity; readonly now: Date; readonly members?: readonly Member[] },
): Promise<void> {
  const rest = await restDays.of(community);
  const today = localDay(now, community.settings.timeZone);
  if (!isOpenDay(today, rest)) return;
  const isHere = (to: Recipient): boolean =>
    'channel' in to || !members || members.some(({ id }) => id === to.person.id);
  // What was said when it came up has no first morning.
  for (const { to, ...message } of (await feature.wishes?.({ community, now, today, rest })) ?? [])
    if (isHere(to) && !message.again?.since) {
      await message.beforeSent?.();
      await messenger.post({ ...message, community: community.id, to: [to] });
    }
}
