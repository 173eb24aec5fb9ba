import { z } from 'zod';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { localDay } from '../../../domain/schedule.ts';
import { identifier } from '../../../domain/text.ts';
import { cardAction, type CardReply, type Press } from '../../feature.ts';
import { quietActions } from '../../shared/quiet.ts';
import type { MorningParts } from './parts.ts';
import { askWishes } from './wishes.ts';

const ShowData = z.object({ wish: identifier(100).min(1), period: identifier(300).min(1) });
type ShowData = z.infer<typeof ShowData>;

/** One line of several, as its own card: asked for now, so that it says what is so now. Pressed twice, it is one. */
async function onShow(
  parts: MorningParts,
  { data, who, community, t }: Press<ShowData, ReadyCommunity>,
): Promise<CardReply> {
  const now = parts.clock();
  const today = localDay(now, community.settings.timeZone);
  const morning = { community, now, today, rest: await parts.restDays.of(community) };
  const { wishes } = await askWishes(parts, morning);
  const found = wishes.find(
    ({ person, kind, period }) => person === who.id && kind === data.wish && period === data.period,
  );
  if (!found) return { notice: t('notice.over') };
  const { to, ...message } = found.wish;
  await parts.messenger.post({ ...message, community: community.id, to: [to] });
  return { notice: t('notice.shown'), outcome: 'nothing' };
}

export function morningActions(parts: MorningParts) {
  return {
    show: cardAction({ may: 'community.read', ready: true }, { data: ShowData, run: press => onShow(parts, press) }),
    ...quietActions(parts, ({ id }, t) => ({
      verb: 'morning.resume',
      still: t('stopped.still'),
      page: { open: t('several.open'), link: parts.links.tab(id, 'overview') },
    })),
  };
}
