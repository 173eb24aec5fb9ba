import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { changeCharterItem } from '../support/charter-item.ts';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { violations, tabFrame } from './tab-checks.ts';

/**
 * Somebody wrote into SharePoint what no reader of Markdown gets through: the rest of the screen goes on, and it can be
 * mended there.
 */
describe('a charter that nobody could read', () => {
  let desk: DeskUnderTest;
  let priya: DeskPage;
  beforeAll(async () => {
    desk = await startDesk();
    await changeCharterItem(desk.url, 'purpose', '>'.repeat(20_000));
    await changeCharterItem(desk.url, 'aims', `${'_*'.repeat(9_000)}\n# Aims`);
    await changeCharterItem(desk.url, 'scope', '\n'.repeat(19_000) + 'The last line');
    priya = await desk.open();
    await priya.become('Priya Raman');
  }, 240_000);
  afterAll(() => desk.stop());

  test('the overview stands', async () => {
    await priya.goTo('Home');
    await priya.page
      .locator('iframe')
      .evaluate(frame => Object.assign(frame.style, { width: '360px', maxWidth: '360px', flex: 'none' }));

    // What was changed in SharePoint itself appears within half a minute while its units are not scarce.
    await priya.tab
      .getByText('Shown as it was typed: it is too complex to format.')
      .first()
      .waitFor({ timeout: 60_000 });
    expect(await priya.tab.getByText('Something on this page broke').count()).toBe(0);
  }, 240_000);

  test('the charter shows those sections as they were typed, the others as ever', async () => {
    await priya.goTo('Charter');
    await priya.page
      .locator('iframe')
      .evaluate(frame => Object.assign(frame.style, { width: '360px', maxWidth: '360px', flex: 'none' }));

    await priya.tab.getByText('Shown as it was typed: it is too complex to format.').nth(2).waitFor();
    await priya.tab.getByRole('heading', { name: 'Members' }).waitFor();
    expect(
      await priya.tab
        .getByRole('group', { name: 'The text as it was typed' })
        .evaluateAll(parts => parts.map(part => part.clientHeight < 400)),
    ).toEqual([true, true, true]);
    expect(await violations(tabFrame(priya))).toEqual([]);
  });

  test('what cannot be read is not saved, in words that say what to do', async () => {
    await priya.tab.getByRole('button', { name: 'Edit Purpose' }).click();
    await priya.tab.getByRole('textbox', { name: 'Purpose: your text' }).fill(`Why\n${'> '.repeat(30)}deep`);
    await priya.tab.getByRole('button', { name: 'Save' }).click();

    await priya.tab.getByText('Line 2 has quotations or lists within each other, more than 20 deep.').waitFor();
    expect(await priya.tab.getByRole('textbox', { name: 'Purpose: your text' }).inputValue()).toContain('deep');
  });

  test('whoever coordinates mends it there', async () => {
    await priya.tab.getByRole('textbox', { name: 'Purpose: your text' }).fill('We **share** what we know.');
    await priya.tab.getByRole('button', { name: 'Save' }).click();

    await priya.tab.getByRole('region', { name: 'Purpose' }).getByText('Saved.').waitFor();
    await priya.tab.getByRole('region', { name: 'Purpose' }).locator('strong', { hasText: 'share' }).waitFor();
    expect(priya.errors.filter(error => !/422/.test(error))).toEqual([]);
  });
});
