/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dayOn, startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { tabFrame, violations } from './tab-checks.ts';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
}, 120_000);
afterAll(() => desk.stop());

/** From the question to what came of it. Each test goes on where the one before ended. */
describe('a survey’s story', () => {
  let priya: DeskPage;
  beforeAll(async () => {
    priya = await desk.open();
    await priya.become('Priya Raman');
  });

  test('the coordinator sends a survey from a template to each member', async () => {
    await priya.goTo('Surveys');
    await priya.tab.getByRole('button', { name: 'New survey' }).click();
    await priya.tab.getByRole('button', { name: /^Tool confidence/ }).click();
    await priya.tab.getByRole('button', { name: 'Open it now' }).click();

    await priya.tab
      .getByText(/tools\?” is open\. Comes into people’s own chats on the morning of/)
      .first()
      .waitFor();
    expect(await priya.tab.getByText('Fewer than five of 11 have answered so far').count()).toBe(1);
  });

  test('a member answers the card in their chat, and is told how it is kept', async () => {
    const amara = await desk.open();
    await amara.become('Amara Okafor');
    await amara.goTo('CoP Companion');
    // It comes in the morning; whoever asks has it at once.
    const words = amara.page.getByRole('textbox', { name: /^Write to/ });
    await words.fill('survey');
    await words.press('Enter');
    await amara.messages.getByText('How do you get on with our tools?').first().waitFor();
    await amara.messages.getByRole('radio', { name: '4' }).first().check();
    await amara.messages.getByRole('checkbox', { name: 'Somebody to ask' }).check();
    await amara.messages.getByRole('button', { name: 'Send', exact: true }).click();

    await amara.messages.getByText('Thank you!').first().waitFor();
    expect(amara.errors).toEqual([]);
    await amara.page.context().close();
  });

  test('another answers in the tab with the keyboard, and answers again', async () => {
    const gwen = await desk.open();
    await gwen.become('Gwen Pritchard');
    await gwen.goTo('Surveys');
    const panel = gwen.tab.getByRole('article', { name: 'How do you get on with our tools?' });
    await panel.getByRole('button', { name: 'Answer', exact: true }).press('Enter');
    const first = panel.getByRole('radiogroup', { name: 'Following and answering posts in the channel' });
    await first.getByRole('radio', { name: '1 · not sure' }).press('Space');
    await panel.getByRole('button', { name: 'Send' }).press('Enter');
    await panel.getByText('You have answered.').waitFor();

    await panel.getByRole('button', { name: 'Answer again' }).press('Enter');
    await first.getByRole('radio', { name: '5 · at ease' }).press('Space');
    await panel.getByRole('button', { name: 'Send' }).press('Enter');

    await panel.getByText('You have answered.').waitFor();
    expect(gwen.errors).toEqual([]);
    await gwen.page.context().close();
  });

  test('two answers are too few: closed, they stay hidden; the earlier pulse shows its seven', async () => {
    await priya.page.reload();
    await priya.become('Priya Raman');
    await priya.goTo('Surveys');
    const panel = priya.tab.getByRole('article', { name: 'How do you get on with our tools?' });
    await panel.getByText('Fewer than five of 11 have answered so far').waitFor();
    await panel.getByRole('button', { name: 'Close now' }).click();
    await panel
      .getByText(
        'Close “How do you get on with our tools?” for good? Nobody can answer it any more. If fewer than five',
      )
      .waitFor();
    await panel.getByRole('button', { name: 'Yes, close it' }).click();

    await panel.getByText(/Fewer than five people answered/).waitFor();
    const pulse = priya.tab.getByRole('article', { name: 'How are we doing?' });
    expect(await pulse.getByText('7 people answered.').count()).toBe(1);
    expect(await pulse.getByRole('row', { name: /^4 3 43\s?%$/ }).count()).toBeGreaterThan(0);
  });

  test('results go to the channel, as numbers', async () => {
    const pulse = priya.tab.getByRole('article', { name: 'How are we doing?' });
    await pulse.getByRole('button', { name: 'Show in the channel' }).click();
    await pulse.getByText('The results are in the channel.').waitFor();
    await priya.goTo('General');

    await priya.messages.getByText('Results: How are we doing?').first().waitFor();
    expect(priya.errors).toEqual([]);
  });

  test('two coordinators change a planned survey at once: what differs is put together, what clashes is chosen', async () => {
    // The sample's own survey after an event is open for a week, and this one asks the same.
    const [tooSoon, later] = await Promise.all([dayOn(desk.url, 3), dayOn(desk.url, 14)]);
    await priya.goTo('Surveys');
    await priya.tab.getByRole('button', { name: 'New survey' }).click();
    await priya.tab.getByRole('button', { name: /^After an event/ }).click();
    const name = await priya.tab.getByRole('textbox', { name: 'Title' }).inputValue();
    await priya.tab.getByRole('textbox', { name: 'Which event?' }).fill('Chart surgery');
    await priya.tab.getByLabel('Opens on').fill(tooSoon);
    await priya.tab.getByRole('button', { name: 'Plan it' }).click();
    await priya.tab.getByText('Another anonymous survey asks the same around these days.').waitFor();
    await priya.tab.getByLabel('Opens on').fill(later);
    await priya.tab.getByLabel('Last day').fill(later);
    await priya.tab.getByRole('button', { name: 'Plan it' }).click();
    await priya.tab.getByRole('article', { name }).getByRole('button', { name: 'Change' }).click();
    await priya.tab.getByRole('heading', { name: `Change “${name}”` }).waitFor();
    const tomasz = await desk.open();
    await tomasz.become('Tomasz Nowak');
    await tomasz.goTo('Surveys');
    await tomasz.tab.getByRole('article', { name }).getByRole('button', { name: 'Change' }).press('Enter');
    await tomasz.tab.getByRole('textbox', { name: 'Title' }).fill('How was it, really?');
    await tomasz.tab.getByRole('radio', { name: 'Each member, in their own chat' }).check();
    await tomasz.tab.getByRole('button', { name: 'Save', exact: true }).press('Enter');
    await tomasz.tab.getByText('“How was it, really?” is saved.').first().waitFor();
    await tomasz.page.context().close();

    await priya.tab.getByRole('textbox', { name: 'Title' }).fill('How was the meeting?');
    await priya.tab.getByRole('textbox', { name: 'A word to begin with' }).fill('Two minutes, we promise.');
    await priya.tab.getByRole('button', { name: 'Save', exact: true }).click();
    await priya.tab.getByText('Somebody else changed the same parts of this survey').first().waitFor();
    expect(await priya.tab.getByRole('radio', { name: 'Each member, in their own chat' }).isChecked()).toBe(true);
    expect(await violations(tabFrame(priya))).toEqual([]);
    await priya.tab.getByRole('radio', { name: 'Theirs: How was it, really?' }).check();
    await priya.tab.getByRole('button', { name: 'Save', exact: true }).click();

    const planned = priya.tab.getByRole('article', { name: 'How was it, really?' });
    await planned.getByText('Two minutes, we promise.').waitFor();
    // What the browser itself says of the answer 409, which the page knows what to do with.
    expect(priya.errors.filter(error => !error.includes('409'))).toEqual([]);
    await priya.page.context().close();
  });
});

