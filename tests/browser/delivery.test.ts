/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { pagesOffered } from '../../infra/dev/tab-pages.ts';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { tabFrame, violations } from './tab-checks.ts';

/** What coordinators and administrators see of what was sent. Each test goes on where the one before ended. */
describe('the story of the messages', () => {
  let desk: DeskUnderTest;
  let priya: DeskPage;
  beforeAll(async () => {
    desk = await startDesk();
    priya = await desk.open();
    await priya.become('Priya Raman');
  }, 240_000);
  afterAll(() => desk.stop());

  async function openMessages(one: DeskPage): Promise<void> {
    await one.goTo('Messages');
    await one.tab.getByRole('heading', { name: 'Messages' }).waitFor();
    await one.tab.getByRole('table').waitFor();
  }
  function rows() {
    return priya.tab.getByRole('row');
  }

  test('a coordinator sees that somebody has blocked the app, why nothing arrived, and what to do', async () => {
    await openMessages(priya);

    const row = rows().filter({ hasText: 'Tomasz Nowak' }).filter({ hasText: 'Not delivered' });
    await row.getByText('This person has blocked the app').waitFor();
    await row.getByText('They can unblock the app in Teams').waitFor();
    expect(await row.getByText('Teams answered').count()).toBe(0);
  });

  test('narrows the list by keyboard, and is told when nothing fits', async () => {
    await priya.tab.getByRole('combobox', { name: 'State' }).focus();
    await priya.tab.getByRole('combobox', { name: 'State' }).selectOption({ label: 'Not delivered' });
    await priya.tab.getByText('1 message.').waitFor();

    await priya.tab.getByRole('combobox', { name: 'What' }).selectOption({ label: 'Survey' });
    await priya.tab.getByText('No message matches').waitFor();
    await priya.tab.getByRole('button', { name: 'Show all' }).press('Enter');

    await rows().filter({ hasText: 'Hello to the channel' }).waitFor();
  });

  test('takes the list away as a file', async () => {
    const [download] = await Promise.all([
      priya.page.context().waitForEvent('download'),
      priya.tab.getByRole('button', { name: 'Download for Excel' }).click(),
    ]);

    expect(download.suggestedFilename()).toMatch(/^messages-\d{4}-\d{2}-\d{2}\.csv$/);
    expect(await readFile(await download.path(), 'utf8')).toContain('This person has blocked the app');
  });

  test('an administrator sees all communities, and what Teams answered', async () => {
    await priya.tab.getByRole('radio', { name: 'All communities' }).check();

    await rows()
      .filter({ hasText: 'Data Storytellers' })
      .filter({ hasText: 'Teams answered: 403 MessageWritesBlocked' })
      .waitFor();
    await priya.tab.getByRole('radio', { name: 'This community' }).check();
    await priya.tab.getByRole('combobox', { name: 'To' }).waitFor();
  });

  test('a member is not offered them', async () => {
    const amara = await desk.open();
    await amara.become('Amara Okafor');
    await amara.goTo('Home');

    expect(await pagesOffered(amara.tab)).toEqual([
      'Home',
      'Charter',
      'Events',
      'Questions',
      'Library',
      'Plan',
      'Roles',
      'Digest',
      'Surveys',
      'Settings',
      'My data',
    ]);
    await amara.page.context().close();
  });

  test.each(['Light', 'Dark', 'Contrast'])('in the theme %s axe finds nothing', async theme => {
    await priya.page.getByRole('radio', { name: theme }).check();
    await openMessages(priya);
    await priya.page.waitForTimeout(400);

    expect(await violations(tabFrame(priya))).toEqual([]);
  });

  test('on a phone each message is a card, and nothing has to be scrolled sideways', async () => {
    await priya.page.setViewportSize({ width: 360, height: 740 });
    await priya.page.waitForTimeout(400);

    const [wanted, there] = await tabFrame(priya).evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    const display = await tabFrame(priya).evaluate(() => getComputedStyle(document.querySelector('tbody tr')!).display);

    expect(wanted).toBeLessThanOrEqual(there ?? 0);
    expect(display).toBe('block');
    expect(await violations(tabFrame(priya))).toEqual([]);
  });
});
