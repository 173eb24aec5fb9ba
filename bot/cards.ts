import { Template } from 'adaptivecards-templating';

/** An Adaptive Card, version 1.5, as JSON. */
export type Card = Readonly<Record<string, unknown>> & { readonly type: 'AdaptiveCard' };

/**
 * Fills a `.card.json` template. Values are data: `${…}` inside them is text and is never evaluated.
 * Names, titles and other one-line text that a person wrote go through {@link plain} first.
 */
export function renderCard(template: object, data: object): Card {
  const parsed = templates.get(template) ?? new Template(template);
  templates.set(template, parsed);
  return withoutNulls(parsed.expand({ $root: data })) as Card;
}

/** Parsing takes most of the time, so each template is parsed once; filling it leaves it as it is. */
// eslint-disable-next-line walls/still -- remembers pure results only: two of them would hold the same
const templates = new WeakMap<object, Template>();

/** Where `$when` takes away a property's value, the template leaves null, which the schema of cards refuses. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(item => item !== null).map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([name, inner]) => [name, withoutNulls(inner)]),
  );
}

/** Escapes Markdown and tags, which every TextBlock, open choice and message would otherwise read, and line breaks. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()#+\-.!|<>~]/g, '\\$&')
    .trim();
}

/**
 * The same for a choice that stands open, escaping only what Markdown would make something of: clients that read none
 * in choices show what is escaped, and "Once a month, 3.5 hours (or so)" should look so everywhere.
 */
export function plainChoice(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>~|]/g, '\\$&')
    .replace(/^(\d{0,9})([#+\-.)])/, '$1\\$2');
}
