import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { tenant } from '../../../../infra/local/directory.ts';
import { samplePeople, sampleTeam } from '../../../../infra/local/sample-people.ts';
import { launchBrowser } from '../../../support/browser.ts';
import { fact } from '../fact.ts';
import { cardMessage, openStage, respond, type Stage } from '../connector/receiving-bot.ts';

/** The desk's built page in a real browser, with a tab that speaks through Microsoft's own Teams JS. */
const [priya = ''] = samplePeople.map(person => person.id);
const { resolve } = createRequire(import.meta.url);
const teamsJs = readFileSync(resolve('@microsoft/teams-js/dist/umd/MicrosoftTeams.min.js'));
const axe = readFileSync(resolve('axe-core/axe.min.js'), 'utf8');

let stage: Stage;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  stage.server.get('/tabs/teams.js', async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/javascript' });
    response.end(teamsJs);
  });
  stage.server.get('/tabs/', async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(tabPage(stage.microsoft365.url));
  });
  stage.server.get('/tabs/popup', async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(popupPage(stage.microsoft365.url));
  });
  stage.server.get('/tabs/removed', async (_request, response) => {
    removed.push('told');
    response.json(200, {});
  });
  await stage.microsoft365.connector.installApp(sampleTeam.id, priya);
  browser = await launchBrowser();
  page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(stage.microsoft365.url);
});
afterAll(async () => {
  await browser.close();
  await stage.close();
});

const frame = () => page.frameLocator('iframe');
/** What the removal page heard from Teams. */
const removed: string[] = [];

test('a card in the chat is pressed, and the answer takes its place', async () => {
  const card = (text: string, actions: object[] = []) => ({
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'TextBlock', text }],
    actions,
  });
  const client = await stage.bot();
  await client.conversations.createConversation({
    isGroup: false,
    members: [{ id: `29:${priya}` }],
    tenantId: tenant.id,
    channelData: {},
    activity: cardMessage(
      card('What brings **you** here? <img src=x onerror=alert(1)>', [
        { type: 'Action.Execute', title: 'Tell them', verb: 'welcome.answer' },
      ]),
    ),
  } as never);
  stage.answer(context =>
    respond(context, {
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: card('Thank you, Priya'),
    }),
  );

  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'CoP Companion' }).click();
  const bold = await page.getByRole('region', { name: 'Messages' }).locator('strong').innerText();
  const images = await page.getByRole('region', { name: 'Messages' }).locator('img').count();
  await page.getByRole('button', { name: 'Tell them' }).click();
  await page.getByText('Thank you, Priya').waitFor();

  expect([bold, images]).toEqual(['you', 0]);
  expect(await page.getByRole('button', { name: 'Tell them' }).count()).toBe(0);
});

test('what is written is sent with Enter and reaches the bot', async () => {
  stage.heard.length = 0;
  stage.answer(async () => undefined);

  await page.getByRole('textbox', { name: 'Write to CoP Companion' }).fill('help');
  await page.keyboard.press('Enter');
  await page.getByRole('article').filter({ hasText: 'help' }).waitFor();

  expect(stage.heard.map(activity => activity.text)).toEqual(['help']);
});

const onTop = () => page.getByRole('navigation', { name: 'Tabs of General' });

/** A card in the chat, with a link to a place in the channel's tab: in its text, and as a button. */
async function sendLink(subPage: string): Promise<void> {
  const context = encodeURIComponent(JSON.stringify({ subEntityId: subPage, channelId: sampleTeam.threadId }));
  const link = `https://teams.microsoft.com/l/entity/${tenant.catalogueAppId}/community?context=${context}`;
  const client = await stage.bot();
  await client.conversations.createConversation({
    isGroup: false,
    members: [{ id: `29:${priya}` }],
    tenantId: tenant.id,
    channelData: {},
    activity: cardMessage({
      type: 'AdaptiveCard',
      version: '1.5',
      body: [{ type: 'TextBlock', text: `[In words: ${subPage}](${link})` }],
      actions: [{ type: 'Action.OpenUrl', title: `Open ${subPage}`, url: link }],
    }),
  } as never);
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'CoP Companion' }).click();
}

fact('tabs/app-install-adds-no-tab', async () => {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'General' }).click();

  expect(await onTop().getByRole('button').allInnerTexts()).toEqual(['Posts', 'Files', '']);
});

fact('tabs/save-waits-for-the-page', async () => {
  await page.getByRole('button', { name: 'Add a tab' }).click();
  const save = page.getByRole('dialog').getByRole('button', { name: 'Save' });
  await frame().getByRole('button', { name: 'ready to save' }).waitFor();
  const before = await save.getAttribute('aria-disabled');

  await frame().getByRole('button', { name: 'ready to save' }).click();
  await save.and(page.locator(':not([aria-disabled="true"])')).waitFor();

  expect(before).toBe('true');
});

