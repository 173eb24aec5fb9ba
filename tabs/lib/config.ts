import { z } from 'zod';

/** What the server tells the page about its surroundings, at `/tabs/config.json`. */
export const PageConfig = z.object({
  /** Hosts besides Microsoft's own that may hold this page in a frame. */
  hostOrigins: z.array(z.string()).default([]),
  appId: z.string(),
  /** Which version of the app the server is. */
  version: z.string().default(''),
  /** What a link into Teams begins with. */
  teams: z.url(),
  /** Teams' id of the app, where the administrator has said it. */
  teamsAppId: z.string().nullable().default(null),
  /** Where a person agrees to what the app may do for them. */
  authorizeUrl: z.url(),
  scopes: z.array(z.string()).default([]),
});
export type PageConfig = z.infer<typeof PageConfig>;
