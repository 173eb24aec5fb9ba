import type { ReadyCommunity } from '../../../domain/community.ts';
import { nextWeekCard } from '../../../domain/facilitation/card-day.ts';
import { weekFrom, weekOf } from '../../../domain/facilitation/facilitation.ts';
import { pausedUntil, quietEnough } from '../../../domain/facilitation/rhythm.ts';
import { endOfDay, localDay } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import type { CardReply } from '../../feature.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import { messageKind, readWeek, type Shown } from './board.ts';
import { quietWeeks } from './more.ts';
import type { FacilitationParts } from './parts.ts';
import { recipientsOf } from './recipients.ts';

const mostNames = 5;
const longestName = 60;

/**
 * The card of the week that runs, for those who get it: at once, whichever day it is. Whoever has it keeps the one they
 * have.
 */
export async function postWeek(parts: FacilitationParts, community: ReadyCommunity, now: Date): Promise<void> {
  const { timeZone } = community.settings;
  const { key } = weekOf(community.settings, now);
  const { to } = await recipientsOf(parts, community);
  const shown = await readWeek(parts, community, key, now);
  await parts.messenger.post({
    community: community.id,
    kind: messageKind,
    period: key,
    to,
    card: shown.shared,
    summary: t => summaryOf(shown, community, t),
    expires: endOfDay(localDay(now, timeZone), timeZone),
  });
}

/** One line for the notification, true on the day on which it comes: what today asks for, and what is new. */
function summaryOf(shown: Shown, { name }: ReadyCommunity, t: Translate): string {
  const { board, earlier, news } = shown;
  const quiet = earlier?.quiet ?? 0;
  if (quiet >= quietEnough) return t('summary.quiet', { community: name, ...quietWeeks(quiet) });
  const { minutes } = board.days.find(({ state }) => state === 'today') ?? board;
  const wanted = minutes.of - minutes.spared;
  const done = earlier?.last?.done ?? 0;
  return [
    t(wanted === 0 ? 'summary.nothing' : board.today === board.week ? 'summary.begins' : 'summary.goesOn', {
      community: name,
      minutes: wanted,
    }),
    ...news(t),
    ...(done > 0 ? [t('summary.lastWeek', { minutes: done })] : []),
  ].join(' · ');
}

/** Sends this week's card at once, where it has a day left, and says what has become of it. */
export async function startNow(
  parts: FacilitationParts,
  { community, t }: { readonly community: ReadyCommunity; readonly t: Translate },
  asText: (name: string) => string = name => name,
): Promise<{ readonly said: string; readonly sent: boolean }> {
  const now = parts.clock();
  const { settings } = community;
  const until = pausedUntil(settings, now);
  if (until !== null) return { said: t('now.paused', onDay(until, nearDay)), sent: false };
  const last = weekFrom(weekOf(settings, now).key).days.at(-1) ?? '';
  if (localDay(now, settings.timeZone) > last) {
    const next = localDay(nextWeekCard(settings, await parts.restDays.of(community), now), settings.timeZone);
    return { said: t('now.restDay', onDay(next, nearDay)), sent: false };
  }

  const { to, people } = await recipientsOf(parts, community);
  if (to.length === 0) return { said: t('now.nobody'), sent: false };
  await postWeek(parts, community, now);
  if (settings.facilitation.destination === 'channel') return { said: t('now.channel'), sent: true };
  const names = people.slice(0, mostNames).map(({ name }) => asText(shortened(name, longestName)));
  return { said: t('now.chats', { names }), sent: true };
}

/** What a press on "this week now", or these words, are answered with. */
export async function answerNow(
  parts: FacilitationParts,
  where: { readonly community: ReadyCommunity; readonly t: Translate },
): Promise<CardReply> {
  const { said, sent } = await startNow(parts, where, plain);
  return { notice: said, outcome: sent ? 'done' : 'nothing' };
}
