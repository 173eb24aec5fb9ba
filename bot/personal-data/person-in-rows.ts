import { somebodyWhoLeft, type Person } from '../../domain/community.ts';
import type { Keyed } from '../lists/list.ts';
import type { ListFate } from './fates.ts';

export type AnyRow = Keyed & Readonly<Record<string, unknown>>;

/** Whether a row is about this person, and not only names them. */
export function isAbout(row: AnyRow, { of }: ListFate, id: string): boolean {
  const whom = of === undefined ? undefined : row[of];
  return typeof whom === 'object' && whom !== null && 'id' in whom && whom.id === id;
}

/** What a person who asks for their data is shown of a row. */
export function shownOf(row: AnyRow, { shows }: ListFate): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    shows
      .map(name => [name, row[name]] as const)
      .filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)),
  );
}

/** Whether anything in this value would change if the person were taken out of it. */
export function namesPerson(value: unknown, person: Person, fate: ListFate): boolean {
  return JSON.stringify(withoutPerson(value, person, fate)) !== JSON.stringify(value);
}

/** What rows call this person; empty when none does. */
export function nameIn(value: unknown, id: string): string {
  if (typeof value !== 'object' || value === null) return '';
  if (isPerson(value, { id, name: '' }) && 'name' in value && typeof value.name === 'string') return value.name;
  for (const inner of Object.values(value)) {
    const name = nameIn(inner, id);
    if (name !== '') return name;
  }
  return '';
}

/** The same value with another name in the place of this person's; out of lists that they leave they are taken. */
export function withoutPerson(value: unknown, person: Person, fate: Pick<ListFate, 'leaves'>): unknown {
  if (Array.isArray(value)) {
    const inner: readonly unknown[] = fate.leaves ? value.filter(one => !isPerson(one, person)) : value;
    return inner.map(one => withoutPerson(one, person, fate));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (isPerson(value, person)) return { ...value, ...somebodyWhoLeft };
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      // A digest keeps of a term only whose it is, by name.
      name === 'name' && person.name !== '' && inner === person.name && !('id' in value)
        ? somebodyWhoLeft.name
        : withoutPerson(inner, person, fate),
    ]),
  );
}

function isPerson(value: unknown, { id }: Person): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && value.id === id;
}
