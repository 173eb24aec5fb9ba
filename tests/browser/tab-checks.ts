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
    // Fluent's own catchers of the focus pass it on at once, so nobody is ever on one.
    const found = await runner.run(
      { include: document, exclude: ['[data-tabster-dummy]'] },
      {
        iframes: false,
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
      },
    );
    return found.violations.flatMap(({ id, nodes }) =>
      nodes
        // Those that came while it was looked.
        .filter(node => !node.html.includes('data-tabster-dummy'))
        .map(node => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`),
    );
  });
}
