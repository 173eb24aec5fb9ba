/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { pagesOffered } from '../../infra/dev/tab-pages.ts';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { tabFrame, violations } from './tab-checks.ts';

/** The audit trail for those who coordinate, and everybody's own page. Each test goes on where the one before ended. */
describe('what is kept about people', () => {
  let desk: DeskUnderTest;
  let priya: DeskPage;
  let gwen: DeskPage;
  beforeAll(async () => {
    desk = await startDesk();
    priya = await desk.open();
    await priya.become('Priya Raman');
    gwen = await desk.open();
    await gwen.become('Gwen Pritchard');
  }, 240_000);
  afterAll(() => desk.stop());

  async function open(one: DeskPage, screen: 'Audit trail' | 'My data'): Promise<void> {
    await one.goTo(screen);
  }
  async function openTrail(): Promise<void> {
    await open(priya, 'Audit trail');
    await priya.tab.getByRole('table', { name: 'Audit trail' }).waitFor();
  }
  async function openOwn(): Promise<void> {
    await open(gwen, 'My data');
    await gwen.tab.getByRole('heading', { name: 'Forget me' }).waitFor();
  }
  async function sideways(one: DeskPage): Promise<readonly (number | undefined)[]> {
    return tabFrame(one).evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  }

  test('a coordinator reads who changed what, narrows it by keyboard, and takes it away', async () => {
    await openTrail();
    await priya.tab
      .getByRole('row')
      .filter({ hasText: 'Priya Raman' })
      .filter({ hasText: 'Sent a digest' })
      .first()
      .waitFor();

    await priya.tab.getByRole('combobox', { name: 'Outcome' }).focus();
    await priya.tab.getByRole('combobox', { name: 'Outcome' }).selectOption({ label: 'Refused' });
    await priya.tab.getByText('No entry matches').waitFor();
    await priya.tab.getByRole('button', { name: 'Show all' }).press('Enter');
    await priya.tab.getByRole('row').filter({ hasText: 'Sent a digest' }).first().waitFor();

    const [download] = await Promise.all([
      priya.page.context().waitForEvent('download'),
      priya.tab.getByRole('button', { name: 'Download for Excel' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.csv$/);
    expect(await readFile(await download.path(), 'utf8')).toContain('Changed the settings');
  });

  test('a member is not offered the trail, and is told whom to ask', async () => {
    await gwen.goTo('Plan');
    expect(await pagesOffered(gwen.tab)).not.toContain('Audit trail');
  });

  test('everybody sees what is kept about them, and takes it away', async () => {
    await openOwn();
    await gwen.tab.getByRole('heading', { name: 'Roles you hold or held' }).waitFor();

    const [download] = await Promise.all([
      gwen.page.context().waitForEvent('download'),
      gwen.tab.getByRole('button', { name: 'Download as a file' }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toContain('Looks after the shelf of examples');
  });

  test.each(['Light', 'Dark', 'Contrast'])(
    'in the theme %s axe finds nothing, nor in the question before anything is erased',
    async theme => {
      await priya.page.getByRole('radio', { name: theme }).check();
      await openTrail();
      await priya.page.waitForTimeout(400);
      expect(await violations(tabFrame(priya))).toEqual([]);

      await gwen.page.getByRole('radio', { name: theme }).check();
      await openOwn();
      await gwen.page.waitForTimeout(400);
      expect(await violations(tabFrame(gwen))).toEqual([]);
      await gwen.tab.getByRole('button', { name: 'Forget me…' }).click();
      await gwen.tab.getByRole('alertdialog').waitFor();
      await gwen.page.waitForTimeout(400);
      expect(await violations(tabFrame(gwen))).toEqual([]);
      await gwen.tab.getByRole('button', { name: 'Keep it' }).click();
    },
  );

  test('on a phone nothing has to be scrolled sideways', async () => {
    for (const one of [priya, gwen]) {
      await one.page.setViewportSize({ width: 360, height: 740 });
      await one.page.waitForTimeout(400);
      const [wanted, there] = await sideways(one);
      expect(wanted).toBeLessThanOrEqual(there ?? 0);
      expect(await violations(tabFrame(one))).toEqual([]);
    }
  });

  test('somebody has it erased by keyboard, and the page says what is left', async () => {
    await gwen.tab.getByRole('button', { name: 'Forget me…' }).press('Enter');
    await gwen.tab.getByText('This stays, and loses your name').waitFor();
    await gwen.tab.getByRole('button', { name: 'Erase it' }).press('Enter');

    await gwen.tab.getByText('It is erased.').first().waitFor();
    await gwen.tab.getByRole('heading', { name: 'That you want no messages' }).waitFor();
    expect(await gwen.tab.getByRole('heading', { name: 'Roles you hold or held' }).count()).toBe(0);
  });

  test('whoever coordinates reads that they hand over first', async () => {
    await priya.page.setViewportSize({ width: 1280, height: 900 });
    await open(priya, 'My data');

    await priya.tab.getByText('have another coordinator').waitFor();
    expect(await priya.tab.getByRole('button', { name: 'Forget me…' }).count()).toBe(0);
  });
});
