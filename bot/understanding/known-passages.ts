import { isReady, type Community } from '../../domain/community.ts';
import type { Feature, Passage } from '../feature.ts';
import type { Clock, Log } from '../ports.ts';
import type { Texts } from '../text.ts';
import { errorText } from '../shared/error-text.ts';
import { indexPassages, type Passages } from './passages.ts';
import type { Language } from './words.ts';

/** What communities wrote, read when it is asked for and kept for a short time. */
export interface KnownPassages {
  /** With what the method says in the reader's language, and to be found by the words of that of the sentence. */
  of(community: Community, locale: string, language: Language): Promise<Passages>;
  /** Something of this community has changed. */
  changed(community: string): void;
}

/** In milliseconds: an edit in SharePoint is found after so long. */
const keptFor = 30_000;
/** How many communities are kept, and how much of each is searched. */
const mostKept = 50;
const mostPassages = 2_000;

interface Kept {
  readonly at: number;
  readonly passages: Promise<Passages>;
}

export function createKnownPassages({
  features,
  texts,
  clock,
  log,
}: {
  readonly features: readonly Feature[];
  readonly texts: Texts;
  readonly clock: Clock;
  readonly log: Log;
}): KnownPassages {
  const kept = new Map<string, Kept>();

  async function read(community: Community, locale: string, language: Language): Promise<Passages> {
    const all = await Promise.all(features.map(feature => passagesOf(feature, community, locale)));
    return indexPassages(all.flat().slice(0, mostPassages), language);
  }

  /** Whatever one feature cannot say now, the others can. */
  async function passagesOf(
    { name, passages }: Feature,
    community: Community,
    locale: string,
  ): Promise<readonly Passage[]> {
    if (!isReady(community)) return [];
    try {
      return (await passages?.({ community, t: texts.for(name, locale) })) ?? [];
    } catch (error) {
      log.warn(
        { community: community.id, feature: name, error: errorText(error) },
        'what a community wrote could not be searched',
      );
      return [];
    }
  }

  return {
    of(community, locale, language) {
      const key = `${community.id} ${locale} ${language.code}`;
      const now = clock().getTime();
      const before = kept.get(key);
      if (before && Math.abs(now - before.at) < keptFor) return before.passages;
      kept.delete(key);
      for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size + 1 - mostKept))) kept.delete(oldest);
      const passages = read(community, locale, language);
      kept.set(key, { at: now, passages });
      return passages;
    },
    changed(community) {
      for (const key of kept.keys()) if (key.startsWith(`${community} `)) kept.delete(key);
    },
  };
}
