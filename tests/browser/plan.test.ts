/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { sampleZone } from '../../infra/local/sample-people.ts';
import { dayOn, startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { tabFrame, violations } from './tab-checks.ts';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk.stop());

async function as(name: string): Promise<DeskPage> {
  const one = await desk.open();
  await one.become(name);
  await one.goTo('Plan');
  await one.tab.getByRole('heading', { name: 'Plan', level: 1 }).waitFor();
  return one;
}

function column(one: DeskPage, state: string): Locator {
  return one.tab.getByRole('region', { name: state, exact: true });
}

function card(where: Locator, title: string): Locator {
  return where.getByRole('article', { name: title, exact: true });
}

const cake = 'Bake a cake for the next meeting';

/** How an action comes onto the plan and moves across it. Each test goes on where the one before ended. */
describe('the story of the plan', () => {
  let priya: DeskPage;
  beforeAll(async () => {
    priya = await as('Priya Raman');
  });

  test('the coordinator adds actions one after the other at a column’s head, with Enter', async () => {
    await column(priya, 'To do').getByRole('button', { name: 'Add an action' }).click();
    const field = column(priya, 'To do').getByRole('textbox', { name: 'New action in “To do”' });
    await field.fill(cake);
    await field.press('Enter');
    await card(column(priya, 'To do'), cake).waitFor();
    await field.fill('Find plates');
    await field.press('Enter');
    await card(column(priya, 'To do'), 'Find plates').waitFor();

    expect(await field.inputValue()).toBe('');
    await field.press('Escape');
  });

  test('what was typed stays when it could not be saved, and is saved by trying again', async () => {
    await column(priya, 'Stuck').getByRole('button', { name: 'Add an action' }).click();
    const field = column(priya, 'Stuck').getByRole('textbox', { name: 'New action in “Stuck”' });
    await field.fill('Ask for a budget');
    await priya.page.route('**/plan/*', route => route.abort());
    await field.press('Enter');
    await priya.tab.getByText('We could not reach CoP Companion').waitFor();

    expect(await field.inputValue()).toBe('Ask for a budget');
    await priya.page.unroute('**/plan/*');
    await priya.tab.getByRole('button', { name: 'Try again' }).click();
    await card(column(priya, 'Stuck'), 'Ask for a budget').waitFor();
  });

  test('she drags one with the mouse', async () => {
    await card(column(priya, 'To do'), cake).scrollIntoViewIfNeeded();
    const from = await card(column(priya, 'To do'), cake).boundingBox();
    const to = await column(priya, 'Doing').boundingBox();
    if (!from || !to) throw new Error('the board is not in sight');
    await priya.page.mouse.move(from.x + 60, from.y + from.height - 60);
    await priya.page.mouse.down();
    // At the height where it was: near an edge of the page, the page would scroll away under it.
    const height = Math.min(from.y + 20, to.y + to.height - 20);
    await priya.page.mouse.move(to.x + to.width / 2, height, { steps: 8 });
    await priya.page.mouse.up();

    await card(column(priya, 'Doing'), cake).waitFor();
    expect(await card(column(priya, 'To do'), cake).count()).toBe(0);
  });

  test('she moves it with the keyboard, and hears where it is', async () => {
    const handle = priya.tab.getByRole('button', { name: `Drag “${cake}”` });
    await handle.focus();
    await handle.press('Space');
    await priya.tab.getByText(`“${cake}” is over Doing.`).waitFor({ state: 'attached' });
    await priya.page.keyboard.press('ArrowRight');
    await priya.tab.getByText(`“${cake}” is over Stuck.`).waitFor({ state: 'attached' });
    await priya.page.keyboard.press('Space');

    await card(column(priya, 'Stuck'), cake).waitFor();
  });

  test('Escape leaves it where it was', async () => {
    const handle = priya.tab.getByRole('button', { name: `Drag “${cake}”` });
    await handle.focus();
    await handle.press('Space');
    await priya.tab.getByText(`“${cake}” is over Stuck.`).waitFor({ state: 'attached' });
    await priya.page.keyboard.press('ArrowLeft');
    await priya.tab.getByText(`“${cake}” is over Doing.`).waitFor({ state: 'attached' });
    await priya.page.keyboard.press('Escape');
    await priya.tab.getByText(`“${cake}” stays where it was.`).waitFor({ state: 'attached' });

    expect(await card(column(priya, 'Stuck'), cake).count()).toBe(1);
  });

  test('the menu on the card does the same', async () => {
    await priya.tab.getByRole('button', { name: `Move to…: ${cake}` }).press('Enter');
    await priya.tab.getByRole('menuitemradio', { name: 'Doing' }).press('Enter');

    await card(column(priya, 'Doing'), cake).waitFor();
  });

  test('a move is undone by its button or by Ctrl+Z, and the focus stays where it was', async () => {
    const menu = priya.tab.getByRole('button', { name: `Move to…: ${cake}` });
    for (const way of ['button', 'keys']) {
      await menu.press('Enter');
      await priya.tab.getByRole('menuitemradio', { name: 'Done' }).press('Enter');
      await card(column(priya, 'Done'), cake).waitFor();
      // The one of the move before may still be on its way out.
      const toast = priya.tab.locator('.fui-Toast', { hasText: 'is now in Done' });
      const undo = toast.getByRole('button', { name: 'Undo' });
      await undo.waitFor();
      expect(await undo.and(priya.tab.locator(':focus')).count()).toBe(0);
      if (way === 'button') await undo.press('Enter');
      else await priya.page.keyboard.press('Control+z');

      await card(column(priya, 'Doing'), cake).waitFor();
      await priya.tab.getByText('It is as it was before.').first().waitFor({ state: 'attached' });
      await toast.waitFor({ state: 'detached' });
    }
  });

  test('a move that is refused goes back where it was, and says why', async () => {
    await priya.page.route('**/plan/*', route =>
      route.request().method() === 'PUT' ? route.abort() : route.continue(),
    );
    await priya.tab.getByRole('button', { name: `Move to…: ${cake}` }).press('Enter');
    await priya.tab.getByRole('menuitemradio', { name: 'Done' }).press('Enter');

    const notice = priya.tab.getByRole('alert').filter({ hasText: 'We could not reach' });
    await notice.waitFor();
    await card(column(priya, 'Doing'), cake).waitFor();
    await priya.page.unroute('**/plan/*');
    await notice.getByRole('button', { name: 'Try again' }).click();
    await card(column(priya, 'Done'), cake).waitFor();
    await priya.tab.getByRole('button', { name: 'Undo' }).last().click();
    await card(column(priya, 'Doing'), cake).waitFor();
  });

  test('she looks at one and leaves it by keyboard, and is where she was', async () => {
    const title = priya.tab.getByRole('button', { name: cake, exact: true });
    await title.press('Enter');
    await priya.tab.getByRole('dialog').waitFor();
    await priya.page.keyboard.press('Escape');
    await priya.tab.getByRole('dialog').waitFor({ state: 'hidden' });

    // It moves once the panel is gone.
    await title.and(priya.tab.locator(':focus')).waitFor();
  });

  test('she says who does it, until when and what for; two people’s edits of different fields are put together', async () => {
    const tomasz = await as('Tomasz Nowak');
    await tomasz.tab.getByRole('button', { name: cake, exact: true }).click();
    await tomasz.tab.getByRole('textbox', { name: 'Notes' }).fill('No nuts.\n\nבלי אגוזים 🥜');

    await priya.tab.getByRole('button', { name: cake, exact: true }).click();
    const panel = priya.tab.getByRole('dialog');
    await panel.getByRole('combobox', { name: 'Who does it?' }).pressSequentially('Gwen');
    await priya.tab.getByRole('listbox').getByRole('option', { name: 'Gwen Pritchard' }).click();
    await panel.getByLabel('Due').fill('2030-01-31');
    await panel.getByRole('combobox', { name: 'The aim it serves' }).selectOption({ index: 1 });
    await panel.getByRole('button', { name: 'Save' }).click();
    await panel.waitFor({ state: 'hidden' });
    await card(column(priya, 'Doing'), cake).getByText('Gwen Pritchard').waitFor();

    await tomasz.tab.getByRole('button', { name: 'Save' }).click();
    await tomasz.tab
      .getByText(/is saved, together with what Priya Raman changed meanwhile: owners, day, aim\./)
      .first()
      .waitFor();
    await card(column(tomasz, 'Doing'), cake)
      .getByText(/^Due 31 .* 2030$/)
      .waitFor();
    expect(errorsOf(tomasz)).toEqual([]);
    await tomasz.page.context().close();
  });

  test('the same field stands side by side; nothing typed is lost, not even by closing the tab', async () => {
    const tomasz = await as('Tomasz Nowak');
    await tomasz.tab.getByRole('button', { name: 'Find plates', exact: true }).click();
    const title = tomasz.tab.getByRole('textbox', { name: 'What is to be done?' });
    await title.fill('Find twenty plates');
    await priya.tab.getByRole('button', { name: 'Find plates', exact: true }).click();
    await priya.tab.getByRole('textbox', { name: 'What is to be done?' }).fill('Find cups and plates');
    await priya.tab.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await card(column(priya, 'To do'), 'Find cups and plates').waitFor();

    await tomasz.page.reload();
    await tomasz.become('Tomasz Nowak');
    await tomasz.goTo('Plan');
    await tomasz.tab.getByRole('button', { name: 'Find cups and plates', exact: true }).click();
    await tomasz.tab.getByText(/This is what you had written/).waitFor();
    expect(await title.inputValue()).toBe('Find twenty plates');
    await tomasz.tab.getByRole('button', { name: 'Save' }).click();
    await tomasz.tab.getByText('Priya Raman changed this action while you did').waitFor();
    await tomasz.tab.getByRole('radio', { name: 'From Priya Raman: Find cups and plates' }).check();
    expect(await title.inputValue()).toBe('Find cups and plates');
    await tomasz.tab.getByRole('radio', { name: 'Yours: Find twenty plates' }).check();
    await tomasz.tab.getByRole('button', { name: 'Save' }).click();

    await card(column(tomasz, 'To do'), 'Find twenty plates').waitFor();
    expect(errorsOf(tomasz)).toEqual([]);
    await tomasz.page.context().close();
  });

  test('steps are added by Enter, ticked at once and kept without saving; two people’s ticks both hold', async () => {
    const gwen = await as('Gwen Pritchard');
    await gwen.tab.getByRole('button', { name: cake, exact: true }).click();
    const panel = gwen.tab.getByRole('dialog');
    const field = panel.getByRole('textbox', { name: 'Add a step' });
    for (const step of ['Buy flour', 'Bake it', 'Carry it there']) {
      await field.fill(step);
      await field.press('Enter');
      await panel.getByRole('checkbox', { name: step }).waitFor();
    }
    await priya.tab.getByRole('button', { name: cake, exact: true }).click();
    const hers = priya.tab.getByRole('dialog');
    // The last one is there once the server has all three.
    await hers.getByRole('checkbox', { name: 'Carry it there' }).waitFor();
    await Promise.all([
      panel.getByRole('checkbox', { name: 'Buy flour' }).check(),
      hers.getByRole('checkbox', { name: 'Bake it' }).check(),
    ]);
    await panel.getByText('2 of 3 done').waitFor();
    await hers.getByText('2 of 3 done').waitFor();

    await panel.getByRole('button', { name: 'More about “Carry it there”' }).press('Enter');
    await gwen.tab.getByRole('menuitem', { name: 'Move up' }).press('Enter');
    const steps = panel.getByRole('region', { name: 'Steps' }).getByRole('listitem');
    await steps.nth(1).getByRole('checkbox', { name: 'Carry it there' }).waitFor();
    await panel.getByRole('button', { name: 'Close' }).last().click();
    await hers.getByRole('button', { name: 'Close' }).last().click();
    await card(column(priya, 'Doing'), cake).getByText('2 of 3').waitFor();
    expect(errorsOf(gwen)).toEqual([]);
    await gwen.page.context().close();
  });

  test('a tick that is refused is taken back, and says so', async () => {
    await priya.tab.getByRole('button', { name: cake, exact: true }).click();
    const box = priya.tab.getByRole('dialog').getByRole('checkbox', { name: 'Carry it there' });
    await box.waitFor();
    await priya.page.route('**/details', route => route.abort());
    await box.click();

    await priya.tab.getByText('Your last change is no longer shown.').waitFor();
    expect(await box.isChecked()).toBe(false);
    await priya.page.unroute('**/details');
    await priya.tab.getByRole('button', { name: 'Try again' }).click();
    await priya.tab.getByText('3 of 3 done').waitFor();
    await priya.tab.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await priya.tab.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  test('a comment mentions somebody by keyboard, is kept while it is written, and comes to another open screen', async () => {
    await priya.tab.getByRole('button', { name: cake, exact: true }).click();
    const hers = priya.tab.getByRole('dialog');
    await hers.getByRole('textbox', { name: 'Comment' }).waitFor();
    const gwen = await as('Gwen Pritchard');
    await gwen.tab.getByRole('button', { name: cake, exact: true }).click();
    const panel = gwen.tab.getByRole('dialog');
    const field = panel.getByRole('textbox', { name: 'Comment' });
    await field.pressSequentially('Lemon or plum, @');
    const people = panel.getByRole('listbox', { name: 'People to mention' });
    await people.waitFor();
    expect(await violations(tabFrame(gwen))).toEqual([]);
    await field.press('Escape');
    await people.waitFor({ state: 'detached' });
    await field.pressSequentially('pri');
    await people.getByRole('option', { name: 'Priya Raman' }).waitFor();
    await field.press('Enter');
    await field.pressSequentially('?');
    expect(await field.inputValue()).toBe('Lemon or plum, @Priya Raman ?');

    // What is not sent is a draft, and says so when it comes back.
    await panel.getByRole('button', { name: 'Close' }).last().click();
    await gwen.tab.getByRole('button', { name: cake, exact: true }).click();
    await panel.getByText('This is what you had written').waitFor();
    expect(await field.inputValue()).toBe('Lemon or plum, @Priya Raman ?');
    await panel.getByRole('button', { name: 'Send' }).click();

    await hers.getByText('Lemon or plum').waitFor();
    expect(await hers.getByRole('button', { name: /^Change your comment/ }).count()).toBe(0);
    await panel.getByRole('button', { name: /^Change your comment/ }).press('Enter');
    const change = panel.getByRole('textbox', { name: 'Change your comment' });
    await change.fill('Plum');
    await change.press('Control+Enter');
    await hers.getByText('Plum', { exact: true }).waitFor();

    // A coordinator is asked before somebody else's is gone.
    await hers.getByRole('button', { name: /^Remove the comment of Gwen/ }).press('Enter');
    await hers.getByRole('button', { name: 'Remove it' }).press('Enter');
    await panel.getByText('Plum', { exact: true }).waitFor({ state: 'detached' });
    for (const one of [panel, hers]) await one.getByRole('button', { name: 'Close' }).last().click();
    expect(errorsOf(gwen)).toEqual([]);
    await gwen.page.context().close();
  });

  test('a day is said in words, in an open action and at the end of a new one, and shown before it is saved', async () => {
    await priya.tab.getByRole('button', { name: cake, exact: true }).click();
    const panel = priya.tab.getByRole('dialog');
    const words = panel.getByRole('textbox', { name: 'In words' });
    await words.focus();
    const [drawer, frame] = [await panel.boundingBox(), await priya.page.locator('iframe').boundingBox()];
    expect(drawer!.x + drawer!.width).toBe(frame!.x + frame!.width);
    await words.fill('on no day');
    await panel.getByText('Not a day yet').waitFor();
    await words.fill('15 January 2027');
    await panel.getByText('Friday, January 15, 2027').or(panel.getByText('Friday, 15 January 2027')).waitFor();
    expect(await panel.getByLabel('Due', { exact: true }).inputValue()).toBe('2027-01-15');
    await words.fill('');
    expect(await panel.getByLabel('Due', { exact: true }).inputValue()).not.toBe('2027-01-15');
    await panel.getByRole('button', { name: 'Close' }).last().click();

    await column(priya, 'To do').getByRole('button', { name: 'Add an action' }).click();
    const field = column(priya, 'To do').getByRole('textbox', { name: 'New action in “To do”' });
    await field.fill('Order plates by 15 January 2027');
    await column(priya, 'To do')
      .getByRole('checkbox', { name: /^Due Friday/ })
      .waitFor();
    await field.press('Enter');
    await card(column(priya, 'To do'), 'Order plates')
      .getByText(/15 Jan|Jan 15/)
      .waitFor();
    await field.press('Escape');
  });

  test('a link is https only, is called as its file, and opens through Teams', async () => {
    await priya.tab.getByRole('button', { name: cake, exact: true }).click();
    const panel = priya.tab.getByRole('dialog');
    await panel.getByRole('button', { name: 'Add a link' }).click();
    const address = panel.getByRole('textbox', { name: 'Address' });
    await address.fill('http://example.org/recipe.docx');
    await address.press('Enter');
    await panel.getByText('An address begins with https://').waitFor();
    await address.fill('https://contoso.sharepoint.com/sites/x/Lemon%20cake.docx');
    await address.press('Enter');

    await panel.getByRole('link', { name: 'Lemon cake.docx' }).waitFor();
    const opened = priya.page.context().waitForEvent('page');
    await priya.page.context().route('https://contoso.sharepoint.com/**', route => route.fulfill({ body: 'cake' }));
    await panel.getByRole('link', { name: 'Lemon cake.docx' }).click();
    expect((await opened).url()).toBe('https://contoso.sharepoint.com/sites/x/Lemon%20cake.docx');
    await (await opened).close();
    await panel.getByRole('button', { name: 'Close' }).last().click();
    await panel.waitFor({ state: 'hidden' });
  });

  test('only what is overdue is shown, and everything again', async () => {
    await priya.tab.getByRole('combobox', { name: 'Due' }).selectOption('overdue');
    await priya.tab.getByText(/^1 of \d+ actions shown$/).waitFor();
    expect(await priya.tab.getByText(/^Overdue since/).count()).toBe(1);

    await priya.tab.getByRole('button', { name: 'Clear filters' }).click();

    await card(column(priya, 'Doing'), cake).waitFor();
  });

  test('the list is remembered, and a member can change only what is theirs', async () => {
    const gwen = await as('Gwen Pritchard');
    await gwen.tab.getByRole('button', { name: 'List', exact: true }).click();
    await gwen.page.reload();
    await gwen.become('Gwen Pritchard');
    await gwen.goTo('Plan');
    const list = gwen.tab.getByRole('table', { name: 'Actions' });
    await list.waitFor();

    await list.getByRole('button', { name: cake, exact: true }).click();
    await gwen.tab.getByText(/^You own this action/).waitFor();
    expect(await gwen.tab.getByRole('textbox', { name: 'What is to be done?' }).getAttribute('readonly')).toBe('');
    await gwen.tab.getByRole('dialog').getByRole('combobox', { name: 'State' }).selectOption('done');
    await gwen.tab.getByRole('button', { name: 'Save' }).click();
    await gwen.tab.getByText(`“${cake}” is saved.`).first().waitFor();
    await list.getByRole('button', { name: 'Find twenty plates', exact: true }).click();
    await gwen.tab.getByText(/^Only its owners/).waitFor();
    expect(await gwen.tab.getByRole('dialog').getByRole('button', { name: 'Save' }).count()).toBe(0);
    expect(errorsOf(gwen)).toEqual([]);
    await gwen.page.context().close();
  });

  test('she removes an action after being asked', async () => {
    await priya.tab.getByRole('button', { name: 'Ask for a budget', exact: true }).click();
    await priya.tab.getByRole('button', { name: 'Remove', exact: true }).click();
    await priya.tab.getByRole('button', { name: 'Remove it' }).click();

    await priya.tab.getByText('“Ask for a budget” is removed.').first().waitFor();
    expect(await priya.tab.getByRole('button', { name: 'Ask for a budget', exact: true }).count()).toBe(0);

    await priya.tab.getByRole('button', { name: 'Undo' }).click();
    await card(column(priya, 'Stuck'), 'Ask for a budget').waitFor();
    expect(errorsOf(priya)).toEqual([]);
    await priya.page.context().close();
  });

  test('on the day, its owner is reminded in their chat, and puts it off there', async () => {
    const amara = await as('Amara Okafor');
    await amara.page.getByRole('button', { name: 'Monday 09:00' }).click();
    await column(amara, 'To do').getByRole('button', { name: 'Add an action' }).click();
    const field = column(amara, 'To do').getByRole('textbox', { name: 'New action in “To do”' });
    await field.fill('Wash the cups');
    await field.press('Enter');
    await amara.tab.getByRole('button', { name: 'Wash the cups', exact: true }).click();
    const panel = amara.tab.getByRole('dialog');
    await panel.getByRole('combobox', { name: 'Who does it?' }).pressSequentially('Amara');
    await amara.tab.getByRole('listbox').getByRole('option', { name: 'Amara Okafor' }).click();
    await panel.getByLabel('Due').fill(await dayOn(desk.url, 7));
    await panel.getByRole('button', { name: 'Save' }).click();
    await panel.waitFor({ state: 'hidden' });

    await amara.page.getByRole('button', { name: 'Monday 09:00' }).click();
    await amara.goTo('CoP Companion');
    await amara.messages.getByRole('button', { name: 'A week later: Wash the cups' }).last().click();

    await amara.messages
      .getByText(/^Wash the cups is due Monday .* now\.$/)
      .first()
      .waitFor();
    expect(errorsOf(amara)).toEqual([]);
    await amara.page.context().close();
  });
});

test.each(['Light', 'Dark', 'Contrast'])(
  'in the theme %s axe finds nothing in the board, the panel and the list',
  async theme => {
    const one = await as('Priya Raman');
    await one.page.getByRole('radio', { name: theme }).check();
    await one.tab.getByRole('button', { name: 'Add an action' }).first().click();
    await one.page.waitForTimeout(300);
    expect(await violations(tabFrame(one))).toEqual([]);

    await one.tab.getByRole('button', { name: /^Book the library/ }).click();
    await one.tab.getByRole('textbox', { name: 'Notes' }).waitFor();
    await one.page.waitForTimeout(500);
    expect(await violations(tabFrame(one))).toEqual([]);
    await one.tab.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();

    await one.tab.getByRole('button', { name: 'List', exact: true }).click();
    await one.tab.getByRole('table', { name: 'Actions' }).waitFor();
    await one.tab.getByRole('checkbox').nth(1).check();
    await one.tab.getByRole('group', { name: 'What is chosen' }).waitFor();
    expect(await violations(tabFrame(one))).toEqual([]);

    await one.tab.getByRole('button', { name: 'Month', exact: true }).click();
    await one.tab.getByRole('table').waitFor();
    expect(await violations(tabFrame(one))).toEqual([]);
    await one.tab.getByRole('button', { name: 'Shortcuts' }).click();
    await one.tab.getByRole('dialog').waitFor();
    await one.page.waitForTimeout(500);
    expect(await violations(tabFrame(one))).toEqual([]);
    await one.page.context().close();
  },
);

describe('the plan by keyboard alone', () => {
  let one: DeskPage;
  beforeAll(async () => {
    one = await as('Tomasz Nowak');
    await one.tab.getByRole('button', { name: 'Add an action' }).first().focus();
  });
  afterAll(() => one.page.context().close());

  const focused = () =>
    tabFrame(one).evaluate(() => {
      const active = document.activeElement;
      return active?.id.startsWith('action-')
        ? active.textContent
        : (active?.getAttribute('aria-label') ?? active?.tagName);
    });

  test('a new one is added, stands out, and is found by searching', async () => {
    const { keyboard } = one.page;
    await keyboard.press('n');
    await one.tab.locator('input:focus').waitFor();
    await keyboard.type('Polish the samovar');
    await keyboard.press('Enter');
    const card1 = card(column(one, 'To do'), 'Polish the samovar');
    await card1.waitFor();
    await keyboard.press('Escape');
    await one.tab.locator('button:focus').waitFor();
    await keyboard.press('/');
    await one.tab.locator('#plan-search:focus').waitFor();
    await keyboard.type('SAMOVAR');
    await one.tab.getByText(/^1 of \d+ actions shown$/).waitFor();

    expect(await one.tab.getByRole('article').count()).toBe(1);
  });

  test('one Tab leads to the board and one out of each card; it moves, and the focus with it', async () => {
    const { keyboard } = one.page;
    const title = one.tab.getByRole('button', { name: 'Polish the samovar', exact: true });
    await title.focus();
    await keyboard.press('m');
    await one.tab.getByRole('menuitemradio', { name: 'Doing' }).waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await card(column(one, 'Doing'), 'Polish the samovar').waitFor();

    expect(await eventually(focused, 'Polish the samovar')).toBe('Polish the samovar');
    await one.tab.getByRole('button', { name: 'Drag “Polish the samovar”' }).focus();
    await keyboard.press('Space');
    await keyboard.press('ArrowRight');
    await one.tab.getByText('“Polish the samovar” is over Stuck.').waitFor({ state: 'attached' });
    await keyboard.press('Space');
    await card(column(one, 'Stuck'), 'Polish the samovar').waitFor();
    expect(await eventually(focused, 'Polish the samovar')).toBe('Polish the samovar');
  });

  test('the arrows go from card to card, and ? says which keys there are', async () => {
    const { keyboard } = one.page;
    await one.tab.getByRole('button', { name: 'Clear filters' }).focus();
    await keyboard.press('Enter');
    await column(one, 'Doing').getByRole('article').first().waitFor();
    await one.tab.getByRole('button', { name: 'Polish the samovar', exact: true }).focus();
    await keyboard.press('ArrowLeft');
    expect(await column(one, 'Doing').locator('[id^="action-"]:focus').count()).toBe(1);
    expect(await one.tab.locator('[id^="action-"][tabindex="0"]').count()).toBe(1);

    await keyboard.press('?');
    await one.tab.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await keyboard.press('Escape');
    await keyboard.press('Enter');
    await one.tab.getByRole('dialog').getByRole('button', { name: 'Save' }).waitFor();
    await keyboard.press('Escape');
  });
});

describe('several cards of the board', () => {
  test('are chosen by their key or with Ctrl, given to somebody, and taken back by one press', async () => {
    const one = await as('Priya Raman');
    await one.tab.getByRole('button', { name: 'Board', exact: true }).click();
    const cards = column(one, 'Doing').getByRole('article');
    await cards.nth(1).waitFor();
    await cards.nth(0).locator('[id^="action-"]').focus();
    await one.page.keyboard.press('x');
    await cards.nth(1).click({ modifiers: ['Control'], position: { x: 12, y: 12 } });
    const bar = one.tab.getByRole('group', { name: 'What is chosen' });
    await bar.getByText('2 chosen').waitFor();
    await bar.getByRole('combobox', { name: 'Owner' }).pressSequentially('Lars');
    await one.tab.getByRole('listbox').getByRole('option', { name: 'Lars Bergström' }).click();
    await one.tab.getByText('2 actions changed.').first().waitFor();
    const his = cards.filter({ hasText: 'Lars Bergström' });
    expect(await eventually(() => his.count(), 2)).toBe(2);

    await one.tab.getByRole('button', { name: 'Undo' }).click();
    expect(await eventually(() => his.count(), 0)).toBe(0);
    await bar.getByRole('button', { name: 'Choose none' }).click();
    await bar.waitFor({ state: 'hidden' });
    expect(await one.tab.getByRole('checkbox').count()).toBe(0);
    expect(errorsOf(one)).toEqual([]);
    await one.page.context().close();
  });
});

describe('the plan as a list', () => {
  let one: DeskPage;
  beforeAll(async () => {
    one = await as('Priya Raman');
    await one.tab.getByRole('button', { name: 'List', exact: true }).click();
  });
  afterAll(() => one.page.context().close());

  const rows = () => one.tab.getByRole('table').getByRole('row');

  test('is ordered by the head of a column, and put into groups', async () => {
    await one.tab.getByRole('button', { name: 'Action', exact: true }).click();
    const titles = await one.tab.locator('[id^="action-"]').allTextContents();
    expect(titles).toEqual(titles.toSorted((some, other) => some.localeCompare(other)));
    expect(await one.tab.getByRole('columnheader', { name: 'Action' }).getAttribute('aria-sort')).toBe('ascending');

    await one.tab.getByRole('combobox', { name: 'Group by' }).selectOption('state');
    await one.tab.getByRole('heading', { name: 'To do', level: 2 }).waitFor();
    expect(await one.tab.getByRole('table').count()).toBeGreaterThan(2);
    await one.tab.getByRole('combobox', { name: 'Group by' }).selectOption('none');
  });

  test('a state and a day are changed in the row, and taken back', async () => {
    const title = await one.tab.locator('[id^="action-"]').first().textContent();
    const state = one.tab.getByRole('combobox', { name: `State of “${title}”` });
    const before = await state.inputValue();
    const [other, name] = before === 'stuck' ? ['doing', 'Doing'] : ['stuck', 'Stuck'];
    await state.selectOption(other);
    await one.tab.getByText(`“${title}” is now in ${name}.`).first().waitFor();
    await one.tab.getByRole('button', { name: 'Undo' }).click();
    await one.tab.getByText('It is as it was before.').first().waitFor();

    expect(await eventually(() => state.inputValue(), before)).toBe(before);
  });

  test('several are moved at once, and all of them back by one press', async () => {
    const before = await rows().count();
    const boxes = one.tab.getByRole('checkbox', { name: /^Choose “/ });
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    const bar = one.tab.getByRole('group', { name: 'What is chosen' });
    await bar.getByText('2 chosen').waitFor();
    await bar.getByRole('button', { name: 'Remove' }).click();
    await one.tab.getByText('2 actions removed.').first().waitFor();
    expect(await eventually(() => rows().count(), before - 2)).toBe(before - 2);

    await one.tab.getByRole('button', { name: 'Undo' }).click();
    // The words may still be those of the press before.
    expect(await eventually(() => rows().count(), before)).toBe(before);
  });

  test('with Shift all between are chosen; one that somebody else changed is named, and the others are done', async () => {
    const before = await rows().count();
    const boxes = one.tab.getByRole('checkbox', { name: /^Choose “/ });
    const titles = (await one.tab.locator('[id^="action-"]').allTextContents()).slice(0, 3);
    await boxes.nth(0).check();
    await boxes.nth(2).click({ modifiers: ['Shift'] });
    const bar = one.tab.getByRole('group', { name: 'What is chosen' });
    await bar.getByText('3 chosen').waitFor();
    let asked = 0;
    await one.page.route('**/remove', route =>
      asked++ === 0 ? route.fulfill({ status: 409, json: { error: { code: 'version-conflict' } } }) : route.continue(),
    );
    await bar.getByRole('button', { name: 'Remove' }).click();

    const said = one.tab.getByText(/could not be changed/).first();
    await said.waitFor();
    expect(titles).toContain((await said.textContent())?.split(' could not be changed')[0]);
    expect(await eventually(() => rows().count(), before - 2)).toBe(before - 2);
    await one.page.unroute('**/remove');
    await one.tab.getByRole('button', { name: 'Undo' }).click();
    expect(await eventually(() => rows().count(), before)).toBe(before);
    expect(errorsOf(one)).toEqual([]);
  });
});

describe('what was done long ago', () => {
  let one: DeskPage;
  beforeAll(async () => {
    one = await as('Priya Raman');
    await one.tab.getByRole('button', { name: 'Board', exact: true }).click();
    await column(one, 'Done').getByRole('button', { name: 'Add an action' }).click();
    const field = column(one, 'Done').getByRole('textbox', { name: 'New action in “Done”' });
    await field.fill('Found the community');
    await field.press('Enter');
    await card(column(one, 'Done'), 'Found the community').waitFor();
    await one.page.context().close();
    await fetch(`${desk.url}/desk/api/clock`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ days: 40, zone: sampleZone }),
    });
    one = await as('Priya Raman');
  });
  afterAll(() => one.page.context().close());

  const older = () => column(one, 'Done').getByRole('button', { name: /^Show older \(\d+\)$/ });
  const founding = () => card(column(one, 'Done'), 'Found the community');

  test('comes by a press, and counts before it does', async () => {
    await older().waitFor();
    const progress = await one.tab
      .getByText(/of \d+ actions? done/)
      .first()
      .textContent();
    expect(await founding().count()).toBe(0);

    await older().click();
    await founding().waitFor();

    expect(await older().count()).toBe(0);
    expect(
      await one.tab
        .getByText(/of \d+ actions? done/)
        .first()
        .textContent(),
    ).toBe(progress);
  });

  test('is found by searching, is changed, and stands where it belongs then', async () => {
    await one.goTo('Charter');
    await one.goTo('Plan');
    await older().waitFor();
    await one.tab.getByRole('searchbox', { name: 'Search' }).fill('found the');
    await founding().waitFor();
    await founding().getByRole('button', { name: 'Found the community', exact: true }).click();
    const panel = one.tab.getByRole('dialog');
    await panel.getByRole('combobox', { name: 'State' }).selectOption('doing');
    await panel.getByRole('button', { name: 'Save' }).click();
    await panel.waitFor({ state: 'hidden' });

    await card(column(one, 'Doing'), 'Found the community').waitFor();
    expect(await founding().count()).toBe(0);
    expect(errorsOf(one)).toEqual([]);
  });
});

