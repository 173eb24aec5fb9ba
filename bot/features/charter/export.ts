import { api } from '../../../domain/api.ts';
import type { CharterText, PublishView } from '../../../domain/charter/api.ts';
import type { FileAnswer } from '../../../domain/endpoint.ts';
import {
  ExportFormat,
  exportFormats,
  fileNameOf,
  PublishFormat,
  publishFormats,
} from '../../../domain/charter/export.ts';
import { timeZoneOf, type Community } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { charterSections } from '../../../domain/charter/method.ts';
import { tooComplex } from '../../../domain/markdown-complexity.ts';
import { localDay } from '../../../domain/schedule.ts';
import type { DocumentContent } from '../../documents/document.ts';
import type { Documents } from '../../documents/documents.ts';
import type { PdfWords } from '../../documents/write-pdf.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import type { Translate } from '../../text.ts';
import { onDay, todayIn } from '../../shared/days.ts';
import type { CharterParts } from './parts.ts';
import { charterView } from './views.ts';

const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  md: 'text/markdown; charset=utf-8',
};

export function exportRoutes(parts: CharterParts, documents: Documents): readonly Route[] {
  const { files } = parts;

  async function download(request: TabRequest<unknown>): Promise<TabAnswer<FileAnswer>> {
    const format = ExportFormat.safeParse(request.params['format']);
    if (!format.success)
      throw new CommunityError(
        'not-found',
        `a charter has no such format; expected one of ${exportFormats.join(', ')}`,
      );
    return { body: await fileOf(parts, request, { format: format.data, dated: true, documents }) };
  }

  async function publish(request: TabRequest<unknown>): Promise<TabAnswer<PublishView>> {
    const { community, params, onBehalfOf } = request;
    const format = PublishFormat.safeParse(params['format']);
    if (!format.success)
      throw new CommunityError(
        'not-found',
        `a charter is not published in such a format; expected one of ${publishFormats.join(', ')}`,
      );

    const file = await fileOf(parts, request, { format: format.data, dated: false, documents });
    return { body: await files.publish({ community: community.id, onBehalfOf, file }) };
  }

  return [
    route(api.exportCharter, { may: 'community.read' }, download),
    route(api.publishCharter, { may: 'charter.edit' }, publish),
  ];
}

interface Wanted {
  readonly format: ExportFormat;
  /** Whether the name says the day. */
  readonly dated: boolean;
  readonly documents: Documents;
}

async function fileOf(
  { lists, clock }: CharterParts,
  { who, community, t }: TabRequest<unknown>,
  { format, dated, documents }: Wanted,
): Promise<FileAnswer> {
  const today = todayIn({ clock }, community);
  const content = contentOf(community, charterView(await lists.of(community.id).charter.all(), today), t);
  const bytes = await documents.make({ format, content, words: pdfWords(t) }, who.id);
  return { name: fileNameOf(content.title, dated ? today : null, format), type: mediaTypes[format], bytes };
}

/** Everything a document says, in the reader's language. */
function contentOf(community: Community, { today, sections, review }: CharterText, t: Translate): DocumentContent {
  return {
    title: t('export.title', { community: community.name }),
    lines: [t('export.asOf', onDay(today)), ...(review.on === null ? [] : [t('export.nextReview', onDay(review.on))])],
    sections: charterSections.map(({ id }) => {
      const title = t(`method.${id}.title`);
      const { text, changed } = sections.find(section => section.id === id) ?? { text: '', changed: null };
      if (text.trim() === '') return { title, text: '', asTyped: false, note: t('export.unwritten') };
      const asTyped = tooComplex(text) !== null;
      const note = changed
        ? t('export.changed', {
            name: changed.by.name,
            ...onDay(localDay(new Date(changed.at), timeZoneOf(community))),
          })
        : '';
      return {
        title,
        text,
        asTyped,
        note: [asTyped ? t('export.asTyped') : '', note].filter(sentence => sentence !== '').join(' '),
      };
    }),
  };
}

function pdfWords(t: Translate): PdfWords {
  return { unshowable: t('export.unshowable'), page: t('export.page', { page: '{page}', pages: '{pages}' }) };
}
