/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { tabFrame, violations } from './tab-checks.ts';

/** How roles are offered, accepted, given and asked about. Each test goes on where the one before ended. */
describe('the story of the roles', () => {
  let desk: DeskUnderTest;
  let priya: DeskPage;
  beforeAll(async () => {
    desk = await startDesk();
    priya = await as('Priya Raman');
  }, 120_000);
  afterAll(() => desk.stop());

  async function as(name: string): Promise<DeskPage> {
    const one = await desk.open();
    await one.become(name);
    return one;
  }

  async function openRoles(one: DeskPage): Promise<void> {
    await one.goTo('Roles');
    await one.tab.getByRole('heading', { name: 'Key roles' }).waitFor();
  }

  function role(one: DeskPage, name: string) {
    return one.tab.getByRole('article', { name, exact: true });
  }

  test('a member volunteers in the tab; the coordinator accepts on the card in her chat', async () => {
    const daniel = await as('Daniel Fitzgerald');
    await openRoles(daniel);
    await daniel.tab.getByRole('button', { name: 'Volunteer: Teams administrator' }).click();
    await daniel.tab.getByRole('textbox', { name: 'A word to the coordinators' }).fill('I tidy **everything**');
    await daniel.tab.getByRole('button', { name: 'Send my offer' }).click();
    await role(daniel, 'Teams administrator').getByText('Daniel Fitzgerald (you)').waitFor();

    await priya.goTo('CoP Companion');
    await priya.messages.getByText('Daniel Fitzgerald would like to take on Teams administrator').first().waitFor();
    await priya.messages.getByText('In their words: I tidy **everything**').waitFor();
    await priya.messages.getByRole('button', { name: 'Accept for a year' }).last().click();
    await priya.messages
      .getByText(/^Accepted by Priya Raman, until/)
      .first()
      .waitFor();

    await daniel.goTo('CoP Companion');
    await daniel.messages.getByText('Teams administrator is yours. Thank you!').first().waitFor();
    await daniel.page.context().close();
  });

  test('the coordinator accepts in the tab, and what is free is up to date', async () => {
    await openRoles(priya);
    await role(priya, 'Teams administrator').getByText('Daniel Fitzgerald').waitFor();
    // Offered is not held.
    await priya.tab.getByText('1 key role is free: Member support.').waitFor();
    await priya.tab.getByRole('button', { name: 'Accept for a year: Amara Okafor, Member support' }).click();

    await priya.tab.getByRole('button', { name: 'Change term: Amara Okafor, Member support' }).waitFor();
    await priya.tab.getByText(/key roles? (is|are) free/).waitFor({ state: 'hidden' });
  });

  test('she gives the sponsor’s role to somebody outside the team, by keyboard', async () => {
    await priya.tab.getByRole('button', { name: 'Give to somebody: Sponsor' }).press('Enter');
    await priya.tab.getByRole('radio', { name: 'Outside it' }).press('Space');
    await priya.tab.getByRole('textbox', { name: 'Name' }).fill('Ingrid Sand');
    await priya.tab.getByRole('textbox', { name: 'Mail address' }).fill('ingrid.sand@example.org');
    await priya.tab.getByRole('button', { name: 'Give the role' }).press('Enter');

    const sponsor = role(priya, 'Sponsor');
    await sponsor.getByText('Ingrid Sand').waitFor();
    await sponsor.getByText('outside the team').waitFor();
    await sponsor.getByText('ingrid.sand@example.org').waitFor();
  });

  test('she adds a role of their own and gives it to somebody of the team', async () => {
    await priya.tab.getByRole('button', { name: 'Add a role of our own' }).click();
    await priya.tab.getByRole('textbox', { name: 'What is it called?' }).fill('Keeper of the kettle');
    await priya.tab.getByRole('textbox', { name: 'What is it for?' }).fill('Sees to it that there is tea.');
    await priya.tab.getByRole('button', { name: 'Add the role' }).click();
    await priya.tab.getByRole('button', { name: 'Give to somebody: Keeper of the kettle' }).click();
    await priya.tab.getByRole('combobox', { name: 'Who' }).pressSequentially('Yusuf');
    await priya.tab.getByRole('option', { name: 'Yusuf Demir' }).click();
    await priya.tab.getByRole('button', { name: 'Give the role' }).click();

    await role(priya, 'Keeper of the kettle').getByText('Yusuf Demir').waitFor();
  });

  test('she renames it, and whoever holds it goes on', async () => {
    await priya.tab.getByRole('button', { name: 'Change: Keeper of the kettle' }).press('Enter');
    await priya.tab.getByRole('textbox', { name: 'What is it called?' }).fill('Sponsor');
    await priya.tab.getByText('There is a role with this name already.').waitFor();
    await priya.tab.getByRole('textbox', { name: 'What is it called?' }).fill('Keeper of the samovar');
    await priya.tab.getByRole('button', { name: 'Save', exact: true }).press('Enter');

    await role(priya, 'Keeper of the samovar').getByText('Yusuf Demir').waitFor();
    expect(await role(priya, 'Keeper of the kettle').count()).toBe(0);
  });

  test('a role of our own is removed only after a question by name', async () => {
    await priya.tab.getByRole('button', { name: 'Add a role of our own' }).click();
    await priya.tab.getByRole('textbox', { name: 'What is it called?' }).fill('Waterer of plants');
    await priya.tab.getByRole('button', { name: 'Add the role' }).click();
    const plants = role(priya, 'Waterer of plants');
    await plants.getByRole('button', { name: 'Remove: Waterer of plants' }).click();
    await plants.getByText('Remove the role Waterer of plants? Nobody holds it.').waitFor();
    await plants.getByRole('button', { name: 'Cancel' }).click();
    await plants.getByRole('button', { name: 'Remove: Waterer of plants' }).click();
    await plants.getByRole('button', { name: 'Yes, remove it' }).click();

    await priya.tab.getByText('Waterer of plants is removed.').first().waitFor();
    expect(await plants.count()).toBe(0);
  });

  test('a member steps down on the card', async () => {
    const daniel = await as('Daniel Fitzgerald');
    await daniel.goTo('CoP Companion');
    await daniel.page.getByRole('textbox', { name: /^Write to/ }).fill('roles');
    await daniel.page.getByRole('button', { name: 'Send', exact: true }).click();
    await daniel.messages.getByRole('button', { name: 'Step down' }).click();
    await daniel.messages.getByRole('button', { name: 'Yes, step down' }).click();

    await daniel.messages
      .getByText('You have stepped down from Teams administrator. Thank you for what you did!')
      .first()
      .waitFor();
    await daniel.page.context().close();
  });

  test('within a week the coordinators are asked about the role that fell vacant, and the week after they are not asked again', async () => {
    // In a card of its own, or as a line among others of that morning.
    const asked = priya.messages.getByText(/Nobody holds (the role )?Teams administrator/);
    for (let times = 0; times < 2; times++) {
      await priya.page.getByRole('button', { name: 'Monday 09:00' }).click();
      await priya.goTo('CoP Companion');
      await priya.messages.getByText('of 290 minutes done').nth(times).waitFor();
      await priya.page.getByRole('button', { name: '+1 day' }).click();
      await asked.first().waitFor();
    }

    expect(await asked.count()).toBe(1);
  });

  test.each(['Light', 'Dark', 'Contrast'])('in the theme %s axe finds nothing, with every form open', async theme => {
    await priya.page.getByRole('radio', { name: theme }).check();
    await openRoles(priya);
    for (const name of [
      'Give to somebody: Critical friends',
      'Change term: Amara Okafor, Member support',
      'End: Tomasz Nowak, Coordinator',
      'Take it on: Social reporters',
      'Change: Keeper of the samovar',
      'Add a role of our own',
    ]) {
      const button = priya.tab.getByRole('button', { name });
      if ((await button.count()) > 0) await button.click();
    }
    await priya.page.waitForTimeout(400);

    expect(await violations(tabFrame(priya))).toEqual([]);
  });

  test('on a phone nothing has to be scrolled sideways', async () => {
    await priya.page.setViewportSize({ width: 360, height: 740 });
    await priya.page.waitForTimeout(400);

    const [wanted, there] = await tabFrame(priya).evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);

    expect(wanted).toBeLessThanOrEqual(there ?? 0);
    expect(there).toBeLessThanOrEqual(360);
  });
});
