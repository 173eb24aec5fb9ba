import { sectionIds } from '../../../domain/charter/charter.ts';
import { audiences } from '../../../domain/digest/digest.ts';
import { calendarScopes } from '../../../domain/plan/calendar.ts';
import { methodRoles } from '../../../domain/roles/method.ts';
import type { Lists } from '../../lists/model.ts';
import { whenThere, type Keyed, type List, type Stored } from '../../lists/list.ts';
import type { AuditLine } from '../../ports.ts';
import type { Showing } from '../../shared/log-routes.ts';
import type { Translate } from '../../text.ts';

/** How many rows are asked for one by one. */
const mostAlone = 50;

/** What a community calls its surveys, actions and own roles now, by their ids. */
export type Titles = Readonly<Record<'survey' | 'action' | 'role', ReadonlyMap<string, string>>>;

/** The titles that these lines need; those of a list that no line is about are not read. */
export async function titlesFor(
  lists: Lists,
  community: string,
  lines: readonly Pick<AuditLine, 'about'>[],
): Promise<Titles> {
  const of = lists.of(community);
  const ids = lines.flatMap(({ about }) => idsIn(about));
  const named = new Set(ids.map(({ name }) => name));
  const actions = new Set(ids.flatMap(({ name, id }) => (name === 'action' ? [id] : [])));
  const [survey, action, role] = await Promise.all([
    named.has('survey') ? whenThere(() => of.surveys.all()) : [],
    whenThere(() => rowsWith(of.plan, actions)),
    named.has('role') ? whenThere(() => of.ownRoles.all()) : [],
  ]);
  return { survey: byKey(survey), action: byKey(action), role: byKey(role) };
}

/** A page names few of what a list has had in all its years; a file may name any. */
async function rowsWith<T extends Keyed>(list: List<T>, keys: ReadonlySet<string>): Promise<readonly Stored<T>[]> {
  if (keys.size > mostAlone) return list.all();
  return (await Promise.all([...keys].map(key => list.find(key)))).filter(row => row !== undefined);
}

function byKey(rows: readonly { readonly value: { readonly key: string; readonly title: string } }[]) {
  return new Map(rows.map(({ value: { key, title } }) => [key, title]));
}

/**
 * What a line is about, each as a phrase that names it, and never by its id.
 * @param titles null for whoever reads the lines of all communities: what one of them wrote is not theirs to read
 */
export function aboutInWords(about: string, { titles, people, t }: Named): string[] {
  return idsIn(about).map(({ name, id }) => t(`about.${name}`, { what: wordsOf(name, id, { titles, people, t }) }));
}

interface Named extends Pick<Showing, 'people' | 't'> {
  readonly titles: Titles | null;
}

function wordsOf(name: string, id: string, { titles, people, t }: Named): string {
  switch (name) {
    case 'person':
      if (people === null) return t('some.person');
      return people.find(person => person.id === id)?.name || t('gone.person');
    case 'section':
      return isOneOf(sectionIds, id) ? t(`charter:method.${id}.title`) : t('gone.section');
    case 'role':
      return methodRoles.some(role => role.id === id) ? t(`roles:method.${id}.title`) : titled('role', id, titles, t);
    case 'survey':
    case 'action':
      return titled(name, id, titles, t);
    case 'audience':
      return isOneOf(audiences, id) ? t(`audience.${id}`) : id;
    case 'scope':
      return isOneOf(calendarScopes, id) ? t(`scope.${id}`) : id;
    default:
      // A period or a format of files, as people write it.
      return id;
  }
}

function titled(name: keyof Titles, id: string, titles: Titles | null, t: Translate): string {
  if (titles === null) return t(`some.${name}`);
  return titles[name].get(id) || t(`gone.${name}`);
}

function isOneOf(known: readonly string[], id: string): boolean {
  return known.includes(id);
}

/** `role=sponsor person=…`, one by one. */
function idsIn(about: string): readonly { readonly name: string; readonly id: string }[] {
  return about.split(' ').flatMap(one => {
    const [name = '', id] = one.split('=');
    return id === undefined ? [] : [{ name, id }];
  });
}
