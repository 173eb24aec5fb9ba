import { z } from 'zod';
import { endpoint, community } from '../endpoint.ts';

/** What has become of the card, in the person's language. */
const StartedView = z.object({ said: z.string() });

export const facilitationApi = {
  startWeek: endpoint({
    method: 'POST',
    path: `${community}/facilitation/now`,
    summary: 'Send the card of the week that runs to those who get it; may be repeated',
    answer: StartedView,
  }),
};
