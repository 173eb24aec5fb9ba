import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EditorState } from 'prosemirror-state';
import { blocksOf, documentOf } from '../../../tabs/components/rich-text/from-markdown.ts';
import { createEditedText } from '../../../tabs/components/rich-text/to-markdown.ts';

/** Reads a text into the editor, lets somebody type `typed` behind its first words, and writes it again. */
function edited(text: string, typed: string, at = 1): string {
  const { document, markdownOf } = createEditedText(text);
  const state = EditorState.create({ doc: document });
  return markdownOf(state.apply(state.tr.insertText(typed, at)).doc);
}

function untouched(text: string): string {
  const { document, markdownOf } = createEditedText(text);
  return markdownOf(document);
}

const table = '| a | b |\n|---|:-:|\n| 1 | <b>2</b> |';

describe('what nobody touched keeps its bytes', () => {
  test.each([
    ['nothing', ''],
    ['mere space', ' \n\n '],
    [
      'underlined titles, other marks, uneven space',
      '\n\nTitle\n=====\n\n\n*  one\n*  two\n\n__bold__ _slanted_  \nhard\\\nbreak\n',
    ],
    ['a table, HTML, a picture', `Before\n\n${table}\n\n<div>x</div>\n\n![alt](https://x.org/y.png)\n\nAfter`],
    ['two lists beside each other', '- a\n- b\n\n* c\n\n1. d\n\n1) e'],
    ['references', '[a][one] and text[^1]\n\n[one]: https://x.org "t"\n\n[^1]: note'],
    ['code', '```js\nlet a;\n```\n\n    indented\n\n`code`'],
    ['Windows line ends', 'a\r\nb\r\n\r\n- c\r\n'],
  ])('%s', (_name, text) => {
    expect(untouched(text)).toBe(text);
  });

  test('whatever the text is', () => {
    fc.assert(
      fc.property(markdown(), text => {
        expect(untouched(text)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test('and lines end where they did', () => {
    expect(createEditedText('one\ntwo').document.textContent).toBe('one\ntwo');
    expect(edited('one\ntwo', 'Exactly ')).toBe('Exactly one\ntwo');
  });

  test('also in the text around what somebody changed', () => {
    const text = `First  line\n\n\n${table}\n\n*  item\n`;

    expect(edited(text, 'Very ')).toBe(`Very ${text}`);
  });

  test('and when a change is taken back', () => {
    const text = '__a__\n\n\n*  b';
    const { document, markdownOf } = createEditedText(text);
    const state = EditorState.create({ doc: document });
    const changed = state.apply(state.tr.insertText('x', 1));

    expect(markdownOf(changed.apply(changed.tr.delete(1, 2)).doc)).toBe(text);
  });
});

describe('what somebody changed is written as Markdown', () => {
  test.each([
    ['the words are words, whatever they look like', 'x', '# 1. *a* [b](c) <i>', '# 1. *a* [b](c) <i>x'],
    ['addresses stay addresses', 'See', ' https://x.org/a_b_c?d=*e', 'See https://x.org/a_b_c?d=*e', 4],
    ['a list keeps its marks', '* a\n* b', 'x', '* xa\n* b', 3],
    ['a loose list stays loose', '1. a\n\n2. b', 'x', '1. xa\n\n2. b', 3],
    ['bold stays bold', '**a** b', 'x', '**xa** b'],
    ['line ends inside of a paragraph stay', 'a\nb', 'x', 'xa\nb'],
    ['what is shown as typed can be typed in', table, 'x', `x${table}`],
  ] as [string, string, string, string, number?][])('%s', (_name, before, typed, after, at = 1) => {
    const text = edited(before, typed, at);
    if (after.startsWith('# 1.')) expect(textsOf(text)).toEqual([after]);
    else expect(text).toBe(after);
  });

  test('and read again it says the same, whatever was typed where', () => {
    fc.assert(
      fc.property(markdown(), fc.string({ maxLength: 12 }), fc.nat(), (text, typed, place) => {
        const { document, markdownOf } = createEditedText(text);
        const state = EditorState.create({ doc: document });
        const places: number[] = [];
        state.doc.descendants((node, position) => {
          if (node.isTextblock && node.type.name !== 'source') places.push(position + 1);
        });
        const at = places[place % Math.max(1, places.length)];
        fc.pre(at !== undefined);
        const clean = typed.replace(/[\p{C}\p{Z}]+/gu, 'x');
        const { doc } = state.apply(state.tr.insertText(clean, at));

        const written = markdownOf(doc);

        expect(textsOf(written).join('|')).toBe(
          doc.children
            .map(node =>
              said(node.textBetween(0, node.content.size, ' ', leaf => leaf.type.spec.leafText?.(leaf) ?? '')),
            )
            .filter(Boolean)
            .join('|'),
        );
      }),
      { numRuns: 500 },
    );
  });
});

/** The words of each block, as the editor shows them. */
function textsOf(text: string): readonly string[] {
  return documentOf(blocksOf(text))
    .children.map(node =>
      said(node.textBetween(0, node.content.size, ' ', leaf => leaf.type.spec.leafText?.(leaf) ?? '')),
    )
    .filter(Boolean);
}

function said(words: string): string {
  return words.replace(/\s+/g, ' ').trim();
}

/** Texts as people write them, and as they do not. */
function markdown(): fc.Arbitrary<string> {
  const word = fc.constantFrom(
    'we',
    'meet',
    'here',
    'a_b',
    '5 * 3',
    '1.',
    '#',
    '-',
    'https://x.org/a_b',
    'me@x.org',
    'Grüße',
    '你好',
    '[x]',
    '&amp;',
    '\\*',
  );
  const styled = fc.oneof(
    word,
    word.map(one => `**${one}**`),
    word.map(one => `*${one}*`),
    word.map(one => `_${one}_`),
    word.map(one => `[${one}](https://x.org)`),
    word.map(one => `~~${one}~~`),
    fc.constant('`code`'),
    fc.constant('***both** one*'),
    fc.constant('<b>html</b>'),
  );
  const line = fc.array(styled, { minLength: 1, maxLength: 5 }).map(words => words.join(' '));
  const block = fc.oneof(
    line,
    fc.tuple(line, line).map(lines => lines.join('\n')),
    fc.tuple(line, line).map(lines => lines.join('  \n')),
    line.map(one => `## ${one}`),
    fc.array(line, { minLength: 1, maxLength: 3 }).map(lines => lines.map(one => `- ${one}`).join('\n')),
    fc.array(line, { minLength: 1, maxLength: 3 }).map(lines => lines.map(one => `- ${one}`).join('\n\n')),
    fc
      .array(line, { minLength: 1, maxLength: 3 })
      .map(lines => lines.map((one, at) => `${at + 3}. ${one}\n   - ${one}`).join('\n')),
    line.map(one => `> ${one}\n> - ${one}`),
    fc.constant(table),
    fc.constant('---'),
    fc.constant('- [ ] task'),
    fc.constant('```\ncode\n```'),
  );
  const gap = fc.constantFrom('\n\n', '\n\n\n', '\n', '\n \n');
  return fc.oneof(
    fc.array(fc.tuple(block, gap), { maxLength: 5 }).map(parts => parts.flat().join('')),
    fc.string({
      unit: fc.constantFrom(
        '*',
        '_',
        '`',
        '[',
        ']',
        '(',
        ')',
        '#',
        '-',
        '1',
        '.',
        '>',
        '\n',
        ' ',
        'a',
        '|',
        '<',
        '~',
        '\\',
        '!',
        ':',
      ),
    }),
  );
}
