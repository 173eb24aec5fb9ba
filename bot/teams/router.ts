import { TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import type { Community, Member } from '../../domain/community.ts';
import { CommunityError } from '../../domain/errors.ts';
import type { Switches } from '../../domain/switches.ts';
import type { NoteAct } from '../ports.ts';
import type { RememberingRoster } from '../graph/roster.ts';
import type { Installations } from '../database/communities.ts';
import type { CardAction, CardReply, Command, Feature } from '../feature.ts';
import type { Clock } from '../ports.ts';
import type { Limits } from '../http/limits.ts';
import type { Texts, Translate } from '../text.ts';
import { cardAnswer, errorAnswer, noticeAnswer, Pressed, TeamsActivity, type InvokeBody } from './activity.ts';
import { auditedAttempt } from './audited.ts';
import { botName, type Chats } from './conversations.ts';
import { chooseCard, chooseVerb, helpCard } from './help.ts';
import { createMessageActions, isMessageAction } from './message-extensions.ts';
import { nameTyped, restOf } from './typed.ts';
import type { Patience } from './deferred-reply.ts';
import { createTeam } from './team-events.ts';
import { messageWith } from './post.ts';
import { errorText } from '../shared/error-text.ts';

export type Turn = (context: TurnContext) => Promise<void>;

export interface TurnParts {
  readonly features: readonly Feature[];
  readonly communities: Installations;
  readonly roster: RememberingRoster;
  /**
   * Whether SharePoint has settings of a community of which our database has none: then who adds the app may not set it
   * up.
   */
  readonly wasSetUp: (community: string) => Promise<boolean>;
  readonly chats: Chats;
  readonly patience: Patience;
  readonly limits: Pick<Limits, 'community'>;
  /** What the administrator has switched off. */
  readonly switches: Switches;
  /** Writes into the audit trail. */
  readonly audit: NoteAct;
  readonly texts: Texts;
  readonly now: Clock;
  readonly log: Logger;
}

/** What somebody typed, and where. */
interface Typed {
  readonly text: string;
  readonly who: Member;
  readonly community: Community;
  readonly place: 'channel' | 'chat';
  readonly activity: Pick<TeamsActivity, 'id' | 'locale'>;
}

/** One turn of the conversation: Teams' activity in, the right feature asked, its answer out. */
export function createTurn(parts: TurnParts): Turn {
  const { features, communities, roster, chats, patience, limits, audit, texts, log } = parts;
  const team = createTeam(parts);
  const actions = new Map<string, { readonly feature: string; readonly action: CardAction }>(
    features.flatMap(feature =>
      Object.entries(feature.actions ?? {}).map(
        ([name, action]) => [`${feature.name}.${name}`, { feature: feature.name, action }] as const,
      ),
    ),
  );
  const commands = new Map<string, { readonly feature: string; readonly command: Command }>(
    features.flatMap(feature =>
      (feature.commands ?? []).map(command => [command.name, { feature: feature.name, command }] as const),
    ),
  );

  const messageActions = createMessageActions(parts);

  return async context => {
    const activity = TeamsActivity.parse(context.activity);
    // A message's menu is open in any chat, and that chat is then not the person's own with us.
    if (isMessageAction(activity))
      return void (await context.sendActivity({
        type: 'invokeResponse',
        value: { status: 200, body: await messageActions(activity) },
      }));
    await chats.seen(activity);
    switch (activity.type) {
      case 'message':
        return message(context, activity);
      case 'invoke':
        return invoke(context, activity);
      case 'conversationUpdate':
        return team.conversationUpdate(activity);
      case 'installationUpdate':
        if (await team.installationUpdate(activity))
          await say(context, { notice: texts.for(botName, activity.locale)('personal-hello') });
        return;
      default:
        // New kinds of activities can come at any time.
        log.debug({ type: activity.type }, 'an activity of a kind we do not handle');
    }
  };

  // ── buttons ───────────────────────────────────────────────────────────────────────────────────────

  async function invoke(context: TurnContext, activity: TeamsActivity): Promise<void> {
    const t = texts.for(botName, activity.locale);
    const body =
      activity.name === 'adaptiveCard/action'
        ? await patience.answer(activity, t('still-working'), () => press(activity))
        : errorAnswer(400, `No feature answers ${activity.name ?? 'an invoke without a name'}`);
    await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
  }

  async function press(activity: TeamsActivity): Promise<InvokeBody> {
    const t = texts.for(botName, activity.locale);
    const pressed = Pressed.safeParse(activity.value);
    const person = activity.from.aadObjectId;
    if (!pressed.success || !person) {
      log.warn({ activity: activity.id }, 'a pressed button is malformed');
      return errorAnswer(400, t('errors.malformed'));
    }
    const { verb, data } = pressed.data.action;
    const unnamed = actions.get(verb)?.action.unnamed ?? false;
    const ids = { activity: activity.id, verb, ...(unnamed ? {} : { person }) };
    // A card that Teams refreshed by itself is nobody's act.
    const audited = auditedAttempt(pressed.data.trigger === 'automatic' ? () => {} : audit, {
      door: 'card',
      via: verb,
      person,
      activity,
      data,
    });

    const communityId = data['community'];
    const community = typeof communityId === 'string' ? await communities.find(communityId) : undefined;
    try {
      const member = community && (await roster.member(community.id, person));
      const who = member ?? (community && (await guestOf(verb, { data, person, community })));
      if (!community || !who) {
        log.warn(
          ids,
          community
            ? 'a button was pressed by somebody outside the team'
            : 'a pressed button names a community we do not know',
        );
        audited.stranger(community?.id ?? null);
        // Word for word the same: a stranger learns nothing, not even that the team exists.
        return noticeAnswer(t('errors.not-a-member'));
      }
      if (member) await communities.met(community.id, person);

      await limits.community(community.id, (await roster.members(community.id)).length, 'press');
      if (member && verb === chooseVerb) {
        return answerOf(
          await command({
            text: typeof data['text'] === 'string' ? data['text'] : '',
            who,
            community,
            place: 'chat',
            activity,
          }),
        );
      }
      const found = actions.get(verb);
      if (!found) {
        log.warn(ids, 'a pressed button has an unknown verb');
        return errorAnswer(400, t('errors.unknown-verb'));
      }
      const parsed = found.action.data.safeParse(data);
      if (!parsed.success) {
        log.warn(
          { ...ids, fields: parsed.error.issues.map(issue => issue.path.join('.')) },
          'the data of a pressed button does not fit',
        );
        return errorAnswer(400, t('errors.malformed'));
      }
      const reply = await found.action.run({
        data: parsed.data,
        who,
        community,
        automatic: pressed.data.trigger === 'automatic',
        timeZone: activity.localTimezone ?? null,
        t: texts.for(found.feature, activity.locale),
      });
      audited.answered(community.id, reply);
      return answerOf(reply);
    } catch (error) {
      audited.failed(community?.id ?? null, error);
      return failed(error, ids, t, community);
    }
  }

  /** Somebody outside the team whom this one action knows. They have no rights but to press it. */
  async function guestOf(
    verb: string,
    { data, person, community }: { readonly data: unknown; readonly person: string; readonly community: Community },
  ): Promise<Member | undefined> {
    const action = actions.get(verb)?.action;
    const parsed = action?.guest && action.data.safeParse(data);
    if (!parsed?.success) return undefined;
    const guest = await action?.guest?.({ data: parsed.data, person, community });
    return guest && { id: person, name: guest.name, owner: false };
  }

  function answerOf(reply: CardReply): InvokeBody {
    return 'card' in reply ? cardAnswer(reply.card) : noticeAnswer(reply.notice);
  }

  function failed(error: unknown, ids: object, t: Translate, community: Community | undefined): InvokeBody {
    if (error instanceof CommunityError) {
      log.warn(
        { ...ids, community: community?.id, code: error.code, error: error.message },
        'a pressed button could not be served',
      );
      return noticeAnswer(sentence(error, t));
    }
    log.error(
      {
        ...ids,
        community: community?.id,
        error: errorText(error),
        stack: error instanceof Error ? error.stack : undefined,
      },
      'a pressed button failed',
    );
    return errorAnswer(500, t('errors.unexpected'));
  }

  // ── words ─────────────────────────────────────────────────────────────────────────────────────────

  async function message(context: TurnContext, activity: TeamsActivity): Promise<void> {
    const t = texts.for(botName, activity.locale);
    const person = activity.from.aadObjectId;
    if (!person) return;
    const place = activity.conversation.conversationType === 'personal' ? 'chat' : 'channel';
    const text = (TurnContext.removeRecipientMention(context.activity) ?? '').trim();

    const meant = await communitiesMeant(activity, person);
    const [only, another] = meant;
    try {
      if (!only) await say(context, { notice: t('nowhere') });
      else if (another && named(text))
        await say(context, {
          card: chooseCard(
            t,
            meant.map(one => one.community),
            text,
          ),
        });
      else {
        await limits.community(only.community.id, (await roster.members(only.community.id)).length, 'message');
        await say(context, await command({ text, who: only.who, community: only.community, place, activity }));
      }
    } catch (error) {
      if (!(error instanceof CommunityError)) throw error;
      log.warn(
        { activity: activity.id, community: only?.community.id, code: error.code, error: error.message },
        'a command could not be served',
      );
      await say(context, { notice: sentence(error, t) });
    }
  }

  /** In a channel its team; in a chat every community the person is in. */
  async function communitiesMeant(
    activity: TeamsActivity,
    person: string,
  ): Promise<readonly { readonly community: Community; readonly who: Member }[]> {
    const candidates = activity.channelData?.team
      ? [await team.communityOf(activity)]
      : await communities.perhapsOf(person);
    const found: { community: Community; who: Member }[] = [];
    for (const community of candidates) {
      const who = community && (await roster.member(community.id, person));
      if (!community || !who) continue;
      found.push({ community, who });
      await communities.met(community.id, person);
    }
    return found;
  }

  function named(text: string): Command | undefined {
    return commands.get(nameTyped(text, [...commands.keys()]))?.command;
  }

  async function command({ text, who, community, place, activity }: Typed): Promise<CardReply> {
    const { locale } = activity;
    const name = nameTyped(text, [...commands.keys()]);
    const found = commands.get(name);
    if (!found) {
      const about = [...commands.values()].map(one => ({
        name: one.command.name,
        about: texts.for(one.feature, locale)(one.command.about),
      }));
      const greeted = /^(hi|hello|hey|help|\?)?$/.test(name);
      return {
        card: helpCard(texts.for(botName, locale), { greeting: greeted, who, community, place, commands: about }),
      };
    }
    const audited = auditedAttempt(audit, { door: 'typed', via: name, person: who.id, activity });
    try {
      const reply = await found.command.run({
        who,
        community,
        place,
        rest: restOf(text, name),
        t: texts.for(found.feature, locale),
      });
      audited.answered(community.id, reply);
      return reply;
    } catch (error) {
      audited.failed(community.id, error);
      throw error;
    }
  }

  async function say(context: TurnContext, reply: CardReply): Promise<void> {
    await context.sendActivity('card' in reply ? messageWith(reply.card) : { type: 'message', text: reply.notice });
  }
}

/** Says that there will be no answer, to somebody who typed something; what happens in a team has nobody who waits. */
export function createApology(texts: Texts): Turn {
  return async context => {
    if (context.activity.type === 'message')
      await context.sendActivity({
        type: 'message',
        text: texts.for(botName, context.activity.locale)('errors.unexpected'),
      });
  };
}

/** What a person reads when something expected went wrong. */
export function sentence(error: CommunityError, t: Translate): string {
  return t(`errors.${error.code}`, error.details);
}