fact('tabs/what-was-configured-is-what-opens', async () => {
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();

  await onTop().getByRole('button', { name: 'Our charter' }).click();
  await frame().locator('#context', { hasText: 'community' }).waitFor();

  expect(JSON.parse(await frame().locator('#context').innerText())).toMatchObject({
    page: { id: 'community', frameContext: 'content' },
  });
  expect(await frame().locator('#address').innerText()).toContain('/tabs/?community=x');
});

test('a tab that a link opened joins, and hears where it is and who looks', async () => {
  await sendLink('charter');
  await page.getByRole('link', { name: 'Open charter' }).click();
  await frame().locator('#subPage', { hasText: 'charter' }).waitFor();
  const token = await frame().locator('#token').innerText();

  expect(JSON.parse(await frame().locator('#context').innerText())).toMatchObject({
    app: { host: { name: 'Teams' }, locale: 'en-gb', theme: 'default' },
    page: { id: 'community', subPageId: 'charter', frameContext: 'content' },
    team: { groupId: sampleTeam.id, displayName: 'Data Storytellers' },
    channel: { id: sampleTeam.threadId, membershipType: 'Regular', ownerGroupId: sampleTeam.id },
    user: { id: priya, loginHint: 'priya.raman@cedarvalley.example', tenant: { id: tenant.id } },
  });
  expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
    oid: priya,
    scp: 'access_as_user',
  });
});

fact('tabs/theme-changes-are-told', async () => {
  await page.getByRole('radio', { name: 'Dark' }).check();
  await frame().locator('#theme', { hasText: 'dark' }).waitFor();

  expect(JSON.parse(await frame().locator('#context').innerText())).toMatchObject({ app: { theme: 'default' } });
});

fact('tabs/link-in-a-text-opens-a-browser', async () => {
  await sendLink('plan');
  const words = page.getByRole('link', { name: 'In words: plan' });

  const [opened] = await Promise.all([page.context().waitForEvent('page'), words.click()]);
  await opened.close();

  expect(await page.locator('iframe').count()).toBe(0);
  await page.getByRole('link', { name: 'Open plan' }).click();
  await frame().locator('#subPage', { hasText: 'plan' }).waitFor();
});

test('a tab may ask for another screen, and for a window to sign in', async () => {
  await frame().getByRole('button', { name: 'sign in' }).click();
  await frame().locator('#signedIn', { hasText: 'true it worked' }).waitFor();

  await frame().getByRole('button', { name: 'settings' }).click();
  await frame().locator('#subPage', { hasText: 'settings' }).waitFor();

  expect(await onTop().getByRole('button', { name: 'Our charter' }).getAttribute('aria-current')).toBe('page');
});

test('a link that fits no tab opens nothing, and the desk says why', async () => {
  await frame().getByRole('button', { name: 'nowhere' }).click();

  const said = page.getByText('General has no tab treasure.').first();
  await said.waitFor();
  expect(await frame().locator('#subPage').innerText()).toBe('settings');
  await said.waitFor({ state: 'detached', timeout: 20_000 });
});

fact('tabs/removal-page-is-shown', async () => {
  await page.getByRole('button', { name: 'Remove this tab' }).click();
  const dialog = page.getByRole('dialog');
  const removal = dialog.frameLocator('iframe');
  await removal.locator('#context', { hasText: '"frameContext":"remove"' }).waitFor();

  await dialog.getByRole('button', { name: 'Remove' }).click();
  await dialog.waitFor({ state: 'detached' });

  expect(removed).toEqual(['told']);
});

fact('tabs/removed-in-any-case', async () => {
  // The removal page of the tab above reported a failure.
  await onTop().getByRole('button', { name: 'Our charter' }).waitFor({ state: 'detached' });

  expect(stage.microsoft365.graph.tabs.of(sampleTeam.id)).toEqual([]);
});

test('somebody joins and the clock moves, each at the press of a button', async () => {
  stage.heard.length = 0;

  await page.getByRole('button', { name: 'Somebody joins' }).click();
  await page.getByText('Next: Ruth Abernethy').waitFor();
  await page.getByRole('button', { name: 'Monday 09:00' }).click();
  await page.getByText('moved', { exact: true }).waitFor();
  await page.getByRole('combobox', { name: 'You are' }).selectOption({ label: 'Jonas Weber · newcomer' });
  await page.getByRole('button', { name: 'General' }).click();

  expect(stage.heard[0]).toMatchObject({
    membersAdded: [{ aadObjectId: samplePeople.find(person => person.displayName === 'Jonas Weber')?.id }],
  });
  expect(stage.microsoft365.clock.moved).toBe(true);
});

