import { problems } from './errors.ts';

/** An OData option, with or without its `$`. */
export function option(query: URLSearchParams, name: string): string | undefined {
  return query.get(`$${name}`) ?? query.get(name) ?? undefined;
}

/** The options of a query, which remember what was looked at. */
export class Options extends URLSearchParams {
  readonly #read = new Set<string>();

  override get(name: string): string | null {
    this.#read.add(name.replace(/^\$/, '').toLowerCase());
    return super.get(name);
  }

  /** Throws when the query has an option that whoever answered it did not look at. */
  mustBeRead(): void {
    const other = [...this.keys()].find(name => !this.#read.has(name.replace(/^\$/, '').toLowerCase()));
    if (other !== undefined) throw problems.notImplemented(`the option ${other} of this call`);
  }
}

/** One part of `$expand`: `fields($select=A,B)`. */
export interface Expand {
  readonly name: string;
  readonly select: readonly string[] | undefined;
  readonly expand: readonly Expand[];
}

export function readExpand(text: string | undefined): readonly Expand[] {
  if (text === undefined || text.trim() === '') return [];
  return splitOutside(text, ',').map(part => {
    const match = /^\s*(\w+)\s*(?:\((.*)\))?\s*$/s.exec(part);
    if (!match) throw problems.badExpression(part);
    const options = new URLSearchParams();
    for (const inner of splitOutside(match[2] ?? '', ';')) {
      const at = inner.indexOf('=');
      if (inner.trim() === '') continue;
      if (at < 0) throw problems.badExpression(part);
      options.set(inner.slice(0, at).trim().replace(/^\$/, ''), inner.slice(at + 1));
    }
    return {
      name: match[1] ?? '',
      select: readSelect(options.get('select') ?? undefined),
      expand: readExpand(options.get('expand') ?? undefined),
    };
  });
}

/** `$expand` of a call whose entities have these parts. Throws for any other. */
export function readExpandOf(query: URLSearchParams, type: string, parts: readonly string[]): readonly Expand[] {
  const expand = readExpand(option(query, 'expand'));
  const unknown = expand.find(({ name }) => !parts.includes(name));
  if (unknown) throw problems.unknownProperty(unknown.name, type);
  return expand;
}

export function readSelect(text: string | undefined): readonly string[] | undefined {
  const names = text
    ?.split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
  return names && names.length > 0 ? names : undefined;
}

/** `$select` on a whole entity: its annotations and the named properties. */
export function selected(entity: object, names: readonly string[] | undefined): object {
  if (!names) return entity;
  return Object.fromEntries(
    Object.entries(entity).filter(
      ([name]) => name === '@odata.etag' || name === '@odata.type' || names.includes(name.split('@')[0] ?? name),
    ),
  );
}

/** `$top`, or what is usual; more than the most is cut to it. */
export function readTop(query: URLSearchParams, usual: number, most: number): number {
  const text = option(query, 'top');
  if (text === undefined) return usual;
  if (!/^\d+$/.test(text) || Number(text) < 1)
    throw problems.invalid(
      `Invalid value '${text}' for $top query option found. The $top query option requires a non-negative integer value.`,
    );
  return Math.min(Number(text), most);
}

/** The value of `$skiptoken`; clients must not read it. */
export function readSkipToken(query: URLSearchParams): URLSearchParams | undefined {
  const text = option(query, 'skiptoken');
  if (text === undefined) return undefined;
  const token = new URLSearchParams(Buffer.from(text, 'base64url').toString());
  if (token.get('Paged') !== 'TRUE') throw problems.badArgument();
  return token;
}

/** The same call, from where this page ended. */
export function nextLink(url: string, query: URLSearchParams, place: Readonly<Record<string, string>>): string {
  const next = new URLSearchParams([...query].filter(([name]) => name.replace(/^\$/, '') !== 'skiptoken'));
  next.set(
    '$skiptoken',
    Buffer.from(new URLSearchParams({ Paged: 'TRUE', ...place }).toString()).toString('base64url'),
  );
  return `${url}?${next.toString()}`;
}

/** A page of rows that are always in the same order, counted from the start. */
export function countedPage<Row>(
  rows: readonly Row[],
  query: URLSearchParams,
  url: string,
  sizes: { readonly usual: number; readonly most: number },
): { readonly rows: readonly Row[]; readonly link: object } {
  const size = readTop(query, sizes.usual, sizes.most);
  const start = Number(readSkipToken(query)?.get('from') ?? 0);
  if (!Number.isInteger(start)) throw problems.badArgument();
  const end = start + size;
  return {
    rows: rows.slice(start, end),
    link: end < rows.length ? { '@odata.nextLink': nextLink(url, query, { from: String(end) }) } : {},
  };
}

function splitOutside(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const [at, character] of [...text].entries()) {
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === separator && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}
