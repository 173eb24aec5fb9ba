import { Parser } from 'htmlparser2';
import { english, german } from '../understanding/words.ts';
import type { Exact } from '../understanding/decision.ts';
import type { TeamsActivity } from './activity.ts';
import { wordsIn } from './message-text.ts';

type Message = Pick<TeamsActivity, 'text' | 'attachments' | 'entities' | 'recipient'>;

/**
 * What a person typed: without mentions of the bot and without what they quote or reply to, with other people by their
 * names.
 */
export function typedText(message: Message): string {
  const html = htmlOf(message);
  const nameOf = mentionsIn(message);
  const words = message.text === undefined || /<blockquote/i.test(html) ? wordsIn(withoutBot(html, nameOf)) : '';
  return plainSpaces(words || withoutMentions(message.text ?? '', nameOf)).trim();
}

/** A message that Teams sends as HTML, too: without text it is all there is, and only there a quote is one. */
function htmlOf({ attachments = [] }: Message): string {
  const found = attachments.find(({ contentType }) => contentType.toLowerCase() === 'text/html')?.content;
  return typeof found === 'string' ? found : '';
}

/** What to read in the place of a mention: a name, or nothing where it is the bot's. */
type Mentions = (words: string, index: number) => string;

/**
 * The entity of a mention is found by its text, else by its name, which an entity without text still has, else by its
 * place. Teams doubles entities, and makes one for each word of a name.
 */
function mentionsIn({ entities = [], recipient }: Message): Mentions {
  const mentions = entities
    .filter(({ type }) => type.toLowerCase() === 'mention')
    .map(({ text, mentioned }) => ({
      words: text === undefined ? undefined : wordsIn(text.replaceAll(/<\/?at\b[^>]{0,100}>/gi, '')),
      name: mentioned?.name,
      isBot: mentioned?.id === recipient?.id,
    }));
  // The first of several counts, so they are entered from the last.
  const byWords = new Map(mentions.toReversed().map(mention => [mention.words, mention]));
  const byName = new Map(mentions.toReversed().map(mention => [mention.name, mention]));
  return (words, index) => {
    const found = byWords.get(words) ?? byName.get(words) ?? mentions[index];
    const isBot = found ? found.isBot : words !== '' && words === recipient?.name;
    return isBot ? '' : words || (found?.name ?? '');
  };
}

/** Teams' new replies leave a mark in the text, and the words of the other message elsewhere. */
const quoteMark = /<quoted\b[^>]{0,300}>(<\/quoted>)?/gi;
/** Bounded, as is all that is looked for in what people send: no text may take long to read. */
const mentionMark = /<at\b[^>]{0,100}>(.{0,300}?)<\/at>/gis;
/** Stands for what is taken out until the spaces around it are one; cleaned text holds none. */
const gap = '\0';

function withoutMentions(text: string, nameOf: Mentions): string {
  let index = 0;
  return text
    .replace(quoteMark, gap)
    .replace(mentionMark, (_all, inner: string) => nameOf(wordsIn(inner), index++) || gap)
    .split(gap)
    .map(part => part.trim())
    .join(' ');
}

/** The same of HTML, where mentions are marked by their place among the entities; quotes and replies go with them. */
function withoutBot(html: string, nameOf: Mentions): string {
  const kept: string[] = [];
  let depthOfQuote = 0;
  let mention: { readonly index: number; words: string } | undefined;
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (tag === 'blockquote') depthOfQuote += 1;
      else if (tag === 'at' || /schema\.skype\.com\/Mention$/i.test(attributes['itemtype'] ?? ''))
        mention = { index: Number(attributes['itemid'] ?? attributes['id'] ?? 0), words: '' };
      else if (depthOfQuote === 0) kept.push(opened(tag, attributes));
    },
    ontext(text) {
      if (mention) mention.words += text;
      else if (depthOfQuote === 0) kept.push(escaped(text));
    },
    onclosetag(tag) {
      if (tag === 'blockquote') depthOfQuote -= 1;
      else if (mention && (tag === 'span' || tag === 'at')) {
        if (depthOfQuote === 0) kept.push(escaped(nameOf(mention.words.trim(), mention.index)));
        mention = undefined;
      } else if (depthOfQuote === 0) kept.push(`</${tag}>`);
    },
  });
  parser.end(html);
  return kept.join('');
}

function opened(tag: string, { alt }: Readonly<Record<string, string>>): string {
  return alt === undefined ? `<${tag}>` : `<${tag} alt="${escaped(alt)}">`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Spaces that do not break are spaces, also where Teams wrote them as HTML does; what has no width is nothing. */
function plainSpaces(text: string): string {
  return text.replaceAll(/&nbsp;|[\u00a0\u2007\u202f]/g, ' ').replaceAll(/[\u200b\u2060\ufeff]/g, '');
}

/**
 * Which of these names a person typed: the longest that the text begins with, whatever its case and the punctuation
 * around it. When it is none, the first word, in lower case.
 */
export function nameTyped(text: string, names: readonly string[]): string {
  const words = bareStart(text).split(/\s+/, 10);
  const longest = Math.max(1, ...names.map(name => name.split(' ').length));
  for (let count = Math.min(longest, words.length); count > 1; count--) {
    const name = words.slice(0, count).map(bare).join(' ');
    if (names.includes(name)) return name;
  }
  return bare(words[0] ?? '');
}

/** The names that commands have in the languages that are read, beside those that they have everywhere. */
const translated: ReadonlyMap<string, string> = new Map(
  [english, german].flatMap(({ list }) => Object.entries(list.commands)),
);

/** The command of these names that a text begins with, by its own name or the one it has in a language. */
export function commandTyped(text: string, names: readonly string[]): Exact | null {
  const typed = nameTyped(text, [...names, ...translated.keys()]);
  const own = names.includes(typed) ? undefined : translated.get(typed);
  const said = own === undefined ? text : `${own} ${restOf(text, typed)}`;
  const name = nameTyped(said, names);
  return names.includes(name) ? { name, rest: restOf(said, name) } : null;
}

/** What followed the name. */
export function restOf(text: string, name: string): string {
  return bareStart(text)
    .replace(new RegExp(`^(?:\\S+(?:\\s+|$)){${name.split(' ').length}}`), '')
    .trim();
}

/** People quote, stress and address: `“plan”`, `**plan**`, `, plan`. A question mark alone asks for help. */
function bareStart(text: string): string {
  return text.trim().replace(/^[\s\p{P}\p{S}]+(?=[\p{L}\p{N}])/u, '');
}

function bare(word: string): string {
  return word.replace(/(?<=.)[\p{P}\p{S}]{1,20}$/u, '').toLowerCase();
}
