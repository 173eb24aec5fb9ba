import type { Logger } from 'pino';
import { z } from 'zod';
import type { Community, Member } from '../../domain/community.ts';
import { CommunityError } from '../../domain/errors.ts';
import type { Switches } from '../../domain/switches.ts';
import { address, identifier, line, prose } from '../../domain/text.ts';
import type { NoteAct } from '../ports.ts';
import type { Installations } from '../database/communities.ts';
import type { CardReply, Feature, MessageAction, MessageRequest, SharedMessage } from '../feature.ts';
import type { Roster } from '../ports.ts';
import type { Texts, Translate } from '../text.ts';
import type { TeamsActivity } from './activity.ts';
import { auditedAttempt } from './audited.ts';
import { botName } from './conversations.ts';
import { chooseForMessageCard } from './help.ts';
import { wordsIn } from './message-text.ts';
import { errorText } from '../shared/error-text.ts';

/** Longest words of a message that a dialog carries with it, in characters. */
const longestWords = 1000;

/**
 * What a dialog carries from one step to the next. It has been in the person's hands, so it is checked like anything
 * else.
 */
const Shared = z.object({
  text: prose(longestWords),
  // Cards know no null: what is not there does not come back.
  author: line(256).nullable().default(null),
  link: address(2048, /^https$/)
    .refine(leadsToTeams, { error: 'expected a link to Teams' })
    .nullable()
    .default(null),
});

/**
 * Teams itself, in every cloud: Microsoft, "Microsoft 365 URLs and IP address ranges" and its editions for governments
 * and China.
 */
const teamsHosts = /^([a-z0-9-]+\.)*teams\.(microsoft\.com|cloud\.microsoft|microsoft\.us|microsoftonline\.cn)$/;

function leadsToTeams(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return (
    url?.protocol === 'https:' &&
    teamsHosts.test(url.hostname) &&
    url.username === '' &&
    url.password === '' &&
    url.port === ''
  );
}

const Named = z.looseObject({ displayName: line(256).nullish() }).nullish();

/**
 * The part of Teams' `messagePayload` that we read. What is missing or odd is left out: a message is never a reason to
 * fail.
 */
const Payload = z.looseObject({
  subject: line(5000).nullish().catch(null),
  linkToMessage: Shared.shape.link.catch(null),
  body: z
    .looseObject({ contentType: identifier(50).nullish(), content: prose(200_000).nullish() })
    .nullish()
    .catch(null),
  from: z.looseObject({ user: Named, application: Named }).nullish().catch(null),
});

/** The value of `composeExtension/fetchTask` and `composeExtension/submitAction`. */
export const Invoked = z.looseObject({
  commandId: identifier(200).min(1),
  messagePayload: Payload.nullish(),
  data: z.record(identifier(200), z.unknown()).nullish(),
});

/** Set by the button with which somebody says which community they mean. */
const Choice = z.looseObject({ chosen: z.literal(true) });

/** What Teams takes as an answer: Teams, "Create and send dialogs" and "Respond to the dialog submit action". */
export interface DialogBody {
  readonly task: { readonly type: 'continue' | 'message'; readonly value: unknown };
}

export interface MessageActionParts {
  readonly features: readonly Feature[];
  readonly communities: Pick<Installations, 'find' | 'findByGeneralChannel' | 'met' | 'perhapsOf'>;
  readonly roster: Roster;
  /** Whether anything may be made of messages. */
  readonly switches: Switches;
  /** Writes into the audit trail. */
  readonly audit: NoteAct;
  readonly texts: Texts;
  readonly log: Logger;
}

interface Found {
  readonly command: string;
  readonly feature: string;
  readonly action: MessageAction;
}

/** Whether Teams asks for what a person may do with a message. */
export function isMessageAction({ type, name }: Pick<TeamsActivity, 'type' | 'name'>): boolean {
  return type === 'invoke' && (name === 'composeExtension/fetchTask' || name === 'composeExtension/submitAction');
}

/**
 * What a person does with a message: which command, which community, which step; the feature's card out, as a dialog.
 */
