import { z } from 'zod';
import { mostInOneRole, WeekSize, type ReadyCommunity, type Settings } from '../../../domain/community.ts';
import { begunAfresh, pausesFrom } from '../../../domain/facilitation/rhythm.ts';
import { addDays, localDay } from '../../../domain/schedule.ts';
import { cardAction, type CardReply, type Press } from '../../feature.ts';
import { enteredDay } from '../../shared/inputs.ts';
import { messageKind, readWeek } from './board.ts';
import { pauseCard } from './choice-cards.ts';
import type { FacilitationParts } from './parts.ts';

const WeekData = z.object({ week: z.iso.date() });
/** `afresh`: it answers the question after quiet weeks, so that nothing is owed from before. */
const SizeData = WeekData.extend({ size: WeekSize, afresh: z.literal('yes').optional() });
/** A day of the card's own, or one that was entered. */
const PauseData = WeekData.extend({ until: z.iso.date().optional(), day: enteredDay() });
const MorningsData = WeekData.extend({ line: z.enum(['on', 'off']) });

/** The longest pause, in days. */
const longestPause = 366;

type Pressed<Data> = Press<Data, ReadyCommunity>;
type Week = Settings['facilitation'];

/** How the week goes, changed from its card by those who do its work: how large it is, a pause, a line in the morning. */
export function rhythmActions(parts: FacilitationParts) {
  const { clock, changeWeek } = parts;

  async function onSize({
    data: { week, size, afresh },
    ...press
  }: Pressed<z.infer<typeof SizeData>>): Promise<CardReply> {
    const today = localDay(clock(), press.community.settings.timeZone);
    return changed(press, week, before => ({ ...(afresh === 'yes' ? begunAfresh(before, today) : before), size }));
  }

  async function onPause({ data: { week }, community, t }: Pressed<z.infer<typeof WeekData>>): Promise<CardReply> {
    return { card: pauseCard({ community, week, days: pausesFrom(community.settings, clock()) }, t) };
  }

  async function onPauseUntil({
    data: { week, until, day },
    ...press
  }: Pressed<z.infer<typeof PauseData>>): Promise<CardReply> {
    const { community, t } = press;
    const today = localDay(clock(), community.settings.timeZone);
    const from = z.iso.date().safeParse(until ?? day).data;
    if (from === undefined) return { notice: t('notice.whichDay') };
    if (from <= today || from > addDays(today, longestPause)) return { notice: t('notice.dayToCome') };
    return changed(press, week, before => ({ ...before, from }));
  }

  async function onResume({ data: { week }, ...press }: Pressed<z.infer<typeof WeekData>>): Promise<CardReply> {
    const today = localDay(clock(), press.community.settings.timeZone);
    return changed(press, week, before => (before.from && before.from > today ? { ...before, from: today } : before));
  }

  async function onMornings({
    data: { week, line },
    ...press
  }: Pressed<z.infer<typeof MorningsData>>): Promise<CardReply> {
    const { id, name } = press.who;
    return changed(press, week, before => {
      const others = (before.mornings ?? []).filter(person => person.id !== id);
      return { ...before, mornings: line === 'on' ? [...others, { id, name }].slice(-mostInOneRole) : others };
    });
  }

  /** The card as it is then, for who pressed, and for everybody else who has a copy. */
  async function changed(
    { community: before, who, t }: Omit<Pressed<unknown>, 'data'>,
    week: string,
    decide: (week: Week) => Week,
  ): Promise<CardReply> {
    const community = await changeWeek(before, decide);
    const shown = await readWeek(parts, community, week, clock());
    await parts.messenger.refresh({ community: community.id, kind: messageKind, period: week, card: shown.shared });
    return { card: shown.inPlace(who, t) };
  }

  const facilitators = { may: 'facilitation.change', ready: true } as const;
  return {
    size: cardAction(facilitators, { data: SizeData, run: onSize }),
    pause: cardAction(facilitators, { data: WeekData, run: onPause }),
    pauseUntil: cardAction(facilitators, { data: PauseData, run: onPauseUntil }),
    resume: cardAction(facilitators, { data: WeekData, run: onResume }),
    mornings: cardAction(facilitators, { data: MorningsData, run: onMornings }),
  };
}
