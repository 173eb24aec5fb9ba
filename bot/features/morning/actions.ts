import { z } from 'zod';
import { never } from '../../../domain/attention/mornings.ts';
import { nextOpenDay } from '../../../domain/attention/open-days.ts';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { addDays, localDay } from '../../../domain/schedule.ts';
import { identifier } from '../../../domain/text.ts';
import type { Card } from '../../cards.ts';
import { cardAction, type CardReply, type Morning, type Press } from '../../feature.ts';
import { quietActions } from '../../shared/quiet.ts';
import type { Translate } from '../../text.ts';
import { putOffCard, withWays } from './cards.ts';
import type { MorningParts } from './parts.ts';
import { askWishes, findPut, type PutWish } from './wishes.ts';

/** In how many days something comes again that somebody wants later. */
const laterBy = 7;

const WishData = z.object({ wish: identifier(100).min(1), period: identifier(300).min(1) });
type WishData = z.infer<typeof WishData>;
type Pressed = Press<WishData, ReadyCommunity>;

async function morningNow({ clock, restDays }: MorningParts, community: ReadyCommunity): Promise<Morning> {
  const now = clock();
  return { community, now, today: localDay(now, community.settings.timeZone), rest: await restDays.of(community) };
}

/** One line of several, as its own card: asked for now, so that it says what is so now. Pressed twice, it is one. */
async function onShow(parts: MorningParts, { data, who, community, t }: Pressed): Promise<CardReply> {
  const { wishes } = await askWishes(parts, await morningNow(parts, community));
  const found = wishes.find(
    ({ person, kind, period }) => person === who.id && kind === data.wish && period === data.period,
  );
  if (!found) return { notice: t('notice.over') };
  const { to, ...message } = found.wish;
  await parts.messenger.post({ ...message, community: community.id, to: [to] });
  return { notice: t('notice.shown'), outcome: 'nothing' };
}

/** Chosen for oneself alone: the others who are asked the same are asked on. */
async function putOff(
  parts: MorningParts,
  press: Pressed,
  dayIn: (morning: Morning) => string | null,
): Promise<CardReply> {
  const { data, who, community, t } = press;
  const morning = await morningNow(parts, community);
  const put = await findPut(parts, morning, { ...data, person: who.id });
  if (!put) return { notice: t('notice.over') };
  const on = dayIn(morning);
  await parts.ledger.choose(community.id, put.last, { againOn: on ?? never, on: morning.today });
  return turned(parts, press, put, to => putOffCard({ community, links: parts.links, asked: put.asked, on }, to));
}

/** On the day on which it was chosen; later it is too long ago to be meant. */
async function onTakeBack(parts: MorningParts, press: Pressed): Promise<CardReply> {
  const { data, who, community, t } = press;
  const morning = await morningNow(parts, community);
  const put = await findPut(parts, morning, { ...data, person: who.id });
  if (!put) return { notice: t('notice.over') };
  const { chosenOn } = put.last;
  if (chosenOn !== null && chosenOn !== morning.today) return { notice: t('notice.tooLate') };
  await parts.ledger.choose(community.id, put.last, { againOn: null, on: morning.today });
  return turned(parts, press, put, withWays(put.asked, { community: community.id, period: put.last.period }));
}

/** Every copy that this person has of it shows what they chose. */
async function turned(
  { messenger }: MorningParts,
  { community, t }: Pressed,
  { asked }: PutWish,
  card: (t: Translate) => Card,
): Promise<CardReply> {
  const { kind, period, wish } = asked;
  await messenger.refresh({ community: community.id, kind, period, to: [wish.to], card });
  return { card: card(t) };
}

export function morningActions(parts: MorningParts) {
  const own = { may: 'community.read', ready: true } as const;
  return {
    show: cardAction(own, { data: WishData, run: press => onShow(parts, press) }),
    later: cardAction(own, {
      data: WishData,
      run: press => putOff(parts, press, ({ today, rest }) => nextOpenDay(addDays(today, laterBy), rest)),
    }),
    letGo: cardAction(own, { data: WishData, run: press => putOff(parts, press, () => null) }),
    takeBack: cardAction(own, { data: WishData, run: press => onTakeBack(parts, press) }),
    ...quietActions(parts, ({ id }, t) => ({
      verb: 'morning.resume',
      still: t('stopped.still'),
      page: { open: t('several.open'), link: parts.links.tab(id, 'overview') },
    })),
  };
}
