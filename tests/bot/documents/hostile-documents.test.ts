import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sampleTeam } from '../../../infra/local/sample-people.ts';
import { changeCharterItem } from '../../support/charter-item.ts';
import { personOf, startSystem, type System } from '../../support/system.ts';

/** While documents of a charter that nobody could read are made for many, the server answers the others. */
let system: System;
beforeAll(async () => {
  system = await startSystem({ environment: { GRAPH_UNITS_A_MINUTE: '100000' } });
  // By hand: the tab would not save these.
  await changeCharterItem(system.microsoft365.url, 'purpose', '>'.repeat(20_000));
  await changeCharterItem(system.microsoft365.url, 'scope', 'a\n=\n'.repeat(5_000));
  await changeCharterItem(system.microsoft365.url, 'aims', '_*'.repeat(10_000));
});
afterAll(() => system.stop());

async function download(who: string, format: string): Promise<number> {
  const token = await system.microsoft365.entra.issueTabToken(personOf(who).id);
  const response = await fetch(`${system.productUrl}/api/communities/${sampleTeam.id}/charter/export/${format}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  await response.arrayBuffer();
  return response.status;
}

test('health is answered meanwhile, and everybody gets a document or is told when to come back', async () => {
  const asked = ['Priya', 'Amara', 'Tomasz'].flatMap(who =>
    ['docx', 'pdf', 'md', 'docx', 'pdf', 'md'].map(format => download(who, format)),
  );
  const answers: number[] = [];
  const all = Promise.all(asked);
  let going = true;
  void all.finally(() => (going = false));
  while (going) {
    const start = performance.now();
    await (await fetch(`${system.productUrl}/health`)).text();
    answers.push(performance.now() - start);
    await new Promise(resolve => setTimeout(resolve, 20));
  }

  const statuses = await all;
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
  expect(answers.toSorted((one, other) => one - other)[Math.floor(answers.length / 2)]).toBeLessThan(100);
});
