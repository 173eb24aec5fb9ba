import type { Activity } from 'botbuilder-core';
import type { Logger } from 'pino';
import type { Community } from '../../domain/community.ts';
import { CommunityError } from '../../domain/errors.ts';
import type { Switches } from '../../domain/switches.ts';
import type { Installations } from '../database/communities.ts';
import type { CardReply, Feature } from '../feature.ts';
import type { RememberingRoster } from '../graph/roster.ts';
import type { Limits } from '../http/limits.ts';
import type { Clock, NoteAct } from '../ports.ts';
import type { Texts, Translate } from '../text.ts';
import { errorAnswer, pressIn, type TeamsActivity } from './activity.ts';
import type { Answering, Handle } from './adapter.ts';
import { createCommands, type Commands } from './commands.ts';
import { botName, type ConversationReferences } from './conversations.ts';
import type { DeferredReplies } from './deferred-reply.ts';
import { sentence } from './failures.ts';
import { chooseCard } from './help.ts';
import type { LookUp } from './look-up.ts';
import { createMessageActions, isMessageAction } from './message-extensions.ts';
import type { WriteInOwnChat } from './own-chat.ts';
import { participationsOf, type Participation } from './participations.ts';
import { baseOf, placeOf, type Place, type TeamPlace } from './place.ts';
import { messageWith } from './post.ts';
import { createPresses } from './presses.ts';
import type { RosterComparison } from './roster-comparison.ts';
import { createTeamEvents, type TeamEvents } from './team-events.ts';
import { typedText } from './typed.ts';

export interface RouterParts {
  readonly features: readonly Feature[];
  readonly communities: Installations;
  readonly roster: RememberingRoster;
  /**
   * Whether SharePoint has settings of a community of which our database has none: then who adds the app may not set it
   * up.
   */
  readonly wasSetUp: (community: string) => Promise<boolean>;
  readonly conversations: ConversationReferences;
  /** Asks Teams for what an activity leaves out. */
  readonly lookUp: LookUp;
  readonly rosterComparison: Pick<RosterComparison, 'whenMet'>;
  /** Teams' id of the app. */
  readonly botId: string;
  readonly deferredReplies: DeferredReplies;
  readonly writeInOwnChat: WriteInOwnChat;
  readonly limits: Pick<Limits, 'community'>;
  /** What the administrator has switched off. */
  readonly switches: Switches;
  /** Writes into the audit trail. */
  readonly audit: NoteAct;
  readonly texts: Texts;
  readonly now: Clock;
  readonly log: Logger;
}

/** Teams' activity in, the right feature asked, its answer out. */
export function createRouter(parts: RouterParts): Handle {
  const { conversations, deferredReplies, texts, log } = parts;
  const teamEvents = createTeamEvents(parts);
  const commands = createCommands(parts);
  const messageActions = createMessageActions(parts);
  const answerPress = createPresses({ ...parts, commands });

  async function invoke(activity: TeamsActivity, context: Answering): Promise<void> {
    const t = texts.for(botName, activity.locale);
    if (activity.name !== 'adaptiveCard/action')
      return respond(context, errorAnswer(400, `No feature answers ${activity.name ?? 'an invoke without a name'}`));
    const press = pressIn(activity);
    if (!press) {
      log.warn({ activity: activity.id }, 'a pressed button is malformed');
      return respond(context, errorAnswer(400, t('errors.malformed')));
    }
    const stillWorking = t('still-working');
    await respond(context, await deferredReplies.answer({ ...press, stillWorking }, () => answerPress(press)));
  }

  return async (activity, context) => {
    // A message's menu is open in any chat, and that chat is then not the person's own with us.
    await conversations.observe(activity, !isMessageAction(activity));
    if (isMessageAction(activity)) return respond(context, await messageActions(activity));
    const place = placeOf(activity);
    const t = texts.for(botName, activity.locale);
    switch (activity.type) {
      case 'message':
        return answerMessage({ ...parts, teamEvents, commands }, { activity, place }, context);
      case 'invoke':
        return invoke(activity, context);
      case 'conversationUpdate':
        if ((await teamEvents.conversationUpdate(activity, place)) && place.kind === 'channel')
          await helloInChannel(place, activity, context, t);
        return;
      case 'installationUpdate':
        if (await teamEvents.installationUpdate(activity, place)) await say(context, { notice: t('personal-hello') });
        return;
      default:
        // New kinds of activities can come at any time.
        log.debug({ type: activity.type }, 'an activity of a kind we do not handle');
    }
  };
}

