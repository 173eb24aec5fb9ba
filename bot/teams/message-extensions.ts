import type { Logger } from 'pino';
import { z } from 'zod';
import type { Community, Member } from '../../domain/community.ts';
import type { Switches } from '../../domain/switches.ts';
import type { Installations } from '../database/communities.ts';
import type { CardReply, Feature, MessageAction, MessageRequest, SharedMessage } from '../feature.ts';
import type { NoteAct, Roster } from '../ports.ts';
import type { Texts, Translate } from '../text.ts';
import type { TeamsActivity } from './activity.ts';
import { auditedAttempt, type AuditedAttempt } from './audited.ts';
import { botName } from './conversations.ts';
import { cardDialog, noticeDialog, type DialogBody } from './dialogs.ts';
import { explainFailure } from './failures.ts';
import { chooseForMessageCard } from './help.ts';
import { participationsOf, type Participation } from './participations.ts';
import { placeOf } from './place.ts';
import { CarriedMessage, MessageActionValue, sharedMessageOf } from './shared-message.ts';

/** Set by the button with which a person says which community they mean. */
const Choice = z.looseObject({ chosen: z.literal(true) });

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

/** A command that a person chose, and whom Teams says they are. */
interface Chosen {
  readonly activity: TeamsActivity;
  readonly person: string;
  readonly command: string;
  readonly feature: string;
  readonly action: MessageAction;
  readonly ids: object;
  /** The conversation's own sentences. */
  readonly t: Translate;
}

/** Whether Teams asks for what a person may do with a message. */
export function isMessageAction({ type, name }: Pick<TeamsActivity, 'type' | 'name'>): boolean {
  return type === 'invoke' && (name === 'composeExtension/fetchTask' || name === 'composeExtension/submitAction');
}

/**
 * What a person does with a message: which command, which community, which step; the feature's card out, as a dialog.
 */
export function createMessageActions(parts: MessageActionParts): (activity: TeamsActivity) => Promise<DialogBody> {
  const { features, switches, texts, log } = parts;
  const actions: ReadonlyMap<string, Pick<Chosen, 'feature' | 'action'>> = new Map(
    features.flatMap(feature =>
      Object.entries(feature.messageActions ?? {}).map(
        ([name, action]) => [`${feature.name}.${name}`, { feature: feature.name, action }] as const,
      ),
    ),
  );

  return async activity => {
    const t = texts.for(botName, activity.locale);
    const value = MessageActionValue.safeParse(activity.value);
    const person = activity.from.aadObjectId;
    if (!value.success || !person) {
      log.warn({ activity: activity.id }, 'a message action is malformed');
      return noticeDialog(t, t('errors.malformed'));
    }
    const { commandId: command, data } = value.data;
    const ids = { activity: activity.id, command, person };
    const known = actions.get(command);
    if (!known) {
      log.warn(ids, 'a message action has an unknown command');
      return noticeDialog(t, t('errors.unknown-verb'));
    }
    const chosen: Chosen = { activity, person, command, ...known, ids, t };
    if (!switches.addToPlanFromMessages) return noticeDialog(t, t('errors.switched-off'));
    try {
      return activity.name === 'composeExtension/fetchTask'
        ? await begin(parts, chosen, sharedMessageOf(value.data))
        : await goOn(parts, chosen, data ?? {});
    } catch (error) {
      return noticeDialog(t, problemOf(error, parts, chosen));
    }
  };
}

async function begin(parts: MessageActionParts, chosen: Chosen, message: SharedMessage): Promise<DialogBody> {
  const { t } = chosen;
  const meant = await participationsMeant(parts, chosen);
  const [only, another] = meant;
  if (!only) return noticeDialog(t, t('nowhere'));
  if (!another) return open(parts, chosen, { ...only, message });
  const communities = meant.map(({ community }) => community);
  return answerOf(parts, chosen, { card: chooseForMessageCard(t, communities, message) });
}

