import { z } from 'zod';
import type { BrowserStorage } from './drafts.ts';

/** What was shown last, and when it was read. */
interface KeptView {
  readonly answer: unknown;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * What this person was shown last, by the address it was read from, so that it shows at once the next time. Only what
 * an endpoint says may be kept comes here.
 */
export interface KeptViews {
  find(address: string): KeptView | null;
  keep(address: string, answer: unknown): void;
  /** Forgets what was read from addresses that begin like this. */
  forget(addresses: string): void;
}

/** How many days a view is kept after it was read. */
export const keptDays = 7;

/** How many characters of views fit: drafts need the room of the browser more. */
const most = 1_000_000;

const prefix = 'cop-companion.view/';
const Kept = z.object({ answer: z.unknown(), at: z.number() });

/**
 * Takes out what is too old, and what anybody else, another language or another version of the app has left.
 * @param storage asked each time, because a browser may refuse even to name its storage.
 * @param whose null where the host does not say who it is: then nothing is kept.
 */
export function createKeptViews({
  storage,
  whose,
  language,
  version,
  now = Date.now,
}: {
  readonly storage: () => BrowserStorage;
  readonly whose: string | null;
  readonly language: string;
  readonly version: string;
  readonly now?: () => number;
}): KeptViews {
  const mine = `${prefix}${version}/${whose}/${language}`;

  function read(text: string | null): KeptView | null {
    const kept = text === null ? null : orNothing(() => Kept.parse(JSON.parse(text)));
    return kept && now() - kept.at <= keptDays * 86_400_000 && kept.at <= now() ? kept : null;
  }

  function all(): { readonly key: string; readonly text: string }[] {
    const here = storage();
    return Array.from({ length: here.length }, (_, place) => here.key(place) ?? '')
      .filter(key => key.startsWith(prefix))
      .map(key => ({ key, text: here.getItem(key) ?? '' }));
  }

  function removeWhere(unwanted: (key: string, text: string) => boolean): void {
    orNothing(() => {
      for (const { key, text } of all()) if (unwanted(key, text)) storage().removeItem(key);
    });
  }

  /** The oldest make room. */
  function makeRoomFor(characters: number): void {
    const views = all().toSorted((one, other) => (read(one.text)?.at ?? 0) - (read(other.text)?.at ?? 0));
    let used = characters + views.reduce((sum, { text }) => sum + text.length, 0);
    for (const { key, text } of views) {
      if (used <= most) return;
      storage().removeItem(key);
      used -= text.length;
    }
  }

  removeWhere((key, text) => whose === null || !key.startsWith(`${mine}/`) || read(text) === null);

  return {
    find: address => (whose === null ? null : orNothing(() => read(storage().getItem(mine + address)))),
    keep(address, answer) {
      if (whose === null) return;
      orNothing(() => {
        const text = JSON.stringify({ answer, at: now() });
        storage().removeItem(mine + address);
        if (text.length > most) return;
        makeRoomFor(text.length);
        storage().setItem(mine + address, text);
      });
    },
    forget: addresses => removeWhere(key => key.startsWith(mine + addresses)),
  };
}

/** A browser that keeps nothing for us is no fault: then there is no view from before. */
function orNothing<Value>(attempt: () => Value): Value | null {
  try {
    return attempt();
  } catch {
    return null;
  }
}