interface MessageParts extends RouterParts {
  readonly teamEvents: TeamEvents;
  readonly commands: Commands;
}

/** What somebody typed, and where. */
interface Said {
  readonly activity: TeamsActivity;
  readonly place: Place;
}

async function answerMessage(parts: MessageParts, said: Said, context: Answering): Promise<void> {
  const { activity } = said;
  const person = activity.from.aadObjectId;
  if (!person) return parts.log.warn({ activity: activity.id }, 'somebody wrote, but Teams did not say who');
  const { meant, isShared } = await meantBy(parts, said, person);
  try {
    await say(context, await replyTo(parts, said, { meant, isShared }));
  } catch (error) {
    if (!(error instanceof CommunityError)) throw error;
    const ids = { activity: activity.id, community: meant[0]?.community.id };
    parts.log.warn({ ...ids, code: error.code, error: error.message }, 'a command could not be served');
    await say(context, { notice: sentence(error, parts.texts.for(botName, activity.locale)) });
  }
}

/** The communities that somebody may mean, and whether people from outside their team read along. */
interface Meant {
  readonly meant: readonly Participation[];
  readonly isShared: boolean;
}

async function replyTo(
  { roster, limits, commands, texts, writeInOwnChat }: MessageParts,
  { activity, place }: Said,
  { meant, isShared }: Meant,
): Promise<CardReply> {
  const t = texts.for(botName, activity.locale);
  const text = typedText(activity);
  const [only, another] = meant;
  if (isShared) return { notice: t(only ? 'shared-channel' : 'shared-channel_outside') };
  if (!only) return { notice: t('nowhere') };
  if (another && (await commands.isOfOneCommunity({ text, community: only.community, activity }))) {
    const communities = meant.map(({ community }) => community);
    return { card: chooseCard(t, communities, text) };
  }
  await limits.community(only.community.id, (await roster.members(only.community.id)).length, 'message');
  return commands.run({
    text,
    ...only,
    place: place.kind === 'personal' ? 'chat' : 'channel',
    activity,
    tellAlone: reply => writeInOwnChat(activity, messageOf(reply)),
  });
}

/** In a channel its team; in a chat every community the person is in. */
async function meantBy(parts: MessageParts, { activity, place }: Said, person: string): Promise<Meant> {
  const { communities, teamEvents, lookUp, rosterComparison } = parts;
  if (place.kind !== 'team' && place.kind !== 'channel')
    return { meant: await participationsOf(parts, person, await communities.perhapsOf(person)), isShared: false };
  const community: Community | undefined = await teamEvents.communityOf({ activity, place });
  if (!community) return { meant: [], isShared: false };
  const meant = await participationsOf(parts, person, [community]);
  await rosterComparison.whenMet(community);
  return { meant, isShared: (await lookUp.channelType({ activity, place })) === 'shared' };
}

/** Once, when the app is added to a private or shared channel: what it is told, and shows, there. */
async function helloInChannel(
  { channel }: TeamPlace,
  activity: TeamsActivity,
  context: Answering,
  t: Translate,
): Promise<void> {
  // Teams answers into the conversation of the event: that of another channel would be the wrong place.
  if (baseOf(activity.conversation.id) !== channel.id) return;
  await say(context, { notice: t(channel.type === 'private' ? 'private-channel-hello' : 'shared-channel-hello') });
}

/** The answer to an invoke. */
async function respond(context: Answering, body: object): Promise<void> {
  await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
}

async function say(context: Answering, reply: CardReply): Promise<void> {
  await context.sendActivity(messageOf(reply));
}

function messageOf(reply: CardReply): Partial<Activity> {
  return 'card' in reply ? messageWith(reply.card) : { type: 'message', text: reply.notice };
}
