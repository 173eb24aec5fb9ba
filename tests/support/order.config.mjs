import Sequencer from '@jest/test-sequencer';

/** Folders with the longest tests, the longest of all first. */
const long = ['faults', 'attacks', 'browser', 'stories', 'infra/image'];

/**
 * The order in which jest runs test files. Where nothing is known of earlier runs it goes by size of file, and the
 * longest tests of all are short files: begun last they would keep one core busy for minutes and leave the other idle.
 */
export default class LongestFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const rank = ({ path }) => {
      const place = long.findIndex(folder => path.includes(`/tests/${folder}/`));
      return place < 0 ? long.length : place;
    };
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}
