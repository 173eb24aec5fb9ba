/// <reference lib="dom" />
/// <reference types="vite/client" />
import { createCSSRuleFromTheme, webLightTheme } from '@fluentui/react-components';
import { AdaptiveCard } from 'adaptivecards';
import { hostConfig, readMarkdown } from '../../../tabs/components/card-host.ts';
import '../../../tabs/components/card.css';

/** In a page of its own: draws a card of this width in pixels as Microsoft's renderer does, and says what does not fit. */
function misfitsOf(json: object, width: number): readonly string[] {
  readMarkdown();
  const drawing = new AdaptiveCard();
  drawing.hostConfig = hostConfig;
  drawing.parse(json);
  const around = document.createElement('div');
  around.className = 'card';
  around.style.width = `${width}px`;
  const element = drawing.render();
  if (element) around.append(element);
  document.body.replaceChildren(around);

  const edge = around.getBoundingClientRect();
  const all = [...around.querySelectorAll<HTMLElement>('*')].filter(one => one.checkVisibility());
  const over = all
    .map(one => ({ one, box: one.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && (box.left < edge.left - 1 || box.right > edge.right + 1))
    .map(
      ({ one, box }) =>
        `over the edge by ${Math.round(Math.max(edge.left - box.left, box.right - edge.right))}: ${said(one)}`,
    );
  const cut = all
    .filter(one => getComputedStyle(one).overflowX === 'hidden' && lengthIn(one) > one.clientWidth + 1)
    .map(one => `cut off: ${said(one)}`);
  const texts = all.filter(one => one.matches('.ac-textBlock, .ac-pushButton, label, input, select, textarea'));
  const boxes = texts.map(one => ({ one, box: one.getBoundingClientRect() })).filter(({ box }) => box.width > 1);
  const overlaps = boxes.flatMap(({ one, box }, at) =>
    boxes
      .slice(at + 1)
      .filter(other => !one.contains(other.one) && !other.one.contains(one))
      .filter(
        ({ box: other }) =>
          Math.min(box.right, other.right) - Math.max(box.left, other.left) > 2 &&
          Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 2,
      )
      .map(other => `over another: ${said(one)} and ${said(other.one)}`),
  );
  return [...over, ...cut, ...overlaps];
}

/** Which way the words of the card are read: at the first letter of each text block, the side where it begins. */
function sidesOf(): readonly string[] {
  return [...document.querySelectorAll<HTMLElement>('.card .ac-textBlock')]
    .filter(one => one.checkVisibility() && one.innerText.trim() !== '')
    .filter(one => {
      const { direction, textAlign } = getComputedStyle(one);
      const begins = direction === 'rtl' ? ['right', 'start', 'center'] : ['left', 'start', 'center'];
      return !begins.includes(textAlign);
    })
    .map(one => `${getComputedStyle(one).direction}, ${getComputedStyle(one).textAlign}: ${said(one)}`);
}

/** How wide its words are, also those that dots stand for, from whichever side it is read. */
function lengthIn(element: HTMLElement): number {
  const words = document.createRange();
  words.selectNodeContents(element);
  return Math.max(element.scrollWidth, words.getBoundingClientRect().width);
}

function said(element: HTMLElement): string {
  return `${element.tagName.toLowerCase()} “${element.innerText.slice(0, 60)}”`;
}

document.head.append(
  Object.assign(document.createElement('style'), {
    textContent: `${createCSSRuleFromTheme('.card', webLightTheme)} .card { overflow-wrap: anywhere; font-family: sans-serif; }`,
  }),
);
Object.assign(globalThis, { misfitsOf, sidesOf });
