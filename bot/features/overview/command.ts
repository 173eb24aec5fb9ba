import type { Member } from '../../../domain/community.ts';
import type { Ask, CardReply } from '../../feature.ts';
import { overviewCard } from './card.ts';
import { readFacts } from './facts.ts';
import type { OverviewParts } from './parts.ts';
import { overviewView } from './view.ts';

/** Who reads along in a channel: no one member, who has answered nothing, holds nothing and is invited to no circle. */
const anybody: Member = { id: '', name: '', owner: false };

/**
 * What `overview`, typed to the bot, is answered with. In a channel everybody reads along, so it is what any member may
 * see.
 */
export async function showOverview(parts: OverviewParts, { who, community, place, t }: Ask): Promise<CardReply> {
  const facts = await readFacts(parts, community, place === 'chat' ? who : anybody);
  return {
    card: overviewCard({ community, view: overviewView(facts, t), link: parts.links.tab(community.id, 'overview') }, t),
  };
}
