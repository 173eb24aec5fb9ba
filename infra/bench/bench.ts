import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { measureCold } from './cold.ts';
import { measureDelivery, measureSending } from './delivery.ts';
import { measureHour } from './hour.ts';
import { measureLive } from './live.ts';
import { measureLongLists } from './long-lists.ts';
import { measureModel } from './model.ts';
import { spread, type Line } from './rig.ts';
import { measureScreens } from './screens.ts';
import { measureSentences } from './sentences.ts';
import { measureTurns } from './turns.ts';
import { measureWeek } from './week.ts';
import { findBrowser } from '../dev/browser.ts';
import type { DeskState, MessageView } from '../local/desk/views.ts';
import { startDesk } from '../dev/running.ts';
import { openPage } from '../dev/tab-pages.ts';

/**
 * `npm run bench`: runs the real thing in processes of its own, measures from outside, and writes the table of
 * docs/benchmarks.md. Each figure is the median of several runs with the smallest and the largest beside it.
 *
 * `--only <part>` measures one part and writes nothing: a name of `parts` or `further` below, or `sentences`. Shorter
 * still: `--cards 500 --communities 100,1000` for delivery, `--minutes 10` for hour, `--steps 1000 --seed 7` for model. The
 * table is written only when everything was measured in full.
 */

const root = join(import.meta.dirname, '../..');
const starts = 5;
const ticks = 15;
const loads = 5;

/** From the press on a row to the message as everybody sees it, through bot, Graph, outbox and connector. */
async function measureTicks(deskUrl: string): Promise<number[]> {
  const state = (await (await fetch(`${deskUrl}/desk/api/state`)).json()) as DeskState;
  const user = state.teams[0]?.owners[0] ?? '';
  const { conversations } = (await (await fetch(`${deskUrl}/desk/api/state?user=${user}`)).json()) as DeskState;
  const chat = conversations.find(conversation => conversation.kind === 'personal')?.id ?? '';
  await call(deskUrl, 'clock', { weekday: 1, time: '09:00', zone: state.zone });

  const figures: number[] = [];
  for (let index = 0; index < ticks; index++) {
    const { message, action } = await eventually('a row to tick', async () => {
      for (const message of (await messages(deskUrl, user, chat)).toReversed()) {
        const action = findAction(message.cards, 'facilitation.tick');
        if (action) return { message, action };
      }
      return undefined;
    });
    const began = performance.now();
    await call(deskUrl, 'press', { user, message: message.id, action });
    await eventually('the updated card', async () => {
      const now = (await messages(deskUrl, user, chat)).find(one => one.id === message.id);
      return now?.editedAt !== message.editedAt;
    });
    figures.push(performance.now() - began);
  }
  return figures;
}

async function messages(deskUrl: string, user: string, conversation: string): Promise<readonly MessageView[]> {
  const response = await fetch(
    `${deskUrl}/desk/api/messages?user=${user}&conversation=${encodeURIComponent(conversation)}`,
  );
  return ((await response.json()) as { messages: MessageView[] }).messages;
}

async function call(deskUrl: string, what: string, body: object): Promise<void> {
  const response = await fetch(`${deskUrl}/desk/api/${what}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the desk answered ${response.status} to ${what}: ${await response.text()}`);
}

function findAction(value: unknown, verb: string): object | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if ('verb' in value && value.verb === verb) return value;
  for (const part of Object.values(value)) {
    const found = findAction(part, verb);
    if (found) return found;
  }
  return undefined;
}

/** What the charter tab loads until its first section stands there: each script as it would travel, gzipped. */
async function measureTab(deskUrl: string): Promise<{ kilobytes: number; milliseconds: number[] }> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('no browser: run npm test once, which installs one');
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const state = (await (await fetch(`${deskUrl}/desk/api/state`)).json()) as DeskState;
  const milliseconds: number[] = [];
  let bytes = 0;
  try {
    for (let index = 0; index < loads; index++) {
      const page = await browser.newPage();
      const scripts: Promise<number>[] = [];
      page.on('response', response => {
        const url = new URL(response.url());
        if (url.origin === new URL(state.productUrl).origin && url.pathname.endsWith('.js'))
          scripts.push(response.body().then(body => gzipSync(body).length));
      });
      await page.goto(deskUrl);
      const began = performance.now();
      const onTop = page.getByRole('navigation', { name: 'Tabs of General' });
      await onTop.getByRole('button', { name: 'Community', exact: true }).click();
      await openPage(page.frameLocator('iframe'), 'Charter');
      await page.frameLocator('iframe').getByRole('heading', { name: 'Purpose' }).first().waitFor();
      milliseconds.push(performance.now() - began);
      bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
      await page.close();
    }
  } finally {
    await browser.close();
  }
  return { kilobytes: bytes / 1024, milliseconds };
}

