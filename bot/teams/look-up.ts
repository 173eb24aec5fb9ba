import { z } from 'zod';
import { CommunityError } from '../../domain/errors.ts';
import { cleanLine, identifier, line } from '../../domain/text.ts';
import { PermanentError, RetryableError } from '../messages/delivery-errors.ts';
import type { TeamsActivity } from './activity.ts';
import type { Adapter, Questions } from './adapter.ts';
import type { ChannelType, TeamPlace } from './place.ts';

/** Asks Teams for what an activity leaves out. Undefined where Teams does not know it, or does not tell us. */
export interface LookUp {
  /** The group and the name of a team that an activity names by its id alone. */
  team(at: Asked): Promise<{ readonly group: string; readonly name: string } | undefined>;
  /** Who it is that Teams calls by an id of its own; `conversation` is one that they and the app are in. */
  person(
    at: Pick<TeamsActivity, 'serviceUrl'>,
    conversation: string,
    userId: string,
  ): Promise<{ readonly id: string; readonly name: string } | undefined>;
  /** Which kind of channel something was written in. */
  channelType(at: Asked): Promise<ChannelType | undefined>;
}

interface Asked {
  readonly activity: Pick<TeamsActivity, 'serviceUrl'>;
  readonly place: TeamPlace;
}

const Team = z.looseObject({ aadGroupId: identifier(100).min(1), name: line(300).nullish().catch(null) });
const Member = z.looseObject({
  objectId: identifier(100).nullish(),
  aadObjectId: identifier(100).nullish(),
  name: z.string().overwrite(cleanLine).max(256).nullish().catch(null),
});
const Channels = z.looseObject({
  conversations: z.array(
    z.looseObject({
      id: identifier(300).nullish(),
      type: z.enum(['standard', 'private', 'shared']).nullish().catch(null),
    }),
  ),
});

/** How many channels are remembered; what kind one is never changes. */
const mostChannels = 5000;

export function createLookUp({ adapter }: { readonly adapter: Pick<Adapter, 'questions'> }): LookUp {
  const types = new Map<string, ChannelType>();

  async function ask(serviceUrl: string, question: (ask: Questions) => Promise<unknown>): Promise<unknown> {
    try {
      return await question(await adapter.questions(serviceUrl));
    } catch (error) {
      if (error instanceof PermanentError) return undefined;
      // A question leaves nothing behind, whatever became of it: it may always be asked again.
      if (error instanceof RetryableError)
        throw new CommunityError(error.reason === 'throttled' ? 'throttled' : 'unavailable', error.message);
      throw error;
    }
  }

  return {
    async team({ activity, place }) {
      const found = Team.safeParse(await ask(activity.serviceUrl, questions => questions.team(place.team.id)));
      return found.success ? { group: found.data.aadGroupId, name: found.data.name ?? '' } : undefined;
    },
    async person({ serviceUrl }, conversation, userId) {
      const found = Member.safeParse(await ask(serviceUrl, questions => questions.member(conversation, userId)));
      const id = found.data?.objectId || found.data?.aadObjectId;
      return id ? { id, name: found.data?.name ?? '' } : undefined;
    },
    async channelType({ activity, place: { team, channel } }) {
      if (channel.type !== undefined) return channel.type;
      if (channel.id === team.id) return 'standard';
      const known = types.get(channel.id);
      if (known) return known;
      const list = Channels.safeParse(await ask(activity.serviceUrl, questions => questions.channels(team.id)));
      if (!list.success) return undefined;
      const listed = list.data.conversations.find(({ id }) => id === channel.id);
      // Teams lists the channels that everybody in the team sees; of any other one the worst is to be expected.
      const type = listed ? (listed.type ?? 'standard') : 'shared';
      const [oldest] = types.keys();
      if (oldest !== undefined && types.size >= mostChannels) types.delete(oldest);
      types.set(channel.id, type);
      return type;
    },
  };
}
