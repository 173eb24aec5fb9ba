import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { addDays, localDay } from '../../domain/schedule.ts';
import getPort from 'get-port';
import { openPage, type PageWord } from '../../infra/dev/tab-pages.ts';
import { compiledOnce } from '../../infra/local/instances.ts';
import { sampleZone } from '../../infra/local/sample-people.ts';
import { launchBrowser } from '../support/browser.ts';
import { temporaryFolder, untilEnd, within } from '../support/clean-up.ts';
import { fillWithDatabase } from '../support/prepared.ts';

/** `npm start` in a process of its own, and a browser in front of it. */
export interface DeskUnderTest {
  readonly url: string;
  /** With `story` as somebody sees it who opens it for the first time; otherwise the story is put away. */
  open(viewport?: { width: number; height: number }, options?: { story?: boolean }): Promise<DeskPage>;
  /** kill -9, then the same command again on the same data. */
  killAndStartAgain(): Promise<void>;
  stop(): Promise<void>;
}

export interface DeskPage {
  readonly page: Page;
  readonly messages: Locator;
  readonly tab: FrameLocator;
  become(name: string): Promise<void>;
  /** A place of the desk, or a page of the tab in General. */
  goTo(place: 'General' | 'Files' | 'My communities' | 'CoP Companion' | PageWord): Promise<void>;
  /** Errors of the page and its frames so far. */
  readonly errors: readonly string[];
}

const root = join(import.meta.dirname, '..', '..');

export async function startDesk(): Promise<DeskUnderTest> {
  const folder = await temporaryFolder('browser');
  await fillWithDatabase(folder.path);
  const [port, localPort] = [await getPort(), await getPort()];
  const url = `http://localhost:${localPort}`;
  let server: ChildProcess | undefined;
  const stopServer = untilEnd(async () => {
    await end('SIGTERM');
    await folder.remove();
  });
  await start();
  const browser: Browser = await launchBrowser();
  const stop = untilEnd(async () => {
    await browser.close();
    await stopServer();
  });

  async function start(): Promise<void> {
    // What `npm start` runs, without the launcher between, so that a kill reaches the server itself.
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'infra/local/start.ts'], {
      cwd: root,
      env: {
        ...process.env,
        ...compiledOnce(),
        NODE_ENV: '',
        NODE_OPTIONS: '',
        PORT: String(port),
        LOCAL_PORT: String(localPort),
        DATA_DIR: folder.path,
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    server = child;
    let said = '';
    const ready = new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          if (said.includes('Open the desk')) resolve();
        });
      }
      child.once('error', reject);
      child.once('close', code => reject(new Error(`npm start ended with ${code}:\n${said}`)));
    });
    await within(220_000, 'npm start to be ready', ready, () => said);
  }
  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const child = server;
    const gone = new Promise(resolve => child.once('close', resolve));
    child.kill(signal);
    await within(25_000, 'npm start to end', gone).catch(() => child.kill('SIGKILL'));
  }

  return {
    url,
    async open(viewport = { width: 1280, height: 900 }, { story = false } = {}) {
      const context = await browser.newContext({
        viewport,
        locale: 'en-GB',
        timezoneId: 'Europe/London',
        reducedMotion: 'reduce',
      });
      if (!story) await context.addInitScript(() => localStorage.setItem('desk.story', 'put away'));
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      const errors: string[] = [];
      page.on('pageerror', error => errors.push(error.message));
      page.on('console', message => {
        // The one address outside that Teams JS asks, which is not there offline.
        if (message.type() === 'error' && !message.location().url.startsWith('https://res.cdn.office.net/'))
          errors.push(message.text());
      });
      await page.goto(url);
      return {
        page,
        messages: page.getByRole('region', { name: 'Messages' }),
        tab: page.frameLocator('iframe'),
        errors,
        async become(name) {
          const choice = page.getByRole('combobox', { name: 'You are' });
          const value = await choice
            .getByRole('option', { name: new RegExp(`^${name}`), includeHidden: true })
            .getAttribute('value');
          await choice.selectOption(value);
        },
        async goTo(place) {
          const inRail = place === 'General' || place === 'CoP Companion' || place === 'My communities';
          const button = page
            .getByRole('navigation', { name: 'Places' })
            .getByRole('button', { name: new RegExp(`^${inRail ? place : 'General'}`) })
            // The sample's team comes first; a newcomer to it may be in another.
            .first();
          await button.click();
          // Until then what is typed goes to the place before.
          await button.and(page.locator('[aria-current="page"]')).waitFor();
          if (inRail) return;
          const onTop = page.getByRole('navigation', { name: 'Tabs of General' });
          await onTop.getByRole('button', { name: place === 'Files' ? 'Files' : 'Community', exact: true }).click();
          if (place === 'Files') return;
          await openPage(page.frameLocator('iframe'), place);
        },
      };
    },
    async killAndStartAgain() {
      await end('SIGKILL');
      await start();
    },
    stop,
  };
}

/** The calendar day of the sample community, so many days from the one it is on the desk. */
export async function dayOn(url: string, days: number): Promise<string> {
  const state = (await (await fetch(`${url}/desk/api/state`)).json()) as { clock: { now: string } };
  return addDays(localDay(new Date(state.clock.now), sampleZone), days);
}