test.each(['Board', 'List', 'Month'])(
  'as wide as a phone, the %s does not make the page scroll sideways',
  async view => {
    const one = await as('Tomasz Nowak');
    await one.tab.getByRole('button', { name: view, exact: true }).click();
    await one.page
      .locator('iframe')
      .evaluate(frame => Object.assign(frame.style, { width: '360px', maxWidth: '360px', flex: 'none' }));
    await one.page.waitForTimeout(300);

    const { wanted, there } = await tabFrame(one).evaluate(() => ({
      wanted: document.documentElement.scrollWidth,
      there: document.documentElement.clientWidth,
    }));

    expect([there, wanted]).toEqual([360, 360]);
    await one.page.context().close();
  },
);

/** Looks again until it is so, or says what it is in the end. */
async function eventually<Value>(look: () => Promise<Value>, wanted: Value, tries = 100): Promise<Value> {
  const seen = await look();
  if (seen === wanted || tries === 0) return seen;
  await new Promise(resolve => setTimeout(resolve, 100));
  return eventually(look, wanted, tries - 1);
}

/** All but what a refused or cut-off call leaves in the console. */
function errorsOf({ errors }: DeskPage): readonly string[] {
  return errors.filter(error => !/status of 409|ERR_FAILED/.test(error));
}
