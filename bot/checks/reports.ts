import { z } from 'zod';
import type { CommunityHealth, CommunityHealthStore } from '../database/community-health.ts';
import type { Clock, FoundCommunity, Reports } from '../ports.ts';
import type { Translate } from '../text.ts';
import type { Found } from './check.ts';
import type { Checks, FoundInCommunity } from './checks.ts';
import { tell, type Told } from './tell.ts';
import { text, type CheckName, type GapName, type HintName, type UnknownName } from './text.ts';

export interface ReportParts {
  readonly checks: Pick<Checks, 'server' | 'community'>;
  readonly health: CommunityHealthStore;
  readonly now: Clock;
}

/** How long a report is shown again, and how soon one that somebody asks for is made anew, in milliseconds. */
const freshFor = 60_000;
const soonest = 10_000;

/** The doctor's report for a page that several people may have open: what was found is shown again for a while. */
export function createReports({ checks, health, now }: ReportParts): Reports {
  const server = kept(async () => ({ found: await checks.server(), at: now() }));
  /** Looks that are under way, so that nobody waits for a second one. */
  const underWay = new Map<string, Promise<boolean>>();

  /** Whether there is such a community, in a team that is not archived. */
  async function look(id: string): Promise<boolean> {
    const seen = await checks.community(id);
    if (seen) await health.keep(id, seen.found, now());
    return seen !== undefined;
  }

  return {
    async server({ again, t }) {
      const { found, at } = await server(again ? soonest : freshFor);
      return { lookedAt: at.toISOString(), found: found.map(one => inWords(one, t)) };
    },
    async check(id, t) {
      const before = await health.one(id);
      if (!before) return undefined;
      const age = before.lookedAt === null ? Infinity : now().getTime() - before.lookedAt.getTime();
      if (age >= 0 && age < soonest) return told(before, t);
      if (!underWay.has(id))
        underWay.set(
          id,
          look(id).finally(() => underWay.delete(id)),
        );
      await underWay.get(id);
      const after = await health.one(id);
      return after && told(after, t);
    },
    async communities({ limit, ...filter }, t) {
      const { rows, next } = await health.page(filter, limit);
      return { entries: rows.map(row => told(row, t)), next };
    },
    counts: () => health.counts(),
  };
}

/** Keeps what the checks find in each community. */
export function keepFindings({ health, now }: Omit<ReportParts, 'checks'>) {
  return ({ community, found }: FoundInCommunity): Promise<void> => health.keep(community.id, found, now());
}

/** Asks anew when what is there is older than this, in milliseconds; whoever asks meanwhile gets the same answer. */
function kept<Value>(ask: () => Promise<Value>): (oldest: number) => Promise<Value> {
  let last: { readonly value: Value; readonly at: number } | undefined;
  let asking: Promise<Value> | undefined;
  return async oldest => {
    if (last && performance.now() - last.at < oldest) return last.value;
    asking ??= ask()
      .then(value => {
        last = { value, at: performance.now() };
        return value;
      })
      .finally(() => (asking = undefined));
    return asking;
  };
}

const values = z.record(z.string(), z.union([z.string(), z.number()])).optional();
const named = <Name extends string>(sentences: Readonly<Record<Name, unknown>>) =>
  z.enum(Object.keys(sentences) as [Name, ...Name[]]);
const KeptFinding = z.object({
  check: named<CheckName>(text.en.check),
  finding: z.discriminatedUnion('state', [
    z.object({ state: z.literal('good') }),
    z.object({ state: z.literal('gap'), gap: named<GapName>(text.en.gap), values }),
    z.object({ state: z.literal('hint'), hint: named<HintName>(text.en.hint), values }),
    z.object({ state: z.literal('unknown'), unknown: named<UnknownName>(text.en.unknown), values }),
  ]),
});

/** What another version found, and this one has no words for, is left out: the next night looks anew. */
function told({ lookedAt, found, ...health }: CommunityHealth, t: Translate): FoundCommunity {
  const readable = Array.isArray(found) ? found.flatMap(one => KeptFinding.safeParse(one).data ?? []) : [];
  return {
    ...health,
    lookedAt: lookedAt?.toISOString() ?? null,
    found: readable.map(one => inWords(one as Found, t)),
  };
}

/** @param speak the sentences of another part, in the reader's language: these are found there by the name they have */
function inWords(found: Found, speak: Translate): Told {
  return tell(found, (key, filled) => speak(`checks:${key}`, filled));
}
