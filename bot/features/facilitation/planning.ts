import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { phaseOf, tick, weekFrom } from '../../../domain/facilitation/facilitation.ts';
import { linesOf, planningQuestions, type PlanningQuestion } from '../../../domain/facilitation/planning.ts';
import { addDays } from '../../../domain/schedule.ts';
import { cardAction, type CardReply, type Press } from '../../feature.ts';
import { enteredRemark } from '../../shared/inputs.ts';
import { messageKind, readWeek } from './board.ts';
import { keptCard, planningCard } from './choice-cards.ts';
import type { FacilitationParts } from './parts.ts';

/** In characters, of each answer. */
const longestAnswer = 2_000;

const WeekData = z.object({ week: z.iso.date() });
const PlanData = WeekData.extend({
  events: enteredRemark(longestAnswer),
  plans: enteredRemark(longestAnswer),
  posts: enteredRemark(longestAnswer),
  people: enteredRemark(longestAnswer),
} satisfies Record<PlanningQuestion, unknown>);
type PlanData = z.infer<typeof PlanData>;
type Pressed<Data> = Press<Data, ReadyCommunity>;

/** The last day's planning: four questions, whose answers become actions of whoever writes them. */
export function planningActions(parts: FacilitationParts) {
  async function onAsk({ data: { week }, community, t }: Pressed<z.infer<typeof WeekData>>): Promise<CardReply> {
    return { card: planningCard({ community, week }, t) };
  }

  async function onKeep({ data, who, community, t }: Pressed<PlanData>): Promise<CardReply> {
    const { week } = data;
    if (phaseOf(week, community.settings, parts.clock()) !== 'running') return { notice: t('notice.weekOver') };
    const wanted = planningQuestions.flatMap(question =>
      linesOf(data[question] ?? '').map(line => ({
        id: actionId(week, question, line),
        title: question === 'people' ? t('planning.contact', { line }) : line,
      })),
    );
    if (wanted.length === 0) return { notice: t('notice.nothingPlanned') };
    const due = addDays(weekFrom(week).days.at(-1) ?? week, 7);
    for (const { id, title } of wanted) await parts.addAction(community, who, { title, owners: [who], due }, id);
    await parts.lists.of(community.id).ticks.create({
      key: `${week}/plan`,
      ...tick(undefined, { week, task: 'plan', person: who, now: parts.clock() }),
    });
    const shown = await readWeek(parts, community, week, parts.clock());
    await parts.messenger.refresh({ community: community.id, kind: messageKind, period: week, card: shown.shared });
    return { card: keptCard({ community, week, titles: wanted.map(({ title }) => title), due }, t) };
  }

  const tickers = { may: 'facilitation.tick', ready: true } as const;
  return {
    planning: cardAction(tickers, { data: WeekData, run: onAsk }),
    plan: cardAction(tickers, { data: PlanData, run: onKeep }),
  };
}

/** The same answer, sent again, is the same action. */
function actionId(week: string, question: PlanningQuestion, line: string): string {
  return createHash('sha256').update(`${week} ${question} ${line}`).digest('hex').slice(0, 32);
}
