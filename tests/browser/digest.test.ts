/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { tabFrame, violations } from './tab-checks.ts';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk.stop());

/** Goes on by this key until what has the focus is called so; it is there already, or within sixty presses. */
async function walk(one: DeskPage, key: 'Tab' | 'Shift+Tab', name: string): Promise<void> {
  const focused = () =>
    tabFrame(one).evaluate(() => {
      const active = document.activeElement;
      const label = active instanceof HTMLInputElement ? active.labels?.[0]?.innerText : active?.textContent;
      return (active?.getAttribute('aria-label') ?? label ?? '').trim();
    });
  for (let press = 0; press < 60; press++) {
    if ((await focused()) === name) return;
    await one.page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to “${name}”, but to “${await focused()}”`);
}

/**
 * The sample has a digest that was sent and answered today, and a draft. Each test goes on where the one before ended.
 */
describe('a digest’s story', () => {
  let priya: DeskPage;
  beforeAll(async () => {
    priya = await desk.open();
    await priya.become('Priya Raman');
    await priya.goTo('Digest');
  });
  const preview = () => priya.tab.getByRole('group', { name: 'Preview of the card' }).first();

  test('the coordinator reads what the sponsor answered', async () => {
    await priya.tab.getByText('Times that suit: Wednesday, 09:30').waitFor();
    expect(await priya.tab.getByText('Gladly. Let us find the right chart together first.').count()).toBe(1);
  });

  test('words that are typed stand in the very card, its numbers cannot be touched', async () => {
    await preview().waitFor();
    await priya.tab
      .getByRole('textbox', { name: 'The one thing you ask of your sponsor' })
      .first()
      .fill('Would you tell the board about the handrail?');

    await preview().getByText('Would you tell the board about the handrail?').waitFor();
    expect(await preview().getByText('3 of the key and own roles filled', { exact: false }).count()).toBe(1);
    expect(await preview().getByRole('radio', { name: 'Yes, gladly' }).isDisabled()).toBe(true);
  });

  test('a time to talk is chosen in the calendar, and stands there in words', async () => {
    const chosen = priya.tab.getByLabel('Day and hour').first();
    await chosen.fill('2027-02-02T14:30');
    await priya.tab.getByRole('button', { name: 'Offer it' }).first().click();

    expect(await priya.tab.getByRole('textbox', { name: 'Time 1' }).first().inputValue()).toBe(
      'Tuesday 2 February at 14:30',
    );
    expect(await chosen.inputValue()).toBe('');
    await preview().getByText('Tuesday 2 February at 14:30').waitFor();
    await priya.tab.getByRole('textbox', { name: 'Time 1' }).first().fill('');
  });

  test('by keyboard alone it is saved, and goes to the channel after a question', async () => {
    const { keyboard } = priya.page;
    await priya.tab.getByRole('textbox', { name: 'The one thing you ask of your sponsor' }).first().focus();
    await walk(priya, 'Tab', 'Save the words');
    await keyboard.press('Enter');
    await priya.tab.getByText('Saved. It goes out with these words.').first().waitFor();

    await walk(priya, 'Shift+Tab', 'For the sponsor');
    await keyboard.press('ArrowRight');
    await walk(priya, 'Tab', 'Send now');
    await keyboard.press('Enter');
    await priya.tab.getByText('Post it in the channel now?').waitFor();
    await walk(priya, 'Tab', 'Yes, send it');
    await keyboard.press('Enter');
    await priya.tab.getByText('The digest is on its way.').first().waitFor();
    // What cannot be sent again today says so before anybody presses.
    await priya.tab.getByText('A digest has gone out today already.', { exact: false }).last().waitFor();
    expect(await priya.tab.getByRole('button', { name: 'Send now' }).last().getAttribute('aria-disabled')).toBe('true');
    await priya.goTo('General');
    await priya.messages.getByText('What we did, and what comes').first().waitFor();

    expect(priya.errors).toEqual([]);
    await priya.page.context().close();
  });

  test('the sponsor changes her answer in the card; nothing else had to be opened', async () => {
    const helen = await desk.open();
    await helen.become('Helen Osei');
    await helen.goTo('CoP Companion');
    await helen.messages.getByRole('button', { name: 'Answer again' }).first().click();
    await helen.messages.getByRole('radio', { name: 'Yes, gladly' }).check();
    await helen.messages.getByRole('textbox', { name: 'A word to the coordinators' }).fill('January it is.');
    await helen.messages.getByRole('button', { name: 'Send to the coordinators' }).click();

    await helen.messages.getByText('Thank you!').first().waitFor();
    expect(await helen.messages.getByText('January it is').count()).toBe(1);
    expect(helen.errors).toEqual([]);
    await helen.page.context().close();
  });

  test('a member reads what went to the channel, and nothing of the sponsor’s', async () => {
    const amara = await desk.open();
    await amara.become('Amara Okafor');
    await amara.goTo('Digest');
    await amara.tab.getByRole('button', { name: 'Show', exact: true }).click();

    await amara.tab.getByText('How to take part').waitFor();
    expect([
      await amara.tab.getByText('For the sponsor').count(),
      await amara.tab.getByRole('button', { name: 'Send now' }).count(),
    ]).toEqual([0, 0]);
    await amara.page.context().close();
  });
});

test.each(['Light', 'Dark', 'Contrast'])(
  'in the theme %s axe finds nothing in the draft, the preview and what has gone out',
  async theme => {
    const one = await desk.open();
    await one.become('Tomasz Nowak');
    await one.page.getByRole('radio', { name: theme }).check();
    await one.goTo('Digest');
    await one.tab.getByRole('group', { name: 'Preview of the card' }).first().waitFor();
    await one.tab.getByRole('button', { name: 'As text' }).first().click();
    await one.tab.getByRole('button', { name: 'Show', exact: true }).last().click();
    await one.tab.getByText('A story', { exact: true }).last().waitFor();
    await one.page.waitForTimeout(300);

    expect(await violations(tabFrame(one))).toEqual([]);
    await one.page.context().close();
  },
);

test('a frame as wide as a phone needs no scrolling sideways', async () => {
  const one = await desk.open();
  await one.become('Tomasz Nowak');
  await one.goTo('Digest');
  await one.tab.getByRole('group', { name: 'Preview of the card' }).first().waitFor();
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
});
