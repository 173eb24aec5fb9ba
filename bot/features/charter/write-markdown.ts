import type { CharterDocument } from './export.ts';
import { underSection } from './markdown-blocks.ts';

/** The charter as one Markdown file. What people wrote stays as they typed it; only their headings move below the section's. */
export function writeMarkdown({ title, lines, sections }: CharterDocument): Uint8Array {
  const parts = sections.flatMap(({ title: section, text, note }) => [`## ${section}`, ...(text === '' ? [] : [underSection(text).trim()]), ...(note === '' ? [] : [`*${escaped(note)}*`])]);
  return new TextEncoder().encode(`${[`# ${escaped(title)}`, lines.map(escaped).join('  \n'), ...parts].join('\n\n')}\n`);
}

function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~]/g, '\\$&');
}
