import type { ReadyCommunity, Settings } from '../../../domain/community.ts';
import { phaseOf, type Board, type BoardDay, type BoardTask } from '../../../domain/facilitation/facilitation.ts';
import { facilitationSource, sizeOf } from '../../../domain/facilitation/method.ts';
import { takenToTick, type Why } from '../../../domain/facilitation/readers.ts';
import { pausedUntil } from '../../../domain/facilitation/rhythm.ts';
import type { Permission } from '../../../domain/permissions.ts';
import { localDay, momentOn, weekdayOf } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import type { WaitingLine } from '../../shared/waiting.ts';
import type { Translate } from '../../text.ts';
import { choicesOf, offersOf, planningOf, type Earlier } from './more.ts';
import template from './cards/facilitation.card.json' with { type: 'json' };

export interface CardParts {
  readonly community: ReadyCommunity;
  readonly board: Board;
  /** Lines from elsewhere, ready for a card: names in them went through `plain`. */
  readonly notes: readonly string[];
  /** What waits for somebody, and where all of it can be seen; null for those who may only look. */
  readonly waiting: { readonly lines: readonly WaitingLine[]; readonly overview: string } | null;
  /** The weeks before this one; null once somebody has ticked something in it. */
  readonly earlier: Earlier | null;
  /** What its reader may do with it, while the week is not over. */
  may(permission: Permission): boolean;
  readonly why: Why;
  /** Whether this reader wants a line on other mornings; null where it is not known who reads. */
  readonly mornings: boolean | null;
  readonly now: Date;
}

/** From so many carried-over tasks on they are folded, so that today stays in sight. */
const manyCarriedOver = 5;
/** In characters; together they keep the fullest card under 25 KB. */
const longestName = 28;
const longestCommunity = 80;
const longestNote = 140;
const longestTitle = 40;
const mostNotes = 4;
/** One for each kind of thing that waits; more of them hardly ever wait at once. */
const mostWaiting = 8;
const longestWaiting = 260;
/** In bytes: of the notes together, and of what waits. */
const mostBytesBeside = 760;

/** The facilitation card as one reader sees it. */
export function facilitationCard(parts: CardParts, t: Translate): Card {
  return renderCard(template, cardData(parts, t));
}

/** What the template is filled with; `facilitation.sample.json` is an example. */
export function cardData(parts: CardParts, t: Translate) {
  const { community, board, now } = parts;
  const name = shortened(community.name, longestCommunity);
  const over = phaseOf(board.week, community.settings, now) === 'over';
  const may: CardParts['may'] = permission => !over && parts.may(permission);
  const reader: Reader = { t, may, over, today: board.today, timeZone: community.settings.timeZone };
  const changing = { ...parts, t };
  const mayChange = may('facilitation.change');
  const offers = mayChange ? offersOf(changing) : null;
  const choices = mayChange ? choicesOf(changing, offers !== null) : [];
  const { done, spared, of } = board.minutes;

  return {
    community: community.id,
    week: board.week,
    fallback: t('fallback', { community: name }),
    refreshLabel: t('refresh'),
    title: t('title', { community: plain(name) }),
    subtitle: over ? t('subtitle.over', onDay(board.week, nearDay)) : t('subtitle.today', onDay(board.today, nearDay)),
    progress: over ? t('progress.over', { done }) : t('progress.running', { done, of }),
    spared: !over && spared > 0 ? t('progress.spared', { spared }) : '',
    // They speak of the week that runs.
    notes: over ? [] : notesOf(parts, t),
    waiting: waitingOf(over ? null : parts.waiting, t),
    remark: remarkOn(board, { over, settings: community.settings, now }, t),
    offers: offers?.title ?? '',
    more: offers?.lines ?? (may('facilitation.tick') ? planningOf(changing) : []),
    groups: groupsOf(board, reader, offers !== null),
    choices: { title: t('choices.title'), label: t('choices.label'), lines: choices },
    footer: `${t(`footer.source.${sizeOf(community.settings)}`, facilitationSource)} ${t(`footer.${parts.why}`)}`,
  };
}

function notesOf({ notes, earlier, may, board }: CardParts, t: Translate): readonly string[] {
  const { done } = earlier?.last ?? { done: 0 };
  const last =
    may('facilitation.tick') && earlier?.last && done > 0 && board.minutes.done === 0
      ? [t('note.lastWeek', { done, names: earlier.last.names.map(name => plain(shortened(name, longestName))) })]
      : [];
  return fittingOf(
    [...last, ...notes].map(note => shortened(note, longestNote)),
    mostNotes,
  );
}

/** As many from the first on as there is room for, whatever script names and titles are in. */
function fittingOf(texts: readonly string[], most: number): readonly string[] {
  return texts.filter(
    (_text, index) => index < most && Buffer.byteLength(texts.slice(0, index + 1).join('')) <= mostBytesBeside,
  );
}

/** A few lines, and how much there is beside them. */
function waitingOf(waiting: CardParts['waiting'], t: Translate) {
  const { lines, overview } = waiting ?? { lines: [], overview: '' };
  const fitting = fittingOf(
    lines.map(({ text }) => shortened(text, longestWaiting)),
    mostWaiting,
  );
  const more = lines.reduce((sum, line, index) => sum + (index < fitting.length ? line.more : line.more + 1), 0);
  return {
    title: t('waiting.title'),
    lines: fitting.map(text => `- ${text}`).join('\n'),
    rest: more > 0 ? t('waiting.rest', { count: more }) : '',
    overview,
  };
}

