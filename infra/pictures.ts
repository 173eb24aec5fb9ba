import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findBrowser } from './dev/browser.ts';
import { startDesk } from './dev/running.ts';
import { openPage, pagesOffered, type PageWord } from './dev/tab-pages.ts';

/**
 * `npm run pictures`: starts the sample community anew and takes the pictures of the documents, one a screen.
 * `npm run pictures -- --every <folder> [--theme dark]`: every page instead, as coordinator, member and sponsor see it,
 * wide and narrow, to be looked at.
 */

const folder = join(import.meta.dirname, '..', 'docs', 'pictures');

/** Where the bot writes to one person. */
const chat = 'CoP Companion';
/** Where whoever looks after the app finds their page. */
const home = 'My communities';

interface Picture {
  readonly name: string;
  readonly who: string;
  /** A page of the tab in General, the chat, or the app's own place. */
  readonly place: PageWord | typeof chat | typeof home;
  /** What stands there when it is ready: a heading of the tab, or words of a card. */
  readonly shows: string | RegExp;
  /** Done on the desk before. */
  readonly before?: (page: Page) => Promise<void>;
}

const pictures: readonly Picture[] = [
  { name: 'overview', who: 'Priya Raman', place: 'Home', shows: 'What comes next' },
  { name: 'charter', who: 'Priya Raman', place: 'Charter', shows: 'Purpose' },
  { name: 'plan', who: 'Priya Raman', place: 'Plan', shows: /^To do/ },
  { name: 'roles', who: 'Amara Okafor', place: 'Roles', shows: 'Key roles' },
  { name: 'surveys', who: 'Priya Raman', place: 'Surveys', shows: /Surveys/ },
  { name: 'digest', who: 'Priya Raman', place: 'Digest', shows: /Digest/ },
  {
    name: 'newcomers',
    who: 'Priya Raman',
    place: 'Newcomers',
    shows: /newcomers/i,
    before: somebodyJoins,
  },
  { name: 'messages', who: 'Priya Raman', place: 'Messages', shows: /Messages/ },
  { name: 'settings', who: 'Priya Raman', place: 'Settings', shows: 'The facilitation week' },
  {
    name: 'week',
    who: 'Priya Raman',
    place: chat,
    shows: 'of 290 minutes done',
    before: page => page.getByRole('button', { name: 'Monday 09:00' }).click(),
  },
  {
    name: 'administration',
    who: 'Priya Raman',
    place: home,
    shows: 'CoP Companion in your organisation',
  },
];

/** A newcomer comes and says what brings them. */
async function somebodyJoins(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Somebody joins' }).click();
  await page.waitForTimeout(1_500);
}

async function become(page: Page, who: string): Promise<void> {
  const choice = page.getByRole('combobox', { name: 'You are' });
  const value = await choice
    .getByRole('option', { name: new RegExp(`^${who}`), includeHidden: true })
    .getAttribute('value');
  await choice.selectOption(value);
}

async function openTab(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Tabs of General' }).getByRole('button', { name: 'Community' }).click();
}

async function take(page: Page, { name, who, place, shows, before }: Picture): Promise<void> {
  await become(page, who);
  await before?.(page);
  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('button', { name: new RegExp(`^${place === chat || place === home ? place : 'General'}`) })
    .click();
  const frame = page.frameLocator('iframe');
  if (place === home) await frame.getByRole('button', { name: 'Look after CoP Companion' }).click();
  else if (place !== chat) {
    await openTab(page);
    await openPage(frame, place);
  }
  await (place === chat ? page.getByText(shows).last() : frame.getByRole('heading', { name: shows }).first()).waitFor();
  // Fonts, and the parts that come last.
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** Tall, so that a page stands there whole. */
const wide = { width: 1440, height: 1700 };
const sizes = [wide, { width: 360, height: 2400 }];

/** Coordinator, member and sponsor. */
const people = ['Priya Raman', 'Amara Okafor', 'Helen Osei'];

async function takeEvery(page: Page, to: string): Promise<void> {
  const frame = page.frameLocator('iframe');
  for (const who of people) {
    await become(page, who);
    await openTab(page);
    await frame.getByRole('heading').first().waitFor();
    for (const name of await pagesOffered(frame)) {
      await openPage(frame, name);
      for (const size of sizes) {
        await page.setViewportSize(size);
        await frame.getByRole('heading').first().waitFor();
        await page.waitForTimeout(1_500);
        const [first = who] = who.split(' ');
        const file = `${name} ${first} ${size.width}.png`.toLowerCase().replaceAll(' ', '-');
        await page.screenshot({ path: join(to, file) });
      }
      await page.setViewportSize(wide);
    }
  }
}

async function openDesk(browser: Browser, url: string, theme: string, viewport: { width: number; height: number }) {
  const page = await browser.newPage({
    viewport,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    reducedMotion: 'reduce',
  });
  await page.addInitScript(chosen => {
    localStorage.setItem('desk.story', 'put away');
    localStorage.setItem('desk.theme', chosen);
  }, theme);
  await page.goto(url);
  return page;
}

async function main(): Promise<void> {
  const { every, theme } = parseArgs({
    options: { every: { type: 'string' }, theme: { type: 'string', default: 'default' } },
  }).values;
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('no browser: run npm test once, which installs one');
  await mkdir(every ?? folder, { recursive: true });
  const dataDir = await mkdtemp(join(tmpdir(), 'cop-pictures-'));
  const { deskUrl, stop } = await startDesk(dataDir);
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    if (every) return await takeEvery(await openDesk(browser, deskUrl, theme, wide), every);
    const page = await openDesk(browser, deskUrl, theme, { width: 1280, height: 800 });
    for (const picture of pictures) await take(page, picture);
  } finally {
    await browser.close();
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

await main();
