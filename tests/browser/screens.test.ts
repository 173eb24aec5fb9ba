/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openPage, pagesOffered } from '../../infra/dev/tab-pages.ts';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { tabFrame } from './tab-checks.ts';

/** Every screen that each role is offered, on a phone and by keyboard. */
let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk.stop());

describe.each(['Priya Raman', 'Daniel Fitzgerald', 'Helen Osei'])('the screens of %s', name => {
  let one: DeskPage;
  beforeAll(async () => {
    one = await desk.open();
    await one.become(name);
    await one.goTo('Home');
    await one.tab.getByRole('heading', { name: 'What comes next' }).waitFor();
  }, 60_000);
  afterAll(() => one.page.context().close());

  /** Opens each screen in turn, at this width, and gathers what is found there. */
  async function onEach(width: number, look: () => Promise<readonly string[]>): Promise<readonly string[]> {
    await one.page.setViewportSize({ width, height: 740 });
    const found: string[] = [];
    for (const screen of await pagesOffered(one.tab)) {
      await openPage(one.tab, screen);
      await one.tab.getByRole('heading', { level: 1 }).first().waitFor();
      await one.tab.locator('[aria-busy=true]:visible').first().waitFor({ state: 'hidden' });
      await one.page.waitForTimeout(300);
      found.push(...(await look()).map(trouble => `${screen}: ${trouble}`));
    }
    return found;
  }

  test('on a phone nothing is scrolled sideways, and no words are squeezed into a narrow column', async () => {
    const found = await onEach(360, () =>
      tabFrame(one).evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        const wide = scrollWidth > clientWidth ? [`${scrollWidth} of ${clientWidth} pixels`] : [];
        // Words for screen readers alone lie in a box of one pixel.
        const unseen = [...document.querySelectorAll('main *')].filter(
          box => getComputedStyle(box).clipPath !== 'none',
        );
        const squeezed = [...document.querySelectorAll<HTMLElement>('main *')]
          .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.textContent?.trim()))
          .filter(element => element.checkVisibility() && element.clientWidth < 100)
          .filter(element => !unseen.some(box => box.contains(element)))
          .filter(element => element.clientHeight > 3.5 * parseFloat(getComputedStyle(element).lineHeight))
          .map(element => `squeezed: ${element.innerText}`);
        return [...wide, ...squeezed];
      }),
    );

    expect(found).toEqual([]);
  }, 60_000);

  test('the way to where one is stays in sight when the window becomes narrower', async () => {
    await one.page.setViewportSize({ width: 1280, height: 740 });
    await openPage(one.tab, 'My data');
    await one.page.setViewportSize({ width: 360, height: 740 });
    await one.page.waitForTimeout(300);

    for (const way of await one.tab.locator('[aria-current]').all()) {
      const { left, right } = await way.evaluate(button => button.getBoundingClientRect());
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(360);
    }
  });

  test('by keyboard every control that Tab reaches is in sight and shows that it has the focus', async () => {
    const found = await onEach(1280, async () => {
      const troubles: string[] = [];
      await one.tab.locator('[aria-current]').first().focus();
      for (let step = 0; step < 12; step++) {
        await one.page.keyboard.press('Tab');
        const trouble = await tabFrame(one).evaluate(() => {
          const focused = document.activeElement;
          if (!(focused instanceof HTMLElement) || focused === document.body) return null;
          const { top, bottom, width } = focused.getBoundingClientRect();
          const label = focused.ariaLabel ?? focused.innerText ?? '';
          if (width > 1 && (bottom < 0 || top > innerHeight)) return `out of sight: ${label}`;
          // Fluent draws a double line under a link, and else a ring: around it, its field, or as a pseudo-element.
          if (getComputedStyle(focused).textDecorationStyle === 'double') return null;
          // A text that is written as it reads has its ring around its buttons, too.
          const around = focused.isContentEditable ? focused.parentElement?.parentElement : null;
          const ringed = [focused, focused.parentElement, focused.nextElementSibling, around].some(element => {
            if (!element) return false;
            return [null, '::after', '::before'].some(part => {
              const style = getComputedStyle(element, part);
              const bordered = part !== null && style.content !== 'none' && parseFloat(style.borderBottomWidth) >= 2;
              const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
              return outlined || bordered || style.boxShadow !== 'none';
            });
          });
          return ringed ? null : `no ring: ${focused.outerHTML.slice(0, 120)}`;
        });
        if (trouble !== null) troubles.push(trouble);
      }
      return troubles;
    });

    expect(found).toEqual([]);
  }, 90_000);
});
