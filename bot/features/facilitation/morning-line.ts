import { isOpenDay } from '../../../domain/attention/open-days.ts';
import type { ReadyCommunity } from '../../../domain/community.ts';
import type { Board } from '../../../domain/facilitation/facilitation.ts';
import { minutesIn, sizeOf } from '../../../domain/facilitation/method.ts';
import { endOfDay } from '../../../domain/schedule.ts';
import { lineCard } from './choice-cards.ts';
import type { Recipient } from '../../ports.ts';
import type { FacilitationParts } from './parts.ts';
import { recipientsOf } from './recipients.ts';

interface Line {
  readonly today: Board['days'][number];
  readonly open: readonly Board['days'][number]['tasks'][number][];
  readonly to: readonly Recipient[];
}

/** What is to be said of today, and to whom; null where today needs nobody, or nobody wants it. */
export async function lineOf(parts: FacilitationParts, community: ReadyCommunity, board: Board): Promise<Line | null> {
  const { settings } = community;
  const today = board.days.find(({ state }) => state === 'today');
  const open = (today?.tasks ?? []).filter(({ state }) => state.kind === 'open');
  if (!today || open.length === 0 || !isOpenDay(today.date, await parts.restDays.of(community))) return null;
  const wanting = new Set((settings.facilitation.mornings ?? []).map(({ id }) => id));
  const { people } = await recipientsOf(parts, community);
  const to = people.filter(({ id }) => sizeOf(settings) === 'bare' || wanting.has(id)).map(person => ({ person }));
  return to.length === 0 ? null : { today, open, to };
}

/**
 * A line about today, for those who want one; on the second of a bare week's two days for everybody who gets its card.
 * None where today needs nobody.
 */
export async function postLine(parts: FacilitationParts, community: ReadyCommunity, board: Board): Promise<void> {
  const line = await lineOf(parts, community, board);
  if (line === null) return;
  const { today, open, to } = line;
  const minutes = minutesIn(open);
  await parts.messenger.post({
    community: community.id,
    kind: 'facilitation.line',
    period: today.date,
    to,
    card: t => lineCard({ community, week: board.week, today: today.date, open, minutes }, t),
    summary: t => t('line.summary', { community: community.name, count: open.length, minutes }),
    expires: endOfDay(today.date, community.settings.timeZone),
  });
}
