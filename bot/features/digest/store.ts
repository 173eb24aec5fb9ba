import type { Community } from '../../../domain/community.ts';
import {
  noWords,
  sameWords,
  type DigestAudience,
  type DigestWords,
  type SentDigest,
} from '../../../domain/digest/digest.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { whenThere, type List, type Stored } from '../../lists/list.ts';
import type { DigestRow, Lists } from '../../lists/model.ts';

/** What there is of digests in a community. */
export interface Digests {
  readonly drafts: Readonly<Record<DigestAudience, Stored<DigestRow> | undefined>>;
  /** Of both audiences, newest first. */
  readonly sent: readonly SentDigest[];
}

export function draftKey(audience: DigestAudience): string {
  return `${audience}/draft`;
}

export function sentKey(audience: DigestAudience, period: string): string {
  return `${audience}/${period}`;
}

/** A community whose lists are older than its digests has none. */
export async function readDigests({ lists }: { readonly lists: Lists }, community: Community): Promise<Digests> {
  const rows = await whenThere(() => lists.of(community.id).digests.all());
  const draftOf = (audience: DigestAudience): Stored<DigestRow> | undefined =>
    rows.find(({ value }) => value.key === draftKey(audience));
  return {
    drafts: { sponsor: draftOf('sponsor'), members: draftOf('members') },
    sent: rows
      .flatMap(({ value }) => sentFrom(value) ?? [])
      .toSorted((one, other) => other.sentAt.localeCompare(one.sentAt)),
  };
}

export function sentFrom(row: DigestRow): SentDigest | undefined {
  const { key, audience, period: kind, from, to, numbers, lookedBy, sentTo, sentAt, state } = row;
  if (state === 'draft' || kind === null || from === null || to === null || numbers === null || sentAt === null)
    return undefined;
  return {
    key,
    audience,
    period: { kind, key: key.slice(audience.length + 1), from, to },
    words: wordsOf(row),
    numbers,
    lookedBy,
    sentTo,
    sentAt,
    state,
  };
}

export function wordsOf(row: DigestRow | undefined): DigestWords {
  if (!row) return noWords;
  const { intro, ask, story, questions, times, sendOn } = row;
  return { intro, ask, story, questions, times, sendOn };
}

export function emptyDraft(audience: DigestAudience): DigestRow {
  return {
    key: draftKey(audience),
    audience,
    period: null,
    from: null,
    to: null,
    ...noWords,
    toldFor: null,
    toldOn: null,
    lookedBy: null,
    lookedAt: null,
    numbers: null,
    sentTo: [],
    sentAt: null,
    state: 'draft',
  };
}

/** The digest that went out last, which the next one follows on. */
export function lastOf({ sent }: Digests, audience: DigestAudience): SentDigest | undefined {
  return sent.find(digest => digest.audience === audience);
}

/** Empties a draft whose words have gone out; what was written meanwhile stays for the next. */
export async function clearDraft(
  digests: List<DigestRow>,
  { audience, words }: Pick<SentDigest, 'audience' | 'words'>,
): Promise<void> {
  const draft = await digests.find(draftKey(audience));
  if (!draft || (draft.value.lookedBy !== null && !sameWords(wordsOf(draft.value), words))) return;
  try {
    await digests.update(draft, { ...draft.value, ...noWords, lookedBy: null, lookedAt: null });
  } catch (error) {
    // Somebody writes the next one already.
    if (!(error instanceof CommunityError) || error.code !== 'version-conflict') throw error;
  }
}
