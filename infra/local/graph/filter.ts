import { problems } from './errors.ts';

export type Value = string | number | boolean;
/** Something a row is filtered or ordered by: `fields/week`, `createdDateTime`. */
export interface Operand {
  readonly path: string;
  /** How its values compare. */
  readonly kind: 'text' | 'number' | 'boolean' | 'moment';
}
type Operator = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'startswith';

/** One condition of a `$filter`; several are joined by `and`. */
export interface Condition {
  readonly path: string;
  readonly operator: Operator;
  readonly value: Value | null;
}

/**
 * Reads a `$filter` with the operators that Graph publishes for list items: eq, ne, lt, le, gt, ge and startswith,
 * joined by `and`.
 */
export function readFilter(text: string): readonly Condition[] {
  const tokens = text.match(/'(?:[^']|'')*'|[(),]|[^\s(),']+/g) ?? [];
  const conditions: Condition[] = [];
  let at = 0;
  const take = (): string => tokens[at++] ?? fail();
  const expect = (wanted: string): void => void (take().toLowerCase() === wanted || fail());
  const fail = (): never => {
    throw problems.badExpression(text);
  };

  function condition(): Condition {
    const first = take();
    if (first === '(') {
      const inner = condition();
      expect(')');
      return inner;
    }
    if (first.toLowerCase() === 'startswith') {
      expect('(');
      const path = name(take());
      expect(',');
      const value = literal(take());
      expect(')');
      if (tokens[at]?.toLowerCase() === 'eq') {
        at += 1;
        expect('true');
      }
      return { path, operator: 'startswith', value: typeof value === 'string' ? value : fail() };
    }
    const path = name(first);
    const operator = take().toLowerCase();
    return { path, operator: operators.has(operator) ? (operator as Operator) : fail(), value: literal(take()) };
  }

  function name(token: string): string {
    return /^[A-Za-z_][\w]*(\/[A-Za-z_]\w*)?$/.test(token) ? token : fail();
  }

  function literal(token: string): Value | null {
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (token === 'true' || token === 'false') return token === 'true';
    if (token === 'null') return null;
    if (/^-?\d+(\.\d+)?$/.test(token)) return Number(token);
    return /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(token) ? token : fail();
  }

  conditions.push(condition());
  while (at < tokens.length) {
    expect('and');
    conditions.push(condition());
  }
  return conditions;
}

/** Whether a row's value meets a condition. SharePoint compares text without regard to case. */
export function meets(given: Value | undefined, condition: Condition, kind: Operand['kind']): boolean {
  const { operator, value } = condition;
  if (value === null || given === undefined) {
    const same = value === null && given === undefined;
    return operator === 'eq' ? same : operator === 'ne' && !same;
  }
  if (operator === 'startswith') return String(given).toLowerCase().startsWith(String(value).toLowerCase());
  const difference = compare(given, value, kind);
  switch (operator) {
    case 'eq':
      return difference === 0;
    case 'ne':
      return difference !== 0;
    case 'lt':
      return difference < 0;
    case 'le':
      return difference <= 0;
    case 'gt':
      return difference > 0;
    case 'ge':
      return difference >= 0;
  }
}

/** Below, at or above zero, as sorting wants it; what is not set comes first. */
export function compare(one: Value | undefined, other: Value | undefined, kind: Operand['kind']): number {
  const [a, b] = [comparable(one, kind), comparable(other, kind)];
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  return a < b ? -1 : 1;
}

function comparable(value: Value | undefined, kind: Operand['kind']): string | number | undefined {
  if (value === undefined) return undefined;
  if (kind === 'moment') return Date.parse(String(value));
  if (kind === 'number') return Number(value);
  if (kind === 'boolean') return value === true || value === 1 || value === '1' || value === 'true' ? 1 : 0;
  return String(value).toLowerCase();
}

const operators = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge']);
