/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { temporaryFolder } from '../support/clean-up.ts';
import { renderCard, type Card } from '../../bot/cards.ts';
import { cardIn, longer, mirrored } from './made-up/sentences.ts';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { tabFrame } from './tab-checks.ts';

/** Every page in a language half as long again as English, and in one that is read from right to left. */
let desk: DeskUnderTest;
let pages: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  pages = await temporaryFolder('made-up');
  await promisify(execFile)(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    join(import.meta.dirname, 'made-up/build.ts'),
    join(pages.path, 'tabs'),
  ]);
  desk = await startDesk();
}, 240_000);
afterAll(async () => {
  await desk.stop();
  await pages.remove();
});

const kinds: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

/** Opens the tab of a coordinator as it is for whoever reads this language. */
async function openIn(language: string): Promise<DeskPage> {
  const one = await desk.open({ width: 1440, height: 900 });
  await one.page.context().addInitScript(code => localStorage.setItem('made-up', code), language);
  await one.page.context().route(
    ({ pathname }) => pathname.startsWith('/tabs/'),
    async (route, request) => {
      const path = new URL(request.url()).pathname.replace('/tabs/', '') || 'index.html';
      const body = await readFile(join(pages.path, 'tabs', path)).catch(() => null);
      const contentType = kinds[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      await (body ? route.fulfill({ body, contentType }) : route.continue());
    },
  );
  await one.page.reload();
  await one.become('Priya Raman');
  await one.page
    .getByRole('navigation', { name: 'Tabs of General' })
    .getByRole('button', { name: 'Community', exact: true })
    .click();
  await rooms(one).first().waitFor();
  return one;
}

const navigation = ({ tab }: DeskPage): Locator => tab.getByRole('navigation');
const rooms = (one: DeskPage): Locator => navigation(one).first().getByRole('button');

/** Opens each page by its place, as its word is made up, and gathers what is found there. */
async function onEach(one: DeskPage, look: (page: string) => Promise<readonly string[]>): Promise<readonly string[]> {
  const found: string[] = [];
  const see = async (): Promise<void> => {
    const title = one.tab.getByRole('heading', { level: 1 }).first();
    await title.waitFor();
    await one.tab.locator('[aria-busy=true]:visible').first().waitFor({ state: 'hidden' });
    await one.page.waitForTimeout(300);
    const name = await title.innerText();
    found.push(...(await look(name)).map(trouble => `${name}: ${trouble}`));
  };
  for (const room of await rooms(one).all()) {
    await room.click();
    await see();
    const strip = navigation(one).nth(1);
    const others = (await strip.count()) > 0 ? (await strip.getByRole('button').all()).slice(1) : [];
    for (const page of others) {
      await page.click();
      await see();
    }
  }
  return found;
}

/** What is wider than the page, cut off without dots, or lies over its neighbour. */
async function misfits(one: DeskPage): Promise<readonly string[]> {
  return tabFrame(one).evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const wide =
      scrollWidth > clientWidth
        ? [...document.querySelectorAll<HTMLElement>('main *')]
            .filter(element => element.getBoundingClientRect().right > clientWidth + 1)
            .slice(-3)
            .map(element => `${scrollWidth} of ${clientWidth} pixels: ${element.outerHTML.slice(0, 200)}`)
        : [];
    const seen = [
      ...document.querySelectorAll<HTMLElement>(
        'main button, main a, main h1, main h2, main h3, main label, nav button',
      ),
    ]
      .filter(element => element.checkVisibility() && getComputedStyle(element).clipPath === 'none')
      .filter(element => element.closest('[class*="visuallyHidden"]') === null);
    const cut = seen
      .filter(
        element => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === 'hidden',
      )
      .filter(element => getComputedStyle(element).textOverflow !== 'ellipsis')
      .map(element => `cut off: ${element.innerText}`);
    const out = seen
      .map(element => ({ element, box: element.getBoundingClientRect() }))
      // What may be scrolled by itself, such as the columns of a board or the strip of pages, may go beyond the edge.
      .filter(({ element }) => {
        for (let around: HTMLElement | null = element; around; around = around.parentElement)
          if (/auto|scroll/.test(getComputedStyle(around).overflowX)) return false;
        return true;
      })
      .filter(({ box }) => box.width > 1 && (box.left < -1 || box.right > clientWidth + 1))
      .map(({ element }) => `over the edge: ${element.innerText}`);
    return [...wide, ...cut, ...out];
  });
}

