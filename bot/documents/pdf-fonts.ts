import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import type { Run } from './markdown-blocks.ts';

/** The styles of DejaVu, a free family with the letters of Europe, Arabic, Hebrew and many symbols. */
const files = {
  regular: 'DejaVuSans.ttf',
  bold: 'DejaVuSans-Bold.ttf',
  italic: 'DejaVuSans-Oblique.ttf',
  boldItalic: 'DejaVuSans-BoldOblique.ttf',
  code: 'DejaVuSansMono.ttf',
} as const;
export type FontName = keyof typeof files;
export const fontNames = Object.keys(files) as readonly FontName[];

export interface Fonts {
  readonly bytes: (name: FontName) => Buffer;
  /** What can be drawn of a text; □ stands for what cannot. */
  drawable(text: string, name: FontName): string;
  /** Whether a □ had to stand in. */
  readonly missed: () => boolean;
}

/** Stands for a character without a picture in the font. */
const standIn = '□';
/** Marks that only choose among pictures: the emoji's own is drawn without them. */
const joiners = /\u200d|\ufe0e|\ufe0f|\p{Emoji_Modifier}/gu;

/** Reads each font when it is first asked for. */
export function openFonts(): Fonts {
  const require = createRequire(import.meta.url);
  const read = new Map<FontName, { readonly bytes: Buffer; readonly font: Font }>();
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
  let missed = false;

  function open(name: FontName) {
    const known = read.get(name);
    if (known) return known;
    const bytes = readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${files[name]}`));
    const opened = { bytes, font: create(bytes) as Font };
    read.set(name, opened);
    return opened;
  }

  return {
    bytes: name => open(name).bytes,
    drawable(text, name) {
      const { font } = open(name);
      const has = (part: string): boolean =>
        [...part].every(character => /\s/.test(character) || font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0));
      if (has(text)) return text;
      return Array.from(graphemes.segment(text), ({ segment }) => {
        if (has(segment)) return segment;
        const bare = segment.replace(joiners, '');
        if (bare !== '' && has(bare)) return bare;
        missed = true;
        return standIn;
      }).join('');
    },
    missed: () => missed,
  };
}

export function fontOf({ bold, italic, code }: Run): FontName {
  if (code) return 'code';
  if (bold) return italic ? 'boldItalic' : 'bold';
  return italic ? 'italic' : 'regular';
}
