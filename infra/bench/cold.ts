import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Browser, type Frame, type Page } from 'playwright-core';
import { build } from 'vite';
import { findBrowser } from '../dev/browser.ts';
import type { Team, User } from '../local/directory.ts';
import { tenant } from '../local/directory.ts';
import { fillPlan } from './fill.ts';
import { spread, withRig, type Line, type Rig } from './rig.ts';
import { people, setUp, team } from './tenant.ts';

const root = join(import.meta.dirname, '../..');
const runs = 5;
/** A phone of some years ago, far from a mast: what Chromium's own tools call slow 4G. */
const slowness = 4;
const network = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
/** Nothing more comes, in milliseconds. */
const quiet = 2_500;
/** What stands there once a screen is there. */
const screens = { overview: 'h2', charter: 'h2:has-text("Purpose")' } as const;
type ScreenName = keyof typeof screens;

/** Of one open; times in milliseconds from when the frame begins to load. */
interface Opened {
  readonly text: number;
  readonly largest: number;
  readonly blocked: number;
  readonly bytes: number;
}

/** The first open of the tab in a browser that has nothing of it, beside the least that a page in Teams can be. */
export async function measureCold(): Promise<readonly Line[]> {
  const tabsDir = await mkdtemp(join(tmpdir(), 'cop-bench-tabs-'));
  try {
    await cp(join(root, 'dist/tabs'), tabsDir, { recursive: true });
    await build({
      configFile: join(import.meta.dirname, 'bare-page/vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: join(tabsDir, 'bare') },
    });
    return await withRig(null, rig => opening(rig, tabsDir), { graphUnitsAMinute: 100_000, tabsDir });
  } finally {
    await rm(tabsDir, { recursive: true, force: true });
  }
}

async function opening({ microsoft365, instances }: Rig, tabsDir: string): Promise<readonly Line[]> {
  const owner = people(microsoft365, 1, 1)[0]!;
  const community = team(microsoft365, 0, [owner]);
  await instances.start(0);
  await setUp(microsoft365, instances.url(), community, owner);
  fillPlan(microsoft365, community.id, 30);
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('no browser: run npm test once, which installs one');
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      // The page around the tab is handed out here, and counts as one from outside.
      '--disable-features=LocalNetworkAccessChecks',
    ],
  });
  const visit = { browser, host: microsoft365.url, token: await microsoft365.entra.issueTabToken(owner.id) };
  const context = contextOf(community, owner);
  try {
    const lines: Line[] = [];
    for (const [name, there] of Object.entries(screens) as [ScreenName, string][]) {
      const ours: Opened[] = [];
      const bare: Opened[] = [];
      const address = `${instances.url()}/tabs/?community=${community.id}&screen=${name}`;
      const beside = `${instances.url()}/tabs/bare/?words=${name}&host=${encodeURIComponent(microsoft365.url)}`;
      // Whoever came first had the server read its lists; and their words are what the other page shows.
      const { words } = await open({ ...visit, context, address, there });
      await writeFile(join(tabsDir, 'bare', `${name}.json`), JSON.stringify(words));
      for (let run = 0; run < runs; run++) {
        ours.push((await open({ ...visit, context, address, there })).opened);
        bare.push((await open({ ...visit, context, address: beside, there: 'button' })).opened);
      }
      lines.push(...linesOf(name, ours, bare));
    }
    return lines;
  } finally {
    await browser.close();
  }
}

function linesOf(name: ScreenName, ours: readonly Opened[], bare: readonly Opened[]): readonly Line[] {
  const line = (what: string, of: keyof Opened, scale = 1): Line => {
    const [one, other] = [ours, bare].map(opens => opens.map(opened => opened[of] / scale));
    const ratios = one!.map((figure, index) => figure / other![index]!);
    return [what, `${spread(one!, 0)}; ${spread(other!, 0)}; ratio ${spread(ratios, 2)}`, runs];
  };
  return [
    line(
      `${name}, first open in Chromium slowed ${slowness} times at 1.6 Mbit/s and 150 ms: milliseconds to its first text, beside those of a bare page of Fluent and Teams JS`,
      'text',
    ),
    line('… milliseconds to its largest text', 'largest'),
    line('… milliseconds for which the page is blocked', 'blocked'),
    line('… kilobytes that come', 'bytes', 1024),
  ];
}

