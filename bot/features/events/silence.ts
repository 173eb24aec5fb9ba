import { peopleInCharge, type ReadyCommunity } from '../../../domain/community.ts';
import { learningMenu, type ActivityId } from '../../../domain/events/method.ts';
import { lastBeforeNothing, suggestionsFor } from '../../../domain/events/suggestions.ts';
import { addDays } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, type Card } from '../../cards.ts';
import type { Morning, Wish } from '../../feature.ts';
import { readOpenActions } from '../../lists/plan.ts';
import { answerCard } from '../../shared/answer.ts';
import type { Translate } from '../../text.ts';
import type { EventsParts } from './parts.ts';
import type { PlannedEvent } from './store.ts';
import { whenOf } from './when.ts';

const nothingKind = 'events.nothing';

/** In characters. */
const longestTitle = 90;
/** For how many days it waits for a morning with room. */
const waitsFor = 14;

/**
 * To those who answer for a community that has met and has nothing before it for four weeks: three things to meet for,
 * and what is stuck, which six people might see through in an hour. Asked once for each event that nothing followed,
 * and again after two and six weeks.
 */
export async function silenceWishes(
  parts: EventsParts,
  { community, now, today }: Morning,
  events: readonly PlannedEvent[],
): Promise<readonly Wish[]> {
  const last = lastBeforeNothing(events, now);
  if (!last) return [];
  const activities = suggestionsFor(events, now);
  const open = await readOpenActions(parts, community);
  const stuck = open.find(({ value }) => value.state === 'stuck')?.value.title ?? null;
  const message = {
    kind: nothingKind,
    period: last.id,
    urgency: 'sometime',
    until: addDays(today, waitsFor),
    again: { since: null },
    card: t => nothingCard(parts, { community, last, activities, stuck }, t),
    summary: t => t('ahead.summary'),
    line: t => t('events:ahead.summary'),
  } satisfies Omit<Wish, 'to'>;
  return peopleInCharge(community, await parts.roster.members(community.id)).map(
    (person): Wish => ({ ...message, to: { person } }),
  );
}

interface Nothing {
  readonly community: ReadyCommunity;
  readonly last: PlannedEvent;
  readonly activities: readonly ActivityId[];
  /** The title of an action that is stuck; null where none is. */
  readonly stuck: string | null;
}

function nothingCard({ links }: EventsParts, { community, last, activities, stuck }: Nothing, t: Translate): Card {
  const lines = activities.flatMap(id => {
    const cluster = learningMenu.find(one => one.activities.some(activity => activity.id === id));
    return cluster ? [`- ${t(`method.menu.${cluster.id}.activity.${id}`)}`] : [];
  });
  return answerCard({
    community,
    title: t('ahead.title', { title: plain(shortened(last.title, longestTitle)), ...whenOf(last, community) }),
    text: [
      t('ahead.why'),
      lines.join('\n'),
      stuck === null ? '' : t('ahead.stuck', { title: plain(shortened(stuck, longestTitle)) }),
    ]
      .filter(text => text !== '')
      .join('\n\n'),
    page: { open: t('ahead.open'), link: links.tab(community.id, 'events') },
  });
}