test('a channel is renamed, deleted and restored from its menu and its team’s', async () => {
  await stage.microsoft365.connector.createChannel(sampleTeam.id, 'Partners', 'standard', priya);
  const places = page.getByRole('navigation', { name: 'Places' });
  const channels = () => stage.microsoft365.directory.team(sampleTeam.id)!.channels.map(one => one.displayName);
  const choose = async (of: string, item: string) => {
    await places.getByRole('button', { name: `More for ${of}` }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };

  await choose('Partners', 'Rename channel');
  await page.getByRole('textbox', { name: 'Channel name' }).fill('Charts');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await places.getByRole('button', { name: 'Charts', exact: true }).waitFor();
  const renamed = channels();
  await choose('Charts', 'Delete channel');
  expect(await violations()).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await places.getByRole('button', { name: 'Charts', exact: true }).waitFor({ state: 'detached' });
  const deleted = channels();
  await choose(sampleTeam.displayName, 'Restore Charts');
  await places.getByRole('button', { name: 'Charts', exact: true }).waitFor();

  expect([renamed, deleted, channels()]).toEqual([['General', 'Charts'], ['General'], ['General', 'Charts']]);
  expect(await places.getByRole('button', { name: 'More for General' }).count()).toBe(0);
});

/** What axe finds on the desk, one line each. */
async function violations(): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations: found } = await (
      globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    ).axe.run();
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 200)).join(' ')}`);
  });
}

test.each([
  ['Light', 'General'],
  ['Dark', 'General'],
  ['Contrast', 'General'],
  ['Light', 'CoP Companion'],
  ['Dark', 'CoP Companion'],
  ['Contrast', 'CoP Companion'],
])('nothing stands in anybody’s way: %s, %s', async (theme, place) => {
  await page.getByRole('radio', { name: theme }).check();
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click();

  expect(await violations()).toEqual([]);
});

test('nor while messages are on their way', async () => {
  const answer = Promise.withResolvers<void>();
  await page.route('**/desk/api/messages?*', async route => {
    await answer.promise;
    await route.continue();
  });
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'General' }).click();
  // In its first moments it shows nothing yet, but a screen reader meets it.
  await page.getByRole('progressbar').waitFor({ state: 'attached' });

  const found = await violations();
  answer.resolve();
  await page.unrouteAll({ behavior: 'wait' });

  expect(found).toEqual([]);
});

test('on a phone the places and the desk are drawers, and nothing is wider than the screen', async () => {
  await page.setViewportSize({ width: 360, height: 740 });

  await page.getByRole('button', { name: 'Desk' }).click();
  const drawer = await page.getByRole('combobox', { name: 'You are' }).isVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Places' }).click();
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'General' }).click();

  expect(drawer).toBe(true);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
});

/** A tab that shows what Teams JS told it. */
function tabPage(host: string): string {
  return `<!doctype html><html lang="en"><title>Tab</title><main><h1>Tab</h1>
<pre id="context"></pre><p id="subPage"></p><p id="theme"></p><p id="token"></p><p id="signedIn"></p><p id="address"></p><button id="ready">ready to save</button><button id="settings">settings</button><button id="nowhere">nowhere</button><button id="signIn">sign in</button></main>
<script src="/tabs/teams.js"></script><script>
const { app, authentication, pages } = microsoftTeams;
const show = (id, text) => { document.getElementById(id).textContent = text; };
(async () => {
  await app.initialize(['${host}']);
  const context = await app.getContext();
  show('context', JSON.stringify(context));
  show('subPage', context.page.subPageId ?? '');
  show('address', location.href);
  app.registerOnThemeChangeHandler(theme => show('theme', theme));
  await app.notifySuccess();
  if (context.page.frameContext === 'settings') {
    pages.config.registerOnSaveHandler(event => {
      pages.config.setConfig({ contentUrl: location.origin + '/tabs/?community=x', entityId: 'community', suggestedDisplayName: 'Our charter', removeUrl: location.origin + '/tabs/' }).then(() => event.notifySuccess());
    });
    document.getElementById('ready').onclick = () => pages.config.setValidityState(true);
  } else if (context.page.frameContext === 'remove') {
    pages.config.registerOnRemoveHandler(event => fetch('/tabs/removed').then(() => event.notifyFailure('not today')));
  } else {
    show('token', await authentication.getAuthToken());
  }
  document.getElementById('settings').onclick = () => pages.navigateToApp({ appId: context.app.appId.toString(), pageId: 'community', subPageId: 'settings', channelId: context.channel.id });
  document.getElementById('nowhere').onclick = () => pages.navigateToApp({ appId: context.app.appId.toString(), pageId: 'treasure', channelId: context.channel.id });
  // Teams JS opens https addresses only, so here its message is sent without it; the window that opens uses it again.
  document.getElementById('signIn').onclick = () => parent.postMessage({ id: 99, func: 'authentication.authenticate', args: [location.origin + '/tabs/popup', 400, 400] }, '${host}');
  addEventListener('message', event => { if (event.data.id === 99) show('signedIn', event.data.args.join(' ')); });
})();
</script></html>`;
}

function popupPage(host: string): string {
  return `<!doctype html><html lang="en"><title>Sign in</title><script src="/tabs/teams.js"></script><script>
microsoftTeams.app.initialize(['${host}']).then(() => microsoftTeams.authentication.notifySuccess('it worked'));
</script></html>`;
}
