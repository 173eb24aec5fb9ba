import { z } from 'zod';
import { prose } from '../text.ts';

/** The sections of a charter, in reading order. What helps to write them is in `method.ts`. */
export const sectionIds = [
  'scope',
  'purpose',
  'aims',
  'members',
  'ways-of-working',
  'governance',
  'roles',
  'communication',
  'resources',
  'risks',
  'measures',
] as const;
export const SectionId = z.enum(sectionIds);
export type SectionId = z.infer<typeof SectionId>;

/** Longest text of one section, in characters. */
export const longestSection = 20_000;

/** What a coordinator wrote in one section: Markdown, without HTML. */
export const SectionText = prose(longestSection);

/** The key of a section's row, which is its id, and of the row that holds the next review. */
export const reviewKey = 'review';
