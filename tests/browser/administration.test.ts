/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { tabFrame, violations } from './tab-checks.ts';

/** The page of those who look after the app. Each test goes on where the one before ended. */
describe('the story of the administrator', () => {
  let desk: DeskUnderTest;
  let priya: DeskPage;
  beforeAll(async () => {
    desk = await startDesk();
    priya = await desk.open();
    await priya.become('Priya Raman');
  }, 240_000);
  afterAll(() => desk.stop());

  const focused = (): Promise<string> =>
    tabFrame(priya).evaluate(() => document.activeElement?.ariaLabel || document.activeElement?.id || '');

  test('it is reached from My communities, and says how the server is and what to do', async () => {
    await priya.goTo('My communities');
    await priya.tab.getByRole('button', { name: 'Look after CoP Companion' }).press('Enter');

    await priya.tab.getByRole('heading', { name: 'CoP Companion in your organisation' }).waitFor();
    await priya.tab.getByText('The database can be reached and takes writes').waitFor();
    await priya.tab.getByText('Put the day into MICROSOFT_APP_PASSWORD_ENDS').waitFor();
    expect(await focused()).toBe('Overview');
  });

  test('it looks again when asked, and says so aloud', async () => {
    await priya.tab.getByRole('button', { name: 'Check again' }).press('Enter');

    await priya.tab.getByRole('status').getByText('Nothing that could be checked needs mending.').waitFor();
  });

  test('it has messages by reason, what is switched, and the versions', async () => {
    const messages = priya.tab.getByRole('region', { name: 'Messages' });
    await messages.getByText('This person has blocked the app').waitFor();
    await messages.getByText('1 message, in 1 community').waitFor();
    await priya.tab.getByRole('region', { name: 'Switches' }).getByText('ADD_TO_PLAN_FROM_MESSAGES').waitFor();

    const versions = await priya.tab.getByRole('region', { name: 'Versions' }).innerText();
    // The package says its version itself; on the desk it is that of the server.
    expect(versions).toMatch(/Server\s+(\d+\.\d+\.\d+)[\s\S]+for you\s+\1\s+Database\s+\d{3}-/);
  });

  test('by keyboard it leads to the communities in one state, and what is found there is said', async () => {
    await priya.tab.getByRole('button', { name: /^Not checked lately/ }).press('Enter');
    await priya.tab.getByRole('heading', { name: 'Data Storytellers' }).waitFor();
    expect(await focused()).toBe('Communities');
    expect(await priya.tab.getByText('Not checked yet.').count()).toBe(2);

    await priya.tab.getByRole('button', { name: 'Check now: Data Storytellers' }).press('Enter');

    await priya.tab.getByText('The app reaches its members, its site and its lists.').waitFor();
    await priya.tab.getByRole('status').getByText('Data Storytellers: Healthy.').waitFor();
  });

  test('communities are found by a part of their name, and it is said when none fits', async () => {
    await priya.tab.getByRole('combobox', { name: 'State' }).selectOption({ label: 'All' });
    await priya.tab.getByRole('searchbox', { name: 'Name' }).fill('bees');
    await priya.tab.getByText('No community matches').waitFor();

    await priya.tab.getByRole('searchbox', { name: 'Name' }).fill('story');
    await priya.tab.getByRole('heading', { name: 'Data Storytellers' }).waitFor();
  });

  test('each leads to its messages, and from there to those of all', async () => {
    await priya.tab.getByRole('button', { name: 'Show its messages: Data Storytellers' }).press('Enter');
    await priya.tab.getByRole('heading', { name: 'Messages of Data Storytellers' }).waitFor();
    await priya.tab.getByRole('row').filter({ hasText: 'Teams answered: 403 MessageWritesBlocked' }).waitFor();

    await priya.tab.getByRole('button', { name: 'Show those of all communities' }).press('Enter');
    await priya.tab.getByRole('heading', { name: 'Messages of all communities' }).waitFor();
    expect(await focused()).toBe('Messages');
  });

  test.each(['Light', 'Dark', 'Contrast'])(
    'in the theme %s axe finds nothing on any part of it',
    async theme => {
      await priya.page.getByRole('radio', { name: theme }).check();
      const found: string[] = [];
      for (const part of ['Overview', 'Communities', 'Messages', 'Audit trail']) {
        await priya.tab.getByRole('navigation').getByRole('button', { name: part }).click();
        await priya.tab.getByRole('heading', { level: 1 }).waitFor();
        await priya.tab.locator('[aria-busy=true]:visible').first().waitFor({ state: 'hidden' });
        await priya.page.waitForTimeout(400);
        found.push(...(await violations(tabFrame(priya))).map(one => `${part}: ${one}`));
      }

      expect(found).toEqual([]);
    },
    60_000,
  );

  test('on a phone nothing has to be scrolled sideways', async () => {
    await priya.page.setViewportSize({ width: 360, height: 740 });
    const wide: string[] = [];
    for (const part of ['Overview', 'Communities', 'Messages', 'Audit trail']) {
      await priya.tab.getByRole('navigation').getByRole('button', { name: part }).click();
      await priya.tab.getByRole('heading', { level: 1 }).waitFor();
      await priya.page.waitForTimeout(400);
      const { wanted, there } = await tabFrame(priya).evaluate(() => ({
        wanted: document.documentElement.scrollWidth,
        there: document.documentElement.clientWidth,
      }));
      if (wanted > there) wide.push(`${part}: ${wanted} of ${there} pixels`);
    }

    expect(wide).toEqual([]);
    expect(priya.errors).toEqual([]);
  });

  test('nobody else is offered it, and whoever has the link is told for whom it is', async () => {
    const amara = await desk.open();
    await amara.become('Amara Okafor');
    await amara.goTo('My communities');
    // The only community there is opens by itself.
    await amara.tab.getByRole('heading', { name: 'What comes next' }).waitFor();
    await amara.page.evaluate(() => {
      location.hash = encodeURIComponent('personal/community?administration/communities');
    });

    await amara.tab.getByRole('heading', { name: 'This page is for those who look after CoP Companion' }).waitFor();
    await amara.tab.getByRole('button', { name: 'My communities' }).click();

    await amara.tab.getByRole('button', { name: 'Data Storytellers' }).waitFor();
    expect(await amara.tab.getByRole('button', { name: 'Look after CoP Companion' }).count()).toBe(0);
    await amara.page.context().close();
  });

  test('a link leads to a part of it', async () => {
    await priya.page.setViewportSize({ width: 1280, height: 900 });
    await priya.goTo('CoP Companion');
    await priya.page.evaluate(() => {
      location.hash = encodeURIComponent('personal/community?administration/communities');
    });

    await priya.tab.getByRole('heading', { level: 1, name: 'Communities' }).waitFor();
  });
});
