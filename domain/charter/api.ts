import { z } from 'zod';
import { Day, Person } from '../community.ts';
import { Change, endpoint, community, FileAnswer } from '../endpoint.ts';
import { SectionId, SectionText } from './charter.ts';
import { VoicesView } from './voices-api.ts';

export const SectionView = z.object({
  id: SectionId,
  /** Longer than a section may be where somebody wrote it in SharePoint. */
  text: z.string(),
  /** Null while nobody has written this section. */
  etag: z.string().nullable(),
  changed: Change.nullable(),
});

export type SectionView = z.infer<typeof SectionView>;

export const ReviewView = z.object({
  /** The day of the next review in the community's zone, or null when none is set. */
  on: Day.nullable(),
  etag: z.string().nullable(),
});

export type ReviewView = z.infer<typeof ReviewView>;

/** What it says; `today` is the day in the community's zone. */
const CharterText = z.object({ today: Day, sections: z.array(SectionView), review: ReviewView });

export type CharterText = z.infer<typeof CharterText>;

/** All of the screen: the charter, what members say about it, and who may write it. */
export const CharterView = CharterText.extend({ voices: VoicesView, coordinators: z.array(Person) });

export type CharterView = z.infer<typeof CharterView>;

/** What a section said before, and who saved it when. */
export const HistoryView = z.object({
  /** Of what is stored now: a restore is based on it. Null while nobody has written this section. */
  etag: z.string().nullable(),
  /** Newest first; the first is what is stored now. */
  versions: z.array(z.object({ version: z.string(), text: z.string(), by: z.string().nullable(), at: z.string() })),
  /** Whether SharePoint keeps older ones that are not here. */
  more: z.boolean(),
});

export type HistoryView = z.infer<typeof HistoryView>;

/** What became of a file that was to be published to the channel's Files. */
export const PublishView = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('published'), name: z.string(), url: z.url() }),
  /** There is no folder yet, the person may not write there, somebody has the file open, or there is no room. */
  z.object({ outcome: z.enum(['no-folder', 'not-allowed', 'locked', 'full']), name: z.string() }),
]);

export type PublishView = z.infer<typeof PublishView>;

export const charterApi = {
  charter: endpoint({
    method: 'GET',
    path: `${community}/charter`,
    summary: 'All sections of the charter, with their ETags, and what members say about them',
    answer: CharterView,
    kept: view => ({ ...view, voices: { ...view.voices, drafts: [] } }),
  }),
  saveSection: endpoint({
    method: 'PUT',
    path: `${community}/charter/sections/{section}`,
    summary: 'Save one section',
    body: z.object({ text: SectionText }),
    answer: SectionView,
    conditional: true,
  }),
  sectionHistory: endpoint({
    method: 'GET',
    path: `${community}/charter/sections/{section}/history`,
    summary: 'What a section said before, who saved it and when',
    answer: HistoryView,
  }),
  exportCharter: endpoint({
    method: 'GET',
    path: `${community}/charter/export/{format}`,
    summary: 'The charter as a file: docx, pdf or md',
    answer: FileAnswer,
    file: true,
  }),
  publishCharter: endpoint({
    method: 'POST',
    path: `${community}/charter/publish/{format}`,
    summary:
      'Put the charter into the Files of the channel, as docx or pdf; may be repeated, which makes a new version of the file',
    answer: PublishView,
  }),
  saveReview: endpoint({
    method: 'PUT',
    path: `${community}/charter/review`,
    summary: 'Set the day of the next review',
    body: z.object({ on: Day.nullable() }),
    answer: ReviewView,
    conditional: true,
  }),
};
