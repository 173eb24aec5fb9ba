import { describe, expect, it } from '@jest/globals';
import { renderCard } from '../../../bot/cards.ts';
import template from '../../../bot/shared/cards/quiet.card.json' with { type: 'json' };
import sample from '../../../bot/shared/cards/quiet.sample.json' with { type: 'json' };
import { quietActions, resumedCard, stoppedCard } from '../../../bot/shared/quiet.ts';
import { actionsIn, checkCard, faultsOf, textsIn } from '../../support/cards.ts';
import { cardOf, community, member, press, recordingMessenger, textsOf } from '../../support/feature-parts.ts';

const here = community({ name: 'Data *Storytellers*' });
const ann = member('Ann Okafor');
const t = textsOf().for('plan', 'en-GB');
const page = { open: 'Open the plan', link: 'https://teams.example/plan' };

it('the sample is a good card', () => {
  expect(faultsOf(renderCard(template, sample))).toEqual([]);
});

describe('the card for quiet', () => {
  it('says what a person can still do, and how to get messages again', () => {
    const card = stoppedCard({ community: here, verb: 'plan.resume', still: 'Your actions stay.', page }, t);

    checkCard(card);
    expect(textsIn(card)).toEqual([
      'All quiet from now on',
      String.raw`I will not write to you about Data \*Storytellers\* again. Your actions stay.`,
      'Send me messages again',
      'Open the plan',
    ]);
    expect(actionsIn(card)).toMatchObject([{ verb: 'plan.resume', data: { community: here.id } }]);
    expect(card['fallbackText']).toBe('I will not write to you about Data *Storytellers* again. Your actions stay.');
  });

  it('has no way to a page where there is none', () => {
    expect(actionsIn(stoppedCard({ community: here, verb: 'plan.resume', still: '' }, t), 'Action.OpenUrl')).toEqual(
      [],
    );
  });

  it('says that messages come again, without a button to press', () => {
    const card = resumedCard({ community: here, page }, t);

    checkCard(card);
    expect(actionsIn(card)).toEqual([]);
    expect(actionsIn(card, 'Action.OpenUrl')).toMatchObject([{ url: page.link }]);
  });
});

describe('the buttons', () => {
  const messenger = recordingMessenger(() => textsOf());
  const actions = quietActions({ messenger }, () => ({ verb: 'plan.resume', still: 'Your actions stay.' }));
  const feature = { name: 'plan', actions, text: { en: {} } };

  it.each([
    { action: 'stop', out: [`${here.id} ${ann.id}`], title: 'All quiet from now on' },
    { action: 'resume', out: [], title: 'Welcome back' },
  ])('$action, pressed twice, is as pressed once', async ({ action, out, title }) => {
    for (const _ of [1, 2]) {
      const card = cardOf(await press(feature, action, { who: ann, community: here, data: { community: here.id } }));

      expect([textsIn(card)[0], [...messenger.optedOut]]).toEqual([title, out]);
    }
  });
});
