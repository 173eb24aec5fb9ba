import type { Community, Member, ReadyCommunity } from '../../../domain/community.ts';
import { progressOf } from '../../../domain/plan/plan.ts';
import { addDays, localDay } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, type Card } from '../../cards.ts';
import { cardMarkdown } from '../../documents/write-card.ts';
import type { Ask, Passage } from '../../feature.ts';
import { answerCard, answerLines, type Answer } from '../../shared/answer.ts';
import { nearDay, onDay, todayIn } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import { detailOf } from './cards.ts';
import type { PlanParts } from './parts.ts';
import { actionOf, readActions, type PlannedAction } from './store.ts';

/** In characters and rows; together they keep the fullest card under 25 KB. */
const longestTitle = 90;
const longestNotes = 300;
const mostRows = 12;

/** What can be asked of the plan, by the word after `plan`: which actions, and in which order. */
const questions: Readonly<
  Record<string, (actions: readonly PlannedAction[], today: string) => readonly PlannedAction[]>
> = {
  stuck: actions => actions.filter(({ state }) => state === 'stuck'),
  // The last one first: what was finished lately is news.
  done: actions =>
    actions
      .filter(({ state }) => state === 'done')
      .toSorted((one, other) => (other.doneAt ?? '').localeCompare(one.doneAt ?? '')),
  next: (actions, today) =>
    actions.filter(({ state, due }) => state !== 'done' && due !== null && due >= today && due <= addDays(today, 7)),
  free: actions => actions.filter(({ state, owners }) => state !== 'done' && owners.length === 0),
};

/** The answer to a question about some of the plan; undefined when the words after `plan` ask for none. */
export async function answerAboutPlan(parts: PlanParts, ask: Ask<ReadyCommunity>): Promise<Card | undefined> {
  const { community, rest, found, t } = ask;
  if (rest.trim() === '') return undefined;
  const today = todayIn(parts, community);
  const actions = (await readActions(parts, community)).map(({ value }) => actionOf(value));
  const shown = { community, today, t, link: parts.links.tab(community.id, 'plan') };
  const question = rest.trim().toLowerCase();
  const asked = questions[question];
  if (asked) {
    const chosen = asked(actions, today);
    const { done, total } = progressOf(actions, today);
    const title = t(`question.${question}.title`, { count: chosen.length, done, total });
    const text = chosen.length === 0 ? t(`question.${question}.none`) : '';
    return listed({ ...shown, title, text, actions: chosen });
  }
  return aboutNamed(shown, ask, actions) ?? aboutOwners(shown, found?.people ?? [], actions);
}

interface Shown {
  readonly community: ReadyCommunity;
  readonly today: string;
  readonly t: Translate;
  readonly link: string;
}

/** One action that somebody asked about, or the few that have these words. */
function aboutNamed(shown: Shown, { found }: Pick<Ask, 'found'>, actions: readonly PlannedAction[]): Card | undefined {
  const { t } = shown;
  const named = (found?.named ?? []).filter(({ kind }) => kind === 'action');
  const surest = named[0]?.certainty ?? 0;
  const chosen = named
    .filter(({ certainty }) => certainty >= surest)
    .flatMap(({ id }) => actions.find(action => action.id === id) ?? []);
  const [only, another] = chosen;
  if (!only) return undefined;
  if (another) return listed({ ...shown, title: t('question.several', { count: chosen.length }), actions: chosen });
  return answerCard({
    ...frame(shown),
    title: plain(only.title),
    text: [detailOf(only, shown.today, t), cardMarkdown(only.notes, longestNotes)].filter(Boolean).join('\n\n'),
  });
}

function aboutOwners(shown: Shown, people: readonly Member[], actions: readonly PlannedAction[]): Card | undefined {
  const [person] = people;
  if (!person) return undefined;
  const theirs = actions.filter(({ state, owners }) => state !== 'done' && owners.some(({ id }) => id === person.id));
  const { t } = shown;
  const title = t('question.person', { name: plain(person.name), count: theirs.length });
  return listed({ ...shown, title, actions: theirs });
}

function listed({
  title,
  text = '',
  actions,
  ...shown
}: Shown & Pick<Answer, 'title' | 'text'> & { readonly actions: readonly PlannedAction[] }): Card {
  const { t, today } = shown;
  const more = actions.length - mostRows;
  const lines = answerLines(
    actions.slice(0, mostRows).map(action => ({
      title: plain(shortened(action.title, longestTitle)),
      value: action.doneAt === null ? detailOf(action, today, t) : finished(action, shown),
    })),
  );
  return answerCard({
    ...frame(shown),
    title,
    text: [lines, more > 0 ? t('group.more', { count: more }) : text].filter(Boolean).join('\n\n'),
  });
}

/** When it was finished, and by whom. */
function finished({ doneAt, owners }: PlannedAction, { community, t }: Shown): string {
  const day = doneAt === null ? null : localDay(new Date(doneAt), community.settings.timeZone);
  const names = owners.map(({ name }) => plain(name) || t('somebody'));
  return t(names.length === 0 ? 'question.finished' : 'question.finishedBy', { names, ...onDay(day, nearDay) });
}

function frame({ community, t, link }: Shown): Pick<Answer, 'community' | 'page'> {
  return { community, page: { open: t('open'), link } };
}

/** Actions by their titles and notes, for sentences that name one. */
export function planPassages(parts: Pick<PlanParts, 'lists'>) {
  return async ({ community }: { readonly community: Community }): Promise<readonly Passage[]> =>
    (await readActions(parts, community)).map(({ value }) => {
      const { id, title, notes } = actionOf(value);
      return { kind: 'action', id, title, text: notes, typed: `plan ${title}` };
    });
}
