import { api } from '../../../domain/api.ts';
import { topics } from '../../../domain/messages/topics.ts';
import type { MessagesToMe, PrivacyView } from '../../../domain/privacy/api.ts';
import { route, type Route, type TabRequest } from '../../feature.ts';
import { offeredTo, stoppedOf } from './messages.ts';
import type { PrivacyParts } from './parts.ts';
import { reading } from './actions.ts';
import { mustNotCoordinate, viewOf } from './view.ts';

export function privacyRoutes(parts: PrivacyParts): readonly Route[] {
  const { personalData, messenger, clock } = parts;

  async function messagesToMe({
    who,
    community,
  }: Pick<TabRequest<unknown>, 'who' | 'community'>): Promise<MessagesToMe> {
    const { all, topics: stopped } = await stoppedOf(parts, { who, community });
    const offered = await offeredTo(parts, { who, community });
    return {
      all,
      stopped: [...stopped],
      offered: topics.filter(one => offered.includes(one) || stopped.includes(one)),
    };
  }

  async function shown(request: TabRequest<unknown>): Promise<PrivacyView> {
    const { community, who, t } = request;
    const [view, messages] = await Promise.all([viewOf(personalData, community, who, t), messagesToMe(request)]);
    return { ...view, messages };
  }

  return [
    route(api.saveMessagesToMe, reading, async request => {
      const { all, stopped } = request.body;
      await messenger.stop(request.community.id, request.who.id, { all, topics: stopped });
      return { body: await messagesToMe(request) };
    }),
    route(api.privacy, reading, async request => ({ body: await shown(request) })),
    route(api.exportPrivacy, reading, async ({ who, community, t }) => {
      const { held, beyond } = await viewOf(personalData, community, who, t);
      const file = {
        person: { id: who.id, name: who.name },
        community: { id: community.id, name: community.name },
        at: clock().toISOString(),
        held: held.map(({ title, why, entries }) => ({
          what: title,
          'when you ask to be forgotten': why,
          entries: entries.map(facts => Object.fromEntries(facts.map(({ name, value }) => [name, value]))),
        })),
        'not in this file': beyond,
      };
      const bytes = new TextEncoder().encode(`${JSON.stringify(file, null, 2)}\n`);
      return {
        body: {
          name: `${t('file')}-${clock().toISOString().slice(0, 10)}.json`,
          type: 'application/json; charset=utf-8',
          bytes,
        },
      };
    }),
    route(api.forgetMe, reading, async request => {
      const { who, community } = request;
      mustNotCoordinate(who, community);
      await personalData.forget(community.id, { id: who.id, name: who.name }, true);
      return { body: await shown(request) };
    }),
  ];
}
