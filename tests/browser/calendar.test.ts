/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import ical from 'node-ical';
import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { tabFrame, violations } from './tab-checks.ts';

/** A message becomes an action, and the action comes into a calendar. Each test goes on where the one before ended. */
describe('from a message to a calendar', () => {
  let desk: DeskUnderTest;
  let priya: DeskPage;
  beforeAll(async () => {
    desk = await startDesk();
    const amara = await as('Amara Okafor');
    await amara.goTo('General');
    await amara.page.getByRole('textbox', { name: 'Start a post' }).fill('Could somebody ask the **baker**?');
    await amara.page.getByRole('textbox', { name: 'Start a post' }).press('Enter');
    await amara.messages.getByText('Could somebody ask the').waitFor();
    await amara.page.context().close();
    priya = await as('Priya Raman');
  }, 240_000);
  afterAll(() => desk.stop());

  async function as(name: string, width = 1280): Promise<DeskPage> {
    const one = await desk.open({ width, height: 900 });
    if (width > 1200) await one.become(name);
    return one;
  }
  function menuOf(one: DeskPage): Locator {
    return one.messages
      .getByRole('article', { name: /^Amara Okafor/ })
      .last()
      .getByRole('button', { name: 'More for the message of Amara Okafor' });
  }
  async function openPlan(one: DeskPage): Promise<void> {
    await one.goTo('Plan');
    await one.tab.getByRole('button', { name: 'Calendar' }).waitFor();
  }
  function part(one: DeskPage, name: string): Locator {
    return one.tab.getByRole('region', { name });
  }
  async function fetched(url: string): Promise<{ status: number; titles: readonly string[] }> {
    const response = await fetch(url);
    const events = response.ok ? Object.values(ical.sync.parseICS(await response.text())) : [];
    return {
      status: response.status,
      titles: events.flatMap(one => (one?.type === 'VEVENT' ? [String(one.summary)] : [])),
    };
  }
  let url = '';

  test('by keyboard, the menu of a message opens a form with its words; without a title it stays', async () => {
    await priya.goTo('General');
    await menuOf(priya).press('Enter');
    await priya.page.getByRole('menuitem', { name: 'Add to plan' }).press('Enter');
    const dialog = priya.page.getByRole('dialog', { name: 'Add to plan' });
    const title = dialog.getByRole('textbox', { name: 'What is to be done?' });
    await title.waitFor();
    expect(await title.inputValue()).toBe('Could somebody ask the **baker**?');
    expect(await dialog.getByRole('combobox', { name: 'Who does it?' }).locator('option:checked').textContent()).toBe(
      'Priya Raman (me)',
    );

    await title.fill('');
    await dialog.getByLabel('When is it due?').fill('2027-01-15');
    await dialog.getByRole('button', { name: 'Add to plan' }).press('Enter');
    await dialog.getByText('Please say in a few words what is to be done.').waitFor();

    expect(await dialog.getByLabel('When is it due?').inputValue()).toBe('2027-01-15');
  });

  test('the bot cannot save: the form says so and keeps what was typed', async () => {
    const dialog = priya.page.getByRole('dialog', { name: 'Add to plan' });
    await dialog.getByRole('textbox', { name: 'What is to be done?' }).fill('Ask the baker');
    await fetch(`${desk.url}/desk/api/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ path: '/items', method: 'POST', status: 500, count: 50 }),
    });

    await dialog.getByRole('button', { name: 'Add to plan' }).press('Enter');
    await dialog.getByText(/may have been saved all the same/i).waitFor();
    await fetch(`${desk.url}/desk/api/faults`, { method: 'DELETE' });

    expect(await dialog.getByRole('textbox', { name: 'What is to be done?' }).inputValue()).toBe('Ask the baker');
  });

  test('then it is in the plan, one press away', async () => {
    const dialog = priya.page.getByRole('dialog', { name: 'Add to plan' });
    await dialog.getByRole('button', { name: 'Add to plan' }).press('Enter');
    await dialog.getByText('It is in the plan').waitFor();
    await dialog.getByText('Friday, 15 January 2027').waitFor();
    await dialog.getByRole('link', { name: 'Open the plan' }).press('Enter');

    await priya.tab.getByText('Ask the baker').first().waitFor();
  });

  test('she makes a link for her calendar; what follows it finds the action', async () => {
    await priya.tab.getByRole('button', { name: 'Calendar' }).press('Enter');
    const mine = part(priya, 'What I have to do');
    await mine.getByRole('button', { name: 'Make a link' }).press('Enter');
    url = await mine.getByRole('textbox', { name: 'Your link' }).inputValue();
    await mine.getByRole('button', { name: 'Copy' }).click();
    await mine.getByText(/The link is (in your clipboard|selected)/).waitFor();

    expect((await fetched(url)).titles).toContain('Ask the baker');
  });

  test('a new link ends the old one, after a question', async () => {
    const mine = part(priya, 'What I have to do');
    await mine.getByRole('button', { name: 'Make a new link' }).click();
    await mine.getByRole('button', { name: 'Leave it' }).click();
    expect((await fetched(url)).status).toBe(200);
    await mine.getByRole('button', { name: 'Make a new link' }).click();
    await mine.getByRole('button', { name: 'Yes, make a new one' }).click();
    await mine.getByRole('button', { name: 'Make a new link' }).waitFor();

    const renewed = await mine.getByRole('textbox', { name: 'Your link' }).inputValue();

    expect(renewed).not.toBe(url);
    expect([(await fetched(url)).status, (await fetched(renewed)).status]).toEqual([404, 200]);
    url = renewed;
  });

  test('taken back, it leads nowhere, and the focus is where a new one is made', async () => {
    const mine = part(priya, 'What I have to do');
    await mine.getByRole('button', { name: 'Take the link back' }).click();
    await mine.getByRole('button', { name: 'Yes, take it back' }).click();
    await mine.getByText('There is no link yet.').waitFor();
    await priya.page.waitForTimeout(100);

    expect((await fetched(url)).status).toBe(404);
    expect(
      await mine.getByRole('button', { name: 'Make a link' }).evaluate(button => button === document.activeElement),
    ).toBe(true);
    await priya.page.keyboard.press('Escape');
    await priya.tab.getByRole('heading', { name: 'The plan in your calendar' }).waitFor({ state: 'detached' });
  });

  test('one action can be taken over into a calendar as a file', async () => {
    await priya.tab
      .getByRole('button', { name: /^Ask the baker/ })
      .first()
      .click();
    const [download] = await Promise.all([
      priya.page.context().waitForEvent('download'),
      priya.tab.getByRole('button', { name: 'Add to my calendar' }).click(),
    ]);

    expect(download.suggestedFilename()).toBe('action-2027-01-15.ics');
    expect(
      Object.values(ical.sync.parseICS(await readFile(await download.path(), 'utf8'))).filter(
        one => one?.type === 'VEVENT',
      ),
    ).toMatchObject([{ summary: 'Ask the baker' }]);
    await priya.page.keyboard.press('Escape');
  });

  test('a member makes their own link; the community’s is the coordinators’ to make', async () => {
    const daniel = await as('Daniel Fitzgerald');
    await openPlan(daniel);
    await daniel.tab.getByRole('button', { name: 'Calendar' }).click();

    await part(daniel, 'What I have to do').getByRole('button', { name: 'Make a link' }).waitFor();
    const ours = part(daniel, 'The whole plan of Data Storytellers');
    await ours.getByText('There is no link yet. A coordinator can make one.').waitFor();

    expect(await ours.getByRole('button').count()).toBe(0);
    await daniel.page.context().close();
  });

  test.each(['Light', 'Dark', 'Contrast'])(
    'in the theme %s axe finds nothing in the dialog and in the panel',
    async theme => {
      const one = await as('Priya Raman');
      await one.page.getByRole('radio', { name: theme }).check();
      await one.goTo('General');
      await menuOf(one).click();
      await one.page.getByRole('menuitem', { name: 'Add to plan' }).click();
      await one.page.getByRole('dialog').getByRole('textbox', { name: 'What is to be done?' }).waitFor();
      await one.page.waitForTimeout(400);
      expect(await violations(one.page)).toEqual([]);
      await one.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

      await openPlan(one);
      await one.tab.getByRole('button', { name: 'Calendar' }).click();
      const mine = part(one, 'What I have to do');
      await mine.getByRole('button', { name: /Make a (new )?link/ }).click();
      if (theme !== 'Light') await mine.getByRole('button', { name: 'Yes, make a new one' }).click();
      await mine.getByRole('textbox', { name: 'Your link' }).waitFor();
      await mine.getByRole('button', { name: 'Take the link back' }).click();
      await one.page.waitForTimeout(400);
      expect(await violations(tabFrame(one))).toEqual([]);
      await one.page.context().close();
    },
  );

  test('on a phone the dialog and the menu need no scrolling sideways', async () => {
    const one = await as('Priya Raman', 360);
    await menuOf(one).click();
    await one.page.getByRole('menuitem', { name: 'Add to plan' }).click();
    await one.page.getByRole('dialog').getByRole('textbox', { name: 'What is to be done?' }).waitFor();

    const { wanted, there } = await one.page.evaluate(() => ({
      wanted: document.documentElement.scrollWidth,
      there: document.documentElement.clientWidth,
    }));

    expect(wanted).toBeLessThanOrEqual(there);
    await one.page.keyboard.press('Escape');
    await one.page.getByRole('dialog').waitFor({ state: 'detached' });
    // The keyboard goes on where it was.
    expect(await menuOf(one).evaluate(button => button === document.activeElement)).toBe(true);
    await one.page.context().close();
  });
});
