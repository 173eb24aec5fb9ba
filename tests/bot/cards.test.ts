import { describe, expect, test } from '@jest/globals';
import { plain, plainChoice, renderCard } from '../../bot/cards.ts';

const template = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text: '${text}', color: '${color}' }],
};

describe('renderCard', () => {
  test.each(['${json(1)}', '${$root.color}', '$t(title) {{text}}', '"}], "x": [{"', 'line\nbreak'])(
    'shows %j as it is',
    text => {
      const card = renderCard(template, { text, color: 'Good' });

      expect(card).toEqual({
        type: 'AdaptiveCard',
        version: '1.5',
        body: [{ type: 'TextBlock', text, color: 'Good' }],
      });
    },
  );

  test('fills one template again and again, each time with other values', () => {
    const cards = ['a', 'b', 'a'].map(text => renderCard(template, { text, color: 'Good' }));

    expect(cards.map(card => JSON.stringify(card).includes('"text":"a"'))).toEqual([true, false, true]);
  });

  test('leaves out what $when takes away', () => {
    const pressed = {
      type: 'AdaptiveCard',
      body: [
        {
          type: 'Container',
          selectAction: { $when: '${press}', type: 'Action.Execute' },
          items: [{ $when: '${press}', type: 'TextBlock' }],
        },
      ],
    };

    const card = renderCard(pressed, { press: false });

    expect(card).toEqual({ type: 'AdaptiveCard', body: [{ type: 'Container', items: [] }] });
  });
});

test.each([
  ['Ann-Marie O. (she/her)', 'Ann\\-Marie O\\. \\(she/her\\)', 'an ordinary name keeps its look'],
  ['**Boss** [x](http://x)', '\\*\\*Boss\\*\\* \\[x\\]\\(http://x\\)', 'no bold, no link'],
  ['<at>all</at>', '\\<at\\>all\\</at\\>', 'no tag'],
  [' two\n lines ', 'two lines', 'one line'],
])('plain(%j) is %j: %s', (text, expected) => {
  expect(plain(text)).toBe(expected);
});

test.each([
  [
    'Once a month, 3.5 hours (or so)!',
    'Once a month, 3.5 hours (or so)!',
    'an ordinary choice keeps its look wherever it is shown',
  ],
  ['[click](https://evil.example)', '\\[click\\](https://evil.example)', 'no link'],
  ['**x** _y_ `z` <at>all</at>', '\\*\\*x\\*\\* \\_y\\_ \\`z\\` \\<at\\>all\\</at\\>', 'no bold, no tag'],
  ['1. Yes', '1\\. Yes', 'no list'],
  ['# Yes', '\\# Yes', 'no heading'],
])('plainChoice(%j) is %j: %s', (text, expected) => {
  expect(plainChoice(text)).toBe(expected);
});
