import type { Logger } from 'pino';
import type { Community } from '../../domain/community.ts';
import { CommunityError } from '../../domain/errors.ts';
import type { Switches } from '../../domain/switches.ts';
import type { Installations } from '../database/communities.ts';
import type { CardReply, Feature } from '../feature.ts';
import type { RememberingRoster } from '../graph/roster.ts';
import type { Limits } from '../http/limits.ts';
import type { Clock, NoteAct } from '../ports.ts';
import type { Texts } from '../text.ts';
import { errorAnswer, pressIn, type TeamsActivity } from './activity.ts';
import type { Answering, Handle } from './adapter.ts';
import { createCommands, type Commands } from './commands.ts';
import { botName, type ConversationReferences } from './conversations.ts';
import type { DeferredReplies } from './deferred-reply.ts';
import { sentence } from './failures.ts';
import { chooseCard } from './help.ts';
import { createMessageActions, isMessageAction } from './message-extensions.ts';
import { participationsOf, type Participation } from './participations.ts';
import { messageWith } from './post.ts';
import { createPresses } from './presses.ts';
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
  readonly deferredReplies: DeferredReplies;
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
    switch (activity.type) {
      case 'message':
        return answerMessage({ ...parts, teamEvents, commands }, activity, context);
      case 'invoke':
        return invoke(activity, context);
      case 'conversationUpdate':
        return teamEvents.conversationUpdate(activity);
      case 'installationUpdate':
        if (await teamEvents.installationUpdate(activity))
          await say(context, { notice: texts.for(botName, activity.locale)('personal-hello') });
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

async function answerMessage(parts: MessageParts, activity: TeamsActivity, context: Answering): Promise<void> {
  const person = activity.from.aadObjectId;
  if (!person) return;
  const meant = await participationsMeant(parts, activity, person);
  try {
    await say(context, await replyTo(parts, activity, meant));
  } catch (error) {
    if (!(error instanceof CommunityError)) throw error;
    const ids = { activity: activity.id, community: meant[0]?.community.id };
    parts.log.warn({ ...ids, code: error.code, error: error.message }, 'a command could not be served');
    await say(context, { notice: sentence(error, parts.texts.for(botName, activity.locale)) });
  }
}

async function replyTo(
  { roster, limits, commands, texts }: MessageParts,
  activity: TeamsActivity,
  meant: readonly Participation[],
): Promise<CardReply> {
  const t = texts.for(botName, activity.locale);
  const text = typedText(activity);
  const [only, another] = meant;
  if (!only) return { notice: t('nowhere') };
  if (another && commands.isCommand(text)) {
    const communities = meant.map(({ community }) => community);
    return { card: chooseCard(t, communities, text) };
  }
  await limits.community(only.community.id, (await roster.members(only.community.id)).length, 'message');
  const place = activity.conversation.conversationType === 'personal' ? 'chat' : 'channel';
  return commands.run({ text, ...only, place, activity });
}

/** In a channel its team; in a chat every community the person is in. */
async function participationsMeant(
  parts: MessageParts,
  activity: TeamsActivity,
  person: string,
): Promise<readonly Participation[]> {
  if (!activity.channelData?.team) return participationsOf(parts, person, await parts.communities.perhapsOf(person));
  const community: Community | undefined = await parts.teamEvents.communityOf(activity);
  return community ? participationsOf(parts, person, [community]) : [];
}

/** The answer to an invoke. */
async function respond(context: Answering, body: object): Promise<void> {
  await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
}

async function say(context: Answering, reply: CardReply): Promise<void> {
  await context.sendActivity('card' in reply ? messageWith(reply.card) : { type: 'message', text: reply.notice });
}
