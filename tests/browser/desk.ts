import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { addDays, localDay } from '../../domain/schedule.ts';
import { freePort } from '../../infra/free-port.ts';
import { tenant } from '../../infra/local/directory.ts';
import { sampleTeam, sampleZone } from '../../infra/local/sample-people.ts';
import { launchBrowser } from '../support/browser.ts';
import { temporaryFolder, untilEnd, within } from '../support/clean-up.ts';

/** `npm start` in a process of its own, and a browser in front of it. */
export interface DeskUnderTest {
  readonly url: string;
  open(viewport?: { width: number; height: number }): Promise<DeskPage>;
  /** kill -9, then the same command again on the same data. */
  killAndStartAgain(): Promise<void>;
  stop(): Promise<void>;
}

export interface DeskPage {
  readonly page: Page;
  readonly messages: Locator;
  readonly tab: FrameLocator;
  become(name: string): Promise<void>;
  goTo(place: 'General' | 'Files' | 'Overview' | 'Charter' | 'Plan' | 'Surveys' | 'Digest' | 'Messages' | 'Settings' | 'CoP Companion'): Promise<void>;
  /** Errors of the page and its frames so far. */
  readonly errors: readonly string[];
}

const root = join(import.meta.dirname, '..', '..');

export async function startDesk(): Promise<DeskUnderTest> {
  const folder = await temporaryFolder('browser');
  const [port, localPort] = [await freePort(), await freePort()];
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
      env: { ...process.env, NODE_ENV: '', NODE_OPTIONS: '', PORT: String(port), LOCAL_PORT: String(localPort), DATA_DIR: folder.path, LOG_LEVEL: 'error' },
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
    await within(30_000, 'npm start to be ready', ready, () => said);
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
    async open(viewport = { width: 1280, height: 900 }) {
      const context = await browser.newContext({ viewport, locale: 'en-GB', timezoneId: 'Europe/London', reducedMotion: 'reduce' });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      const errors: string[] = [];
      page.on('pageerror', error => errors.push(error.message));
      page.on('console', message => {
        // The one address outside that Teams JS asks, which is not there offline.
        if (message.type() === 'error' && !message.location().url.startsWith('https://res.cdn.office.net/')) errors.push(message.text());
      });
      await page.goto(url);
      return {
        page,
        messages: page.getByRole('region', { name: 'Messages' }),
        tab: page.frameLocator('iframe'),
        errors,
        async become(name) {
          const choice = page.getByRole('combobox', { name: 'You are' });
          const value = await choice.getByRole('option', { name: new RegExp(`^${name}`), includeHidden: true }).getAttribute('value');
          await choice.selectOption(value);
        },
        async goTo(place) {
          await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: new RegExp(`^${place}`) }).click();
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

const charterList = 'CoP%20Charter';

/** Graph, asked as an administrator's script would. */
async function graphOf(url: string): Promise<<T>(path: string, change?: object) => Promise<T>> {
  const tokenResponse = await fetch(`${url}/${tenant.id}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: tenant.appId, client_secret: tenant.appSecret, scope: 'https://graph.microsoft.com/.default' }),
  });
  const { access_token: token } = (await tokenResponse.json()) as { access_token: string };
  return async <T>(path: string, change?: object) => {
    const response = await fetch(`${url}/graph/v1.0${path}`, {
      headers: { Authorization: `Bearer ${token}`, ...(change ? { 'content-type': 'application/json' } : {}) },
      ...(change ? { method: 'PATCH', body: JSON.stringify(change) } : {}),
    });
    if (!response.ok) throw new Error(`Graph answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
}

async function itemOf(graph: <T>(path: string) => Promise<T>, section: string): Promise<{ readonly path: string; readonly text: string }> {
  const site = await graph<{ id: string }>(`/groups/${sampleTeam.id}/sites/root`);
  const items = `/sites/${site.id}/lists/${charterList}/items`;
  const [item] = (await graph<{ value: { id: string; fields: { CopText: string } }[] }>(`${items}?$expand=fields&$filter=fields/CopKey eq '${section}'`)).value;
  if (!item) throw new Error(`the list has no item ${section}`);
  return { path: `${items}/${item.id}`, text: item.fields.CopText };
}

/** What SharePoint keeps of a charter section: its text, and who saved each version, newest first. */
export async function charterItem(url: string, section: string): Promise<{ text: string; savedBy: string[] }> {
  const graph = await graphOf(url);
  const { path, text } = await itemOf(graph, section);
  const versions = await graph<{ value: { lastModifiedBy: { user?: { displayName?: string } } }[] }>(`${path}/versions`);
  return { text, savedBy: versions.value.map(version => version.lastModifiedBy.user?.displayName ?? '') };
}

/** Writes a charter section by hand, past everything that we check. */
export async function changeCharterItem(url: string, section: string, text: string): Promise<void> {
  const graph = await graphOf(url);
  await graph(`${(await itemOf(graph, section)).path}/fields`, { CopText: text });
}

/** The calendar day of the sample community, so many days from the one it is on the desk. */
export async function dayOn(url: string, days: number): Promise<string> {
  const state = (await (await fetch(`${url}/desk/api/state`)).json()) as { clock: { now: string } };
  return addDays(localDay(new Date(state.clock.now), sampleZone), days);
}