interface Visit {
  readonly browser: Browser;
  /** The origin of the Teams around the page. */
  readonly host: string;
  readonly token: string;
  readonly context: object;
  readonly address: string;
  /** What is there in the page once it is. */
  readonly there: string;
}

async function open(visit: Visit): Promise<{ readonly opened: Opened; readonly words: readonly string[] }> {
  const around = await visit.browser.newContext();
  try {
    await around.addInitScript({ content: observer });
    const page = await around.newPage();
    const teams = `${visit.host}/teams`;
    const html = await teamsAround(visit);
    await page.route(teams, route => route.fulfill({ contentType: 'text/html', body: html }));
    const bytes = await slowDown(page);
    await page.goto(teams);
    const frame = await frameOf(page, visit.address);
    await frame.locator(visit.there).first().waitFor({ timeout: 120_000 });
    for (let before = -1; bytes.count !== before; ) {
      before = bytes.count;
      await wait(quiet);
    }
    const seen = (await frame.evaluate('globalThis.seen')) as Omit<Opened, 'bytes'>;
    const words = ((await frame.evaluate('document.body.innerText')) as string).split('\n').filter(Boolean);
    return { opened: { ...seen, bytes: bytes.count }, words };
  } finally {
    await around.close();
  }
}

async function frameOf(page: Page, address: string): Promise<Frame> {
  for (let tries = 0; tries < 600; tries++) {
    const frame = page.frames().find(one => one.url().startsWith(address.split('?')[0]!));
    if (frame) return frame;
    await wait(50);
  }
  throw new Error(`${address} was never opened, but ${page.frames().map(one => one.url())}`);
}

/** Counts what comes over the wire, headers and all. */
async function slowDown(page: Page): Promise<{ readonly count: number }> {
  const counted = { count: 0 };
  const devTools = await page.context().newCDPSession(page);
  devTools.on('Network.dataReceived', ({ encodedDataLength }) => void (counted.count += encodedDataLength));
  devTools.on('Network.responseReceived', ({ response }) => void (counted.count += response.encodedDataLength));
  await devTools.send('Network.enable');
  await devTools.send('Network.emulateNetworkConditions', network);
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  return counted;
}

/** Runs in the page, before anything of it. A task counts with what it takes over 50 ms, as web vitals have it. */
const observer = `{
  const seen = (globalThis.seen = { text: NaN, largest: NaN, blocked: 0 });
  const watch = (type, see) => new PerformanceObserver(list => list.getEntries().forEach(see)).observe({ type, buffered: true });
  watch('paint', one => { if (one.name === 'first-contentful-paint') seen.text = one.startTime; });
  watch('largest-contentful-paint', one => { seen.largest = one.startTime; });
  watch('longtask', one => { seen.blocked += one.duration - 50; });
}`;

/** A page with the tab in a frame, which answers what the tab asks of Teams: the side of the desk that does. */
async function teamsAround({ address, token, context }: Visit): Promise<string> {
  const source = await readFile(join(root, 'infra/local/desk/web/src/teams-host.ts'), 'utf8');
  const script = stripTypeScriptTypes(source).replaceAll('export ', '');
  return `<!doctype html><iframe style="width: 1200px; height: 800px"></iframe><script type="module">${script}
    const frame = document.querySelector('iframe');
    const nothing = () => {};
    createTeamsHost(frame, ${JSON.stringify(new URL(address).origin)}, {
      frameContext: 'content', context: () => (${JSON.stringify(context)}), token: async () => ${JSON.stringify(token)},
      navigate: nothing, openLink: nothing, shareLink: nothing, loaded: nothing, failed: nothing, validity: nothing,
      saved: nothing, saveFailed: nothing, removed: nothing,
    });
    frame.src = ${JSON.stringify(address)};
  </script>`;
}

/** What Teams says of a channel's tab. */
function contextOf({ id, threadId, displayName }: Team, owner: User): object {
  return {
    locale: 'en-gb',
    theme: 'default',
    entityId: 'community',
    frameContext: 'content',
    hostName: 'Teams',
    hostClientType: 'web',
    ringId: 'general',
    sessionId: 'bench',
    userObjectId: owner.id,
    tid: tenant.id,
    channelId: threadId,
    channelName: 'General',
    channelType: 'Regular',
    groupId: id,
    teamId: threadId,
    teamName: displayName,
  };
}
