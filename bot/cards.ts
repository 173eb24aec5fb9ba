import { Template } from 'adaptivecards-templating';

/** An Adaptive Card, version 1.5, as JSON. */
export type Card = Readonly<Record<string, unknown>> & { readonly type: 'AdaptiveCard' };

/**
 * Fills a `.card.json` template. Values are data: `${…}` inside them is text and is never evaluated.
 * Names, titles and other one-line text that a person wrote go through {@link plain} first.
 */
export function renderCard(template: object, data: object): Card {
  return new Template(template).expand({ $root: data }) as Card;
}

/** Escapes Markdown, which every TextBlock would otherwise read, and line breaks. */
export function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()#+\-.!|>~]/g, '\\$&').trim();
}
