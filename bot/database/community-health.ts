import { sql } from 'kysely';
import {
  communityStates,
  type CommunitiesFilter,
  type CommunityState,
} from '../../domain/administration/administration.ts';
import type { Db } from './tables.ts';

/** How a community was found, when somebody last looked. */
export interface CommunityHealth {
  readonly id: string;
  readonly name: string;
  readonly state: CommunityState;
  readonly lookedAt: Date | null;
  /** As it was kept; an earlier version may have found what this one has no words for. */
  readonly found: unknown;
  /** How many rows of its lists were set aside. */
  readonly aside: number;
}

/** What the checks found in communities, kept so that nobody has to ask Microsoft 365 about each of them to see it. */
export interface CommunityHealthStore {
  keep(community: string, found: readonly object[], at: Date): Promise<void>;
  one(community: string): Promise<CommunityHealth | undefined>;
  /** Those that need somebody first, else by their names. */
  page(
    filter: CommunitiesFilter,
    limit: number,
  ): Promise<{ readonly rows: readonly CommunityHealth[]; readonly next: string | null }>;
  counts(): Promise<Record<CommunityState, number>>;
}

/** After this time without a look nobody knows any more: each night there is one. */
const oldAfter = '2 days';

export function createCommunityHealth(db: Db, now: () => Date): CommunityHealthStore {
  /** Every community that has the app, with its state; the place of a state is how soon somebody should look there. */
  const all = () => sql`
    SELECT id, name, state, array_position(${[...communityStates]}::text[], state) AS place, looked_at, findings
    FROM (
      SELECT *, CASE
        WHEN archived_at IS NOT NULL THEN 'archived'
        WHEN jsonb_path_exists(findings, '$[*] ? (@.finding.state == "gap")') THEN 'needs-mending'
        WHEN settings IS NULL THEN 'not-set-up'
        WHEN looked_at > ${now().toISOString()}::timestamptz - ${oldAfter}::interval
          AND NOT jsonb_path_exists(findings, '$[*] ? (@.finding.state == "unknown")') THEN 'healthy'
        ELSE 'not-seen' END AS state
      FROM communities WHERE removed_at IS NULL
    ) AS stated`;

  async function read(condition: ReturnType<typeof sql>, limit: number): Promise<readonly CommunityHealth[]> {
    const { rows } = await sql<Row>`
      WITH all_of_them AS (${all()})
      SELECT id, name, state, looked_at, findings,
        (SELECT count(*)::int FROM set_aside WHERE community = all_of_them.id) AS aside
      FROM all_of_them WHERE ${condition} ORDER BY place, name, id LIMIT ${limit}`.execute(db);
    return rows.map(({ looked_at: lookedAt, findings: found, ...row }) => ({ ...row, lookedAt, found }));
  }

  return {
    async keep(community, found, at) {
      await sql`
        UPDATE communities SET looked_at = ${at.toISOString()}::timestamptz, findings = ${JSON.stringify(found)}::jsonb
        WHERE id = ${community}`.execute(db);
    },
    one: async community => (await read(sql`id = ${community}`, 1))[0],
    async page({ state, name = '', after = '' }, limit) {
      const rows = await read(
        sql`(${state ?? ''} IN ('', state)) AND strpos(lower(name), lower(${name})) > 0
          AND (${after} = '' OR (place, name, id) > (SELECT place, name, id FROM all_of_them WHERE id = ${after}))`,
        limit + 1,
      );
      const shown = rows.slice(0, limit);
      return { rows: shown, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
    },
    async counts() {
      const { rows } = await sql<{ state: CommunityState; count: number }>`
        SELECT state, count(*)::int AS count FROM (${all()}) AS all_of_them GROUP BY state`.execute(db);
      const none = Object.fromEntries(communityStates.map(state => [state, 0])) as Record<CommunityState, number>;
      return { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
    },
  };
}

interface Row extends Omit<CommunityHealth, 'lookedAt' | 'found'> {
  readonly looked_at: Date | null;
  readonly findings: unknown;
}
