/// <reference lib="dom" />
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator, Route } from 'playwright-core';
import type { PageWord } from '../../infra/dev/tab-pages.ts';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { box, forms, press } from './forms.ts';
import { tabFrame } from './tab-checks.ts';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk.stop());

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
  afterEach(async () => {
    await priya.page.unrouteAll({ behavior: 'ignoreErrors' });
    await tabFrame(priya).evaluate(() => localStorage.clear());
  });

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
      const {
        screen,
        begins,
        open,
        begin,
        field,
        typed = 'Half a thought',
        choose,
        silent = false,
        save,
        cancel = 'Cancel',
      } = form;
      if (begins) await priya.page.route('**/overview', asABeginning);
      await visit(screen);
      await open?.(priya.tab);
      await begin?.(priya.tab);
      if (choose) await choose(priya.tab);
      else await field(priya.tab).fill(typed);
      expect(await kept()).toEqual([expect.stringMatching(`^${form.keeps.replaceAll('*', '[^/]+')}$`)]);

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

/** Home as it is in a community that has written down nothing yet. */
async function asABeginning(route: Route): Promise<void> {
  // All of it, also where the browser has it already.
  const { 'if-none-match': _, ...headers } = route.request().headers();
  const answer = await route.fetch({ headers }).catch(() => null);
  // The page has been left meanwhile.
  if (!answer) return route.abort().catch(() => undefined);
  const start = ['purpose', 'people'].map(step => ({ step, done: false }));
  await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), start } });
}

/** What stands in a field, be it one of the browser's one with bold and lists, or what was chosen. */
async function textIn(field: Locator): Promise<string> {
  await field.waitFor();
  return field.evaluate(element =>
    element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
      ? element.value
      : (element as HTMLElement).innerText.trim(),
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
