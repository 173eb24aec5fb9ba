import type { Community } from '../../domain/community.ts';
import { readPersonalSubPage, writeDeepLink, type TabPlace } from '../../domain/deep-links.ts';
import type { Card } from '../cards.ts';
import type { Config } from '../config.ts';
import type { Transport } from '../messages/transport.ts';
import type { Answering, Handle } from './adapter.ts';
import { readDeepLink } from './read-deep-link.ts';

/** Where a card is shown: to one person, or to a team. */
type Shown = 'chat' | 'channel';

export interface TabLinkParts {
  readonly config: Pick<Config, 'cloud' | 'teamsAppId'>;
  readonly communities: { find(community: string): Promise<Community | undefined> };
}

/**
 * Leads the links of cards to a tab that is there. Whoever makes a card does not know where it will be shown: its links
 * lead to the personal tab. In a channel they lead to the tab in the team, where one is known; everywhere they name the
 * app as Teams does in that team.
 */
export function createTabLinks({ config, communities }: TabLinkParts) {
  const { teams } = config.cloud;

  async function led<T>(value: T, shown: Shown): Promise<T> {
    // A chat's links are right as they are where the app has one id for the whole organisation.
    if (shown === 'chat' && config.teamsAppId !== null) return value;
    const places = [...placesIn(teams, value)];
    if (places.length === 0) return value;
    const ids = [...new Set(places.map(({ subPage }) => readPersonalSubPage(subPage).community))];
    const found = await Promise.all(ids.map(id => communities.find(id)));
    const known = new Map(found.flatMap(community => (community ? [[community.id, community] as const] : [])));
    return withLinks(value, link => {
      const place = readDeepLink(teams, link);
      return place ? writeDeepLink(teams, fromHere(place, known, shown)) : link;
    });
  }

  function fromHere(place: TabPlace, known: ReadonlyMap<string, Community>, shown: Shown): TabPlace {
    const { community: id, subPage } = readPersonalSubPage(place.subPage);
    const { tab, teamsApp } = known.get(id) ?? {};
    const app = config.teamsAppId ?? teamsApp ?? place.app;
    return shown === 'channel' && tab
      ? { ...place, app, entity: tab.entity, channel: tab.channel, subPage }
      : { ...place, app };
  }

  /** Answers an activity, with links that lead on from where it came. */
  function answering(context: Answering, shown: Shown): Answering {
    return {
      sendActivity: async activity => context.sendActivity(await led(activity, shown)),
      updateActivity: async activity => context.updateActivity(await led(activity, shown)),
    };
  }

  return {
    led,
    handle:
      (inner: Handle): Handle =>
      (activity, context) =>
        inner(activity, answering(context, activity.conversation.conversationType === 'channel' ? 'channel' : 'chat')),
    transport(inner: Transport): Transport {
      const ledTo = (card: Card, recipient: string) => led(card, recipient === 'channel' ? 'channel' : 'chat');
      return {
        send: async (addressed, wait) =>
          inner.send({ ...addressed, card: await ledTo(addressed.card, addressed.recipient) }, wait),
        update: async (addressed, wait) =>
          inner.update({ ...addressed, card: await ledTo(addressed.card, addressed.recipient) }, wait),
      };
    },
  };
}

/** The places in our tab to which something on a card leads. */
function* placesIn(teams: string, value: unknown): Generator<TabPlace> {
  if (Array.isArray(value)) for (const item of value) yield* placesIn(teams, item);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      const place = name === 'url' && typeof inner === 'string' ? readDeepLink(teams, inner) : null;
      if (place && place.channel === undefined) yield place;
      else yield* placesIn(teams, inner);
    }
  }
}

/** The same with every `url` turned into another. */
function withLinks<T>(value: T, turned: (link: string) => string): T {
  if (Array.isArray(value)) return value.map(item => withLinks(item as unknown, turned)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'url' && typeof inner === 'string' ? turned(inner) : withLinks(inner as unknown, turned),
    ]),
  ) as T;
}
