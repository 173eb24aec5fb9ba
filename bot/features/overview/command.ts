import type { Ask, CardReply } from '../../feature.ts';
import { overviewCard } from './card.ts';
import { readFacts } from './facts.ts';
import type { OverviewParts } from './parts.ts';
import { overviewView } from './view.ts';

/**
 * What `overview`, typed to the bot, is answered with. In a channel everybody reads along, so it is what any member may
 * see.
 */
export async function showOverview(parts: OverviewParts, { who, community, place, t }: Ask): Promise<CardReply> {
  const facts = await readFacts(parts, community, who);
  const shown = place === 'chat' ? facts : { ...facts, reader: { id: '', coordinates: false } };
  return {
    card: overviewCard({ community, view: overviewView(shown, t), link: parts.links.tab(community.id, 'overview') }, t),
  };
}
