import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { charterItem } from '../support/charter-item.ts';
import { dayOn, startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';

/**
 * A charter that lives: who wrote what, back to an older text, a copy to take away, and a look at it when the day
 * comes.
 */
describe('the charter’s story', () => {
  let desk: DeskUnderTest;
  let priya: DeskPage;
  beforeAll(async () => {
    desk = await startDesk();
    priya = await desk.open();
    await priya.become('Priya Raman');
    await priya.goTo('Charter');
  }, 240_000);
  afterAll(() => desk.stop());

  test('the history says who wrote what, and what a save changed', async () => {
    await priya.tab.getByRole('button', { name: 'History of Aims' }).click();

    await priya.tab.getByRole('heading', { name: 'History of Aims' }).waitFor();
    const versions = priya.tab.getByRole('list', { name: 'Versions' }).getByRole('button');
    await versions.first().waitFor();
    expect((await versions.allTextContents()).map(text => text.replace(/\d.*$/, ''))).toEqual([
      'Tomasz Nowak · Now',
      'Priya Raman',
    ]);
    expect(await priya.tab.locator('del').first().textContent()).toMatch(/^\[removed: .*\S.* \]$/);
    expect(await priya.tab.locator('ins').first().textContent()).toMatch(/^\[added: .*\S.* \]$/);
    await priya.tab.getByText(/^\d+ words? added, \d+ words? removed\.$/).waitFor();
  });

  test('by keyboard: an old version is brought back, as a new one in her name', async () => {
    const oldest = priya.tab.getByRole('list', { name: 'Versions' }).getByRole('button').last();
    await oldest.focus();
    await priya.page.keyboard.press('Enter');
    const restore = priya.tab.getByRole('button', { name: 'Bring this version back' });
    await restore.focus();
    await priya.page.keyboard.press('Enter');
    await priya.page.keyboard.press('Enter');

    await priya.tab
      .getByRole('region', { name: 'Aims' })
      .getByText(/^The version of .* is back\.$/)
      .waitFor();
    expect(await charterItem(desk.url, 'aims')).toEqual({
      text: '1. Everyone leaves a meeting with something new.\n2. A shelf of examples from our own work.\n3. Two teams a year whose report was redrawn together.',
      savedBy: ['Priya Raman', 'Tomasz Nowak', 'Priya Raman'],
    });
    expect(
      await priya.tab
        .getByRole('button', { name: 'History of Aims' })
        .evaluate(button => button === button.ownerDocument.activeElement),
    ).toBe(true);
  });

  test('a version that was overtaken meanwhile is not brought back unseen', async () => {
    await priya.tab.getByRole('button', { name: 'History of Aims' }).click();
    await priya.tab.getByRole('list', { name: 'Versions' }).getByRole('button').last().click();
    const tomasz = await desk.open();
    await tomasz.become('Tomasz Nowak');
    await tomasz.goTo('Charter');
    await tomasz.tab.getByRole('button', { name: 'Edit Aims' }).click();
    await tomasz.tab.getByRole('textbox', { name: 'Aims: your text' }).fill('Something else.');
    await tomasz.tab.getByRole('button', { name: 'Save' }).click();
    await tomasz.tab.getByRole('region', { name: 'Aims' }).getByText('Saved.').waitFor();
    await tomasz.page.context().close();
    // That he has gone is shown, and moves what is below it.
    await priya.page.waitForTimeout(2000);

    await priya.tab.getByRole('button', { name: 'Bring this version back' }).click();
    await priya.tab.getByRole('button', { name: 'Bring it back' }).click();

    await priya.tab.getByText('Aims was changed while you were looking.').waitFor();
    // What is typed over a list stays in it.
    expect((await charterItem(desk.url, 'aims')).text).toBe('1. Something else.');
    await priya.tab.getByRole('button', { name: 'Close the history' }).click();
  });

  test.each([
    { format: 'Word', ending: 'docx', begins: 'PK' },
    { format: 'PDF', ending: 'pdf', begins: '%PDF-1.7' },
    { format: 'Plain text', ending: 'md', begins: '# Charter of Data Storytellers' },
  ])('the charter can be taken away as $format', async ({ format, ending, begins }) => {
    await priya.tab.getByRole('button', { name: 'Download the charter' }).click();
    const [download] = await Promise.all([
      priya.page.context().waitForEvent('download'),
      priya.tab.getByRole('menuitem', { name: format }).click(),
    ]);

    expect(download.suggestedFilename()).toMatch(
      new RegExp(`^Charter of Data Storytellers \\d{4}-\\d\\d-\\d\\d\\.${ending}$`),
    );
    const file = await readFile(await download.path());
    expect(file.subarray(0, begins.length).toString()).toBe(begins);
    if (ending === 'pdf') expect(await firstLine(file)).toBe('Charter of Data Storytellers');
  });

  test('the charter is published to the channel’s Files, each time as a new version of one file', async () => {
    for (let time = 0; time < 2; time++) {
      await publishAs(priya, 'PDF');
      await priya.tab
        .getByRole('region', { name: 'Charter', exact: true })
        .getByText('“Charter of Data Storytellers.pdf” is in the channel’s Files.')
        .waitFor();
    }
    const [opened] = await Promise.all([
      priya.page.context().waitForEvent('page'),
      priya.tab.getByRole('link', { name: 'Open the file' }).click(),
    ]);
    const file = await fetch((await priya.tab.getByRole('link', { name: 'Open the file' }).getAttribute('href')) ?? '');
    await opened.close();

    expect(await firstLine(new Uint8Array(await file.arrayBuffer()))).toBe('Charter of Data Storytellers');
    await priya.goTo('Files');
    await priya.page.getByRole('link', { name: 'Charter of Data Storytellers.pdf' }).waitFor();
    await priya.page.getByText(/^General · version 2 · \d+ KB · Priya Raman, /).waitFor();
    await priya.goTo('Charter');
  });

  test('a file that somebody has open is not replaced, and the reason is said', async () => {
    await fetch(`${desk.url}/desk/api/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ path: ':/content', status: 423, count: 1 }),
    });

    await publishAs(priya, 'Word');

    await priya.tab
      .getByRole('region', { name: 'Charter', exact: true })
      .getByText('Somebody has “Charter of Data Storytellers.docx” open, so it cannot be replaced just now.')
      .waitFor();
  });

  test('when the day of the review comes, the coordinators are asked; one press sets the next', async () => {
    await priya.tab.getByRole('button', { name: 'Change review date' }).click();
    await priya.tab.getByLabel('Day of the next review').fill(await dayOn(desk.url, 0));
    await priya.tab.getByRole('button', { name: 'Save', exact: true }).click();
    await priya.tab.getByRole('button', { name: 'Reviewed: set the next date' }).waitFor();
    // Monday morning is the week’s; what else waits comes on Tuesday, in one card.
    await priya.page.getByRole('button', { name: 'Monday 09:00' }).click();
    await priya.goTo('CoP Companion');
    await priya.messages
      .getByText(/of 290/)
      .first()
      .waitFor();
    await priya.page.getByRole('button', { name: '+1 day' }).click();
    await priya.messages.getByRole('button', { name: 'Show: The day has come to look at the charter again' }).click();
    await priya.messages.getByText('Time to look at the charter of Data Storytellers').first().waitFor();

    await priya.messages.getByRole('button', { name: 'Reviewed, next in 6 months' }).click();

    await priya.messages
      .getByText(/Thank you, Priya Raman has done the review/)
      .first()
      .waitFor();
    const tomasz = await desk.open();
    await tomasz.become('Tomasz Nowak');
    await tomasz.goTo('CoP Companion');
    await tomasz.messages.getByRole('button', { name: 'Show: The day has come to look at the charter again' }).click();
    await tomasz.messages.getByText('That is settled by now, or its day is over.').first().waitFor();
    expect(tomasz.errors).toEqual([]);
    await tomasz.page.context().close();
    await priya.goTo('Charter');
    await priya.tab.getByRole('button', { name: 'Change review date' }).waitFor();
  });

  test('a member reads the history and takes the charter away, and brings nothing back', async () => {
    await priya.become('Helen Osei');
    await priya.goTo('Charter');
    await priya.tab.getByRole('button', { name: 'History of Aims' }).click();
    await priya.tab.getByRole('list', { name: 'Versions' }).getByRole('button').last().click();

    await priya.tab.getByText('This is the first version').waitFor();
    expect(await priya.tab.getByRole('button', { name: 'Bring this version back' }).count()).toBe(0);
    expect(await priya.tab.getByRole('button', { name: 'Download the charter' }).count()).toBe(1);
    expect(await priya.tab.getByRole('button', { name: /^Publish to Files/ }).count()).toBe(0);
  });

  test('on a phone nothing has to be scrolled sideways', async () => {
    const { page, tab, become, goTo } = await desk.open();
    await become('Priya Raman');
    await goTo('Charter');
    await page.setViewportSize({ width: 360, height: 740 });
    await tab.getByRole('button', { name: 'History of Aims' }).click();
    await tab.getByRole('list', { name: 'Versions' }).waitFor();

    const { wanted, there } = await tab
      .locator('html')
      .evaluate(html => ({ wanted: html.scrollWidth, there: html.clientWidth }));

    expect(wanted).toBeLessThanOrEqual(there);
    await page.context().close();
  });
});

async function publishAs({ tab }: DeskPage, format: string): Promise<void> {
  await tab.getByRole('button', { name: /^Publish to Files/ }).click();
  await tab.getByRole('menuitem', { name: format }).click();
}

async function firstLine(file: Uint8Array): Promise<string> {
  const task = getDocument({ data: new Uint8Array(file), verbosity: 0, useSystemFonts: false });
  const page = await (await task.promise).getPage(1);
  const [first] = (await page.getTextContent()).items;
  await task.destroy();
  return first && 'str' in first ? first.str : '';
}
