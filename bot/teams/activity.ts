import { z } from 'zod';

const Account = z.looseObject({ id: z.string().max(300), name: z.string().max(256).optional(), aadObjectId: z.string().max(100).optional(), tenantId: z.string().max(100).optional() });

/**
 * What we read of an activity from Teams, and no more. Names and shapes follow the Bot Framework activity schema and
 * Teams' conversation events; everything else passes through unread.
 */
export const TeamsActivity = z.looseObject({
  type: z.string().min(1).max(100),
  id: z.string().max(300).optional(),
  name: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  text: z.string().max(200_000).optional(),
  replyToId: z.string().max(300).optional(),
  timestamp: z.iso.datetime({ offset: true }).optional().catch(undefined),
  channelId: z.string().min(1).max(100),
  serviceUrl: z.url({ protocol: /^https?$/ }),
  locale: z.string().max(35).optional(),
  localTimezone: z.string().max(64).optional(),
  from: Account,
  recipient: Account.optional(),
  conversation: z.looseObject({ id: z.string().min(1).max(500), conversationType: z.string().max(50).optional(), tenantId: z.string().max(100).optional() }),
  membersAdded: z.array(Account).max(5000).optional(),
  membersRemoved: z.array(Account).max(5000).optional(),
  channelData: z
    .looseObject({
      eventType: z.string().max(100).optional(),
      tenant: z.looseObject({ id: z.string().max(100).optional() }).optional(),
      team: z.looseObject({ id: z.string().max(300).optional(), aadGroupId: z.string().max(100).optional(), name: z.string().max(300).optional() }).optional(),
      channel: z.looseObject({ id: z.string().max(300).optional(), name: z.string().max(300).optional() }).optional(),
      settings: z.looseObject({ selectedChannel: z.looseObject({ id: z.string().max(300).optional() }).optional() }).optional(),
    })
    .optional(),
  value: z.unknown().optional(),
});
export type TeamsActivity = z.infer<typeof TeamsActivity>;

/** The value of an `adaptiveCard/action` invoke. */
export const Pressed = z.looseObject({
  action: z.looseObject({
    type: z.string().max(100).optional(),
    verb: z.string().min(1).max(200),
    data: z.record(z.string(), z.unknown()).default({}),
  }),
  trigger: z.string().max(50).optional(),
});

/** What the answer to a pressed button looks like: Teams, "Universal actions". The HTTP status around it is always 200. */
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
  return { statusCode, type: 'application/vnd.microsoft.error', value: { code: statusCode === 400 ? 'BadRequest' : 'InternalServerError', message } };
}
