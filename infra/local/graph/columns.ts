import { randomUUID } from 'node:crypto';
import type { ColumnDefinition } from '@microsoft/microsoft-graph-types';
import { asObject, mustSayOnly } from './call.ts';
import { problems } from './errors.ts';
import type { Operand, Value } from './filter.ts';

type Facet = 'text' | 'number' | 'boolean' | 'dateTime' | 'choice';

/** A column as local SharePoint keeps it. */
export interface StoredColumn {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly facet: Facet;
  /** What the facet says, with its defaults. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly indexed: boolean;
  readonly unique: boolean;
  /**
   * Shown to forms only: SharePoint's interfaces for programs let an item be saved without it (SharePoint/PnP-JS-Core
   * issue 376).
   */
  readonly required: boolean;
  readonly hidden: boolean;
}

/** Every list has it. */
export const titleColumn: StoredColumn = {
  id: 'fa564e0f-0c70-4ab9-b863-0177e6ddd247',
  name: 'Title',
  displayName: 'Title',
  description: '',
  facet: 'text',
  settings: { allowMultipleLines: false, appendChangesToExistingText: false, linesForEditing: 0, maxLength: 255 },
  indexed: false,
  unique: false,
  required: true,
  hidden: false,
};

/** What SharePoint fills in by itself; nobody may write it or make a column of that name. */
export const builtInFields = new Set([
  'id',
  'ID',
  'ContentType',
  'Modified',
  'Created',
  'AuthorLookupId',
  'EditorLookupId',
  'Author',
  'Editor',
  '_UIVersionString',
  'Attachments',
  'Edit',
  'LinkTitleNoMenu',
  'LinkTitle',
  'ItemChildCount',
  'FolderChildCount',
  '_ComplianceFlags',
  '_ComplianceTag',
  '_ComplianceTagWrittenTime',
  '_ComplianceTagUserId',
  'AppAuthorLookupId',
  'AppEditorLookupId',
]);

/** What a column definition says beside its kind. */
const columnProperties = ['name', 'displayName', 'description', 'enforceUniqueValues', 'hidden', 'indexed', 'required'];

/** A column of several lines keeps at most this many characters. */
const longestNote = 63_999;
/** At most this many indexes on one list. */
const mostIndexes = 20;
const facets: readonly Facet[] = ['text', 'number', 'boolean', 'dateTime', 'choice'];
const facetsNotKept = [
  'calculated',
  'contentApprovalStatus',
  'currency',
  'geolocation',
  'hyperlinkOrPicture',
  'lookup',
  'personOrGroup',
  'term',
  'thumbnail',
];
const facetDefaults: Readonly<Record<Facet, Readonly<Record<string, unknown>>>> = {
  text: { allowMultipleLines: false, appendChangesToExistingText: false, linesForEditing: 0 },
  number: { decimalPlaces: 'automatic', displayAs: 'number' },
  boolean: {},
  dateTime: { displayAs: 'default', format: 'dateTime' },
  choice: { allowTextEntry: false, choices: [], displayAs: 'dropDownMenu' },
};

/** A new column from the body of a request. */
export function newColumn(given: unknown, existing: readonly StoredColumn[]): StoredColumn {
  const body = asObject(given);
  const name = body?.['name'] ?? body?.['displayName'];
  if (!body || typeof name !== 'string' || name === '') throw problems.invalid('A column definition needs a name.');
  const internal = name.replace(
    /[^A-Za-z0-9_]/g,
    character => `_x${character.charCodeAt(0).toString(16).padStart(4, '0')}_`,
  );
  const taken = [...existing.map(column => column.name), ...builtInFields].some(
    other => other.toLowerCase() === internal.toLowerCase(),
  );
  if (taken) throw problems.nameAlreadyExists();

  mustSayOnly(body, [...columnProperties, ...facets, ...facetsNotKept]);
  const foreign = facetsNotKept.find(facet => facet in body);
  if (foreign !== undefined)
    throw problems.notSupported(`Local SharePoint keeps columns of the kinds ${facets.join(', ')}, not ${foreign}.`);
  const named = facets.filter(facet => asObject(body[facet]) !== undefined);
  const facet = named[0];
  if (facet === undefined || named.length > 1)
    throw problems.invalid(`Column '${name}' must say exactly one of ${facets.join(', ')}.`);
  const settings = { ...facetDefaults[facet], ...asObject(body[facet]) };

  return checked(
    {
      id: randomUUID(),
      name: internal,
      displayName: text(body['displayName']) ?? name,
      description: text(body['description']) ?? '',
      facet,
      settings:
        facet === 'text' && settings['allowMultipleLines'] !== true ? { maxLength: 255, ...settings } : settings,
      indexed: body['indexed'] === true,
      unique: body['enforceUniqueValues'] === true,
      required: body['required'] === true,
      hidden: body['hidden'] === true,
    },
    existing,
  );
}

