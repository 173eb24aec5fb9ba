import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { NotPossible, createExperiments, type Seen, type Tenant } from './experiments.ts';

const table = new URL('../local/unknown.json', import.meta.url);

const Unknown = z
  .strictObject({
    id: z.string().regex(/^[a-z]+\/[a-z0-9-]+$/),
    question: z.string().endsWith('?'),
    /** What the local Microsoft 365 does, and the product therefore expects. */
    assumed: z.string().endsWith('.'),
    by: z.enum(['script', 'hand']),
    /** What a person does to find out; absent where the script does it. */
    experiment: z.string().endsWith('.').optional(),
  })
  .refine(({ by, experiment }) => (by === 'hand') === (experiment !== undefined), 'only what is done by hand says how');

export type Unknown = z.output<typeof Unknown>;

/** What Microsoft does not publish, and we therefore assume. */
export function readUnknown(): readonly Unknown[] {
  return z.array(Unknown).parse(JSON.parse(readFileSync(table, 'utf8')));
}

export interface Finding {
  readonly unknown: Unknown;
  /** Null where the experiment could not be made, or is one for a person. */
  readonly seen: Seen | null;
  /** Why there is nothing to see. */
  readonly why?: string;
}

/** Makes every experiment that a script can make, one after the other; one that fails says so and stops no other. */
export async function verify(tenant: Tenant, unknown = readUnknown()): Promise<readonly Finding[]> {
  const rows = new Map(unknown.map(row => [row.id, row]));
  const findings: Finding[] = [];
  for (const [id, experiment] of createExperiments()) {
    const row = rows.get(id);
    if (!row) throw new Error(`The experiment ${id} answers no question of infra/local/unknown.json.`);
    try {
      findings.push({ unknown: row, seen: await experiment(tenant) });
    } catch (error) {
      const why =
        error instanceof NotPossible
          ? error.message
          : `it broke: ${error instanceof Error ? error.message : 'unknown error'}`;
      findings.push({ unknown: row, seen: null, why });
    }
  }
  return [
    ...findings,
    ...unknown.filter(({ by }) => by === 'hand').map(row => ({ unknown: row, seen: null, why: row.experiment ?? '' })),
  ];
}

/** The findings as Markdown: first what is otherwise than assumed, then what could not be seen, then what holds. */
export function reportOf(findings: readonly Finding[], listName: string): string {
  const otherwise = findings.filter(({ seen }) => seen?.asAssumed === false);
  const unseen = findings.filter(({ unknown, seen }) => unknown.by === 'script' && seen === null);
  const holds = findings.filter(({ seen }) => seen?.asAssumed === true);
  const byHand = findings.filter(({ unknown }) => unknown.by === 'hand');
  return [
    `# What this tenant does`,
    `${holds.length} as assumed, ${otherwise.length} otherwise, ${unseen.length} not seen, ${byHand.length} for a person to try.`,
    ...part('Otherwise than assumed', otherwise),
    ...part('Not seen', unseen),
    ...part('As assumed', holds),
    ...part('For a person to try', byHand),
    `The list "${listName}", if it was made, is not needed any more: delete it in the site's contents. It may have got another name, with "(renamed)".`,
  ].join('\n\n');
}

function part(title: string, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const lines = findings.map(
    ({ unknown: { id, question, assumed }, seen, why = '' }) =>
      `- ${id}: ${question}\n  Assumed: ${assumed}\n  ${seen ? `Seen: ${seen.seen}` : `To do: ${why}`}`,
  );
  return [`## ${title}`, lines.join('\n')];
}
