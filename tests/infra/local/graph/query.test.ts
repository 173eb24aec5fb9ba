import { describe, expect, test } from '@jest/globals';
import { countedPage, readExpand, readSelect, readTop, selected } from '../../../../infra/local/graph/query.ts';

describe('$expand', () => {
  test.each([
    ['fields', [{ name: 'fields', select: undefined, expand: [] }]],
    ['fields($select=A,B)', [{ name: 'fields', select: ['A', 'B'], expand: [] }]],
    ['fields(select=A,B)', [{ name: 'fields', select: ['A', 'B'], expand: [] }]],
    [
      'columns,items(expand=fields(select=A);top=5)',
      [
        { name: 'columns', select: undefined, expand: [] },
        { name: 'items', select: undefined, expand: [{ name: 'fields', select: ['A'], expand: [] }] },
      ],
    ],
    [undefined, []],
  ])('%s', (text, expected) => {
    expect(readExpand(text)).toEqual(expected);
  });

  test.each([['fields(select'], ['fields)'], ['fields(A)']])('%s is refused', text => {
    expect(() => readExpand(text)).toThrow('is not valid');
  });
});

test.each([
  ['A, B', ['A', 'B']],
  ['', undefined],
  [undefined, undefined],
])('$select %s', (text, expected) => {
  expect(readSelect(text)).toEqual(expected);
});

test('what is selected keeps its annotations', () => {
  const entity = { '@odata.etag': '"x,1"', id: '1', webUrl: 'x', 'fields@odata.context': 'y', fields: {} };

  expect(selected(entity, ['id', 'fields'])).toEqual({
    '@odata.etag': '"x,1"',
    id: '1',
    'fields@odata.context': 'y',
    fields: {},
  });
});

test.each([
  ['', 200, 'the usual when nothing is said'],
  ['$top=5', 5, 'what was asked'],
  ['top=5', 5, 'with or without the sign'],
  ['$top=9999999', 5000, 'never more than the most'],
])('%s makes pages of %d: %s', (query, size) => {
  expect(readTop(new URLSearchParams(query), 200, 5000)).toBe(size);
});

test.each([['0'], ['-1'], ['many']])('$top=%s is refused', top => {
  expect(() => readTop(new URLSearchParams({ $top: top }), 200, 5000)).toThrow('$top');
});

test('pages follow each other to the end', () => {
  const sizes = { usual: 2, most: 10 };
  const seen: string[][] = [];
  let query = new URLSearchParams('$select=id');
  for (let more = true; more; ) {
    const { rows, link } = countedPage(['a', 'b', 'c', 'd', 'e'], query, 'http://x/things', sizes);
    seen.push([...rows]);
    const next = (link as { '@odata.nextLink'?: string })['@odata.nextLink'];
    more = next !== undefined;
    query = new URL(next ?? 'http://x').searchParams;
    expect(query.get('$select')).toBe(more ? 'id' : null);
  }

  expect(seen).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
});

test('a skip token that is not ours is refused', () => {
  expect(() => countedPage([], new URLSearchParams('$skiptoken=abc'), 'http://x', { usual: 2, most: 2 })).toThrow(
    'not acceptable',
  );
});