test('the form shows the very card as it is written, its questions change places by keyboard, and a trial comes first', async () => {
  const one = await desk.open({ width: 1700, height: 1000 });
  await one.become('Tomasz Nowak');
  await one.goTo('Surveys');
  await one.tab.getByRole('button', { name: 'New survey' }).click();
  await one.tab.getByRole('button', { name: /^Pulse/ }).click();
  const card = one.tab.getByRole('group', { name: 'The card as people get it' });
  await card.getByText('How are we doing?').waitFor();

  await one.tab.getByRole('textbox', { name: 'Title' }).fill('How is it going?');
  await card.getByText('How is it going?').waitFor();
  await one.tab.getByRole('checkbox', { name: 'Needs an answer' }).first().check();
  await card.getByText('What is marked with * needs an answer.', { exact: false }).waitFor();
  await one.tab.getByRole('button', { name: 'Move question 1 down' }).press('Enter');
  const moved = one.tab.getByRole('group', { name: 'Question 2' }).locator('input:focus');
  await moved.waitFor();
  expect(await moved.inputValue()).toBe('Is this community worth the time you give it?');
  await one.tab.getByRole('button', { name: 'Send to me first' }).press('Enter');
  await one.tab.getByText('A trial is on its way to your chat.', { exact: false }).first().waitFor();
  await one.goTo('CoP Companion');
  await one.messages.getByText('A trial, for you alone').first().waitFor();

  expect(one.errors).toEqual([]);
  await one.page.context().close();
});

test.each(['Light', 'Dark', 'Contrast'])(
  'in the theme %s axe finds nothing in the list, the form and the editor',
  async theme => {
    const one = await desk.open();
    await one.become('Tomasz Nowak');
    await one.page.getByRole('radio', { name: theme }).check();
    await one.goTo('Surveys');
    await one.tab.getByRole('button', { name: 'Answer', exact: true }).first().click();
    await one.page.waitForTimeout(300);
    expect(await violations(tabFrame(one))).toEqual([]);

    await one.tab.getByRole('button', { name: 'Change', exact: true }).click();
    await one.tab.getByRole('heading', { name: 'Change “How was it, really?”' }).waitFor();
    expect(await violations(tabFrame(one))).toEqual([]);
    await one.tab
      .getByRole('region', { name: 'Change “How was it, really?”' })
      .getByRole('button', { name: 'Cancel' })
      .click();

    await one.tab.getByRole('button', { name: 'New survey' }).click();
    await one.tab.getByRole('button', { name: /^Pulse/ }).waitFor();
    expect(await violations(tabFrame(one))).toEqual([]);
    await one.tab.getByRole('button', { name: /^Pulse/ }).click();
    await one.tab.getByRole('button', { name: 'Open it now' }).waitFor();
    expect(await violations(tabFrame(one))).toEqual([]);
    await one.page.context().close();
  },
);

test('a frame as wide as a phone needs no scrolling sideways', async () => {
  const one = await desk.open();
  await one.become('Tomasz Nowak');
  await one.goTo('Surveys');
  await one.tab.getByRole('button', { name: 'New survey' }).click();
  await one.tab.getByRole('button', { name: /^Pulse/ }).click();
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
