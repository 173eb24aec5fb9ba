import { z } from 'zod';
import { Person, Day } from '../community.ts';
import { endpoint, community } from '../endpoint.ts';

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
