import Papa from 'papaparse';

/** Rows of cells as text; `whole` is false where the file breaks off within a cell or a character. */
export interface TableFile {
  readonly rows: readonly (readonly string[])[];
  readonly whole: boolean;
}

/** Why a file is no table that can be read. */
type NoTable = 'empty' | 'too-large' | 'workbook' | 'no-text';

/**
 * More rows than these are no list that anybody made by hand, or that Teams makes: of 5,000 people who come, go and react
 * it writes some 50,000. They are counted before anything is read: to read so many takes a processor three seconds.
 */
const mostRows = 60_000;
/** In characters. What has a longer line is a file of something else. */
const longestLine = 100_000;
/** How much of a file is looked at to learn its encoding, in bytes, and its separator, in characters. */
const head = 16 * 1024;

/**
 * Reads a table as text, whichever program wrote it: UTF-16 (what Teams writes), UTF-8 or, failing that, Western
 * European; with tabs, semicolons, commas or bars between its cells, quoted or not, and any ends of lines. Excel's own
 * `sep=` line is understood.
 * @param most bytes that are looked at; a larger file is refused
 */
export function readTableFile(bytes: Uint8Array, most: number): TableFile | { readonly refused: NoTable } {
  if (bytes.length > most) return { refused: 'too-large' };
  if (startsWith(bytes, zip) || startsWith(bytes, oldOffice)) return { refused: 'workbook' };
  const encoding = encodingOf(bytes);
  const { text, whole } = decoded(bytes, encoding);
  if (text.trim() === '') return { refused: 'empty' };
  const lines = linesOf(text);
  if (lines.longest > longestLine || notText.test(text)) return { refused: 'no-text' };
  if (lines.count > mostRows) return { refused: 'too-large' };
  const { separator, table } = separated(text);
  const { data, errors } = Papa.parse<string[]>(table, { delimiter: separator, newline: '\n' });
  return { rows: data, whole: whole && !errors.some(({ code }) => code === 'MissingQuotes') };
}

const zip = [0x50, 0x4b, 0x03, 0x04];
const oldOffice = [0xd0, 0xcf, 0x11, 0xe0];
/** No program writes this into a table; a picture or a program has it all over. */
// eslint-disable-next-line no-control-regex
const notText = /[\u0000-\u0008\u000e-\u001a]/;

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, place) => bytes[place] === byte);
}

type Encoding = 'utf-16le' | 'utf-16be' | 'utf-8' | 'windows-1252';

function encodingOf(bytes: Uint8Array): Encoding {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return 'utf-8';
  // Without a mark: tabs, digits and ends of lines have a zero for their other half, in every language.
  const zeros = [0, 0];
  const looked = bytes.subarray(0, head);
  for (const [place, byte] of looked.entries()) if (byte === 0) zeros[place % 2]!++;
  const [even = 0, odd = 0] = zeros;
  if (odd > even * 4 && odd * 16 > looked.length) return 'utf-16le';
  if (even > odd * 4 && even * 16 > looked.length) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // As a stream: a character that is cut off at the end is none that is wrong.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The text with one kind of line end, within cells too, where it is space. */
function decoded(bytes: Uint8Array, encoding: Encoding): { readonly text: string; readonly whole: boolean } {
  const decoder = new TextDecoder(encoding);
  const text = decoder.decode(bytes, { stream: true });
  return { text: text.replace(/\r\n?/g, '\n'), whole: decoder.decode() === '' };
}

/** Before a parser takes it up: how much work it will be. */
function linesOf(text: string): { readonly count: number; readonly longest: number } {
  let count = 0;
  let longest = 0;
  for (let start = 0; start < text.length; count++) {
    const end = text.indexOf('\n', start);
    const after = end < 0 ? text.length : end;
    longest = Math.max(longest, after - start);
    start = after + 1;
  }
  return { count, longest };
}

const separators = ['\t', ';', ',', '|'] as const;
/** What Excel writes above a table to say what is between its cells. */
const excelsOwn = /^"?sep=([\t;,|])"?(?:\n|$)/i;

/**
 * What stands in most lines is between the cells, and the one that stands there more often of two. A tab is never
 * written for anything else; commas are, in dates and names.
 */
function separated(text: string): { readonly separator: string; readonly table: string } {
  const said = excelsOwn.exec(text);
  if (said?.[1]) return { separator: said[1], table: text.slice(said[0].length) };
  const lines = text
    .slice(0, head)
    .replace(/"(?:[^"]|"")*"/g, '')
    .split('\n')
    .filter(line => line.trim() !== '');
  const [best] = separators
    .map(separator => {
      const counts = lines.map(line => line.split(separator).length - 1);
      return {
        separator,
        lines: counts.filter(count => count > 0).length,
        times: counts.reduce((sum, count) => sum + count, 0),
      };
    })
    .toSorted(
      (one, other) =>
        Number(other.separator === '\t' && other.lines > 0) - Number(one.separator === '\t' && one.lines > 0) ||
        other.lines - one.lines ||
        other.times - one.times,
    );
  return { separator: best?.separator ?? ',', table: text };
}
