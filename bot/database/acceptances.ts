import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import type { Acceptance } from '../../domain/community.ts';

/** As the list `acceptances` of `model.ts` keeps them; what ended gives nothing. */
const Kept = z.object({ role: z.string(), person: z.object({ id: z.string() }), held: z.literal(true) });

/** Beside a row of `communities`: what is kept of who was accepted into a role there, each as JSON. */
export function keptAcceptances(): RawBuilder<unknown> {
  return sql`(SELECT json_agg(rows.value) FROM rows WHERE rows.community = communities.id AND rows.list = 'acceptances')`;
}

/** Who was accepted into which role. A row that cannot be read gives nobody anything. */
export function acceptancesIn(kept: unknown): readonly Acceptance[] {
  return (Array.isArray(kept) ? kept : []).flatMap((value: unknown): Acceptance[] => {
    const row = Kept.safeParse(parsed(value));
    return row.success ? [{ role: row.data.role, person: row.data.person.id }] : [];
  });
}

function parsed(value: unknown): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    return undefined;
  }
}
