import type { SectionId } from '../../../domain/charter/charter.ts';
import type { SectionView } from '../../../domain/charter/api.ts';
import { charterSections } from '../../../domain/charter/method.ts';
import type { Ask, CardReply } from '../../feature.ts';
import type { Translate } from '../../text.ts';
import { todayIn } from '../../shared/days.ts';
import { charterCard, type Shown } from './card.ts';
import type { CharterParts } from './parts.ts';
import { charterView } from './views.ts';

/** `charter` shows what the community is for; `charter purpose` shows one section. */
export async function showCharter(
  { lists, links, clock }: CharterParts,
  { community, rest, t }: Ask,
): Promise<CardReply> {
  const asked = rest === '' ? undefined : findSection(rest, t);
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

function dashed(words: string): string {
  return words.toLowerCase().replace(/[\s-]+/g, '-');
}
