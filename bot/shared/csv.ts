import { stringify } from 'csv-stringify/sync';
import type { FileAnswer } from '../../domain/api.ts';

/**
 * Where a field begins, whatever a spreadsheet takes for a separator: Excel reads `;` where the comma is the decimal
 * point, and a tab when text is pasted. A comma within a cell is quoted. Invisible characters may stand before a
 * formula, and letters of full width count as well (OWASP, "CSV Injection").
 */
const formula =
  /(?<=(?:^|[;\t\r\n|"])[\s\p{Z}\p{Cf}\p{Cc}'"]*)[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]/gu;

/** A table as a file to download. */
export function csvFile(name: string, rows: readonly (readonly string[])[]): FileAnswer {
  return { name, type: 'text/csv; charset=utf-8', bytes: new TextEncoder().encode(spreadsheet(rows)) };
}

/**
 * Rows as a spreadsheet opens them. A cell of several lines stays one cell. What it would take for a formula gets an
 * apostrophe in front; the byte order mark has Excel read UTF-8.
 */
export function spreadsheet(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map(row => row.map(cell => cell.replace(formula, "'$&"))),
    { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n;\t|]/ },
  );
}
