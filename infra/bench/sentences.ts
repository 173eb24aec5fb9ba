import {
  corpusLines,
  isOffered,
  isRight,
  sampleUnderstanding,
  typedBy,
  type CorpusLine,
} from '../../tests/support/sample-understanding.ts';

/** One sentence, and what it was taken for. */
interface Taken {
  readonly line: CorpusLine;
  readonly typed: string;
  /** Whether what is right was offered in a question back. */
  readonly offered: boolean;
}

const mostConfusions = 20;

/**
 * How well the sentences of tests/corpus/sentences are understood in the sample community: how many, for each meaning
 * how many of those taken for it mean it (precision) and how many that mean it are taken for it (recall), what is taken
 * for what, and how long it takes.
 */
export async function measureSentences(): Promise<readonly string[]> {
  const { read } = await sampleUnderstanding();
  await read('warm');
  const times: number[] = [];
  const lines: string[] = [];
  const all: Taken[] = [];
  for (const file of ['measured.tsv', 'fresh.tsv', 'tried.tsv', 'heard.tsv', 'blind.tsv', 'unseen.tsv']) {
    const taken: Taken[] = [];
    for (const line of corpusLines(file)) {
      const began = performance.now();
      const reading = await read(line.text);
      times.push(performance.now() - began);
      taken.push({ line, typed: typedBy(reading), offered: isOffered(line, reading) });
    }
    const right = taken.filter(({ line, typed }) => isRight(line, typed)).length;
    const asked = taken.filter(({ line, typed }) => !isRight(line, typed) && typed === '…').length;
    const offered = taken.filter(one => !isRight(one.line, one.typed) && one.offered).length;
    lines.push(
      `${file}: ${right} of ${taken.length} (${percent(right, taken.length)}), asked back: ${asked}, ` +
        `of which with the right one: ${offered} (with them ${percent(right + offered, taken.length)})`,
    );
    all.push(...taken);
  }
  const sorted = times.toSorted((one, other) => one - other);
  const [median = 0, slowest = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  lines.push(`milliseconds to read one: median ${median.toFixed(1)}, slowest ${slowest.toFixed(0)}`, '');
  return [
    ...lines,
    '| meaning | precision | recall | sentences |',
    '|---|---|---|---|',
    ...byMeaning(all),
    '',
    ...confusions(all),
  ];
}

function byMeaning(all: readonly Taken[]): readonly string[] {
  const meanings = [...new Set(all.map(({ line }) => line.means))].filter(
    means => !means.startsWith('!') && means !== '?',
  );
  return meanings.toSorted().map(means => {
    const wanted = all.filter(({ line }) => line.means === means);
    const taken = all.filter(({ typed }) => isRight({ means }, typed));
    const both = wanted.filter(({ typed }) => isRight({ means }, typed));
    // A sentence may be right in more than one way, and then it is none of the wrong ones.
    const correct = taken.filter(({ line, typed }) => isRight(line, typed));
    return `| ${means.replaceAll('|', ' or ')} | ${percent(correct.length, taken.length)} | ${percent(both.length, wanted.length)} | ${wanted.length} |`;
  });
}

function confusions(all: readonly Taken[]): readonly string[] {
  const wrong = all.filter(({ line, typed }) => !isRight(line, typed) && typed !== '…');
  return wrong
    .slice(0, mostConfusions)
    .map(({ line, typed }) => `"${line.text}" is ${line.means}, and was taken for ${typed}`);
}

function percent(some: number, all: number): string {
  return all === 0 ? '–' : `${((100 * some) / all).toFixed(1)} %`;
}
