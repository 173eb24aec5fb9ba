import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { api } from '../../domain/api.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/** Rows are changed in SharePoint itself while nobody opens a tab, and then a morning has something to say. */
describe('a plan that was changed by hand', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  }, 120_000);
  afterAll(() => system.stop());

  test('reminds nobody of what is done by then, and of what came by then as well', async () => {
    const { byHand } = system.microsoft365.graph;
    await add('count-the-chairs', 'Count the chairs', '2026-12-01');
    await add('label-the-shelves', 'Label the shelves', '2026-12-01');
    // Days on which jobs decide by what is known.
    for (const day of ['23', '24', '25', '26', '27']) await system.moveTo(`2026-11-${day}T09:00:05Z`);
    const rowOf = (title: string) =>
      byHand.rows(system.team, 'CoP Plan').find(({ values }) => Object.values(values).includes(title));
    const [chairs, shelves] = ['Count the chairs', 'Label the shelves'].map(rowOf);
    const edit = { teamId: system.team, list: 'CoP Plan', by: personOf('Lars').id };
    byHand.saveRow({ ...edit, row: String(chairs!.id), fields: { CopState: 'done' } });
    byHand.saveRow({
      ...edit,
      row: null,
      fields: {
        ...shelves!.values,
        CopKey: 'water-the-plants',
        CopTitle: 'Water the plants',
        Title: 'Water the plants',
      },
    });

    for (const day of ['11-30', '12-01']) await system.moveTo(`2026-${day}T09:00:05Z`);
    await until(() => remindersOf('Amara').length > 0);

    const told = JSON.stringify(remindersOf('Amara'));
    expect(told).toContain('Label the shelves');
    expect(told).toContain('Water the plants');
    // It stands on the card as what is done, and is not one of the two.
    expect(told).toContain('2 of your actions in Data Storytellers are due');
    expect(told).toContain('☑ Count the chairs');
  }, 120_000);

  async function add(id: string, title: string, due: string): Promise<void> {
    const { status, body } = await system.ask('Priya', api.saveAction, {
      params: { action: id },
      body: { title, owners: [personOf('Amara')], due, state: 'to-do', weight: 'baseline', aim: null, notes: '' },
      headers: { 'If-None-Match': '*' },
    });
    expect({ status, body }).toMatchObject({ status: 200 });
  }

  function remindersOf(name: string) {
    const { connector } = system.microsoft365;
    return connector
      .conversationsOf(personOf(name).id)
      .filter(({ conversation }) => conversation.kind === 'personal')
      .flatMap(({ conversation }) => connector.messages(conversation.id))
      .filter(message => /shelves|chairs|plants/.test(JSON.stringify(message)));
  }
});

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error('it did not come true within 30 seconds');
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
