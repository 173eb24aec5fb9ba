import { describe, expect, test } from '@jest/globals';
import {
  changedColumn,
  keptValue,
  newColumn,
  titleColumn,
  type StoredColumn,
} from '../../../../infra/local/graph/columns.ts';

describe('a new column', () => {
  test('has its kind’s defaults', () => {
    expect(newColumn({ name: 'key', text: {}, indexed: true, enforceUniqueValues: true }, [titleColumn])).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'key',
      displayName: 'key',
      description: '',
      facet: 'text',
      settings: { allowMultipleLines: false, appendChangesToExistingText: false, linesForEditing: 0, maxLength: 255 },
      indexed: true,
      unique: true,
      required: false,
      hidden: false,
    });
  });

  test('spells its internal name as SharePoint does', () => {
    expect(newColumn({ name: 'Next step', text: {} }, []).name).toBe('Next_x0020_step');
  });

  test.each<[unknown, number, string]>([
    [{ name: 'a' }, 400, 'it says no kind'],
    [{ name: 'a', text: {}, number: {} }, 400, 'it says two'],
    [{ text: {} }, 400, 'it has no name'],
    [{ name: 'a', text: {}, enforceUniqueValues: true }, 400, 'only an indexed column is unique'],
    [{ name: 'a', text: { allowMultipleLines: true }, indexed: true }, 400, 'several lines cannot be indexed'],
    [{ name: 'title', text: {} }, 409, 'the name is taken, in any case'],
    [{ name: 'Created', dateTime: {} }, 409, 'SharePoint has that one itself'],
    [{ name: 'a', lookup: {} }, 501, 'lookups are not kept here'],
    ['a', 400, 'it is no object'],
  ])('%j is refused with %d, because %s', (definition, status) => {
    expect(() => newColumn(definition, [titleColumn])).toThrow(expect.objectContaining({ status }));
  });

  test('is the last that can have an index when nineteen have one', () => {
    const indexed = Array.from({ length: 20 }, (_, at) => newColumn({ name: `c${at}`, text: {}, indexed: true }, []));

    expect(newColumn({ name: 'more', text: {}, indexed: true }, indexed.slice(1)).indexed).toBe(true);
    expect(() => newColumn({ name: 'more', text: {}, indexed: true }, indexed)).toThrow('at most 20 indexed columns');
  });
});

describe('changing a column', () => {
  const column = newColumn({ name: 'stage', choice: { choices: ['a'] } }, []);

  test('changes what is named and nothing else', () => {
    expect(changedColumn(column, { indexed: true, choice: { choices: ['a', 'b'] } }, [])).toEqual({
      ...column,
      indexed: true,
      settings: { ...column.settings, choices: ['a', 'b'] },
    });
  });

  test('cannot make it another kind', () => {
    expect(() => changedColumn(column, { text: {} }, [])).toThrow('is of the kind choice');
  });
});

describe('a value', () => {
  const line = newColumn({ name: 'line', text: {} }, []);
  const note = newColumn({ name: 'note', text: { allowMultipleLines: true, textType: 'plain' } }, []);
  const count = newColumn({ name: 'count', number: {} }, []);
  const done = newColumn({ name: 'done', boolean: {} }, []);
  const at = newColumn({ name: 'at', dateTime: {} }, []);
  const day = newColumn({ name: 'day', dateTime: { format: 'dateOnly' } }, []);
  const stage = newColumn({ name: 'stage', choice: { choices: ['start', 'grow'] } }, []);
  const free = newColumn({ name: 'free', choice: { choices: ['start'], allowTextEntry: true } }, []);

  test.each<[StoredColumn, unknown, unknown, string]>([
    [line, 'x'.repeat(255), 'x'.repeat(255), 'a line holds 255 characters'],
    [note, 'x'.repeat(60_000), 'x'.repeat(60_000), 'several lines hold more'],
    [line, '', undefined, 'the empty text is nothing'],
    [count, 0, 0, 'zero is a number'],
    [done, false, false, 'no is an answer'],
    [at, '2026-11-22T06:28:06.987Z', '2026-11-22T06:28:06Z', 'SharePoint keeps whole seconds'],
    [at, '2026-11-22T07:28:06+01:00', '2026-11-22T06:28:06Z', 'in UTC'],
    [day, '2026-11-22', '2026-11-22T00:00:00Z', 'a day is a moment too'],
    [stage, 'grow', 'grow', 'it is one of the choices'],
    [free, 'wither', 'wither', 'the column takes others too'],
    [count, null, undefined, 'null empties'],
  ])('$name keeps it', (column, given, kept) => {
    expect(keptValue(column, given)).toEqual(kept);
  });

  test.each<[StoredColumn, unknown, string]>([
    [line, 'x'.repeat(256), 'it is too long'],
    [line, 5, 'it is no text'],
    [count, '5', 'it is no number'],
    [done, 'yes', 'it is neither true nor false'],
    [at, 'soon', 'it is no moment'],
    [stage, 'wither', 'it is not one of the choices'],
  ])('$name refuses it', (column, given) => {
    expect(() => keptValue(column, given)).toThrow(expect.objectContaining({ status: 400, code: 'invalidRequest' }));
  });
});
