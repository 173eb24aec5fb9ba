import type { Community, Member, ReadyCommunity } from '../../../domain/community.ts';
import { boardFor, weekFrom } from '../../../domain/facilitation.ts';
import { can } from '../../../domain/permissions.ts';
import type { Card } from '../../cards.ts';
import type { Lists } from '../../data/lists.ts';
import type { Clock, Log, Messenger, Roster } from '../../feature.ts';
import type { Translate } from '../../text.ts';
import { facilitationCard } from './card.ts';

export interface FacilitationParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly clock: Clock;
  /**
   * Leaves out facilitators who have left the team, and finds owners when nobody is named. Without it the settings
   * alone decide.
   */
  readonly roster: Roster;
  /**
   * Further lines for the card of those who facilitate, such as who joined. They are shown in personal chats only,
   * ready for a card: names in them went through `plain`.
   */
  readonly notes?: ((community: Community) => Promise<Notes>) | undefined;
  readonly log: Log;
}

/** Lines in the reader's language; `mayReadNewcomers` says whether they may tell what newcomers answered. */
type Notes = (t: Translate, mayReadNewcomers: boolean) => readonly string[];

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
  const wanted = destination === 'chats' ? notes : undefined;
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
          mayReadNewcomers: can(person, 'welcome.read', community),
        },
        t,
      ),
  };
}

const none: Notes = () => [];

/** The note is a courtesy: a card without it is better than no card. */
async function linesFrom(notes: FacilitationParts['notes'], community: Community, log: Log): Promise<Notes> {
  try {
    return (await notes?.(community)) ?? none;
  } catch (error) {
    log.warn({ community: community.id, err: error }, 'facilitation card shown without its notes');
    return none;
  }
}
