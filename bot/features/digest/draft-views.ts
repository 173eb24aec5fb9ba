import type { DigestDraftView, DigestShown } from '../../../domain/digest/api.ts';
import type { Person } from '../../../domain/community.ts';
import type { DigestNumbers, DigestWords } from '../../../domain/digest/digest.ts';
import { goesOutOn, lookOf, periodToday, whyNotByHand } from '../../../domain/digest/next-step.ts';
import type { Translate } from '../../text.ts';
import { shownAs } from './copy.ts';
import { rolesIn, situationOf, type DigestSituation, type DigestStanding } from './facts.ts';
import type { DigestParts } from './parts.ts';
import { readAsked } from './asked.ts';
import { countFor } from './numbers.ts';
import { sentKey, wordsOf } from './store.ts';

/**
 * How long numbers are good enough for a preview while somebody types, in milliseconds: counting asks Graph for ten
 * lists.
 */
const goodFor = 20_000;

/** Who looks at a draft, in their language. */
interface Reader {
  readonly who: Person;
  readonly t: Translate;
}

export interface DraftViews {
  /** The draft as it is stored, and as it would go out now. */
  draft(situation: DigestSituation, reader: Reader): Promise<DigestDraftView>;
  /** As it would go out now with these words. */
  preview(standing: DigestStanding, words: DigestWords, reader: Reader): Promise<DigestShown>;
  /** The numbers are counted anew for whoever looks next. */
  countAnew(standing: Pick<DigestStanding, 'community' | 'audience'>): void;
}

export function createDraftViews(parts: DigestParts): DraftViews {
  const counted = new Map<string, { readonly at: number; readonly numbers: Promise<DigestNumbers> }>();

  function numbersFor(standing: DigestStanding, situation: () => Promise<DigestSituation>): Promise<DigestNumbers> {
    const key = keyOf(standing);
    const now = parts.clock().getTime();
    const known = counted.get(key);
    if (known && Math.abs(now - known.at) < goodFor) return known.numbers;
    // What is old is of no use to anybody, so the memory stays small.
    for (const [other, { at }] of counted) if (Math.abs(now - at) >= goodFor) counted.delete(other);
    const numbers = situation().then(found => countFor(parts, found, periodToday(found).period));
    counted.set(key, { at: now, numbers });
    numbers.catch(() => counted.delete(key));
    return numbers;
  }

  function shown(standing: DigestStanding, words: DigestWords, numbers: DigestNumbers, { who, t }: Reader) {
    const { community, audience } = standing;
    const { period } = periodToday(standing);
    const digest = { key: sentKey(audience, period.key), period, words, numbers, lookedBy: who };
    return shownAs({ audience, community, digest, links: parts.links }, t);
  }

  return {
    async draft(situation, reader) {
      const { audience, draft, etag, sponsors } = situation;
      const words = wordsOf(draft);
      return {
        audience,
        words,
        etag,
        lookedBy: draft?.lookedBy ?? null,
        look: lookOf(situation),
        goesOutOn: goesOutOn(situation),
        mayNotSend: whyNotByHand(situation),
        reached: [...sponsors.reached],
        outside: [...sponsors.outside],
        asked: audience === 'sponsor' ? await readAsked(parts, situation) : [],
        ...shown(situation, words, await numbersFor(situation, async () => situation), reader),
      };
    },
    async preview(standing, words, reader) {
      const situation = async () => situationOf(standing, await rolesIn(parts, standing.community));
      return shown(standing, words, await numbersFor(standing, situation), reader);
    },
    countAnew: standing => void counted.delete(keyOf(standing)),
  };
}

function keyOf({ community, audience }: Pick<DigestStanding, 'community' | 'audience'>): string {
  return `${community.id} ${audience}`;
}
