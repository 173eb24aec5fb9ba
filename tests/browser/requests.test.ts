import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openPage, pagesOffered } from '../../infra/dev/tab-pages.ts';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';

/** What each screen asks the server, for each role: all of it at once, and the same again only as a tag. */
let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk.stop());

/** What is asked beside the screens: who asks, the stream of changes, where the tab is. */
const shell = [/^$/, /^\/live$/, /^\/tab$/];

/**
 * What is asked once a form is there: what people are chosen from is shared by every screen that chooses, and holidays
 * follow what is being chosen.
 */
const forForms = [/^\/members$/, /^\/settings\/holidays$/, /^\/digest\/\w+\/preview$/];

/** Readings of the community that a page sends, by their path below it, with what came back. */
function asked(page: Page): { path: string; status: number }[] {
  const all: { path: string; status: number }[] = [];
  page.on('response', response => {
    const found = /\/api\/communities\/[^/?]+([^?]*)/.exec(response.url());
    if (found && !shell.some(known => known.test(found[1] ?? '')))
      all.push({ path: found[1] ?? '', status: response.status() });
  });
  return all;
}

async function still(one: DeskPage): Promise<void> {
  await one.tab.locator('[aria-busy=true]:visible').first().waitFor({ state: 'hidden' });
  await one.page.waitForTimeout(400);
}

describe.each(['Priya Raman', 'Daniel Fitzgerald', 'Helen Osei'])('the screens of %s', name => {
  let one: DeskPage;
  beforeAll(async () => {
    one = await desk.open();
    await one.become(name);
    await one.goTo('Home');
    await one.tab.getByRole('heading', { name: 'What comes next' }).waitFor();
  }, 60_000);
  afterAll(() => one.page.context().close());

  test('ask once each, and get nothing again that they have', async () => {
    // What is likely next was read meanwhile.
    await one.page.waitForTimeout(6_000);
    const found: string[] = [];
    // Looked up in another window, so that this one asks for each page for the first time.
    const other = await desk.open();
    await other.become(name);
    await other.goTo('Home');
    const screens = await pagesOffered(other.tab);
    await other.page.context().close();
    for (const round of ['first', 'again']) {
      // What is ten seconds old is read anew.
      if (round === 'again') await one.page.waitForTimeout(11_000);
      for (const word of screens) {
        const requests = asked(one.page);
        await openPage(one.tab, word);
        await one.tab.getByRole('heading', { level: 1 }).first().waitFor();
        await still(one);
        const screen = `${round}: ${word}`;
        const readings = requests.filter(({ path }) => !forForms.some(known => known.test(path)));
        if (readings.length > 1) found.push(`${screen} asks ${readings.map(({ path }) => path).join(' and ')}`);
        // Settings say what time it is, to the minute.
        const mayDiffer = readings.every(({ path }) => path === '/settings');
        if (round === 'again' && !mayDiffer && readings.some(({ status }) => status !== 304))
          found.push(`${screen} gets ${readings.map(({ path, status }) => `${path} ${status}`).join(', ')}`);
        one.page.removeAllListeners('response');
      }
    }

    expect(found).toEqual([]);
  }, 240_000);
});
