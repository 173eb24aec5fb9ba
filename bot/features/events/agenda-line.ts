import type { Member, ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { longestItem, mostItems } from '../../../domain/events/agenda.ts';
import { mayBeMoved } from '../../../domain/events/event.ts';
import { shortened } from '../../../domain/text.ts';
import type { EventsParts } from './parts.ts';
import { createShow } from './showing.ts';
import { byOf, changeEvent } from './store.ts';

/** A line of the agenda of an event, as somebody else's feature knows it. */
interface AgendaLine {
  readonly id: string;
  readonly title: string;
}

/**
 * Puts a line at the end of the agenda of an event; asked again with the same id it adds nothing. Throws `not-found`,
 * `not-allowed`, and `invalid` for an event that was held or cancelled, or whose agenda is full.
 */
export function agendaLineAdder(
  parts: EventsParts,
): (community: ReadyCommunity, who: Member, event: string, line: AgendaLine) => Promise<void> {
  const show = createShow(parts);
  return async (community, who, event, { id, title }) => {
    await changeEvent(parts, community, who, event, {
      onBehalfOf: null,
      decide(current) {
        if (current.agenda.some(line => line.id === id)) return undefined;
        if (!mayBeMoved(current) || current.agenda.length >= mostItems)
          throw new CommunityError('invalid', `an event that is ${current.state} takes no more on its agenda`, {
            context: 'event-state',
          });
        const line = { id, title: shortened(title, longestItem), minutes: 0, who: '', first: false };
        const { by, now } = byOf(parts, who);
        return { ...current, agenda: [...current.agenda, line], changedBy: by, changedAt: now.toISOString() };
      },
    });
    await show(community, event);
  };
}
