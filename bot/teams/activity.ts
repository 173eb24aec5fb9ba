import { z } from 'zod';
import { address, cleanValue, identifier, line, prose } from '../../domain/text.ts';

/**
 * Who somebody is. Events of Teams say `aadObjectId`, its rosters and some events `objectId`; both are the person's id
 * in Entra.
 */
const Account = z
  .looseObject({
    id: identifier(300).default(''),
    name: line(256).optional().catch(undefined),
    aadObjectId: identifier(100).optional(),
    objectId: identifier(100).optional(),
    tenantId: identifier(100).optional(),
  })
  .transform(({ aadObjectId, objectId, ...account }) => {
    const id = aadObjectId || objectId;
    return { ...account, ...(id ? { aadObjectId: id } : {}) };
  });

const Entity = z.looseObject({ type: identifier(100), text: prose(1000).optional(), mentioned: Account.optional() });
const Attachment = z.looseObject({ contentType: identifier(200), content: z.unknown().optional() });

/** Those of a list that can be read; the others are left out, as a list that is none is. */
function readable<T>(one: z.ZodType<T>): z.ZodType<readonly T[] | undefined> {
  return z
    .array(z.unknown())
    .optional()
    .catch(undefined)
    .transform(all =>
      all?.flatMap(each => {
        const { success, data } = one.safeParse(each);
        return success ? [data] : [];
      }),
    );
}

/**
 * What we read of an activity from Teams, and no more. Names and shapes follow the Bot Framework activity schema and
 * Teams' conversation events; everything else passes through unread, and clean, for it may be kept. What only goes with
 * it, such as a name or a language, is left out when it cannot be read: it is no reason to lose the rest.
 */
export const TeamsActivity = z.preprocess(
  value => withoutNulls(cleanValue(value)),
  z.looseObject({
    type: identifier(100).min(1),
    id: identifier(300).optional(),
    name: identifier(200).optional(),
    action: identifier(100).optional(),
    text: prose(200_000).optional(),
    replyToId: identifier(300).optional().catch(undefined),
    timestamp: z.iso.datetime({ offset: true }).optional().catch(undefined),
    channelId: identifier(100).min(1),
    serviceUrl: address(2048, /^https?$/),
    locale: identifier(35).optional().catch(undefined),
    localTimezone: identifier(64).optional().catch(undefined),
    from: Account.default({ id: '' }),
    recipient: Account.optional(),
    conversation: z.looseObject({
      id: identifier(500).min(1),
      conversationType: identifier(50).optional(),
      tenantId: identifier(100).optional(),
    }),
    membersAdded: z.array(Account).max(5000).optional(),
    membersRemoved: z.array(Account).max(5000).optional(),
    channelData: z
      .looseObject({
        eventType: identifier(100).optional(),
        tenant: z.looseObject({ id: identifier(100).optional() }).optional(),
        team: z
          .looseObject({
            id: identifier(300).optional(),
            aadGroupId: identifier(100).optional(),
            name: line(300).optional().catch(undefined),
          })
          .optional(),
        /** In messages, the same as `team.id`. */
        teamsTeamId: identifier(300).optional(),
        channel: z
          .looseObject({
            id: identifier(300).optional(),
            name: line(300).optional().catch(undefined),
            type: identifier(50).optional(),
          })
          .optional(),
        /** How somebody came to be in a shared channel; events of a team have none. */
        membershipSource: z.looseObject({}).optional().catch(undefined),
        settings: z
          .looseObject({ selectedChannel: z.looseObject({ id: identifier(300).optional() }).optional() })
          .optional(),
      })
      .optional(),
    // Bot Framework stumbles over an entity without a type, or a mention without an account.
    entities: readable(Entity.refine(({ type, mentioned }) => type.toLowerCase() !== 'mention' || mentioned)),
    attachments: readable(Attachment),
    value: z.unknown().optional(),
  }),
);
export type TeamsActivity = z.infer<typeof TeamsActivity>;

/** In JSON from Teams null is absence: what is null is as if it were not there, however deep it lies. */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.filter(inner => inner !== null).map(withoutNulls);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([name, inner]) => [name, withoutNulls(inner)]),
  );
}

/** The value of an `adaptiveCard/action` invoke. */
export const PressValue = z.looseObject({
  action: z.looseObject({
    type: identifier(100).optional(),
    verb: identifier(200).min(1),
    data: z.record(identifier(200), z.unknown()).default({}),
  }),
  trigger: identifier(50).optional(),
});

/** What a person pressed on a card. */
export interface Press {
  readonly activity: TeamsActivity;
  readonly person: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Teams refreshed the card by itself. */
  readonly isAutomatic: boolean;
}

/** The press in an `adaptiveCard/action` invoke; undefined when it is malformed. */
export function pressIn(activity: TeamsActivity): Press | undefined {
  const value = PressValue.safeParse(activity.value);
  const person = activity.from.aadObjectId;
  if (!value.success || !person) return undefined;
  const { action, trigger } = value.data;
  return { activity, person, verb: action.verb, data: action.data, isAutomatic: trigger === 'automatic' };
}

/**
 * What the answer to a pressed button looks like: Teams, "Universal actions". The HTTP status around it is always 200.
 */
export interface InvokeBody {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

export function cardAnswer(card: object): InvokeBody {
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
}

export function noticeAnswer(notice: string): InvokeBody {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: notice };
}

export function errorAnswer(statusCode: 400 | 500, message: string): InvokeBody {
  return {
    statusCode,
    type: 'application/vnd.microsoft.error',
    value: { code: statusCode === 400 ? 'BadRequest' : 'InternalServerError', message },
  };
}