async function eventually<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  const end = performance.now() + 20_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

/** Starts, ticks and the charter tab: what one person waits for. */
async function measureWaiting(): Promise<readonly Line[]> {
  const first: number[] = [];
  const again: number[] = [];
  for (let index = 0; index < starts; index++) {
    const dataDir = await mkdtemp(join(tmpdir(), 'cop-bench-'));
    for (const figures of [first, again]) {
      const running = await startDesk(dataDir);
      figures.push(running.readyAfter / 1000);
      await running.stop();
    }
    await rm(dataDir, { recursive: true, force: true });
  }

  const dataDir = await mkdtemp(join(tmpdir(), 'cop-bench-'));
  const running = await startDesk(dataDir);
  // Whatever goes wrong, nothing is left running.
  const [tab, tickFigures] = await (async () =>
    [await measureTab(running.deskUrl), await measureTicks(running.deskUrl)] as const)().finally(running.stop);
  await rm(dataDir, { recursive: true, force: true });

  return [
    ['seconds from `npm start` to a ready desk, sample community made anew', spread(first, 1), starts],
    ['the same on data that is there', spread(again, 1), starts],
    [
      'milliseconds from a tick to the updated card, through bot, Graph, outbox and connector',
      spread(tickFigures, 0),
      ticks,
    ],
    ['milliseconds from opening the charter tab to its first section', spread(tab.milliseconds, 0), loads],
    [
      'kilobytes of gzipped JavaScript the charter tab has asked for by then, the Markdown reader that follows included',
      tab.kilobytes.toFixed(0),
      1,
    ],
  ];
}

/** What has been measured so far, for whoever waits. */
function told(lines: readonly Line[]): void {
  for (const [what, figure] of lines) process.stderr.write(`${what}: ${figure}\n`);
}

interface Options {
  readonly cards: number;
  readonly communities: readonly number[];
  readonly steps: number;
  readonly minutes: number;
  readonly seed: number | undefined;
}

type Measure = (options: Options) => Promise<readonly Line[]>;

/** The whole, in the order of the table. */
const parts: Readonly<Record<string, Measure>> = {
  waiting: measureWaiting,
  turns: measureTurns,
  cold: measureCold,
  hour: measureHour,
  live: measureLive,
  week: measureWeek,
  screens: measureScreens,
  lists: measureLongLists,
  model: measureModel,
  delivery: options => measureDelivery(options, told),
};
/** What is asked for by name only: a part of a part, or what has no line in the table. */
const further: Readonly<Record<string, Measure>> = {
  sending: ({ cards }) => measureSending(Math.min(1000, cards)),
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cards: { type: 'string', default: '10000' },
      communities: { type: 'string', default: '100,1000,10000' },
      steps: { type: 'string', default: '10000' },
      minutes: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
    },
  });
  if (values.only === 'sentences') return void process.stdout.write(`${(await measureSentences()).join('\n')}\n`);
  const options: Options = {
    cards: Number(values.cards),
    communities: values.communities.split(',').filter(Boolean).map(Number),
    steps: Number(values.steps),
    // By itself it takes its hour; among all the others a part of it.
    minutes: Number(values.minutes ?? (values.only === undefined ? 10 : 60)),
    seed: values.seed === undefined ? undefined : Number(values.seed),
  };
  if (values.only !== undefined) {
    const measure = { ...parts, ...further }[values.only];
    if (!measure)
      throw new Error(`there is no ${values.only}: say ${Object.keys({ ...parts, ...further }).join(', ')}`);
    return told(await measure(options));
  }
  const lines: Line[] = [];
  for (const measure of Object.values(parts)) lines.push(...(await measure(options)));
  const table = [
    '| measured | median (smallest–largest) | runs |',
    '|---|---|---|',
    ...lines.map(([what, figure, runs]) => `| ${what} | ${figure} | ${runs} |`),
    '',
    `Measured on ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node} on ${availableParallelism()} cores (${process.platform}). Machines differ; compare on one.`,
  ].join('\n');
  process.stdout.write(`${table}\n`);
  // A shorter run is for whoever looks at it, not for everybody.
  if (process.argv.length > 2) return;

  const page = join(root, 'docs/benchmarks.md');
  const text = await readFile(page, 'utf8');
  await writeFile(
    page,
    text.replace(
      /(<!-- bench:start -->\n)[\s\S]*?(\n<!-- bench:end -->)/,
      (_all, before: string, after: string) => before + table + after,
    ),
  );
}

await main();
