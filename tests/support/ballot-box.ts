import type { Sheet } from '../../domain/survey.ts';
import type { BallotBox } from '../../bot/feature.ts';

/** A ballot box in memory, with tokens that read `token-1`. */
export function createInMemoryBallotBox(): BallotBox {
  const boxes = new Map<string, { readonly ballots: Map<string, Sheet>; readonly voters: Set<string> }>();
  let last = 0;

  function box(community: string, survey: string) {
    const key = `${community} ${survey}`;
    const found = boxes.get(key) ?? { ballots: new Map<string, Sheet>(), voters: new Set<string>() };
    boxes.set(key, found);
    return found;
  }

  return {
    async cast({ community, survey, person, sheet }) {
      const { ballots, voters } = box(community, survey);
      if (voters.has(person)) return undefined;
      voters.add(person);
      const token = `token-${++last}`;
      ballots.set(token, sheet);
      return token;
    },
    async replace({ community, survey, token, sheet }) {
      const { ballots } = box(community, survey);
      if (!ballots.has(token)) return false;
      ballots.set(token, sheet);
      return true;
    },
    voters: async (community, survey) => new Set(box(community, survey).voters),
    ballots: async (community, survey) => [...box(community, survey).ballots].map(([mark, sheet]) => ({ mark, sheet })),
    empty: async (community, survey) => void boxes.delete(`${community} ${survey}`),
  };
}
