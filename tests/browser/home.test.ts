import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { tabFrame } from './tab-checks.ts';

/** Home, as those see it whom something is asked of. */
let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk.stop());

async function homeOf(name: string): Promise<DeskPage> {
  const one = await desk.open();
  await one.become(name);
  await one.goTo('Home');
  await one.tab.getByRole('region', { name: 'Yours' }).waitFor();
  return one;
}

describe('a member', () => {
  let amara: DeskPage;
  beforeAll(async () => {
    amara = await homeOf('Amara Okafor');
  }, 60_000);
  afterAll(() => amara.page.context().close());
  const yours = () => amara.tab.getByRole('region', { name: 'Yours' });

  test('finishes an action with one press, and takes it back with another', async () => {
    const done = yours().getByRole('button', { name: /^Done: Redraw the weekly bed report/ });
    await done.press('Enter');
    await done.waitFor({ state: 'hidden' });

    await amara.tab.getByRole('button', { name: 'Undo' }).click();
    await done.waitFor();
    await amara.goTo('Plan');
    const card = amara.tab.getByRole('article').filter({ hasText: 'Redraw the weekly bed report' });
    await card.waitFor();
    await amara.goTo('Home');
  });

  test('opens an action where it belongs, and goes on from there', async () => {
    await yours()
      .getByRole('button', { name: /^Ask three wards/ })
      .press('Enter');

    await amara.tab.getByRole('textbox', { name: 'What is to be done' }).waitFor();
    expect(await amara.tab.locator('[aria-current]').allInnerTexts()).toEqual(['Do', 'Plan']);
    await amara.page.keyboard.press('Escape');
    await amara.goTo('Home');
  });

  test('sees what they offered, and who looks after the community', async () => {
    await yours().getByText('You offered to take on Member support.').waitFor();

    const people = amara.tab.getByRole('region', { name: 'Who looks after it' });
    expect(await people.getByRole('listitem').allInnerTexts()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/Priya Raman\s+Coordinator/),
        expect.stringMatching(/Helen Osei\s+Sponsor/),
      ]),
    );
    expect(await amara.tab.getByRole('region', { name: 'Waiting for coordinators' }).count()).toBe(0);
  });

  test('writes to whoever looks after it, in a chat of Teams', async () => {
    await amara.tab.getByRole('button', { name: 'Write to Priya Raman' }).press('Enter');

    await amara.page.getByText('In Teams a chat with Priya Raman opens now.').first().waitFor();
  });

  test('reads when the next event is and what she answered, and opens it from there', async () => {
    const coming = amara.tab.getByRole('region', { name: 'What comes next' });
    await coming.getByRole('button', { name: /Chart surgery\s*You come$/ }).press('Enter');

    await amara.tab.getByRole('dialog', { name: 'Chart surgery' }).waitFor();
    await amara.tab.getByRole('dialog').press('Escape');
    await amara.goTo('Home');
  });

  test('a row of what comes leads to its page, which has the focus then', async () => {
    const coming = amara.tab.getByRole('region', { name: 'What comes next' });
    await coming.getByRole('button').first().press('Enter');

    await amara.tab.getByRole('region', { name: 'Home' }).waitFor({ state: 'hidden' });
    expect(await tabFrame(amara).evaluate(() => document.activeElement !== document.body)).toBe(true);
  });
});

test('a coordinator reads by name what waits, and whose question it is today', async () => {
  const priya = await homeOf('Priya Raman');

  const waiting = priya.tab.getByRole('region', { name: 'Waiting for coordinators' });
  await waiting.getByRole('button', { name: '1 person offers to take on a role' }).waitFor();
  await waiting
    .getByRole('button', { name: /^Write to / })
    .first()
    .waitFor();
  await priya.tab.getByRole('region', { name: 'Yours' }).getByText('Your role: Coordinator').waitFor();
  await priya.page.context().close();
}, 60_000);

test('a coordinator accepts an offer where it waits', async () => {
  const priya = await homeOf('Priya Raman');
  const waiting = priya.tab.getByRole('region', { name: 'Waiting for coordinators' });
  const accept = waiting.getByRole('button', { name: 'Accept Amara Okafor as Member support' });
  await accept.press('Enter');

  await waiting.getByText('Amara Okafor holds Member support now.').waitFor();
  await accept.waitFor({ state: 'hidden' });
  await priya.tab.getByRole('region', { name: 'Who looks after it' }).getByText('Amara Okafor').waitFor();
  expect(priya.errors).toEqual([]);
  await priya.page.context().close();
}, 60_000);

test('a sponsor sees what they were asked', async () => {
  const helen = await homeOf('Helen Osei');

  await helen.tab.getByRole('region', { name: 'Yours' }).getByText('Your role: Sponsor').waitFor();
  expect(helen.errors).toEqual([]);
  await helen.page.context().close();
}, 60_000);