/** The column after a PATCH. Its name and its kind stay what they are. */
export function changedColumn(column: StoredColumn, given: unknown, others: readonly StoredColumn[]): StoredColumn {
  const body = asObject(given);
  if (!body) throw problems.badArgument();
  mustSayOnly(body, [...columnProperties, ...facets]);
  if (facets.some(facet => facet !== column.facet && facet in body))
    throw problems.invalid(`Column '${column.name}' is of the kind ${column.facet}, which cannot be changed.`);
  const flag = (name: string, now: boolean): boolean => (typeof body[name] === 'boolean' ? body[name] : now);
  return checked(
    {
      ...column,
      displayName: text(body['displayName']) ?? column.displayName,
      description: text(body['description']) ?? column.description,
      settings: { ...column.settings, ...asObject(body[column.facet]) },
      indexed: flag('indexed', column.indexed),
      unique: flag('enforceUniqueValues', column.unique),
      required: flag('required', column.required),
      hidden: flag('hidden', column.hidden),
    },
    others,
  );
}

function checked(column: StoredColumn, others: readonly StoredColumn[]): StoredColumn {
  if (column.unique && !column.indexed)
    throw problems.invalid(`Column '${column.name}' can enforce unique values only when it is indexed.`);
  if (column.indexed && isNote(column))
    throw problems.invalid(`Column '${column.name}' holds several lines of text and cannot be indexed.`);
  if (column.indexed && others.filter(other => other.indexed).length >= mostIndexes)
    throw problems.invalid(`A list can have at most ${mostIndexes} indexed columns.`);
  return column;
}

/**
 * Throws for what XML 1.0 has no place for, which SharePoint's own interfaces are made of: control characters but tab
 * and line ends, halves of characters, and U+FFFE and U+FFFF.
 */
export function mustBeXml(text: string): void {
  if (notXml.test(text)) throw problems.badArgument();
}

// eslint-disable-next-line no-control-regex
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;

/** The column as Graph shows it. */
export function shownColumn(column: StoredColumn): ColumnDefinition {
  return {
    columnGroup: 'Custom Columns',
    description: column.description,
    displayName: column.displayName,
    enforceUniqueValues: column.unique,
    hidden: column.hidden,
    id: column.id,
    indexed: column.indexed,
    name: column.name,
    readOnly: false,
    required: column.required,
    [column.facet]: column.settings,
  };
}

/** What SharePoint keeps of a value written to this column; undefined empties it, as null and the empty text do. */
export function keptValue(column: StoredColumn, given: unknown): Value | undefined {
  if (given === null || given === undefined || given === '') return undefined;
  const wrong = (): never => {
    throw problems.invalid(`The value given for field '${column.name}' is not a valid ${column.facet}.`);
  };
  switch (column.facet) {
    case 'text': {
      if (typeof given !== 'string') return wrong();
      mustBeXml(given);
      const most = isNote(column) ? longestNote : column.settings['maxLength'];
      if (typeof most === 'number' && given.length > most)
        throw problems.invalid(`Field '${column.name}' can have no more than ${most} characters.`);
      return given;
    }
    case 'number':
      return typeof given === 'number' && Number.isFinite(given) ? given : wrong();
    case 'boolean':
      return typeof given === 'boolean' ? given : wrong();
    case 'dateTime': {
      const time = typeof given === 'string' ? Date.parse(given) : NaN;
      if (Number.isNaN(time)) return wrong();
      const kept = new Date(time).toISOString();
      // SharePoint keeps whole seconds, and whole days when the column says so.
      return column.settings['format'] === 'dateOnly' ? `${kept.slice(0, 10)}T00:00:00Z` : `${kept.slice(0, 19)}Z`;
    }
    case 'choice': {
      const choices = column.settings['choices'];
      if (typeof given !== 'string') return wrong();
      mustBeXml(given);
      if (column.settings['allowTextEntry'] !== true && !(Array.isArray(choices) && choices.includes(given)))
        return wrong();
      return given;
    }
  }
}

export function operandOf(column: StoredColumn): Operand {
  const kind = column.facet === 'dateTime' ? 'moment' : column.facet === 'choice' ? 'text' : column.facet;
  return { path: `fields/${column.name}`, kind };
}

function isNote(column: StoredColumn): boolean {
  return column.facet === 'text' && column.settings['allowMultipleLines'] === true;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
