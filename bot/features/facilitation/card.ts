import type { ReadyCommunity, Settings } from '../../../domain/community.ts';
import { phaseOf, type Board, type BoardDay, type BoardTask } from '../../../domain/facilitation/facilitation.ts';
import { facilitationSource } from '../../../domain/facilitation/method.ts';
import { localDay, momentOn, weekdayOf } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import { progressBar } from '../../shared/progress-bar.ts';
import { onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import template from './cards/facilitation.card.json' with { type: 'json' };

export interface CardParts {
  readonly community: ReadyCommunity;
  readonly board: Board;
  /** Lines from elsewhere, ready for a card: names in them went through `plain`. */
  readonly notes: readonly string[];
  /** False for people who may look and not tick. */
  readonly mayTick: boolean;
  readonly now: Date;
}

/** From so many carried-over tasks on they are folded, so that today stays in sight. */
const manyCarriedOver = 5;
/** In characters; together they keep the fullest card under 25 KB. */
const longestName = 32;
const longestCommunity = 80;
const longestNote = 150;
const mostNotes = 4;

const dayFormat: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long' };

/** The facilitation card as one reader sees it. */
export function facilitationCard(parts: CardParts, t: Translate): Card {
  return renderCard(template, cardData(parts, t));
}

/** What the template is filled with; `facilitation.sample.json` is an example. */
export function cardData(parts: CardParts, t: Translate) {
  const { community, board, now } = parts;
  const name = shortened(community.name, longestCommunity);
  const over = phaseOf(board.week, community.settings, now) === 'over';
  const reader: Reader = {
    t,
    mayTick: parts.mayTick && !over,
    today: board.today,
    timeZone: community.settings.timeZone,
  };
  const footer = [t('footer.source', facilitationSource)];
  if (community.settings.facilitation.destination === 'chats') footer.push(t('footer.why'));

  return {
    community: community.id,
    week: board.week,
    fallback: t('fallback', { community: name }),
    refreshLabel: t('refresh'),
    title: t('title', { community: plain(name) }),
    subtitle: over
      ? t('subtitle.over', onDay(board.week, dayFormat))
      : t('subtitle.today', { dayName: weekdayName(board.today, t), ...onDay(board.today, dayFormat) }),
    bar: progressBar(board.minutes.done, board.minutes.of),
    progress: t('progress', { ...board.minutes }),
    notes: parts.notes.slice(0, mostNotes).map(note => shortened(note, longestNote)),
    remark: remarkOn(board, over, community.settings, t),
    groups: groupsOf(board, reader),
    footer: footer.join(' '),
  };
}

interface Reader {
  readonly t: Translate;
  readonly mayTick: boolean;
  readonly today: string;
  readonly timeZone: string;
}

interface Group {
  readonly id: string;
  readonly title: string;
  readonly weight: 'Default' | 'Bolder';
  readonly count: string;
  readonly label: string;
  readonly folds: boolean;
  /** Room for the chevron, so that titles of a block stand in line. */
  readonly chevron: boolean;
  readonly open: boolean;
  readonly separator: boolean;
  readonly spacing: 'Small' | 'Medium';
  readonly rows: readonly object[];
}

/** Today, what is left of earlier days, and the other days; carried-over tasks stand in their own group only. */
function groupsOf(board: Board, reader: Reader): readonly Group[] {
  return [
    ...board.days.filter(day => day.state === 'today').map(day => todayGroup(day, reader)),
    ...carriedOverGroup(board, reader),
    ...board.days
      .filter(day => day.state !== 'today')
      .map((day, index) => ({
        ...dayGroup(day, reader),
        ...(index > 0 && { separator: false, spacing: 'Small' as const }),
      })),
  ];
}

function todayGroup(day: BoardDay, reader: Reader): Group {
  const { t } = reader;
  return group(
    {
      id: 'today',
      title: t('group.today'),
      count: t('group.minutes', { ...day.minutes }),
      rows: day.tasks.map(task => rowOf(task, day, reader)),
      folds: false,
      open: true,
    },
    t,
  );
}

function carriedOverGroup(board: Board, reader: Reader): readonly Group[] {
  const { t } = reader;
  const rows = board.days.flatMap(day =>
    day.tasks.filter(task => task.state.kind === 'carried-over').map(task => rowOf(task, day, reader)),
  );
  if (rows.length === 0) return [];
  const folds = rows.length >= manyCarriedOver;
  const count = t('group.open', { count: rows.length });
  return [group({ id: 'carried-over', title: t('group.carriedOver'), count, rows, folds, open: !folds }, t)];
}

function dayGroup(day: BoardDay, reader: Reader): Group {
  const { t } = reader;
  const done = day.tasks.filter(task => task.state.kind === 'ticked');
  const rows = (day.state === 'past' ? done : day.tasks).map(task => rowOf(task, day, reader));
  const shown = {
    id: `day-${weekdayOf(day.date)}`,
    title: weekdayName(day.date, t),
    count: t('group.done', { done: done.length, of: day.tasks.length }),
    rows,
    folds: rows.length > 0,
    open: false,
  };
  return { ...group(shown, t), weight: 'Default', chevron: true };
}

function group(parts: Pick<Group, 'id' | 'title' | 'count' | 'rows' | 'folds' | 'open'>, t: Translate): Group {
  return {
    ...parts,
    chevron: parts.folds,
    label: t('group.fold', { title: parts.title, summary: parts.count }),
    weight: 'Bolder',
    separator: true,
    spacing: 'Medium',
  };
}

function rowOf(task: BoardTask, day: BoardDay, reader: Reader): object {
  const { t, mayTick } = reader;
  const { words, minutes, state } = task;
  const title = t(`method.${words}.title`);
  const ticked = state.kind === 'ticked';
  const action = ticked ? 'untick' : 'tick';
  const detail = (asText: (name: string) => string): string =>
    ticked
      ? tickedBy(state, reader, asText)
      : state.kind === 'carried-over'
        ? t('row.from', { dayName: weekdayName(day.date, t) })
        : t(`method.${words}.how`);
  return {
    task: task.id,
    verb: mayTick ? `facilitation.${action}` : '',
    // Who listens to the card hears the label in the place of the whole row, so it says all of it.
    label: t(`row.${action}`, { title, minutes, detail: detail(name => name) }),
    mark: ticked ? '☑' : '☐',
    color: ticked ? 'Good' : 'Accent',
    title,
    minutes: t('row.minutes', { minutes }),
    detail: detail(plain),
  };
}

/** Who and when, in the community's zone; the weekday only when it was not today. */
function tickedBy(
  state: Extract<BoardTask['state'], { kind: 'ticked' }>,
  { t, today, timeZone }: Reader,
  asText: (name: string) => string,
): string {
  const at = new Date(state.at);
  const sameDay = localDay(at, timeZone) === today;
  const format = { hour: '2-digit', minute: '2-digit', timeZone, ...(sameDay ? {} : { weekday: 'short' }) };
  return t('row.ticked', {
    name: asText(shortened(state.by.name, longestName)),
    when: at,
    formatParams: { when: format },
  });
}

function remarkOn(
  board: Board,
  over: boolean,
  { timeZone, facilitation: { day, time } }: Settings,
  t: Translate,
): string {
  const today = board.days.find(day => day.state === 'today');
  if (board.minutes.done === board.minutes.of) return t('remark.weekDone', { of: board.minutes.of });
  if (over) return '';
  if (!today && weekdayOf(board.today) === day) {
    return t('remark.beforeStart', {
      when: momentOn(board.today, time, timeZone),
      formatParams: { when: { hour: '2-digit', minute: '2-digit', timeZone } },
    });
  }
  if (!today) return t('remark.restDay', { dayName: t(`weekday.${day}`) });
  return today.minutes.done === today.minutes.of ? t('remark.dayDone') : '';
}

function weekdayName(day: string, t: Translate): string {
  return t(`weekday.${weekdayOf(day)}`);
}
