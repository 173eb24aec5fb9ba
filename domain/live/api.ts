import { z } from 'zod';
import { community, endpoint, eventsOf } from '../endpoint.ts';
import { liveTopics, Present } from './live.ts';

/** What may have changed: which, and never what it says now. Whoever hears it asks for it, and gets what they may. */
const Changed = z.object({ changed: z.array(z.enum(liveTopics)) });

/** Who else has the community open, by name, and how many more than fit. */
export const WhoIsHere = z.object({ here: z.array(Present), more: z.number().int() });
export type WhoIsHere = z.infer<typeof WhoIsHere>;

export const LiveEvent = z.union([Changed, WhoIsHere]);
export type LiveEvent = z.infer<typeof LiveEvent>;

export const liveApi = {
  live: endpoint({
    method: 'GET',
    path: `${community}/live`,
    summary: 'Tells, while it stays open, what others changed and who else is here; ends by itself after some minutes',
    query: ['editing'],
    ...eventsOf(LiveEvent),
  }),
};