interface Reader {
  readonly t: Translate;
  readonly may: CardParts['may'];
  /** The week is over: what was not done is no debt any more. */
  readonly over: boolean;
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
function groupsOf(board: Board, reader: Reader, short: boolean): readonly Group[] {
  const days = board.days.filter(({ tasks }) =>
    reader.over ? tasks.some(({ state }) => state.kind === 'ticked') : tasks.length > 0,
  );
  return [
    ...days.filter(day => day.state === 'today').map(day => todayGroup(day, reader, short)),
    ...(reader.over ? [] : carriedOverGroup(board, reader)),
    ...days
      .filter(day => day.state !== 'today')
      .map((day, index) => ({
        ...dayGroup(day, reader),
        ...(index > 0 && { separator: false, spacing: 'Small' as const }),
      })),
  ];
}

function todayGroup(day: BoardDay, reader: Reader, short: boolean): Group {
  const { t } = reader;
  return group(
    {
      id: 'today',
      title: t('group.today'),
      count: t('group.minutes', { ...day.minutes }),
      rows: day.tasks.map(task => rowOf(task, day, reader)),
      folds: short,
      open: !short,
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
  const settled = day.tasks.filter(({ state }) => state.kind === 'ticked' || state.kind === 'by-itself');
  const rows = (day.state === 'past' ? settled : day.tasks).map(task => rowOf(task, day, reader));
  const shown = {
    id: `day-${weekdayOf(day.date)}`,
    title: weekdayName(day.date, t),
    count: t('group.done', { done: settled.length, of: day.tasks.length }),
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

const marks = {
  ticked: { mark: '☑', color: 'Good', action: 'untick' },
  'by-itself': { mark: '☑', color: 'Default', action: 'tick' },
  open: { mark: '☐', color: 'Accent', action: 'tick' },
  'carried-over': { mark: '☐', color: 'Accent', action: 'tick' },
} as const;

function rowOf(task: BoardTask, day: BoardDay, reader: Reader): object {
  const { t, may } = reader;
  const { words, minutes, state } = task;
  const title = t(`method.${words}.title`);
  const { mark, color, action } = marks[state.kind];
  const detail = detailOf(task, day, reader);
  return {
    task: task.id,
    verb: may(takenToTick(task)) ? `facilitation.${action}` : '',
    // Who listens to the card hears the label in the place of the whole row, so it says all of it.
    label: t(`row.${action}`, { title, minutes, detail: detail(name => name) }).trimEnd(),
    mark,
    color,
    title,
    minutes: state.kind === 'open' ? t('row.minutes', { minutes }) : '',
    detail: detail(plain),
  };
}

type AsText = (written: string) => string;

function detailOf({ words, minutes, state }: BoardTask, day: BoardDay, reader: Reader): (asText: AsText) => string {
  const { t } = reader;
  switch (state.kind) {
    case 'ticked':
      return asText => tickedBy(state, reader, asText);
    case 'by-itself':
      return asText => byItself(state, t, asText);
    case 'carried-over':
      return () => t('row.from', { dayName: weekdayName(day.date, t), minutes });
    case 'open':
      // How to go about it is for the day itself: the other days are folded, and the card has its size.
      return () => (day.state === 'today' ? t(`method.${words}.how`) : '');
  }
}

function byItself({ why }: Extract<BoardTask['state'], { kind: 'by-itself' }>, t: Translate, asText: AsText): string {
  switch (why.reason) {
    case 'nobody-new':
      return t('byItself.nobodyNew');
    case 'survey':
      return t('byItself.survey', { title: asText(shortened(why.title, longestTitle)) });
    case 'digest':
      return t('byItself.digest', { dayName: weekdayName(why.on, t) });
  }
}

/** Who and when, in the community's zone; the weekday only when it was not today. */
function tickedBy(
  state: Extract<BoardTask['state'], { kind: 'ticked' }>,
  { t, today, timeZone }: Reader,
  asText: AsText,
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
  { over, settings, now }: { readonly over: boolean; readonly settings: Settings; readonly now: Date },
  t: Translate,
): string {
  const {
    timeZone,
    facilitation: { day, time },
  } = settings;
  const { done, spared, of } = board.minutes;
  const until = pausedUntil(settings, now);
  if (until !== null) return over ? '' : t('remark.paused', onDay(until, nearDay));
  if (done > 0 && done + spared === of) return t('remark.weekDone', { of });
  if (over) return '';
  const today = board.days.find(({ state }) => state === 'today');
  if (!today && weekdayOf(board.today) === day) {
    return t('remark.beforeStart', {
      when: momentOn(board.today, time, timeZone),
      formatParams: { when: { hour: '2-digit', minute: '2-digit', timeZone } },
    });
  }
  if (!today || today.tasks.length === 0) {
    const next = board.days.find(({ state, tasks }) => state === 'future' && tasks.length > 0);
    return next
      ? t('remark.laterThisWeek', { dayName: weekdayName(next.date, t) })
      : t('remark.restDay', { dayName: t(`weekday.${day}`) });
  }
  if (today.minutes.done + today.minutes.spared < today.minutes.of) return '';
  return t(today.minutes.done > 0 ? 'remark.dayDone' : 'remark.dayNeedsNobody');
}

function weekdayName(day: string, t: Translate): string {
  return t(`weekday.${weekdayOf(day)}`);
}
