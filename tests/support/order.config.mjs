import Sequencer from '@jest/test-sequencer';

/**
 * The order in which jest runs test files. Where nothing is known of earlier runs it goes by size of file, and the
 * longest tests of all, which kill and attack servers, are short files: begun last they would keep one core busy for
 * minutes and leave the other idle.
 */
export default class LongestFirst extends Sequencer {
  async sort(tests) {
    const isLong = ({ path }) => /\/tests\/(faults|attacks)\//.test(path);
    const sorted = await super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter(test => !isLong(test))];
  }
}
