import type { DocumentContent } from './document.ts';
import { underSection } from './markdown-blocks.ts';

/**
 * A document as one Markdown file. What people wrote stays as they typed it; only their headings move below the
 * section's.
 */
export function writeMarkdown(
  { title, lines, sections }: DocumentContent,
  at: (section: string) => void = () => {},
): Uint8Array {
  const parts = sections.flatMap(({ title: section, text, asTyped, note }) => {
    at(section);
    return [
      `## ${section}`,
      ...(text === '' ? [] : [asTyped ? asCode(text) : underSection(text).trim()]),
      ...(note === '' ? [] : [`*${escaped(note)}*`]),
    ];
  });
  return new TextEncoder().encode(
    `${[`# ${escaped(title)}`, lines.map(escaped).join('  \n'), ...parts].join('\n\n')}\n`,
  );
}

/** Indented, so that a reader of the file need not read what was too complex to be read. */
function asCode(text: string): string {
  return text
    .split('\n')
    .map(line => `    ${line}`)
    .join('\n');
}

function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~]/g, '\\$&');
}
