/// <reference lib="dom" />
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator } from 'playwright-core';
import type { PageWord } from '../../infra/dev/tab-pages.ts';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { tabFrame } from './tab-checks.ts';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk.stop());

type Tab = DeskPage['tab'];

/**
 * Where people type sentences or many fields: how the form is opened, where something is typed, and how it is saved.
 */
interface Form {
  readonly name: string;
  readonly screen: string;
  /** As they do it anew after a reload. Absent where the form opens by itself. */
  readonly open?: (tab: Tab) => Promise<void>;
  /** Only the first time. */
  readonly begin?: (tab: Tab) => Promise<void>;
  readonly field: (tab: Tab) => Locator;
  readonly typed?: string;
  /** One line that says enough by being there: nothing is said beside it. */
  readonly silent?: boolean;
  readonly save: (tab: Tab) => Promise<void>;
  /** The button that throws away what was typed; null where it asks in a way of its own, or is not there. */
  readonly cancel?: null | string;
}

const box = (name: string) => (tab: Tab) => tab.getByRole('textbox', { name, exact: true }).first();
const press = (name: string | RegExp) => (tab: Tab) =>
  tab
    .getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
    .first()
    .click();

/** The ready-made survey that is answered by name. */
const energy = 'Where is our energy?';

/** Each goes on with what the ones before have left. */
const forms: readonly Form[] = [
  {
    name: 'a section of the charter',
    screen: 'Charter',
    begin: press('Edit Measures'),
    field: box('Measures: your text'),
    save: press('Save'),
  },
  {
    name: 'an action',
    screen: 'Plan',
    open: press(/^Book the library/),
    field: box('Notes'),
    cancel: null,
    save: press('Save'),
  },
  {
    name: 'a new action',
    screen: 'Plan',
    begin: press('Add an action: To do'),
    field: box('New action in “To do”'),
    silent: true,
    cancel: null,
    save: press('Add'),
  },
  {
    name: 'the settings',
    screen: 'Settings',
    field: tab => tab.getByLabel('Time', { exact: true }),
    typed: '10:45',
    save: press('Save'),
  },
  {
    name: 'a new survey',
    screen: 'Surveys',
    open: press('New survey'),
    begin: press(/^Find the energy/),
    field: box('A word to begin with'),
    save: press('Open it now'),
  },
  {
    name: 'an answer that carries a name',
    screen: 'Surveys',
    open: tab => tab.getByRole('article', { name: energy }).getByRole('button', { name: 'Answer' }).click(),
    field: box('What do you do, in a line?'),
    save: press('Send'),
  },
  {
    name: 'the words of a digest',
    screen: 'Digest',
    field: box('A story'),
    save: press('Save the words'),
    cancel: 'Discard changes',
  },
  {
    name: 'an own role',
    screen: 'Roles',
    open: press('Add a role of our own'),
    field: box('What is it called?'),
    typed: 'Keeper of the kettle',
    save: press('Add the role'),
  },
  {
    name: 'the words of an own role',
    screen: 'Roles',
    open: press('Change: Keeper of the kettle'),
    field: box('What is it for?'),
    save: press('Save'),
  },
  {
    name: 'a role that is taken on',
    screen: 'Roles',
    open: press('Take it on: Keeper of the kettle'),
    field: tab => tab.getByRole('article', { name: 'Keeper of the kettle' }).getByRole('textbox').first(),
    save: press('Take it on'),
  },
  {
    name: 'a term',
    screen: 'Roles',
    open: press('Change term: Priya Raman, Keeper of the kettle'),
    field: box('Note (optional)'),
    typed: 'Until spring',
    save: press('Save'),
  },
  {
    name: 'a role that is given',
    screen: 'Roles',
    open: press('Give to somebody: Sponsor'),
    begin: tab => tab.getByRole('radio', { name: 'Outside it' }).check(),
    field: box('Name'),
    save: async tab => {
      await box('Mail address')(tab).fill('ingrid.sand@example.org');
      await press('Give the role')(tab);
    },
  },
];