async function goOn(
  parts: MessageActionParts,
  chosen: Chosen,
  data: Readonly<Record<string, unknown>>,
): Promise<DialogBody> {
  const { communities, roster, audit, log } = parts;
  const { person, command, activity, ids, t } = chosen;
  const message = CarriedMessage.safeParse(data['message']);
  if (!message.success) {
    log.warn(ids, 'a dialog came back without its message');
    return noticeDialog(t, t('errors.malformed'));
  }
  const community = typeof data['community'] === 'string' ? await communities.find(data['community']) : undefined;
  const audited = auditedAttempt(audit, { door: 'message', via: command, person, activity, data });
  const who = community && (await roster.member(community.id, person));
  if (!community || !who) {
    audited.stranger(community?.id ?? null);
    // Word for word the same: a stranger learns nothing, not even that the team exists.
    return noticeDialog(t, t('errors.not-a-member'));
  }
  await communities.met(community.id, person);
  const request = { who, community, message: message.data };
  return Choice.safeParse(data).success
    ? open(parts, chosen, request)
    : submit(parts, chosen, { request, data, audited });
}

interface Submission {
  readonly request: { readonly who: Member; readonly community: Community; readonly message: SharedMessage };
  readonly data: unknown;
  readonly audited: AuditedAttempt;
}

async function submit(
  parts: MessageActionParts,
  chosen: Chosen,
  { request, data, audited }: Submission,
): Promise<DialogBody> {
  const { feature, action, activity, ids, t } = chosen;
  const parsed = action.data.safeParse(data);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(issue => issue.path.join('.'));
    parts.log.warn({ ...ids, fields }, 'the data of a dialog does not fit');
    return noticeDialog(t, t('errors.malformed'));
  }
  const community = request.community.id;
  try {
    const reply = await action.submit({ ...request, data: parsed.data, t: parts.texts.for(feature, activity.locale) });
    audited.answered(community, reply);
    return answerOf(parts, chosen, reply);
  } catch (error) {
    audited.failed(community, error);
    // What a person typed is worth more than a short answer: the dialog stays, and says what happened.
    const problem = problemOf(error, parts, { ...chosen, ids: { ...ids, community } });
    return open(parts, chosen, request, { typed: parsed.data, problem });
  }
}

async function open(
  parts: MessageActionParts,
  chosen: Chosen,
  request: Omit<MessageRequest, 't'>,
  again: { readonly typed: never; readonly problem: string } | null = null,
): Promise<DialogBody> {
  const t = parts.texts.for(chosen.feature, chosen.activity.locale);
  return answerOf(parts, chosen, await chosen.action.open({ ...request, again, t }));
}

/**
 * The team of the channel, when the app is in it; else every community the person is in. Teams offers the command
 * wherever the person is, also in teams and chats where the app is not: such a team is not taken in.
 */
async function participationsMeant(
  parts: MessageActionParts,
  { activity, person }: Chosen,
): Promise<readonly Participation[]> {
  const place = placeOf(activity);
  const here = 'team' in place ? await parts.communities.findByGeneralChannel(place.team.id) : undefined;
  const ofTeam = here ? await participationsOf(parts, person, [here]) : [];
  return ofTeam.length > 0 ? ofTeam : participationsOf(parts, person, await parts.communities.perhapsOf(person));
}

function problemOf(error: unknown, { log }: MessageActionParts, { ids, t }: Chosen): string {
  return explainFailure(error, {
    log,
    ids,
    t,
    refused: 'a message action could not be served',
    failed: 'a message action failed',
  }).notice;
}

function answerOf(
  { texts }: MessageActionParts,
  { feature, action, activity, t }: Chosen,
  reply: CardReply,
): DialogBody {
  if ('notice' in reply) return noticeDialog(t, reply.notice);
  return cardDialog(texts.for(feature, activity.locale)(action.title), reply.card);
}
