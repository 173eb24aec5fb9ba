import type { PrivacyView } from '../../../domain/privacy/api.ts';

type Kind = PrivacyView['held'][number];

/** What meets the same fate when somebody asks to be forgotten. */
export interface FateGroup {
  readonly fate: Kind['fate'];
  /** The reason that several of its kinds share, which is said once; empty where none do. */
  readonly why: string;
  readonly kinds: readonly Kind[];
}

/** What is kept, by its fate, in the order in which it came. */
export function groupsOf(held: readonly Kind[]): readonly FateGroup[] {
  return (['goes', 'loses-name', 'stays'] as const).flatMap((fate): FateGroup[] => {
    const kinds = held.filter(kind => kind.fate === fate);
    return kinds.length === 0 ? [] : [{ fate, why: sharedBy(kinds), kinds }];
  });
}

function sharedBy(kinds: readonly Kind[]): string {
  const times = (why: string): number => kinds.filter(kind => kind.why === why).length;
  const [most = ''] = kinds.map(({ why }) => why).toSorted((one, other) => times(other) - times(one));
  return times(most) > 1 ? most : '';
}
