import { z } from 'zod';
import { Person } from '../community.ts';
import { Choice, endpoint, community, FileAnswer } from '../endpoint.ts';
import { deliveryStates, deliveryReasons } from './delivery.ts';

/** What became of one message. */
export const DeliveryEntry = z.object({
  id: z.string(),
  community: z.object({ id: z.string(), name: z.string(), timeZone: z.string() }),
  kind: z.string(),
  what: z.string(),
  period: z.string(),
  /** `withheld`: who it was would say who has answered a survey. */
  to: z.discriminatedUnion('is', [
    z.object({ is: z.literal('channel') }),
    z.object({ is: z.literal('person'), person: Person }),
    z.object({ is: z.enum(['left', 'withheld']) }),
  ]),
  state: z.enum(deliveryStates),
  /** Why it did not arrive, or not yet, and what to do. */
  reason: z.object({ code: z.enum(deliveryReasons), said: z.string(), todo: z.string() }).nullable(),
  /** For administrators: status and code of Teams' last refusal. */
  detail: z.string().nullable(),
  attempts: z.number().int(),
  /** Attempts of which nobody knows whether Teams took them. */
  uncertain: z.number().int(),
  createdAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime().nullable(),
});

export type DeliveryEntry = z.infer<typeof DeliveryEntry>;

/** Newest first. `next` asks for what is older; null when that was all. */
export const DeliveryView = z.object({
  kinds: z.array(Choice),
  states: z.array(Choice),
  entries: z.array(DeliveryEntry),
  next: z.string().nullable(),
  /** Whom it can be narrowed to: everybody in the team, by name; nobody in that of all. */
  people: z.array(Choice),
});

export type DeliveryView = z.infer<typeof DeliveryView>;

const deliveryQuery = ['kind', 'state', 'recipient'] as const;

export const deliveryApi = {
  delivery: endpoint({
    method: 'GET',
    path: `${community}/delivery`,
    summary: 'What became of the messages of this community',
    query: [...deliveryQuery, 'before'],
    answer: DeliveryView,
  }),
  exportDelivery: endpoint({
    method: 'GET',
    path: `${community}/delivery/export`,
    summary: 'The same as CSV, safe to open in a spreadsheet',
    query: deliveryQuery,
    answer: FileAnswer,
    file: true,
  }),
  deliveryOfAll: endpoint({
    method: 'GET',
    path: '/api/delivery',
    summary: 'What became of the messages of all communities, for administrators',
    query: [...deliveryQuery, 'team', 'before'],
    answer: DeliveryView,
  }),
  exportDeliveryOfAll: endpoint({
    method: 'GET',
    path: '/api/delivery/export',
    summary: 'The same as CSV, with Entra ids for names',
    query: [...deliveryQuery, 'team'],
    answer: FileAnswer,
    file: true,
  }),
};
