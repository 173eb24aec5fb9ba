import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { charterItem } from '../support/charter-item.ts';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';

/**
 * What somebody sees who runs `npm start` for the first time, step by step. Each test goes on where the one before
 * ended.
 */
describe('the newcomer’s story', () => {
  let desk: DeskUnderTest;
  let priya: DeskPage;
  beforeAll(async () => {
    desk = await startDesk();
    priya = await desk.open();
  }, 240_000);
  afterAll(() => desk.stop());

  test('a sample community is waiting, set up', async () => {
    await priya.become('Priya Raman');
    await priya.goTo('General');

    await priya.messages.getByText('Data Storytellers is set up').first().waitFor();
  });

  test('the coordinator changes the charter; SharePoint keeps it and names her', async () => {
    await priya.goTo('Charter');
    await priya.tab.getByRole('button', { name: 'Edit Risks' }).click();
    const { keyboard } = priya.page;
    await priya.tab.getByRole('textbox', { name: 'Risks: your text' }).focus();
    await keyboard.type('Everybody is busy in ');
    await keyboard.press('Control+b');
    await keyboard.type('March');
    await keyboard.press('Control+b');
    await keyboard.type('. ${json(1)} <b>stays text</b>');
    await keyboard.press('Control+Enter');

    await priya.tab.getByRole('region', { name: 'Risks' }).getByText('Last changed by Priya Raman').waitFor();
    expect(await charterItem(desk.url, 'risks')).toEqual({
      text: 'Everybody is busy in **March**. ${json(1)} \\<b>stays text\\</b>',
      savedBy: ['Priya Raman'],
    });
    expect(await priya.tab.getByRole('region', { name: 'Risks' }).locator('strong').allTextContents()).toEqual([
      'March',
    ]);
  });

  test('two people edit one section: their changes are put together', async () => {
    const tomasz = await desk.open();
    await tomasz.become('Tomasz Nowak');
    await tomasz.goTo('Charter');
    await tomasz.tab.getByRole('button', { name: 'Edit Scope' }).click();
    const his = tomasz.tab.getByRole('textbox', { name: 'Scope: your text' });
    await his.press('Control+End');
    await his.press('Enter');
    await his.pressSequentially('Tomasz was here.');
    await priya.tab.getByRole('button', { name: 'Edit Scope' }).click();
    const hers = priya.tab.getByRole('textbox', { name: 'Scope: your text' });
    await hers.press('Control+Home');
    await hers.press('Control+Delete');
    await hers.pressSequentially('Everything');
    await priya.tab.getByRole('button', { name: 'Save' }).click();
    await priya.tab.getByRole('region', { name: 'Scope' }).getByText('Last changed by Priya Raman').waitFor();

    await tomasz.tab.getByRole('button', { name: 'Save' }).click();

    await tomasz.tab.getByRole('region', { name: 'Scope' }).getByText('Last changed by Tomasz Nowak').waitFor();
    const { text } = await charterItem(desk.url, 'scope');
    expect(text).toContain('Everything between');
    expect(text).toContain('Tomasz was here.');
    await tomasz.page.context().close();
  });

  test('a draft survives a closed page', async () => {
    await priya.tab.getByRole('button', { name: 'Edit Measures' }).click();
    await priya.tab.getByRole('textbox', { name: 'Measures: your text' }).fill('Not saved yet');
    await priya.page.waitForTimeout(700);
    await priya.page.reload();
    await priya.become('Priya Raman');
    await priya.goTo('Charter');

    await priya.tab
      .getByRole('textbox', { name: 'Measures: your text' })
      .getByText('Not saved yet', { exact: true })
      .waitFor();
    await priya.tab.getByRole('button', { name: 'Discard it' }).click();
  });

  test('somebody joins: a welcome in their own chat asks what brings them, and the answer turns it into something fitted', async () => {
    await priya.page.getByRole('button', { name: 'Somebody joins' }).click();
    const jonas = await desk.open();
    await jonas.become('Jonas Weber');
    await jonas.goTo('CoP Companion');
    await jonas.messages.getByText('Welcome to Data Storytellers').first().waitFor();
    expect(await jonas.messages.getByText('We help each other turn figures into stories').count()).toBeGreaterThan(0);
    expect(await jonas.messages.getByText('Priya').count()).toBeGreaterThan(0);

    await jonas.messages.getByRole('checkbox').first().check();
    await jonas.messages.getByRole('textbox').first().fill('I draw **charts** that nobody reads');
    await jonas.messages.getByRole('button', { name: 'Send', exact: true }).click();

    await jonas.messages.getByRole('button', { name: /change my answer/i }).waitFor();
    expect(await jonas.messages.getByRole('checkbox').count()).toBe(0);
    expect(jonas.errors).toEqual([]);
    await jonas.page.context().close();
  });

  test('on Monday at nine the facilitation card arrives, and two people tick at the same moment', async () => {
    await priya.page.getByRole('button', { name: 'Monday 09:00' }).click();
    await priya.goTo('CoP Companion');
    const hers = priya.messages.getByRole('button', { name: /^Tick: Welcome who has joined/ });
    await hers.first().waitFor();
    const tomasz = await desk.open();
    await tomasz.become('Tomasz Nowak');
    await tomasz.goTo('CoP Companion');
    const his = tomasz.messages.getByRole('button', { name: /^Tick: Keep discussions going/ });
    await his.first().waitFor();
    expect(await priya.messages.getByText('Jonas Weber').count()).toBeGreaterThan(0);

    await Promise.all([hers.first().click(), his.first().click()]);

    for (const one of [priya, tomasz]) {
      await one.messages.getByText('20 of 290 minutes done').first().waitFor();
      expect(await one.messages.getByText(/Priya Raman, 09:\d\d/).count()).toBeGreaterThan(0);
      expect(await one.messages.getByText(/Tomasz Nowak, 09:\d\d/).count()).toBeGreaterThan(0);
    }
    expect(tomasz.errors).toEqual([]);
    await tomasz.page.context().close();
  });

  test('everything is killed and started again: all of it is still there', async () => {
    await desk.killAndStartAgain();
    await priya.page.reload();
    await priya.become('Priya Raman');

    await priya.goTo('CoP Companion');
    await priya.messages.getByText('20 of 290 minutes done').first().waitFor();
    await priya.goTo('Charter');
    await priya.tab.getByRole('region', { name: 'Risks' }).getByText('Last changed by Priya Raman').waitFor();
    expect((await charterItem(desk.url, 'scope')).text).toContain('Tomasz was here.');
  });

  test('a sponsor reads the charter, and is told who may change it', async () => {
    await priya.become('Helen Osei');
    await priya.goTo('Charter');
    await priya.tab.getByRole('heading', { name: 'Purpose' }).waitFor();

    expect(await priya.tab.getByRole('button', { name: /^Edit / }).count()).toBe(0);
    await priya.tab.getByText('and the team owners can change it').waitFor();
  });
});
