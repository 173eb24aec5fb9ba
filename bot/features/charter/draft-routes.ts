import { api } from '../../../domain/api.ts';
import { longestSection } from '../../../domain/charter/charter.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { tooComplex } from '../../../domain/markdown-complexity.ts';
import { saveVersion } from '../../lists/conditional-save.ts';
import { route, type Route, type TabRequest } from '../../feature.ts';
import type { CharterParts } from './parts.ts';
import { sectionFrom } from './section.ts';
import { voicesView } from './voices.ts';
import { sectionView } from './views.ts';

type Asked = TabRequest<{ draft: string }>;

/**
 * Puts what somebody answered in a card at the end of its section, on top of the version that was read; then the draft
 * goes. Whoever is stopped in between finds the words in the section and puts them in no second time.
 */
async function putIn(parts: CharterParts, request: Asked): Promise<void> {
  const { who, community, body, ifMatch, onBehalfOf } = request;
  const section = sectionFrom(request);
  const draft = await parts.lists.of(community.id).charterDrafts.find(body.draft);
  if (!draft || draft.value.section !== section) return;
  const { charter } = parts.lists.onBehalfOf(community.id, onBehalfOf);
  const stored = await charter.find(section);
  const text = withDraft(stored?.value.text ?? '', draft.value.text);
  if (text.length > longestSection)
    throw new CommunityError('too-large', `section ${section} would have more than ${longestSection} characters`);
  const odd = tooComplex(text);
  if (odd)
    throw new CommunityError('too-complex', `section ${section} would be too complex as Markdown at line ${odd.line}`, {
      context: odd.reason,
      line: odd.line,
      most: odd.most,
    });

  const saved = await saveVersion(
    charter,
    {
      key: section,
      section,
      text,
      reviewOn: null,
      changedBy: { id: who.id, name: who.name },
      changedAt: parts.clock().toISOString(),
    },
    ifMatch ?? null,
    row => endsWith(row.text, draft.value.text),
  );
  if (saved.kind === 'conflict') {
    const current = sectionView(section, saved.current);
    throw new CommunityError(
      'version-conflict',
      `section ${section} of the charter has changed since it was read: look at what is stored now and press again`,
      { current, etag: current.etag ?? undefined },
    );
  }
  await drop(parts, request);
}

/** Below what is there, as a paragraph of its own; what stands there already is not put in twice. */
function withDraft(text: string, draft: string): string {
  if (endsWith(text, draft)) return text;
  return text.trim() === '' ? draft : `${text.trimEnd()}\n\n${draft}`;
}

function endsWith(text: string, draft: string): boolean {
  return text.replace(/\r\n?/g, '\n').trimEnd().endsWith(draft.trim());
}

async function drop(parts: CharterParts, { community, body }: Asked): Promise<void> {
  const { charterDrafts } = parts.lists.of(community.id);
  const draft = await charterDrafts.find(body.draft);
  if (draft) await charterDrafts.remove(draft);
}

export function draftRoutes(parts: CharterParts): readonly Route[] {
  const writing = { may: 'charter.edit', ready: true } as const;
  const answering = (act: (parts: CharterParts, request: Asked) => Promise<void>) => async (request: Asked) => {
    await act(parts, request);
    return { body: await voicesView(parts, request.community, request.who, request.t) };
  };
  return [route(api.putDraftIn, writing, answering(putIn)), route(api.dropDraft, writing, answering(drop))];
}