describe.each([
  { language: 'qaa', direction: 'ltr', what: 'half as long again' },
  { language: 'ar', direction: 'rtl', what: 'from right to left' },
])('in a language $what', ({ language, direction }) => {
  let one: DeskPage;
  beforeAll(async () => {
    one = await openIn(language);
  }, 90_000);
  afterAll(() => one.page.context().close());

  test.each([1440, 360])(
    'at %d pixels nothing is cut off or goes over the edge',
    async width => {
      await one.page.setViewportSize({ width, height: 900 });

      const names: string[] = [];
      const found = await onEach(one, page => {
        names.push(page);
        return misfits(one);
      });

      expect(found).toEqual([]);
      expect(names.length).toBeGreaterThan(8);
      // Nothing is said in English beside what people wrote.
      expect(names.filter(name => /\b(Plan|Roles|Surveys|Digest|Messages|Newcomers)\b/.test(name))).toEqual([]);
    },
    120_000,
  );

  test('the page goes the way it is read', async () => {
    await one.page.setViewportSize({ width: 1440, height: 900 });
    const [first, last] = [await rooms(one).first().boundingBox(), await rooms(one).last().boundingBox()];
    const said = await tabFrame(one).evaluate(() => [
      document.documentElement.dir,
      document.querySelector('.fui-FluentProvider')?.getAttribute('dir'),
    ]);

    expect(said).toEqual([direction, direction]);
    expect((first?.x ?? 0) < (last?.x ?? 0)).toBe(direction === 'ltr');
  });
});

/** By the scripts of `made-up/cards.ts`. */
declare function misfitsOf(json: object, width: number): readonly string[];
declare function sidesOf(): readonly string[];

describe('every card', () => {
  const root = join(import.meta.dirname, '../..');
  const read = (path: string): object => JSON.parse(readFileSync(join(root, path), 'utf8')) as object;
  let cards: readonly { readonly name: string; readonly card: Card }[];
  let one: DeskPage;
  beforeAll(async () => {
    const templates = globSync('bot/**/cards/*.card.json', { cwd: root });
    cards = templates.map(path => ({
      name: path.replace(/^bot\/|cards\/|\.card\.json$/g, ''),
      card: renderCard(read(path), read(path.replace('.card.json', '.sample.json'))),
    }));
    one = await desk.open({ width: 1440, height: 900 });
    await one.page.goto('about:blank');
    await one.page.addStyleTag({ path: join(pages.path, 'tabs/cards/cards.css') });
    await one.page.addScriptTag({ path: join(pages.path, 'tabs/cards/cards.js') });
  }, 60_000);
  afterAll(() => one.page.context().close());

  // Teams shows a card on a phone and beside a meeting in less than 300 pixels, and no wider than in a chat.
  test.each([
    { what: 'half as long again', width: 560, sentence: longer, rtl: false },
    { what: 'half as long again', width: 280, sentence: longer, rtl: false },
    { what: 'from right to left', width: 560, sentence: mirrored, rtl: true },
    { what: 'from right to left', width: 280, sentence: mirrored, rtl: true },
  ])(
    'in a language $what, $width pixels wide, is whole and begins where it is read',
    async ({ width, sentence, rtl }) => {
      const found: string[] = [];
      for (const { name, card } of cards) {
        const said = { ...cardIn(card, sentence), ...(rtl ? { rtl } : {}) };
        const troubles = await one.page.evaluate(([json, pixels]) => [...misfitsOf(json, pixels), ...sidesOf()], [
          said,
          width,
        ] as const);
        found.push(...troubles.map(trouble => `${name}: ${trouble}`));
      }

      expect(cards.length).toBeGreaterThan(40);
      expect(found).toEqual([]);
    },
  );
});
