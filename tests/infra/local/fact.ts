import { test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** The folder of the table: a file an area, such as `connector.json`. */
const factsFolder = new URL('../../../infra/local/facts/', import.meta.url);

const Id = z.string().regex(/^[a-z]+\/[a-z0-9-]+$/);

const Fact = z.strictObject({
  id: Id,
  /** One sentence: what Microsoft does. */
  says: z.string().min(20).max(400),
  /** The page, report or published file that says so. */
  source: z.url({ protocol: /^https$/ }),
  /** The day somebody read it there. */
  read: z.iso.date(),
});

export type Fact = z.output<typeof Fact>;

/** Every published fact that the local Microsoft 365 keeps, by id. */
export function readFacts(): ReadonlyMap<string, Fact> {
  const files = readdirSync(factsFolder).filter(name => name.endsWith('.json'));
  const rows = files.flatMap(file => {
    const facts = z.array(Fact).parse(JSON.parse(readFileSync(new URL(file, factsFolder), 'utf8')));
    const stray = facts.find(fact => !fact.id.startsWith(`${file.replace('.json', '')}/`));
    if (stray) throw new Error(`${file} has the row ${stray.id}, which belongs into another file.`);
    return facts;
  });
  const byId = new Map(rows.map(fact => [fact.id, fact]));
  if (byId.size < rows.length) throw new Error('Two facts have the same id.');
  return byId;
}

const facts = readFacts();

/** A test that fails as soon as the local Microsoft 365 becomes kinder than the fact `id` says. */
export function fact(id: string, keeps: () => Promise<void> | void): void {
  const row = facts.get(id);
  if (!row) throw new Error(`There is no fact ${id} in infra/local/facts/.`);
  test(`${id}: ${row.says}`, keeps);
}
