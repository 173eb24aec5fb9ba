/// <reference lib="dom" />
import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';
import type { DeskPage } from './desk.ts';

/** The frame of the tab that is open on the desk. */
export function tabFrame({ page }: DeskPage): Frame {
  const frame = page.frames().find(one => one.url().includes('/tabs/'));
  if (!frame) throw new Error('no tab is open');
  return frame;
}

/** What axe finds in the frame of a tab, or on the desk around it, one line each. */
export async function violations(where: Frame | Page): Promise<string[]> {
  await where.evaluate(axe.source);
  return where.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as { axe: typeof axe };
    // Colours that still change are those of no theme.
    const changing = document.getAnimations().filter(one => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(changing.map(one => one.finished));
    const hasCards = document.querySelector('.ac-textBlock') !== null;
    // Fluent's own catchers of the focus pass it on at once, so nobody is ever on one.
    const found = await runner.run(
      { include: document, exclude: ['[data-tabster-dummy]'] },
      {
        iframes: false,
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
        // This rule glues the words of neighbouring blocks together ("Tuesday0 of 5 done") and so refuses every label
        // of a card's row. What it is about is checked below, block by block.
        ...(hasCards ? { rules: { 'label-content-name-mismatch': { enabled: false } } } : {}),
      },
    );
    const words = (text: string | null | undefined): string =>
      (text ?? '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();
    const mute = [...document.querySelectorAll<HTMLElement>('[role=button][aria-label]')].flatMap(row =>
      [...row.querySelectorAll<HTMLElement>('.ac-textBlock')]
        // An abbreviated unit may be spoken in full.
        .filter(
          block =>
            block.checkVisibility() &&
            !/^\d+ min$/.test(block.innerText.trim()) &&
            !words(row.ariaLabel).includes(words(block.innerText)),
        )
        .map(block => `not in the name "${row.ariaLabel}": ${block.innerText}`),
    );
    return mute.concat(
      found.violations.flatMap(({ id, nodes }) =>
        nodes
          // Those that came while it was looked.
          .filter(node => !node.html.includes('data-tabster-dummy'))
          .map(node => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`),
      ),
    );
  });
}
