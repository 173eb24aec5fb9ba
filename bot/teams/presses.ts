import type { Logger } from 'pino';
import type { Community, Member } from '../../domain/community.ts';
import type { Installations } from '../database/communities.ts';
import { sayVerb, type CardAction, type CardReply, type Feature } from '../feature.ts';
import type { Limits } from '../http/limits.ts';
import { createMetLately } from '../http/met-lately.ts';
import type { NoteAct, Roster } from '../ports.ts';
import type { Texts } from '../text.ts';
import { cardAnswer, errorAnswer, noticeAnswer, type InvokeBody, type Press } from './activity.ts';
import { auditedAttempt, type AuditedAttempt } from './audited.ts';
import type { Commands } from './commands.ts';
import { botName } from './conversations.ts';
import { explainFailure } from './failures.ts';

export interface PressParts {
  readonly features: readonly Feature[];
  readonly communities: Pick<Installations, 'find' | 'met'>;
  readonly roster: Roster;
  /** A button can stand for words: the person chose for which community they are meant. */
  readonly commands: Commands;
  readonly limits: Pick<Limits, 'community'>;
  /** Writes into the audit trail. */
  readonly audit: NoteAct;
  readonly texts: Texts;
  readonly log: Logger;
}

type Actions = ReadonlyMap<string, { readonly feature: string; readonly action: CardAction }>;

/** A press whose person is known. */
interface Admitted {
  readonly press: Press;
  readonly community: Community;
  readonly who: Member;
  readonly isMember: boolean;
  readonly audited: AuditedAttempt;
  readonly ids: object;
}

/** What a person presses on a card: who, may they, which feature; its answer out. */
export function createPresses(parts: PressParts): (press: Press) => Promise<InvokeBody> {
  const { features, communities, roster, audit, texts, log } = parts;
  const met = createMetLately((community, person) => communities.met(community, person));
  const actions: Actions = new Map(
    features.flatMap(feature =>
      Object.entries(feature.actions ?? {}).map(
        ([name, action]) => [`${feature.name}.${name}`, { feature: feature.name, action }] as const,
      ),
    ),
  );

  return async press => {
    const { activity, person, verb, data } = press;
    const t = texts.for(botName, activity.locale);
    const isUnnamed = actions.get(verb)?.action.unnamed ?? false;
    const ids = { activity: activity.id, verb, ...(isUnnamed ? {} : { person }) };
    // A card that Teams refreshed by itself is no act of a person, unless it ends what the person began.
    const noteAct: NoteAct = press.isAutomatic ? act => void (act.outcome === 'done' && audit(act)) : audit;
    const audited = auditedAttempt(noteAct, { door: 'card', via: verb, person, activity, data });
    const community = typeof data['community'] === 'string' ? await communities.find(data['community']) : undefined;
    try {
      const member = community && (await roster.member(community.id, person));
      const who = member ?? (community && (await guestOf(actions, press, community)));
      if (community && who)
        return await answer({ ...parts, met }, actions, {
          press,
          community,
          who,
          isMember: member !== undefined,
          audited,
          ids,
        });

      const why = community
        ? 'a button was pressed by a person outside the team'
        : 'a pressed button names a community we do not know';
      log.warn(ids, why);
      audited.stranger(community?.id ?? null);
      // Word for word the same: a stranger learns nothing, not even that the team exists.
      return noticeAnswer(t('errors.not-a-member'));
    } catch (error) {
      audited.failed(community?.id ?? null, error);
      const { notice, isForeseen } = explainFailure(error, {
        log,
        ids: { ...ids, community: community?.id },
        t,
        refused: 'a pressed button could not be served',
        failed: 'a pressed button failed',
      });
      return isForeseen ? noticeAnswer(notice) : errorAnswer(500, notice);
    }
  };
}

async function answer(
  parts: PressParts & { readonly met: Installations['met'] },
  actions: Actions,
  admitted: Admitted,
): Promise<InvokeBody> {
  const { met, roster, limits } = parts;
  const { press, community, who, isMember } = admitted;
  const { verb, data, activity } = press;
  if (isMember) await met(community.id, press.person);
  await limits.community(community.id, (await roster.members(community.id)).length, 'press');
  if (!isMember || verb !== sayVerb) return act(parts, actions, admitted);
  const text = typeof data['text'] === 'string' ? data['text'] : '';
  return bodyOf(await parts.commands.run({ text, who, community, place: 'chat', activity }));
}

async function act(
  { commands, texts, log }: PressParts,
  actions: Actions,
  { press, community, who, audited, ids }: Admitted,
): Promise<InvokeBody> {
  const { verb, data, isAutomatic: automatic, activity } = press;
  const t = texts.for(botName, activity.locale);
  const found = actions.get(verb);
  if (!found) {
    log.warn(ids, 'a pressed button has an unknown verb');
    return errorAnswer(400, t('errors.unknown-verb'));
  }
  const parsed = found.action.data.safeParse(data);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(issue => issue.path.join('.'));
    log.warn({ ...ids, fields }, 'the data of a pressed button does not fit');
    return errorAnswer(400, t('errors.malformed'));
  }
  const reply = await found.action.run({
    data: parsed.data,
    who,
    community,
    automatic,
    timeZone: activity.localTimezone ?? null,
    t: texts.for(found.feature, activity.locale),
  });
  if (!automatic) commands.changed(community.id);
  audited.answered(community.id, reply);
  return bodyOf(reply);
}

/** A person outside the team whom this one action knows. They have no rights but to press it. */
async function guestOf(
  actions: Actions,
  { verb, data, person }: Press,
  community: Community,
): Promise<Member | undefined> {
  const action = actions.get(verb)?.action;
  const parsed = action?.guest && action.data.safeParse(data);
  if (!parsed?.success) return undefined;
  const guest = await action?.guest?.({ data: parsed.data, person, community });
  return guest && { id: person, name: guest.name, owner: false };
}

function bodyOf(reply: CardReply): InvokeBody {
  return 'card' in reply ? cardAnswer(reply.card) : noticeAnswer(reply.notice);
}
