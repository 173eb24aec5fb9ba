import { api, type CharterView, type FileAnswer } from '../../../domain/api.ts';
import { ExportFormat, exportFormats, fileNameOf } from '../../../domain/charter-export.ts';
import type { Community } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { charterSections } from '../../../domain/method/charter-sections.ts';
import { localDay } from '../../../domain/schedule.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import type { Translate } from '../../text.ts';
import type { CharterParts } from './index.ts';
import { charterView } from './views.ts';

/** The charter as it goes into a document: everything said, nothing left to look up. */
export interface CharterDocument {
  readonly title: string;
  /** The lines below the title: of which day it is, and when it is looked at again. */
  readonly lines: readonly string[];
  readonly sections: readonly {
    readonly title: string;
    /** Markdown; empty while nobody has written it. */
    readonly text: string;
    /** Who changed it last, or that nobody has written it yet. */
    readonly note: string;
  }[];
}

const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  md: 'text/markdown; charset=utf-8',
};

export function exportRoute({ lists, clock }: CharterParts): Route {
  async function file({ community, params, t }: TabRequest<unknown>): Promise<TabAnswer<FileAnswer>> {
    const format = ExportFormat.safeParse(params['format']);
    if (!format.success) throw new CommunityError('not-found', `a charter has no such format; expected one of ${exportFormats.join(', ')}`);
    const today = localDay(clock(), zoneOf(community));

    const charter = charterDocument(community, charterView(await lists.of(community.id).charter.all()), today, t);
    return { body: { name: fileNameOf(charter.title, today, format.data), type: mediaTypes[format.data], bytes: await written(charter, format.data, t) } };
  }
  return route(api.exportCharter, file);
}

/** Everything a document says, in the reader's language. */
export function charterDocument(community: Community, { sections, review }: CharterView, today: string, t: Translate): CharterDocument {
  return {
    title: t('export.title', { community: community.name }),
    lines: [t('export.asOf', dayOf(today)), ...(review.on === null ? [] : [t('export.nextReview', dayOf(review.on))])],
    sections: charterSections.map(({ id, title }) => {
      const { text, changed } = sections.find(section => section.id === id) ?? { text: '', changed: null };
      if (text.trim() === '') return { title, text: '', note: t('export.unwritten') };
      return { title, text, note: changed ? t('export.changed', { name: changed.by.name, ...dayOf(localDay(new Date(changed.at), zoneOf(community))) }) : '' };
    }),
  };
}

/** Word and PDF bring code of several megabytes, which a server needs only when somebody asks for a file. */
async function written(charter: CharterDocument, format: ExportFormat, t: Translate): Promise<Uint8Array> {
  switch (format) {
    case 'docx': return (await import('./write-word.ts')).writeWord(charter);
    case 'pdf': return (await import('./write-pdf.ts')).writePdf(charter, t);
    case 'md': return (await import('./write-markdown.ts')).writeMarkdown(charter);
  }
}

function zoneOf({ settings }: Community): string {
  return settings?.timeZone ?? 'UTC';
}

function dayOf(day: string): Readonly<Record<string, unknown>> {
  return { when: new Date(`${day}T12:00:00Z`), formatParams: { when: { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } } };
}
