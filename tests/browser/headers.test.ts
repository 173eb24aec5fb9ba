import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { tabFrame } from './tab-checks.ts';

/** The policies of the answers do not stand in the way of a tab inside another origin. */
let desk: DeskUnderTest;
let priya: DeskPage;
beforeAll(async () => {
  desk = await startDesk();
  priya = await desk.open();
  await priya.become('Priya Raman');
}, 240_000);
afterAll(() => desk.stop());

test('the tab works in the frame, with its scripts, styles and fonts, and the browser has nothing to say against it', async () => {
  const blocked: string[] = [];
  priya.page.on('requestfailed', request => {
    // The desk's own are not ours to judge, and the one address outside is not there offline.
    const own = request.frame() !== priya.page.mainFrame() && !request.url().startsWith('https://res.cdn.office.net/');
    // A tab that goes on to another screen takes back by itself what the first one still waited for.
    const takenBack = request.failure()?.errorText === 'net::ERR_ABORTED' && request.resourceType() === 'fetch';
    if (own && !takenBack) blocked.push(`${request.url()}: ${request.failure()?.errorText}`);
  });

  await priya.goTo('Charter');
  await priya.tab.getByRole('heading', { name: 'Aims', exact: true }).first().waitFor();

  expect(blocked).toEqual([]);
  expect(priya.errors).toEqual([]);
});

test('the consent window still knows who opened it', async () => {
  const { origin } = new URL(tabFrame(priya).url());
  const [opened] = await Promise.all([
    priya.page.waitForEvent('popup'),
    priya.page.evaluate(address => void window.open(address), `${origin}/tabs/`),
  ]);
  await opened.waitForLoadState();

  expect(await opened.evaluate(() => window.opener !== null)).toBe(true);
  await opened.close();
});

test('nothing of ours can be asked from a page of somebody else', async () => {
  const { origin } = new URL(tabFrame(priya).url());

  expect(
    await priya.page.evaluate(
      async address =>
        fetch(address).then(
          () => 'read',
          () => 'blocked',
        ),
      `${origin}/health`,
    ),
  ).toBe('blocked');
});
