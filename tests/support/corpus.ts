import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * An activity's body in a shape that Microsoft, or somebody who listened to Teams, has published, and how it is to be
 * read. Ids and words are the sample tenant's.
 */
const Sample = z.strictObject({
  id: z.string(),
  what: z.string(),
  source: z.url({ protocol: /^https$/ }),
  body: z.looseObject({ type: z.string() }),
  reads: z.strictObject({
    place: z.looseObject({ kind: z.enum(['team', 'channel', 'personal', 'chat']) }),
    /** Of a message: what was typed. */
    words: z.string().optional(),
    /** Null where the sender is not named by their id in Entra. */
    who: z.null().optional(),
    /** Ids in Entra; null where there is none. */
    joined: z.array(z.string().nullable()).optional(),
    left: z.array(z.string().nullable()).optional(),
  }),
});
type Sample = z.output<typeof Sample>;

const folder = new URL('../corpus/activities/', import.meta.url);

export function publishedActivities(): readonly Sample[] {
  return readdirSync(folder).flatMap(file =>
    z.array(Sample).parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
  );
}
