import { renderCard, type Card } from '../cards.ts';
import template from './cards/pointer.card.json' with { type: 'json' };

/**
 * A sentence, and a button to what it speaks of. A link in the sentence would leave Teams: there Markdown's links open
 * a browser, and only a button stays.
 */
export function pointerCard({
  text,
  open,
  link,
}: {
  readonly text: string;
  readonly open: string;
  readonly link: string;
}): Card {
  return renderCard(template, { fallback: text, text, open, link });
}
