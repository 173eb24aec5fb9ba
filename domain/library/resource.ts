import { z } from 'zod';
import type { Community, Member, Person } from '../community.ts';
import { canWith } from '../permissions.ts';
import { addMonths } from '../schedule.ts';
import { line, remark, sharedAddress } from '../text.ts';
import { searchFor, Topics } from '../topics.ts';

/** In characters. */
const longestAddress = 2_000;
export const longestResourceTitle = 120;
export const longestWhen = 300;

/** `new`: nobody has looked at it since it was put here. `checked`: somebody said that it is right. */
export const resourceStates = ['new', 'checked', 'outdated'] as const;
export type ResourceState = (typeof resourceStates)[number];

/** Names something in the library: the fingerprint of its address. */
export const ResourceId = z.string().regex(/^[0-9a-f]{32}$/, { error: 'expected 32 hexadecimal digits' });

/** Where something is: shown, and opened by who presses it. */
export const ResourceAddress = sharedAddress(longestAddress);

/** What people say of something in the library. Its address is what it is, and does not change. */
export const ResourceWords = z.object({
  title: line(longestResourceTitle).min(1),
  /** When it helps: what makes the difference between a list of links and a library. */
  when: remark(longestWhen).min(1),
  topics: Topics,
});
export type ResourceWords = z.infer<typeof ResourceWords>;
export type ResourceField = keyof ResourceWords;
const resourceFields = Object.keys(ResourceWords.shape) as readonly ResourceField[];

export const NewResource = ResourceWords.extend({ url: ResourceAddress });
export type NewResource = z.infer<typeof NewResource>;

export interface KeptResource extends ResourceWords {
  /** Null where somebody wrote something else in SharePoint. */
  readonly url: string | null;
  /** The message it was kept from; null for one that somebody typed. */
  readonly link: string | null;
  readonly state: ResourceState;
  readonly checkedBy: Person | null;
  readonly checkedAt: string | null;
  /** The day from which it is to be looked at again. */
  readonly checkOn: string | null;
  readonly addedBy: Person;
  readonly addedAt: string;
  readonly changedBy: Person;
  readonly changedAt: string;
}

/** Who changes something, when, and which day that is in the community. */
export interface By {
  readonly by: Person;
  readonly now: Date;
  readonly today: string;
}

/** In months: for so long a check holds, and so soon somebody looks at what is new. */
const checkedFor = 12;
const newFor = 1;

export function added(resource: NewResource, link: string | null, { by, now, today }: By): KeptResource {
  const at = now.toISOString();
  return {
    ...resource,
    link,
    state: 'new',
    checkedBy: null,
    checkedAt: null,
    checkOn: addMonths(today, newFor),
    addedBy: by,
    addedAt: at,
    changedBy: by,
    changedAt: at,
  };
}

/** What somebody says who has looked at it. */
export const verdicts = ['right', 'outdated'] as const;
export type Verdict = (typeof verdicts)[number];

/**
 * Still right: until it is looked at again in a year. Out of date: it stays, says so, and comes last. The same object
 * when the same person has said so today.
 */
export function checked<Kept extends KeptResource>(resource: Kept, verdict: Verdict, { by, now, today }: By): Kept {
  const state = verdict === 'right' ? 'checked' : 'outdated';
  const checkOn = verdict === 'right' ? addMonths(today, checkedFor) : null;
  if (resource.state === state && resource.checkOn === checkOn && resource.checkedBy?.id === by.id) return resource;
  const at = now.toISOString();
  return { ...resource, state, checkOn, checkedBy: by, checkedAt: at, changedBy: by, changedAt: at };
}

export function reworded<Kept extends KeptResource>(resource: Kept, words: ResourceWords, { by, now }: By): Kept {
  const { title, when, topics } = words;
  return { ...resource, title, when, topics, changedBy: by, changedAt: now.toISOString() };
}

/** The fields in which the words of two differ. */
export function changedFields(one: ResourceWords, other: ResourceWords): readonly ResourceField[] {
  return resourceFields.filter(field => JSON.stringify(one[field]) !== JSON.stringify(other[field]));
}

/** Whether two say the same, whoever said it. */
export function saysTheSame(one: ResourceWords, other: ResourceWords): boolean {
  return changedFields(one, other).length === 0;
}

/**
 * Whether this member may say it in other words, check it and take it away: whoever added it, and those who look after
 * the library. Everybody may add something.
 */
export function mayEdit({ addedBy }: Pick<KeptResource, 'addedBy'>, member: Member, community: Community): boolean {
  return canWith(member, 'resource', addedBy.id === member.id, community);
}

/** What is to be looked at, the longest overdue first. What is out of date waits for nobody. */
export function dueForCheck<Kept extends Pick<KeptResource, 'state' | 'checkOn' | 'title'>>(
  resources: readonly Kept[],
  today: string,
): readonly Kept[] {
  return resources
    .filter(({ state, checkOn }) => state !== 'outdated' && checkOn !== null && checkOn <= today)
    .toSorted(
      (one, other) => (one.checkOn ?? '').localeCompare(other.checkOn ?? '') || one.title.localeCompare(other.title),
    );
}

interface Ranked extends Pick<KeptResource, 'title' | 'when' | 'topics' | 'state' | 'addedAt'> {
  /** How often it was opened in the last year. */
  readonly uses: number;
}

/** What is right before what is out of date, then what is opened most, then what is newest. */
export function byUse(one: Ranked, other: Ranked): number {
  return (
    Number(one.state === 'outdated') - Number(other.state === 'outdated') ||
    other.uses - one.uses ||
    other.addedAt.localeCompare(one.addedAt) ||
    one.title.localeCompare(other.title)
  );
}

/** What has every word that is searched for; those whose title or topics have them all come first. */
export function found<Kept extends Ranked>(resources: readonly Kept[], searched: string): readonly Kept[] {
  const hasWords = searchFor(searched);
  return resources
    .flatMap(resource => {
      const { title, topics, when } = resource;
      const where = hasWords([title, ...topics], when);
      return where === null ? [] : [{ resource, isNamed: where === 'named' }];
    })
    .toSorted((one, other) => Number(other.isNamed) - Number(one.isNamed) || byUse(one.resource, other.resource))
    .map(({ resource }) => resource);
}

/** How many months of uses count. */
const countedMonths = 12;

/** How often each was opened in the last twelve months, by the month in which it was. */
export function usesIn(
  rows: readonly { readonly item: string; readonly month: string; readonly count: number }[],
  today: string,
): ReadonlyMap<string, number> {
  const after = addMonths(today, -countedMonths).slice(0, 7);
  const uses = new Map<string, number>();
  for (const { item, month, count } of rows) if (month > after) uses.set(item, (uses.get(item) ?? 0) + count);
  return uses;
}