describe('what Priya typed and has not saved', () => {
  let priya: DeskPage;
  beforeAll(async () => {
    priya = await desk.open();
    await visit('Charter');
  }, 60_000);
  afterAll(() => priya.page.context().close());

  async function visit(screen: PageWord): Promise<void> {
    // Each begins with a page of its own, whatever the one before has left open.
    await priya.page.reload();
    await priya.become('Priya Raman');
    await priya.goTo(screen);
    await priya.tab.getByRole('heading', { level: 1 }).first().waitFor();
  }

  const restored = () => priya.tab.getByText(/This is what you had written/);
  // What one leaves behind is not the next one's trouble.
  afterEach(() => tabFrame(priya).evaluate(() => localStorage.clear()));

  /** The names under which this browser keeps drafts. */
  function kept(): Promise<string[]> {
    return tabFrame(priya).evaluate(() =>
      Object.keys(localStorage)
        .filter(key => key.startsWith('cop-companion.draft/'))
        .map(key => key.split('/').slice(3).join('/')),
    );
  }

  test.each(forms)(
    'is there after a reload, not thrown away by one press, and forgotten once it is saved: $name',
    async form => {
      const { screen, open, begin, field, typed = 'Half a thought', silent = false, save, cancel = 'Cancel' } = form;
      await visit(screen);
      await open?.(priya.tab);
      await begin?.(priya.tab);
      await field(priya.tab).fill(typed);
      expect(await kept()).toHaveLength(1);

      await visit(screen);
      await open?.(priya.tab);
      if (!silent) await restored().waitFor();
      expect(await textIn(field(priya.tab))).toBe(typed);
      if (cancel !== null) {
        await press(cancel)(priya.tab);
        await press('Go on writing')(priya.tab);
        expect(await textIn(field(priya.tab))).toBe(typed);
        expect(await kept()).toHaveLength(1);
      }

      await save(priya.tab);
      await eventually(async () => expect(await kept()).toEqual([]));
      await restored().waitFor({ state: 'hidden' });
    },
    60_000,
  );

  test('is forgotten when it is thrown away', async () => {
    await visit('Digest');
    const before = await box('A story')(priya.tab).innerText();
    await box('A story')(priya.tab).fill('Not this');
    await visit('Digest');
    await press('Discard it')(priya.tab);

    expect(await box('A story')(priya.tab).innerText()).toBe(before);
    expect(await kept()).toEqual([]);
  }, 60_000);

  test('stays out of the browser when it is an anonymous answer', async () => {
    await visit('Surveys');
    await press('New survey')(priya.tab);
    await press(/^Tool confidence/)(priya.tab);
    await press('Open it now')(priya.tab);
    const panel = priya.tab.getByRole('article', { name: 'How do you get on with our tools?' });
    await panel.getByRole('button', { name: 'Answer' }).click();
    await panel.getByRole('textbox').first().fill('Between us');
    await panel.getByRole('radio').first().check();

    const all = await tabFrame(priya).evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(all).not.toContain('Between us');
    expect(await kept()).toEqual([]);
  }, 60_000);

  test('and no page broke meanwhile', () => {
    expect(priya.errors).toEqual([]);
  });
});

/** What stands in a field, be it one of the browser's or one with bold and lists. */
async function textIn(field: Locator): Promise<string> {
  await field.waitFor();
  return field.evaluate(element =>
    element instanceof HTMLElement && element.isContentEditable
      ? element.innerText
      : (element as HTMLInputElement).value,
  );
}

/** Looks again until it is so, or fails as it failed last. */
async function eventually(look: () => Promise<void>, tries = 50): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (tries === 0) throw error;
    await new Promise(resolve => setTimeout(resolve, 200));
    await eventually(look, tries - 1);
  }
}
