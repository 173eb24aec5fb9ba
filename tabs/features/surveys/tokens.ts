const prefix = 'cop-survey';

/** What an anonymous answer given in this browser can be changed with. It is kept here and nowhere else. */
export interface AnswerTokens {
  of(survey: string): string | null;
  keep(survey: string, token: string): void;
}

/** @param storage null where the browser refuses any */
export function createAnswerTokens(
  storage: Pick<Storage, 'getItem' | 'setItem'> | null,
  community: string,
  person: string,
): AnswerTokens {
  const keyOf = (survey: string): string => `${prefix}/${community}/${person}/${survey}`;
  return {
    of(survey) {
      try {
        return storage?.getItem(keyOf(survey)) ?? null;
      } catch {
        return null;
      }
    },
    keep(survey, token) {
      try {
        storage?.setItem(keyOf(survey), token);
      } catch {
        // Without storage the answer is as good; it can only not be changed.
      }
    },
  };
}

/** The browser's storage; null where it may not be touched, as in some private windows. */
export function browserStorage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
