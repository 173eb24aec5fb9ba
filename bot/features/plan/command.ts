import type { ReadyCommunity } from '../../../domain/community.ts';
import { longestTitle } from '../../../domain/plan/plan.ts';
import { shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { command, sayVerb, type Ask, type CardReply, type Command } from '../../feature.ts';
import { answerCard } from '../../shared/answer.ts';
import { onDay, todayIn } from '../../shared/days.ts';
import { added, idFrom } from './acts.ts';
import { assignCommand } from './assign.ts';
import { titleAndDay, wordCommands } from './by-word.ts';
import { planCard } from './cards.ts';
import type { PlanParts } from './parts.ts';
import { answerAboutPlan } from './questions.ts';
import { addAction, readNow, reading } from './store.ts';

export function planCommands(parts: PlanParts): readonly Command[] {
  return [
    command(reading, { name: 'plan', about: 'command.plan', run: ask => showPlan(parts, ask) }),
    command(reading, { name: 'add', changes: true, about: 'command.add', run: ask => add(parts, ask) }),
    ...wordCommands(parts),
    assignCommand(parts),
  ];
}

async function showPlan(parts: PlanParts, ask: Ask<ReadyCommunity>): Promise<CardReply> {
  const { community, who, place, t } = ask;
  const some = await answerAboutPlan(parts, ask);
  if (some) return { card: some };
  const now = await readNow(parts, community);
  // In a channel everybody has the same copy before them.
  return {
    card: planCard(
      {
        community,
        ...now,
        me: place === 'chat' ? who.id : null,
        today: todayIn(parts, community),
        links: parts.links,
      },
      t,
    ),
  };
}

/** Whether what somebody wants added is an action: their press says so. */
function askToAdd({ community, rest, t }: Ask<ReadyCommunity>): CardReply {
  const title = shortened(
    rest
      .replace(/^[\s:,–-]+/, '')
      .replace(/\s+/g, ' ')
      .trim(),
    longestTitle,
  );
  return {
    card: answerCard({
      community,
      title: t('addThis.title', { title: plain(title) }),
      primary: { title: t('addThis.yes'), verb: sayVerb, data: { text: `add action ${title}` } },
    }),
    outcome: 'nothing',
  };
}

/** `add action Book a room`. The word after `add` says what is added; nothing is guessed when it is another. */
async function add(parts: PlanParts, ask: Ask<ReadyCommunity>): Promise<CardReply> {
  const { community, who, rest, t } = ask;
  const [, word = '', title = ''] = /^(\S*)\s*(.*)$/s.exec(rest.trim()) ?? [];
  if (!/^actions?:?$/i.test(word)) return rest.trim() === '' ? { notice: t('notice.addWhat') } : askToAdd(ask);
  const oneLine = title.replace(/\s+/g, ' ').trim();
  if (oneLine === '') return { notice: t('notice.addWhat') };
  if (oneLine.length > longestTitle)
    return { notice: t('notice.tooLong', { count: oneLine.length, most: longestTitle }) };

  const today = todayIn(parts, community);
  const wish = titleAndDay(oneLine, { today, locale: ask.locale }, t);
  if (wish.due !== null && wish.due < today) return { notice: t('act.pastDay', onDay(wish.due)) };
  if (wish.title === '') return { notice: t('notice.addWhat') };
  const id = idFrom(ask, oneLine);
  return added(parts, ask, await addAction(parts, community, who, wish, { id, onBehalfOf: null }));
}
