import type { Community, Person, ReadyCommunity } from '../../../domain/community.ts';
import { isOverdue, progressOf } from '../../../domain/plan/plan.ts';
import type { Rest } from '../../../domain/attention/open-days.ts';
import { remindsOf, type When } from '../../../domain/plan/days.ts';
import { isDue } from '../../../domain/plan/due.ts';
import { daysBetween, localDay } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import addedTemplate from './cards/added.card.json' with { type: 'json' };
import { nobody } from './from-message-cards.ts';
import type { PlanParts } from './parts.ts';
import listTemplate from './cards/list.card.json' with { type: 'json' };
import type { PlannedAction } from './store.ts';

/** In characters and rows; together they keep the fullest card under 25 KB. */
const longestCommunity = 60;
const longestAction = 90;
const longestName = 30;
const mostOwnersNamed = 3;
const mostRows = 5;
const mostRemindedOf = 10;
const whens: readonly When[] = ['today', 'last', 'tomorrow', 'soon'];
const mostPeople = 80;

interface Where {
  readonly community: ReadyCommunity;
  readonly links: PlanParts['links'];
}

export interface PlanShown extends Where {
  readonly actions: readonly PlannedAction[];
  /** How many more there are, all of them done; 0 when left out. */
  readonly doneBefore?: number;
  /** Whose actions stand first and have buttons; null where everybody reads the same copy. */
  readonly me: string | null;
  readonly today: string;
  /** These actions are all of the reader's own, or all that are overdue. */
  readonly only?: 'mine' | 'overdue';
  /** What has just been done; empty for nothing. */
  readonly notice?: string;
}

/** The plan at a glance: mine, what is overdue, what is due this week, and how far it all is. */
export function planCard(shown: PlanShown, t: Translate): Card {
  return renderCard(listTemplate, planData(shown, t));
}

function planData({ community, actions, doneBefore, me, today, only, notice = '', links }: PlanShown, t: Translate) {
  const open = actions.filter(({ state }) => state !== 'done');
  const mine = open.filter(({ owners }) => owners.some(({ id }) => id === me));
  const others = open.filter(action => !mine.includes(action));
  const overdue = others.filter(action => isOverdue(action, today));
  const week = others.filter(action => isDue('this-week', action, today) && !overdue.includes(action));
  const { total, done } = progressOf(actions, today, doneBefore);
  const rows: Rows = { community, today, from: 'plan', t };
  const groups = [
    groupOf('mine', mine, mostRows, { ...rows, buttons: true }),
    groupOf('overdue', overdue, mostRows, rows),
    groupOf('week', week, mostRows, rows),
  ].filter(({ rows: those, more }) => those.length > 0 || more !== '');
  const name = shortened(community.name, longestCommunity);
  return listData(
    {
      community,
      fallback: t('card.fallback', { community: name }),
      title: t(only ? `card.${only}` : 'card.title', { community: plain(name) }),
      notice,
      lead: only
        ? open.length === 0
          ? t(`card.${only}None`)
          : ''
        : total === 0
          ? t('card.empty')
          : t('card.progress', { done, count: total }),
      groups,
      footer: !only && total > 0 && groups.length === 0 ? t('card.quiet') : '',
      button: noButton,
      link: links.tab(community.id, 'plan'),
    },
    t,
  );
}

export interface ReminderShown extends Where {
  readonly rest: Rest;
  readonly person: Pick<Person, 'id'>;
  /** Of the whole plan, without what was done long ago. */
  readonly actions: readonly PlannedAction[];
  readonly today: string;
  readonly notice?: string;
}

/**
 * For one owner: what is due today, tomorrow, and before or on the days off that follow; what is overdue stands below;
 * what they have done today stays, ticked.
 */
export function reminderCard(shown: ReminderShown, t: Translate): Card {
  return renderCard(listTemplate, reminderData(shown, t));
}

/** `list.sample.json` is an example. */
function reminderData({ community, person, actions, today, rest, notice = '', links }: ReminderShown, t: Translate) {
  const { timeZone } = community.settings;
  const mine = actions.filter(({ owners }) => owners.some(({ id }) => id === person.id));
  const shown = mine.filter(({ doneAt }) => doneAt === null || localDay(new Date(doneAt), timeZone) === today);
  const rows: Rows = { community, today, from: 'reminder', buttons: true, t };
  const byWhen = Map.groupBy(shown, action => remindsOf(action.due, today, { timeZone, rest }));
  const overdue = mine.filter(action => isOverdue(action, today) && !byWhen.get('today')?.includes(action));
  const late = overdue.length;
  const longest = Math.max(0, ...overdue.map(({ due }) => (due === null ? 0 : daysBetween(due, today))));
  let left = mostRemindedOf;
  const groups = [...whens, 'overdue' as const].flatMap(name => {
    const group = groupOf(name, name === 'overdue' ? overdue : (byWhen.get(name) ?? []), left, rows);
    left -= group.rows.length;
    return group.rows.length > 0 || group.more !== '' ? [group] : [];
  });
  const open = whens.flatMap(when => byWhen.get(when) ?? []).filter(({ state }) => state !== 'done').length;
  const name = shortened(community.name, longestCommunity);
  return listData(
    {
      community,
      fallback: t('reminder.fallback', { community: name }),
      title:
        open === 0 && late > 0
          ? t('reminder.overdue', { count: late })
          : t(open === 0 ? 'reminder.nothingLeft' : 'reminder.title', { count: open }),
      notice,
      lead: longest === 0 ? '' : leadOf({ open, late, longest }, t),
      groups,
      footer: t('reminder.why', { community: plain(name) }),
      button: { verb: 'plan.stop', title: t('reminder.stop') },
      link: links.tab(community.id, 'plan'),
    },
    t,
  );
}