export function createMessageActions({
  features,
  communities,
  roster,
  switches,
  audit,
  texts,
  log,
}: MessageActionParts): (activity: TeamsActivity) => Promise<DialogBody> {
  const actions = new Map<string, Omit<Found, 'command'>>(
    features.flatMap(feature =>
      Object.entries(feature.messageActions ?? {}).map(
        ([name, action]) => [`${feature.name}.${name}`, { feature: feature.name, action }] as const,
      ),
    ),
  );

  return async activity => {
    const t = texts.for(botName, activity.locale);
    const invoked = Invoked.safeParse(activity.value);
    const person = activity.from.aadObjectId;
    if (!invoked.success || !person) {
      log.warn({ activity: activity.id }, 'a message action is malformed');
      return noticeAnswer(t('errors.malformed'));
    }
    const { commandId: command, messagePayload, data } = invoked.data;
    const known = actions.get(command);
    if (!known) {
      log.warn({ activity: activity.id, command, person }, 'a message action has an unknown command');
      return noticeAnswer(t('errors.unknown-verb'));
    }
    const found: Found = { command, ...known };
    if (!switches.addToPlanFromMessages) return noticeAnswer(t('errors.switched-off'));
    try {
      return activity.name === 'composeExtension/fetchTask'
        ? await begin(activity, found, person, sharedFrom(messagePayload))
        : await goOn(activity, found, person, data ?? {});
    } catch (error) {
      return noticeAnswer(problemOf(error, { activity: activity.id, command, person }, t));
    }
  };

  async function begin(
    activity: TeamsActivity,
    found: Found,
    person: string,
    message: SharedMessage,
  ): Promise<DialogBody> {
    const t = texts.for(botName, activity.locale);
    const meant = await communitiesMeant(activity, person);
    const [only, another] = meant;
    if (!only) return noticeAnswer(t('nowhere'));
    if (another)
      return answerOf(found, activity, {
        card: chooseForMessageCard(
          t,
          meant.map(one => one.community),
          message,
        ),
      });
    return open(activity, found, { ...only, message });
  }

  async function goOn(
    activity: TeamsActivity,
    found: Found,
    person: string,
    data: Readonly<Record<string, unknown>>,
  ): Promise<DialogBody> {
    const t = texts.for(botName, activity.locale);
    const ids = { activity: activity.id, command: found.command, person };
    const message = Shared.safeParse(data['message']);
    if (!message.success) {
      log.warn(ids, 'a dialog came back without its message');
      return noticeAnswer(t('errors.malformed'));
    }
    const community = typeof data['community'] === 'string' ? await communities.find(data['community']) : undefined;
    const audited = auditedAttempt(audit, { door: 'message', via: found.command, person, activity, data });
    const who = community && (await roster.member(community.id, person));
    if (!community || !who) {
      audited.stranger(community?.id ?? null);
      // Word for word the same: a stranger learns nothing, not even that the team exists.
      return noticeAnswer(t('errors.not-a-member'));
    }
    await communities.met(community.id, person);
    const request = { who, community, message: message.data };
    if (Choice.safeParse(data).success) return open(activity, found, request);

    const parsed = found.action.data.safeParse(data);
    if (!parsed.success) {
      log.warn(
        { ...ids, fields: parsed.error.issues.map(issue => issue.path.join('.')) },
        'the data of a dialog does not fit',
      );
      return noticeAnswer(t('errors.malformed'));
    }
    try {
      const reply = await found.action.submit({
        ...request,
        data: parsed.data,
        t: texts.for(found.feature, activity.locale),
      });
      audited.answered(community.id, reply);
      return answerOf(found, activity, reply);
    } catch (error) {
      audited.failed(community.id, error);
      // What somebody typed is worth more than a short answer: the dialog stays, and says what happened.
      return open(activity, found, request, {
        typed: parsed.data,
        problem: problemOf(error, { ...ids, community: community.id }, t),
      });
    }
  }

  async function open(
    activity: TeamsActivity,
    found: Found,
    request: Omit<MessageRequest, 't'>,
    again: { readonly typed: never; readonly problem: string } | null = null,
  ): Promise<DialogBody> {
    return answerOf(
      found,
      activity,
      await found.action.open({ ...request, again, t: texts.for(found.feature, activity.locale) }),
    );
  }

  /**
   * The team of the channel, when the app is in it; else every community the person is in. Teams offers the command
   * wherever the person is, also in teams and chats where the app is not: such a team is not taken in.
   */
  async function communitiesMeant(
    activity: TeamsActivity,
    person: string,
  ): Promise<readonly { readonly community: Community; readonly who: Member }[]> {
    const thread = activity.channelData?.team?.id;
    const here = thread ? await communities.findByGeneralChannel(thread) : undefined;
    const ofTeam = here ? await thoseWith(person, [here]) : [];
    return ofTeam.length > 0 ? ofTeam : thoseWith(person, await communities.perhapsOf(person));
  }

  async function thoseWith(
    person: string,
    candidates: readonly Community[],
  ): Promise<readonly { readonly community: Community; readonly who: Member }[]> {
    const members = await Promise.all(
      candidates.map(async community => ({ community, who: await roster.member(community.id, person) })),
    );
    const found = members.flatMap(({ community, who }) => (who ? [{ community, who }] : []));
    for (const { community } of found) await communities.met(community.id, person);
    return found;
  }

  function problemOf(error: unknown, ids: object, t: Translate): string {
    if (error instanceof CommunityError) {
      log.warn({ ...ids, code: error.code, error: error.message }, 'a message action could not be served');
      return t(`errors.${error.code}`, error.details);
    }
    log.error(
      {
        ...ids,
        error: errorText(error),
        stack: error instanceof Error ? error.stack : undefined,
      },
      'a message action failed',
    );
    return t('errors.unexpected');
  }

  function answerOf({ feature, action }: Found, activity: TeamsActivity, reply: CardReply): DialogBody {
    if ('notice' in reply) return noticeAnswer(reply.notice);
    const title = texts.for(feature, activity.locale)(action.title);
    const card = { contentType: 'application/vnd.microsoft.card.adaptive', content: reply.card };
    return { task: { type: 'continue', value: { title, width: 'medium', height: 'medium', card } } };
  }
}

function noticeAnswer(notice: string): DialogBody {
  return { task: { type: 'message', value: notice } };
}

function sharedFrom(payload: z.infer<typeof Payload> | null | undefined): SharedMessage {
  const content = payload?.body?.content ?? '';
  const words = payload?.body?.contentType === 'text' ? content : wordsIn(content);
  const text = [payload?.subject?.trim(), words.trim()].filter(Boolean).join('\n');
  return {
    // Half a character would be a letter nobody typed.
    text: text.slice(0, longestWords).replace(/[\uD800-\uDBFF]$/, ''),
    author: payload?.from?.user?.displayName || payload?.from?.application?.displayName || null,
    link: payload?.linkToMessage ?? null,
  };
}
