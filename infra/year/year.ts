import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkYear } from './checks/index.ts';
import { toldFinding } from './checks/finding.ts';
import { uncheckedSentences } from './checks/truth.ts';
import { live } from './live.ts';
import { storyOf, tableOf } from './report.ts';

/** `npm run year`: the sample community for a year, what everybody got, and whether that was right. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      weeks: { type: 'string', default: '52' },
      seed: { type: 'string', default: '1' },
      to: { type: 'string', default: join(process.env['DATA_DIR'] || '.data', 'year.txt') },
    },
  });
  const weeks = Number(values.weeks);
  const dataDir = await mkdtemp(join(tmpdir(), 'cop-year-'));
  const began = performance.now();
  const lived = await live({ dataDir, weeks, seed: Number(values.seed), onWeek: told }).finally(() =>
    rm(dataDir, { recursive: true, force: true, maxRetries: 3 }),
  );
  const seconds = Math.round((performance.now() - began) / 1000);

  const checked = checkYear(lived.diary);
  const unchecked = [...uncheckedSentences(lived.diary)].toSorted(([, one], [, other]) => other - one);
  await mkdir(dirname(resolve(values.to)), { recursive: true });
  await writeFile(values.to, `${tableOf(lived.diary, weeks)}\n\n\n${storyOf(lived.diary)}\n`);
  say(tableOf(lived.diary, weeks));
  for (const { rule, findings } of checked) {
    say(`${findings.length === 0 ? '✔' : '✘'} ${rule}${findings.length === 0 ? '' : `: ${findings.length} times not`}`);
    for (const finding of findings) say(`    ${toldFinding(finding)}`);
  }
  if (unchecked.length > 0) {
    say('\nSentences with numbers that nothing recomputes:');
    for (const [sentence, count] of unchecked) say(`    ${count} × ${sentence}`);
  }
  say(`\nWhat the server complained of: ${lived.complaints.length}`);
  for (const line of lived.complaints.slice(0, 20)) say(`    ${line}`);
  say(`\n${weeks} weeks in ${seconds} s; every card and every act in ${values.to}`);
  process.exitCode = checked.some(({ findings }) => findings.length > 0) ? 1 : 0;
}

function told(week: number): void {
  if (week % 4 === 0) process.stderr.write(`week ${week}\n`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