/** Above a card that is about overdue actions alone: since when; above one that is about others: that there are some. */
function leadOf(
  { open, late, longest }: { readonly open: number; readonly late: number; readonly longest: number },
  t: Translate,
): string {
  if (open > 0) return t('reminder.below', { count: late });
  return t(late === 1 ? 'reminder.waits' : 'reminder.longest', { count: longest });
}

export interface AddedShown extends Where {
  readonly action: PlannedAction;
  readonly members: readonly Person[];
  readonly today: string;
  /** Whoever added it may take it back. */
  readonly fresh?: boolean;
  readonly notice?: string;
}

/** An action that has just been added, with its day and its owner to be said. */
export function addedCard(shown: AddedShown, t: Translate): Card {
  return renderCard(addedTemplate, addedData(shown, t));
}

/** `added.sample.json` is an example. */
function addedData({ community, action, members, today, fresh = false, notice = '', links }: AddedShown, t: Translate) {
  const { id, title, owners, due } = action;
  const owner = owners[0]?.id ?? '';
  const offered = [
    ...owners.slice(0, 1),
    ...members.filter(member => member.id !== owner).toSorted((one, other) => one.name.localeCompare(other.name)),
  ];
  return {
    community: community.id,
    action: id,
    fallback: t('added.fallback', { title }),
    heading: t('added.heading'),
    title: plain(title),
    detail: detailOf(action, today, t),
    notice,
    dueLabel: t('added.due'),
    due: due ?? '',
    ownerLabel: t(owners.length > 1 ? 'added.ownerInstead' : 'added.owner', { count: owners.length }),
    ownerPlaceholder: t('added.placeholder'),
    owner,
    choices: [
      // Only where there is somebody to take away: a list to choose from has no way back to nothing.
      ...(owner === '' ? [] : [{ title: t('message.owner-nobody'), value: nobody }]),
      ...offered
        .slice(0, mostPeople)
        .map(person => ({ title: shortened(person.name, longestName) || t('somebody'), value: person.id })),
    ],
    more: offered.length > mostPeople ? t('added.more') : '',
    save: t('added.save'),
    takeBack: fresh ? t('added.takeBack') : '',
    open: t('open'),
    link: links.tab(community.id, 'plan'),
  };
}

interface Rows {
  readonly community: Community;
  readonly today: string;
  /** The card that a press answers with. */
  readonly from: 'plan' | 'reminder';
  readonly buttons?: boolean;
  readonly t: Translate;
}

function groupOf(
  name: 'mine' | 'overdue' | 'week' | When,
  actions: readonly PlannedAction[],
  most: number,
  rows: Rows,
) {
  const { t } = rows;
  const more = actions.length - most;
  return {
    title: t(`group.${name}`),
    rows: actions.slice(0, Math.max(0, most)).map(action => rowOf(action, rows)),
    more: more > 0 ? t('group.more', { count: more }) : '',
  };
}

function rowOf(action: PlannedAction, { community, today, from, buttons = false, t }: Rows) {
  const { id, due, state } = action;
  const title = shortened(action.title, longestAction);
  const done = state === 'done';
  const data = { community: community.id, action: id, due: due ?? '', from };
  const button = (verb: 'done' | 'later' | 'reopen') => ({
    verb: `plan.${verb}`,
    text: t(`row.${verb}`),
    label: t(`row.${verb}Label`, { title }),
    data,
  });
  return {
    title: done ? `☑ ${plain(title)}` : plain(title),
    color: done ? 'Good' : 'Default',
    detail: detailOf(action, today, t),
    detailColor: isOverdue(action, today) ? 'Attention' : 'Default',
    buttons: !buttons ? [] : done ? [button('reopen')] : [button('done'), ...(due === null ? [] : [button('later')])],
  };
}

/** State, day and owners in one line: "Stuck · overdue since 3 November · Ann, Ben". */
export function detailOf(action: PlannedAction, today: string, t: Translate): string {
  const { state, due, owners } = action;
  const names = owners
    .slice(0, mostOwnersNamed)
    .map(({ name }) => plain(shortened(name, longestName)) || t('somebody'));
  if (owners.length > mostOwnersNamed) names.push(t('row.moreOwners', { count: owners.length - mostOwnersNamed }));
  const day =
    due === null ? t('row.noDay') : t(isOverdue(action, today) ? 'row.overdue' : 'row.due', onDay(due, nearDay));
  return [t(`state.${state}`), day, names.length === 0 ? t('row.nobody') : names.join(', ')].join(' · ');
}

const noButton = { verb: '', title: '' };

interface List {
  readonly community: Community;
  readonly fallback: string;
  readonly title: string;
  readonly notice: string;
  readonly lead: string;
  readonly groups: readonly ReturnType<typeof groupOf>[];
  readonly footer: string;
  readonly button: { readonly verb: string; readonly title: string };
  readonly link: string;
}

function listData({ community, ...list }: List, t: Translate) {
  return { ...list, community: community.id, open: t('open') };
}
