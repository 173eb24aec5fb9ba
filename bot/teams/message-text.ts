import { Parser } from 'htmlparser2';

/** What begins on a line of its own. */
const blocks = new Set([
  'p',
  'div',
  'br',
  'li',
  'ul',
  'ol',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'blockquote',
  'pre',
  'tr',
  'table',
  'hr',
]);
/** What Teams draws as a picture, with its words in `alt`. */
const pictures = new Set(['emoji', 'img']);
/** What is not shown. */
const silent = new Set(['script', 'style', 'title', 'template']);

/**
 * The words of a Teams message, which comes as HTML: one line a paragraph, emoji as characters, no markup. Nothing in
 * it is evaluated.
 */
export function wordsIn(html: string): string {
  let text = '';
  let depthOfSilence = 0;
  const parser = new Parser({
    onopentag(name, { alt }) {
      if (silent.has(name)) depthOfSilence++;
      if (blocks.has(name)) text += '\n';
      if (pictures.has(name) && alt) text += alt;
    },
    ontext(words) {
      // Line breaks in the source are spaces to the reader.
      if (depthOfSilence === 0) text += words.replace(/\s+/g, ' ');
    },
    onclosetag(name) {
      if (silent.has(name)) depthOfSilence--;
      if (blocks.has(name)) text += '\n';
    },
  });
  parser.end(html);
  return text
    .split('\n')
    .map(line => line.replace(/\s+/g, ' ').trim())
    .filter(line => line !== '')
    .join('\n');
}
