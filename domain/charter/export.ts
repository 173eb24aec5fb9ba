import { z } from 'zod';

/** In what form a charter can be taken away. */
export const exportFormats = ['docx', 'pdf', 'md'] as const;
export const ExportFormat = z.enum(exportFormats);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** In which of them it goes into the channel's Files: those that people open there. */
export const publishFormats = ['docx', 'pdf'] as const;
export const PublishFormat = z.enum(publishFormats);
export type PublishFormat = z.infer<typeof PublishFormat>;

/** Longest part of a file name that comes from the community, in characters: SharePoint takes paths of 400. */
const longestTitle = 80;

/** Control characters, those that turn the direction of writing, and what Windows or SharePoint refuse in names. */
const refused = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069"*:<>?/\\|#%~\s]+/gu;

/**
 * What a file is called, such as `Charter of Data Storytellers 2026-11-22.docx`. Without a day it is always the same
 * file, which gets a new version each time.
 */
export function fileNameOf(title: string, day: string | null, format: ExportFormat): string {
  const allowed = title.toWellFormed().replace(refused, ' ');
  const name = [...allowed.trim()]
    .slice(0, longestTitle)
    .join('')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const parts = [name, day ?? ''].filter(part => part !== '');
  return `${parts.length === 0 ? 'Charter' : parts.join(' ')}.${format}`;
}
