import { stringify } from 'csv-stringify/sync';

/**
 * Rows as a spreadsheet opens them. A cell of several lines stays one cell. A cell that it would take for a formula gets an apostrophe in front; the byte order
 * mark has Excel read UTF-8.
 */
export function spreadsheet(rows: readonly (readonly string[])[]): string {
  return stringify(rows.map(row => [...row]), { bom: true, escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}
