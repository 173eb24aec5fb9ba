/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openPage } from '../../infra/dev/tab-pages.ts';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { tabFrame, violations } from './tab-checks.ts';

const themes = ['Light', 'Dark', 'Contrast'] as const;

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk.stop());

/** Opens a page in a theme, with cards of every kind in the chats. */
async function opened(theme: (typeof themes)[number], width = 1280): Promise<DeskPage> {
  const one = await desk.open({ width, height: 900 });
  await one.become('Priya Raman');
  await one.page.getByRole('radio', { name: theme }).check();
  return one;
}

describe.each(themes)('in the theme %s axe finds nothing', theme => {
  let one: DeskPage;
  beforeAll(async () => {
    one = await opened(theme);
  });
  afterAll(() => one.page.context().close());

  test('in the charter that has been published, and among the files', async () => {
    await one.goTo('Charter');
    await one.tab.getByRole('button', { name: /^Publish to Files/ }).click();
    await one.tab.getByRole('menuitem', { name: 'Word' }).click();
    await one.tab.getByRole('link', { name: 'Open the file' }).waitFor();
    expect(await violations(tabFrame(one))).toEqual([]);

    await one.goTo('Files');
    await one.page.getByRole('link', { name: 'Charter of Data Storytellers.docx' }).waitFor();
    expect(await violations(one.page)).toEqual([]);
  });

  test('in a chat with the facilitation card, help and the charter', async () => {
    await one.page.getByRole('button', { name: 'Monday 09:00' }).click();
    await one.goTo('CoP Companion');
    await one.messages.getByText('of 290 minutes done').first().waitFor();
    for (const word of ['help', 'charter', 'settings']) {
      await one.page.getByRole('textbox', { name: /^Write to/ }).fill(word);
      await one.page.getByRole('button', { name: 'Send', exact: true }).click();
      await one.messages.getByText(word, { exact: true }).last().waitFor();
    }
    await one.messages.getByText('The charter of Data Storytellers').first().waitFor();
    await one.page.waitForTimeout(500);

    expect(await violations(one.page)).toEqual([]);
  });

  test('in the newcomer’s welcome', async () => {
    await one.page.getByRole('button', { name: 'Somebody joins' }).click();
    await one.become(['Jonas Weber', 'Ruth Abernethy', 'Kofi Mensah'][themes.indexOf(theme)] ?? '');
    await one.goTo('CoP Companion');
    await one.messages.getByText('Welcome to Data Storytellers').first().waitFor();

    expect(await violations(one.page)).toEqual([]);
    await one.become('Priya Raman');
  });

  test.each([
    { place: 'Home', heading: 'What comes next' },
    { place: 'Charter', heading: 'Purpose' },
    { place: 'Settings', heading: 'The facilitation week' },
  ] as const)('in the tab $place', async ({ place, heading }) => {
    await one.goTo(place);
    await one.tab.getByRole('heading', { name: heading }).waitFor();
    await one.page.waitForTimeout(300);

    expect(await violations(tabFrame(one))).toEqual([]);
    expect(await violations(one.page)).toEqual([]);
  });

  test('in the history of a section, and before an old version is brought back', async () => {
    await one.goTo('Charter');
    await one.tab.getByRole('button', { name: 'History of Aims' }).click();
    await one.tab.getByText('Added words are underlined').waitFor();
    expect(await violations(tabFrame(one))).toEqual([]);

    await one.tab.getByRole('list', { name: 'Versions' }).getByRole('button').last().click();
    await one.tab.getByRole('button', { name: 'Bring this version back' }).click();
    await one.tab.getByRole('button', { name: 'Leave it' }).waitFor();
    expect(await violations(tabFrame(one))).toEqual([]);
    await one.tab.getByRole('button', { name: 'Close the history' }).click();
  });

  test('while a section is edited, and in the list of newcomers', async () => {
    await one.goTo('Charter');
    await one.tab.getByRole('button', { name: 'Edit Purpose' }).click();
    await one.tab.getByRole('textbox', { name: 'Purpose: your text' }).waitFor();
    expect(await violations(tabFrame(one))).toEqual([]);
    await one.tab.getByRole('button', { name: 'Cancel' }).click();

    await openPage(one.tab, 'Newcomers');
    await one.tab
      .getByRole('heading', { name: /newcomers/i })
      .first()
      .waitFor();
    await one.page.waitForTimeout(300);
    expect(await violations(tabFrame(one))).toEqual([]);
  });
});

test('on a phone nothing has to be scrolled sideways', async () => {
  const { page } = await desk.open({ width: 360, height: 740 });
  await page.getByRole('heading', { level: 1 }).first().waitFor();

  const { wanted, there } = await page.evaluate(() => ({
    wanted: document.documentElement.scrollWidth,
    there: document.documentElement.clientWidth,
  }));

  expect(wanted).toBeLessThanOrEqual(there);
  await page.context().close();
});
