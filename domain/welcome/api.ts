import { z } from 'zod';
import { Person, Day } from '../community.ts';
import { endpoint, community } from '../endpoint.ts';

/** What newcomers said, gathered for coordinators. */
export const WelcomeView = z.object({
  newcomers: z.array(
    z.object({
      person: Person,
      joinedOn: Day,
      reasons: z.array(z.string()),
      inOwnWords: z.string(),
      contributions: z.array(z.string()),
      answeredAt: z.iso.datetime().nullable(),
    }),
  ),
});

export type WelcomeView = z.infer<typeof WelcomeView>;

export const welcomeApi = {
  newcomers: endpoint({
    method: 'GET',
    path: `${community}/welcome`,
    summary: 'What newcomers said, for coordinators',
    answer: WelcomeView,
  }),
};
