import type { BallotBox } from '../../bot/features/surveys/ballot-box.ts';
import type { Counted } from '../../bot/features/surveys/sealed-box.ts';
import { shuffled } from '../../bot/features/surveys/sealed-box.ts';
import { tornSheets } from '../../domain/surveys/results.ts';
import { partOf, type Sheet } from '../../domain/surveys/survey.ts';

export interface InMemoryBallotBox extends BallotBox {
  /** What lies in an open box, in no order. */
  sheets(community: string, survey: string): readonly Sheet[];
  /** Takes the key of a box away, or brings it back. */
  lock(community: string, survey: string, locked: boolean): void;
}

type Box =
  | { readonly ballots: Map<string, Sheet>; readonly voters: Set<string>; counted: Counted | null; locked: boolean }
  | 'gone';

/**
 * A ballot box in memory, with tokens that read `token-1`. It keeps the promises of the sealed one; the same tests hold
 * it to them.
 */
export function createInMemoryBallotBox(): InMemoryBallotBox {
  const boxes = new Map<string, Box>();
  let last = 0;

  function box(community: string, survey: string): Box {
    const key = `${community} ${survey}`;
    const found = boxes.get(key) ?? {
      ballots: new Map<string, Sheet>(),
      voters: new Set<string>(),
      counted: null,
      locked: false,
    };
    boxes.set(key, found);
    return found;
  }

  function opened(community: string, survey: string) {
    const found = box(community, survey);
    if (found === 'gone') return 'gone';
    return found.locked ? 'locked' : found;
  }

  return {
    async cast({ community, survey, person, sheet }) {
      const found = opened(community, survey);
      if (typeof found === 'string') return found;
      if (found.counted) return 'gone';
      if (found.voters.has(person)) return 'answered-before';
      found.voters.add(person);
      const token = `token-${++last}`;
      found.ballots.set(token, sheet);
      return { token };
    },
    async replace({ community, survey, token, sheet, keeping = [] }) {
      const found = opened(community, survey);
      if (typeof found === 'string') return found;
      if (found.counted) return 'gone';
      const before = found.ballots.get(token);
      if (!before) return 'unknown';
      found.ballots.set(token, { ...partOf(before, keeping), ...sheet });
      return 'replaced';
    },
    async look(community, survey) {
      const found = opened(community, survey);
      return typeof found === 'string' ? { state: found } : { state: 'open', voters: new Set(found.voters) };
    },
    async count(community, survey, asked) {
      const found = opened(community, survey);
      if (typeof found === 'string') return found;
      if (!found.counted) {
        const sheets = [...found.ballots.values()];
        found.counted = { answered: sheets.length, questions: tornSheets(asked, sheets, shuffled) };
        found.ballots.clear();
        found.voters.clear();
      }
      return structuredClone(found.counted);
    },
    async destroy(community, survey) {
      boxes.set(`${community} ${survey}`, 'gone');
    },
    sheets(community, survey) {
      const found = box(community, survey);
      return found === 'gone' ? [] : [...found.ballots.values()];
    },
    lock(community, survey, locked) {
      const found = box(community, survey);
      if (found !== 'gone') found.locked = locked;
    },
  };
}
