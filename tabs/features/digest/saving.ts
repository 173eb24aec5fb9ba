import { DigestDraftView } from '../../../domain/digest/api.ts';
import type { DigestWords } from '../../../domain/digest/digest.ts';
import type { Versioned } from '../../lib/save-version.ts';
import { fromForm, mergeWords, toForm, type WordField, type WordsInForm } from './words.ts';

export interface DigestStore {
  /** Fails with `version-conflict` when the ETag is not that of what is stored. */
  put(words: DigestWords, etag: string | null): Promise<DigestDraftView>;
  read(): Promise<DigestDraftView | null>;
}

/** The words of the digest that goes out next, as they stand in the form. */
export function versionedWords(store: DigestStore): Versioned<WordsInForm, DigestDraftView, WordField> {
  return {
    put: (form, etag) => store.put(fromForm(form), etag),
    async current(refusal) {
      const sent = DigestDraftView.safeParse(refusal);
      return sent.success ? sent.data : store.read();
    },
    read: ({ words, etag }) => ({ value: toForm(words), etag }),
    merge: (base, mine, theirs) => mergeWords(base ?? theirs, mine, theirs),
  };
}
