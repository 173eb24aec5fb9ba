/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { changeCharterItem, charterItem } from '../support/charter-item.ts';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { tabFrame, violations } from './tab-checks.ts';

const table = '| month | talk |\n|:--|--:|\n| May | [maps](https://x.org) |';

/** A coordinator writes the charter by keyboard alone. Each test goes on where the one before ended. */
describe('a text with bold, lists and links', () => {
  let desk: DeskUnderTest;
  let priya: DeskPage;
  let box: Locator;
  beforeAll(async () => {
    desk = await startDesk();
    await changeCharterItem(desk.url, 'communication', `A __room__,\nand:\n\n\n${table}\n\n*  tea\n`);
    priya = await desk.open();
    await priya.become('Priya Raman');
    await priya.goTo('Charter');
    box = priya.tab.getByRole('textbox', { name: /: your text$/ });
  }, 240_000);
  afterAll(() => desk.stop());

  async function edit(section: string): Promise<void> {
    await priya.tab.getByRole('button', { name: `Edit ${section}` }).focus();
    await priya.page.keyboard.press('Enter');
    await box.waitFor();
  }

  async function saved(section: string): Promise<void> {
    await priya.page.keyboard.press('Control+Enter');
    await priya.tab.getByRole('region', { name: section }).getByText('Saved.', { exact: true }).waitFor();
  }

  test('is written without a mouse: the cursor is there, the keys are those of every editor', async () => {
    const { keyboard } = priya.page;
    await edit('Governance');
    expect(await box.evaluate(element => element === element.ownerDocument.activeElement)).toBe(true);

    await keyboard.type('## How we decide');
    await keyboard.press('Enter');
    await keyboard.press('Control+i');
    await keyboard.type('Together');
    await keyboard.press('Control+i');
    await keyboard.type(', as a rule 2 * 3 times a year.');
    await keyboard.press('Enter');
    await keyboard.type('- Who asks, proposes.');
    await keyboard.press('Enter');
    await keyboard.type('The rules');
    await keyboard.press('Shift+Home');
    await keyboard.press('Control+k');
    await priya.tab.getByRole('textbox', { name: 'Address of the link' }).waitFor();
    await keyboard.type('example.org/rules');
    await keyboard.press('Enter');
    await saved('Governance');

    expect((await charterItem(desk.url, 'governance')).text).toBe(
      '## How we decide\n\n*Together*, as a rule 2 \\* 3 times a year.\n\n- Who asks, proposes.\n- [The rules](https://example.org/rules)',
    );
    const panel = priya.tab.getByRole('region', { name: 'Governance' });
    await panel.getByRole('heading', { name: 'How we decide' }).waitFor();
    expect(await panel.getByText('2 * 3').count()).toBe(1);
    expect(
      await priya.tab
        .getByRole('button', { name: 'Edit Governance' })
        .evaluate(button => button === button.ownerDocument.activeElement),
    ).toBe(true);
  });

  test('by the buttons, which the arrows go through, and one Tab away from the text', async () => {
    const { keyboard } = priya.page;
    await edit('Roles');
    await keyboard.type('Everybody');
    await keyboard.press('Control+a');
    await keyboard.press('Shift+Tab');
    const bold = priya.tab.getByRole('button', { name: 'Bold', exact: true });
    await bold.focus();
    await keyboard.press('Enter');
    expect(await bold.getAttribute('aria-pressed')).toBe('true');
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    expect(await priya.tab.getByRole('button', { name: 'List', exact: true }).getAttribute('aria-pressed')).toBe(
      'true',
    );
    await saved('Roles');

    expect((await charterItem(desk.url, 'roles')).text).toBe('- **Everybody**');
  });

  test('what comes from Word is clean', async () => {
    await edit('Risks');
    await paste(
      box,
      `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body>
       <!--StartFragment--><h1 style="color:red">Risks</h1>
       <p class=MsoNormal><span style="font-family:Calibri;color:#123">People are <b>busy</b> in <i>March</i>.<o:p></o:p></span></p>
       <p class=MsoNormal><o:p>&nbsp;</o:p></p>
       <p class=MsoNormal><a href="javascript:alert(1)">bad</a> <a href="https://x.org/">good</a></p>
       <ul><li>One</li><li>Two<ul><li>Deep</li></ul></li></ul>
       <table><tr><td>cell</td></tr></table><script>alert(1)</script><!--EndFragment--></body></html>`,
    );
    await saved('Risks');

    expect((await charterItem(desk.url, 'risks')).text).toBe(
      '# Risks\n\nPeople are **busy** in *March*.\n\nbad [good](https://x.org/)\n\n- One\n- Two\n  - Deep\n\ncell',
    );
  });

  test('what it does not know stays as it was typed, and so does what nobody touched', async () => {
    await edit('Communication');
    expect(await box.locator('pre').innerText()).toBe(table);
    await priya.page.keyboard.press('Control+Home');
    await priya.page.keyboard.type('Here: ');
    await saved('Communication');

    expect((await charterItem(desk.url, 'communication')).text).toBe(
      `Here: A **room**,\nand:\n\n\n${table}\n\n*  tea\n`,
    );
    await priya.tab.getByRole('region', { name: 'Communication' }).getByRole('table').waitFor();
  });

  test('opened and saved, it is not changed at all', async () => {
    const before = await charterItem(desk.url, 'communication');
    await edit('Communication');
    await priya.page.keyboard.press('Control+Enter');
    await priya.tab.getByRole('button', { name: 'Edit Communication' }).waitFor();

    expect(await charterItem(desk.url, 'communication')).toEqual(before);
  });

  test('two versions stand side by side as they read, and the history shows what came as it reads', async () => {
    const tomasz = await desk.open();
    await tomasz.become('Tomasz Nowak');
    await tomasz.goTo('Charter');
    await tomasz.tab.getByRole('button', { name: 'Edit Roles' }).click();
    await tomasz.tab.getByRole('textbox', { name: /: your text$/ }).press('Control+End');
    await tomasz.page.keyboard.type(' of us');
    await edit('Roles');
    await priya.page.keyboard.press('Control+End');
    await priya.page.keyboard.type(' who can');
    await saved('Roles');
    await tomasz.page.keyboard.press('Control+Enter');

    const place = tomasz.tab.getByRole('group', { name: 'Place 1 of 1' });
    await place.getByRole('listitem').first().waitFor();
    expect(await place.locator('strong').allInnerTexts()).toEqual(['Everybody of us', 'Everybody who can']);
    expect(await place.innerText()).not.toContain('*');
    await place.getByRole('button', { name: 'Take both' }).click();
    expect(await violations(tabFrame(tomasz))).toEqual([]);
    await tomasz.tab.getByRole('button', { name: 'Save', exact: true }).click();
    await tomasz.tab.getByRole('region', { name: 'Roles' }).getByText('Saved', { exact: false }).first().waitFor();

    await tomasz.tab.getByRole('button', { name: 'History of Roles' }).click();
    await tomasz.tab.locator('ins').first().waitFor();
    expect(await tomasz.tab.locator('figure').innerText()).not.toContain('*');
    expect(await tomasz.tab.locator('ins').first().innerText()).toContain('of us');
    expect(tomasz.errors.filter(error => !/status of 409/.test(error))).toEqual([]);
    await tomasz.page.context().close();
  });

  test.each(['Light', 'Dark', 'Contrast'])('in the theme %s axe finds nothing in it', async theme => {
    await priya.page.getByRole('radio', { name: theme }).check();
    await edit('Governance');
    await priya.page.keyboard.press('Control+End');
    await priya.page.keyboard.press('Control+k');
    await priya.tab.getByRole('textbox', { name: 'Address of the link' }).fill('nowhere at all');
    await priya.page.keyboard.press('Enter');
    await priya.tab.getByText('An address begins with').waitFor();

    expect(await violations(tabFrame(priya))).toEqual([]);
    await priya.page.keyboard.press('Escape');
    await priya.tab.getByRole('button', { name: 'Cancel', exact: true }).click();
    expect(priya.errors.filter(error => !/status of 409|412/.test(error))).toEqual([]);
  });
});

/** Pastes as a browser does when Word has copied. */
async function paste(where: Locator, html: string): Promise<void> {
  await where.evaluate((element, copied) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', copied);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, html);
}
