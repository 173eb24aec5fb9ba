import { beforeEach, expect, test } from '@jest/globals';
import { agendaWaiting } from '../../../../bot/features/agenda/index.ts';
import { translateFor } from '../../../support/feature-parts.ts';
import { amara, daniel, gwen, here, id, scene, type Scene } from './parts.ts';

let now: Scene;
beforeEach(async () => {
  now = scene();
  await now.asks();
});

async function lines(moment: string): Promise<readonly { readonly text: string; readonly more: number }[]> {
  now.clock.moveTo(moment);
  const translate = translateFor(now.feature);
  const t = (key: string, values?: object) => translate(key.replace('agenda:', ''), values as never);
  return (await agendaWaiting(now.parts)(here))(t as typeof translate, false);
}

test('what nobody has answered for six open days is named with who asked', async () => {
  expect(await lines('2026-11-30T09:00:00Z')).toEqual([]);
  expect(await lines('2026-12-01T09:00:00Z')).toEqual([
    { text: 'No answer yet: “Who has a template for SPC charts?” (Amara Okafor)', more: 0 },
  ]);
});

test('what is answered, planned or looked for waits for nobody', async () => {
  await now.asks({ title: 'Another?' }, { question: 'another-one' });
  await now.asks({ title: 'A third?' }, { question: 'a-third-one' });
  await now.answers(gwen, 'It is in Files');
  await now.asked('planQuestion', { who: amara, question: 'another-one', body: { event: 'chart-surgery' } });
  await now.asked('sendScouts', {
    who: amara,
    question: 'a-third-one',
    body: { scouts: [daniel.id], backOn: '2027-01-01' },
  });

  expect(await lines('2026-12-07T09:00:00Z')).toEqual([]);
  expect(await now.sees(amara, id)).toMatchObject({ state: 'answered' });
});

test('three are named, and how many more there are', async () => {
  for (const one of ['a', 'b', 'c']) await now.asks({ title: `${one}?` }, { question: `question-${one}` });

  expect(await lines('2026-12-01T09:00:00Z')).toEqual([{ text: expect.stringContaining('No answer yet'), more: 1 }]);
});
