import type { Community, Member, ReadyCommunity } from '../../../domain/community.ts';
import { boardFor, weekFrom } from '../../../domain/facilitation/facilitation.ts';
import { can } from '../../../domain/permissions.ts';
import type { Card } from '../../cards.ts';
import type { Log } from '../../ports.ts';
import type { Translate } from '../../text.ts';
import { facilitationCard } from './card.ts';
import type { FacilitationParts, Notes } from './parts.ts';

export const messageKind = 'facilitation.week';

/** One week of one community as it is now, ready to be shown in any language. */
export interface Shown {
  /**
   * The shared message: those who get it may tick. Facilitators need not coordinate, so it never tells what newcomers
   * answered; Teams asks for each reader's own card when it comes into view, and that one does.
   */
  shared(t: Translate): Card;
  /** For one person, who may perhaps only look. */
  to(person: Member, t: Translate): Card;
}

/** Reads a week from the community's list, once, for all its readers. */
export async function readWeek(
  { lists, notes, log }: FacilitationParts,
  community: ReadyCommunity,
  week: string,
  now: Date,
): Promise<Shown> {
  const {
    facilitation: { destination },
    timeZone,
  } = community.settings;
  // In a channel everybody reads along.
  const wanted = destination === 'chats' ? notes : noNotes;
  const [ticks, lines] = await Promise.all([
    lists.of(community.id).ticks.all({ week }),
    linesFrom(wanted, community, log),
  ]);
  const board = boardFor(
    weekFrom(week),
    ticks.map(row => row.value),
    now,
    timeZone,
  );

  function shown(
    { mayTick, mayReadNewcomers }: { readonly mayTick: boolean; readonly mayReadNewcomers: boolean },
    t: Translate,
  ): Card {
    return facilitationCard({ community, board, notes: mayTick ? lines(t, mayReadNewcomers) : [], mayTick, now }, t);
  }
  return {
    shared: t => shown({ mayTick: true, mayReadNewcomers: false }, t),
    to: (person, t) =>
      shown(
        {
          mayTick: can(person, 'facilitation.tick', community),
          // Member support reads in the tab, which knows who answered when they were among the readers.
          mayReadNewcomers: can(person, 'roles.manage', community),
        },
        t,
      ),
  };
}

const none: Notes = () => [];

/** Where everybody reads along. */
export const noNotes: FacilitationParts['notes'] = async () => none;

/** The note is a courtesy: a card without it is better than no card. */
async function linesFrom(notes: FacilitationParts['notes'], community: Community, log: Log): Promise<Notes> {
  try {
    return await notes(community);
  } catch (error) {
    log.warn({ community: community.id, err: error }, 'facilitation card shown without its notes');
    return none;
  }
}
