import { z } from 'zod';
import { community, endpoint, eventsOf } from '../endpoint.ts';
import { liveTopics } from './live.ts';

/** What may have changed: which, and never what it says now. Whoever hears it asks for it, and gets what they may. */
export const LiveEvent = z.object({ changed: z.array(z.enum(liveTopics)) });
export type LiveEvent = z.infer<typeof LiveEvent>;

export const liveApi = {
  live: endpoint({
    method: 'GET',
    path: `${community}/live`,
    summary: 'Tells, while it stays open, what others changed; ends by itself after some minutes',
    ...eventsOf(LiveEvent),
  }),
};
