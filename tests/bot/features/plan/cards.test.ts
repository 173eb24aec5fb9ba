import { describe, expect, test } from '@jest/globals';
import { addedCard, planCard, reminderCard } from '../../../../bot/features/plan/cards.ts';
import type { PlannedAction } from '../../../../bot/features/plan/store.ts';
import { longestTitle } from '../../../../domain/plan/plan.ts';
import { actionsIn, checkCard, samplesOf, textsIn } from '../../../support/cards.ts';
import { member, person, translateFor } from '../../../support/feature-parts.ts';
import { amara, here, room, scene } from './parts.ts';
import { noRest } from '../../../support/rest.ts';

const t = translateFor(scene().feature);
const links = { tab: () => 'https://example.org/plan' };
const by = {
  steps: [],
  links: [],
  addedBy: person('Priya Raman'),
  addedAt: '2026-11-20T09:00:00.000Z',
  doneAt: null,
  changedBy: person('Priya Raman'),
  changedAt: '2026-11-20T09:00:00.000Z',
};
const today = '2026-11-23';

function action(id: string, change: Partial<PlannedAction> = {}): PlannedAction {
  return { ...room, ...by, id, ...change };
}

describe('the plan at a glance', () => {
  const actions = [
    action('mine-late', { title: 'Mine and late', due: '2026-11-20' }),
    action('theirs-late', { title: 'Theirs and late', due: '2026-11-19', owners: [], state: 'stuck' }),
    action('this-week', { title: 'This week', due: '2026-11-29', owners: [person('Daniel Fitzgerald')] }),
    action('next-week', { title: 'Next week', due: '2026-11-30', owners: [person('Daniel Fitzgerald')] }),
    action('over', { title: 'Over', state: 'done', doneAt: '2026-11-20T09:00:00.000Z' }),
  ];

  test('in a chat: mine with buttons, then what is overdue and due this week', () => {
    const card = planCard({ community: here, actions, me: amara.id, today, links }, t);

    checkCard(card);
    expect(textsIn(card).filter(text => !text.startsWith('http'))).toEqual([
      'Data Storytellers: the plan',
      '1 of 5 actions done',
      'Yours',
      'Mine and late',
      'To do · overdue since Friday 20 November · Amara Okafor',
      'Done: Mine and late',
      '☐ Done',
      'A week later: Mine and late',
      '→ A week later',
      'Overdue',
      'Theirs and late',
      'Stuck · overdue since Thursday 19 November · nobody yet',
      'Due this week',
      'This week',
      'To do · due Sunday 29 November · Daniel Fitzgerald',
      'Open the plan',
    ]);
  });

  test('in a channel: the same for all, without buttons', () => {
    const card = planCard({ community: here, actions, me: null, today, links }, t);

    checkCard(card);
    expect(actionsIn(card)).toEqual([]);
    expect(textsIn(card)).toEqual(expect.arrayContaining(['Overdue', 'Mine and late', 'Theirs and late']));
    expect(textsIn(card)).not.toContain('Yours');
  });

  test('an empty plan says how to begin', () => {
    const card = planCard({ community: here, actions: [], me: amara.id, today, links }, t);

    checkCard(card);
    expect(textsIn(card)[1]).toMatch(/^Nothing is planned yet/);
  });
});

describe('the fullest card', () => {
  const odd = '**${json(1)}** [x](http://x) 🫖 {{title}} $t(open) '.repeat(5).slice(0, longestTitle);
  const many = Array.from({ length: 40 }, (_, index) =>
    action(`${'f'.repeat(34)}-${String(index).padStart(2, '0')}`, {
      title: odd,
      due: index % 3 === 0 ? today : index % 3 === 1 ? '2026-11-24' : '2026-11-01',
      owners: [amara, ...Array.from({ length: 9 }, (__, number) => person(`${odd.slice(0, 60)} ${number}`))],
    }),
  );
  const community = { ...here, name: odd };

  test.each([
    ['plan', planCard({ community, actions: many, me: amara.id, today, notice: odd, links }, t)],
    ['plan of others', planCard({ community, actions: many, me: 'nobody', today, links }, t)],
    ['reminder', reminderCard({ community, actions: many, person: amara, today, rest: noRest, notice: odd, links }, t)],
    [
      'added',
      addedCard(
        {
          community,
          action: many[0]!,
          members: Array.from({ length: 300 }, (_, number) => member(`${odd.slice(0, 60)} ${number}`)),
          today,
          links,
        },
        t,
      ),
    ],
  ])('%s stays within what Teams takes, and shows titles as they are written', (_name, card) => {
    checkCard(card);
    expect(textsIn(card).join('\n')).not.toContain('**1**');
    expect(textsIn(card).join('\n')).toContain('\\*\\*$\\{json\\(1\\)\\}\\*\\*');
  });

  test('says how many did not fit', () => {
    const card = reminderCard({ community: here, actions: many, person: amara, today, rest: noRest, links }, t);

    expect(textsIn(card)).toEqual(
      expect.arrayContaining([
        '27 of your actions are due',
        'and 4 more on the Plan page',
        'and 13 more on the Plan page',
      ]),
    );
  });
});

test.each(samplesOf('plan'))('the sample of $name renders', ({ card }) => {
  checkCard(card);
});

describe('what is overdue on an owner’s card', () => {
  const overdue: PlannedAction = { ...room, ...by, id: 'room', owners: [amara], state: 'doing', due: '2026-11-09' };
  const dueToday: PlannedAction = { ...overdue, id: 'leaflet', title: 'Redraw the leaflet', due: today };
  const wordsOf = (actions: readonly PlannedAction[]) =>
    textsIn(reminderCard({ community: here, actions, person: amara, today, rest: noRest, links }, t));

  test('alone, says for how long', () => {
    expect(wordsOf([overdue])).toEqual(
      expect.arrayContaining([
        'One of your actions is overdue',
        'Its day was 14 days ago. Done, another day, or no longer yours? Each is a good answer.',
      ]),
    );
  });

  test('below what is due today, is not taken for that', () => {
    const words = wordsOf([overdue, dueToday]);

    expect(words).toEqual(
      expect.arrayContaining([
        'One of your actions is due',
        'Another one is overdue: done, another day, or no longer yours? Each is a good answer.',
      ]),
    );
    expect(words.join('\n')).not.toContain('days ago');
  });
});
