import { z } from 'zod';
import { Person, Day } from '../community.ts';
import { endpoint, community } from '../endpoint.ts';

/** What CoP Companion did for a newcomer: the welcome went out, or could not, or went out a second time. */
const welcomeDeeds = ['welcomed', 'unreached', 'again'] as const;

/** What newcomers said, gathered for coordinators and member support. */
export const WelcomeView = z.object({
  newcomers: z.array(
    z.object({
      person: Person,
      joinedOn: Day,
      reasons: z.array(z.string()),
      inOwnWords: z.string(),
      contributions: z.array(z.string()),
      answeredAt: z.iso.datetime().nullable(),
      /** They answered before member support was among those whom the card named as its readers. */
      forCoordinators: z.boolean(),
      /** First things first. What went out long ago is not known any more. */
      done: z.array(z.object({ deed: z.enum(welcomeDeeds), on: Day })),
    }),
  ),
});

export type WelcomeView = z.infer<typeof WelcomeView>;

export const welcomeApi = {
  newcomers: endpoint({
    method: 'GET',
    path: `${community}/welcome`,
    summary: 'What newcomers said, for coordinators and member support',
    answer: WelcomeView,
  }),
};
