import { api } from '../../../domain/api.ts';
import type { Community, Member } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { SectionId } from '../../../domain/charter/charter.ts';
import { heardBy, type LiveTopic, type Present } from '../../../domain/live/live.ts';
import type { LiveEvent } from '../../../domain/live/api.ts';
import type { Events } from '../../../domain/endpoint.ts';
import { can } from '../../../domain/permissions.ts';
import { route, type Route } from '../../feature.ts';
import type { LiveParts } from './parts.ts';

/** Most open at a time: of one person, whose oldest makes room, and of everybody on this server. */
const most = { ofPerson: 8, ofAll: 3_000 } as const;

/** Most people who are named. */
const mostNamed = 12;

/** How often it is asked whether who listens is still a member, in milliseconds. */
const lookEvery = 30_000;

/** How long one stays open, in milliseconds: a token that was good at first does not count for ever. */
const longest = 15 * 60_000;

/** Somebody who listens. */
interface Listening {
  who: Member;
  community: Community;
  readonly end: () => void;
}

export interface LiveRoutes {
  readonly routes: readonly Route[];
  readonly stop: () => void;
}

/** One answer that stays open as long as the tab does, and says which screens have something new. */
export function liveRoutes({ liveChanges, communities, roster }: LiveParts): LiveRoutes {
  const open = new Set<Listening>();

  /** Ends what a person hears who is no member any more. Where that cannot be told, it is asked again. */
  async function look(listening: Listening): Promise<void> {
    const { id } = listening.community;
    try {
      const community = await communities.find(id);
      const who = community && (await roster.member(id, listening.who.id));
      if (!community || !who) listening.end();
      else Object.assign(listening, { community, who });
    } catch {
      // Microsoft or the database could not say: nobody is a stranger for that.
    }
  }

  const looking = setInterval(() => void lookAtAll(open, look), lookEvery).unref();

  function listen(who: Member, community: Community, editing: SectionId | null): Events<LiveEvent> {
    return ({ send, end }) => {
      const listening: Listening = { who, community, end };
      const ofPerson = [...open].filter(one => one.who.id === who.id);
      if (ofPerson.length >= most.ofPerson) ofPerson[0]?.end();
      open.add(listening);
      const forget = liveChanges.listen(community.id, {
        changed(topics) {
          const changed = topics.filter(topic => mayHear(listening, topic));
          if (changed.length > 0) send({ changed });
        },
        people: () => void look(listening),
        here: newsOf(who, send),
        ended: end,
      });
      const leave = liveChanges.enter(community.id, { id: who.id, name: who.name, editing });
      const tooLong = setTimeout(end, longest).unref();
      return () => {
        clearTimeout(tooLong);
        leave();
        forget();
        open.delete(listening);
      };
    };
  }

  return {
    routes: [
      route(api.live, { may: 'community.read' }, async ({ who, community, params }) => {
        if (open.size >= most.ofAll)
          throw new CommunityError('unavailable', `${most.ofAll} tabs listen to this server: no more fit`, {
            retryAfter: 60,
          });
        const editing = SectionId.safeParse(params['editing']);
        const writes = editing.success && can(who, 'charter.edit', community);
        return { body: listen(who, community, writes ? editing.data : null) };
      }),
    ],
    stop: () => clearInterval(looking),
  };
}

/** Tells somebody who else is here, when that is news. */
function newsOf({ id }: Member, send: (event: LiveEvent) => void): (people: readonly Present[]) => void {
  let before = '[]';
  return people => {
    const others = people.filter(one => one.id !== id);
    const news = { here: others.slice(0, mostNamed), more: Math.max(0, others.length - mostNamed) };
    const now = JSON.stringify(others.length === 0 ? [] : news);
    if (now === before) return;
    before = now;
    send(news);
  };
}

function mayHear({ who, community }: Listening, topic: LiveTopic): boolean {
  const permission = heardBy[topic];
  return permission === undefined || can(who, permission, community);
}

/** One after the other: two thousand questions at once would keep a person from theirs. */
async function lookAtAll(open: ReadonlySet<Listening>, look: (listening: Listening) => Promise<void>): Promise<void> {
  for (const listening of [...open]) if (open.has(listening)) await look(listening);
}
