import type { SectionId } from '../../../domain/charter/charter.ts';
import type { SectionView } from '../../../domain/charter/api.ts';
import { charterSections } from '../../../domain/charter/method.ts';
import type { Community } from '../../../domain/community.ts';
import type { Ask, CardReply, Passage } from '../../feature.ts';
import type { Translate } from '../../text.ts';
import { todayIn } from '../../shared/days.ts';
import { charterCard, type Shown } from './card.ts';
import type { CharterParts } from './parts.ts';
import { charterView } from './views.ts';

/** `charter` shows what the community is for; `charter purpose` shows one section. */
export async function showCharter(
  { lists, links, clock }: CharterParts,
  { community, rest, found, t }: Ask,
): Promise<CardReply> {
  const asked = rest === '' ? undefined : (findSection(rest, t) ?? sectionNamed(found));
  if (rest !== '' && !asked)
    return { notice: t('unknown', { sections: charterSections.map(({ id }) => t(`method.${id}.title`)).join(', ') }) };

  const { today, sections, review } = charterView(
    await lists.of(community.id).charter.all(),
    todayIn({ clock }, community),
  );
  const shown: Shown = {
    community,
    sections: asked ? [asked] : ['purpose', 'aims'],
    texts: new Map(sections.filter(isWritten).map(({ id, text }) => [id, text])),
    review: review.on,
    today,
    alone: asked !== undefined,
    link: links.tab(community.id, asked ? `charter/${asked}` : 'charter'),
  };
  return { card: charterCard(shown, t) };
}

function isWritten({ text }: SectionView): boolean {
  return text.trim() !== '';
}

/** By name or by how the name begins, in the reader's language or as it is kept: `purpose`, `Ways of working`, `ways`. */
function findSection(words: string, t: Translate): SectionId | undefined {
  const wanted = dashed(words);
  const named = charterSections.map(({ id }) => ({ id, names: [id, dashed(t(`method.${id}.title`))] }));
  return (
    named.find(({ names }) => names.includes(wanted))?.id ??
    named.find(({ names }) => names.some(name => name.startsWith(wanted)))?.id
  );
}

/** What it speaks of, where it is no section's name. */
function sectionNamed(found: Ask['found']): SectionId | undefined {
  const named = found?.named.find(({ kind }) => kind === 'section');
  return charterSections.find(({ id }) => id === named?.id)?.id;
}

/** Sections by their titles and what they say; one that is not written yet says so. */
export function charterPassages({ lists, clock }: Pick<CharterParts, 'lists' | 'clock'>) {
  return async ({
    community,
    t,
  }: {
    readonly community: Community;
    readonly t: Translate;
  }): Promise<readonly Passage[]> =>
    charterView(await lists.of(community.id).charter.all(), todayIn({ clock }, community)).sections.map(
      ({ id, text }) => ({
        kind: 'section',
        id,
        title: t(`method.${id}.title`),
        text,
        typed: `charter ${id}`,
      }),
    );
}

function dashed(words: string): string {
  return words.toLowerCase().replace(/[\s-]+/g, '-');
}
