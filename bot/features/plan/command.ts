import { randomUUID } from 'node:crypto';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { longestTitle } from '../../../domain/plan/plan.ts';
import { shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { command, type Ask, type CardReply, type Command } from '../../feature.ts';
import { todayIn } from '../../shared/days.ts';
import { addedCard, planCard } from './cards.ts';
import type { PlanParts } from './parts.ts';
import { answerAboutPlan } from './questions.ts';
import { actionOf, addAction, readActions, reading } from './store.ts';

export function planCommands(parts: PlanParts): readonly Command[] {
  return [
    command(reading, { name: 'plan', about: 'command.plan', run: ask => showPlan(parts, ask) }),
    command(reading, { name: 'add', about: 'command.add', run: ask => add(parts, ask) }),
  ];
}

async function showPlan(parts: PlanParts, ask: Ask<ReadyCommunity>): Promise<CardReply> {
  const { community, who, place, t } = ask;
  const some = await answerAboutPlan(parts, ask);
  if (some) return { card: some };
  const actions = (await readActions(parts, community)).map(({ value }) => actionOf(value));
  // In a channel everybody has the same copy before them.
  return {
    card: planCard(
      {
        community,
        actions,
        me: place === 'chat' ? who.id : null,
        today: todayIn(parts, community),
        links: parts.links,
      },
      t,
    ),
  };
}

/** `add action Book a room`. The word after `add` says what is added; nothing is guessed when it is another. */
async function add(parts: PlanParts, { community, who, rest, t }: Ask<ReadyCommunity>): Promise<CardReply> {
  const [, word = '', title = ''] = /^(\S*)\s*(.*)$/s.exec(rest.trim()) ?? [];
  if (!/^actions?:?$/i.test(word))
    return {
      notice: t(rest.trim() === '' ? 'notice.addWhat' : 'notice.addThis', {
        rest: plain(shortened(rest, longestTitle)),
      }),
    };
  const oneLine = title.replace(/\s+/g, ' ').trim();
  if (oneLine === '') return { notice: t('notice.addWhat') };
  if (oneLine.length > longestTitle)
    return { notice: t('notice.tooLong', { count: oneLine.length, most: longestTitle }) };

  const action = await addAction(parts, community, who, { title: oneLine }, { id: randomUUID(), onBehalfOf: null });
  const members = await parts.roster.members(community.id);
  return { card: addedCard({ community, action, members, today: todayIn(parts, community), links: parts.links }, t) };
}
