import type { ReadyCommunity } from '../../../domain/community.ts';
import { isOverdue, longestTitle } from '../../../domain/plan/plan.ts';
import { cleanLine, shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { command, type Ask, type CardReply, type Command } from '../../feature.ts';
import { closest, wordsOf } from '../../shared/closest.ts';
import { alternatives, beforeLink, titleAndDue, type LinkWords } from '../../../domain/plan/said-due.ts';
import { dayAtEnd } from '../../shared/day-in-words.ts';
import { onDay, todayIn } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import { remindCard, tellCard, whichToActCard } from './act-cards.ts';
import { longestReason, type Wanted } from './act-data.ts';
import { actOrAsk, idFrom } from './acts.ts';
import { planCard } from './cards.ts';
import type { PlanParts } from './parts.ts';
import { changing, readOpen, reading, type PlannedAction } from './store.ts';

/** Of what somebody said, when it is said back, in characters. */
const longestShown = 80;

type Asked = Ask<ReadyCommunity>;

/** What somebody types about an action of the plan, and about their own. */
export function wordCommands(parts: PlanParts): readonly Command[] {
  return [
    command(changing, { name: 'done', changes: true, about: 'command.done', run: ask => onDone(parts, ask) }),
    command(changing, { name: 'stuck', changes: true, about: 'command.stuck', run: ask => onStuck(parts, ask) }),
    command(changing, { name: 'move', changes: true, about: 'command.move', run: ask => onMove(parts, ask) }),
    command(reading, { name: 'mine', personal: true, about: 'command.mine', run: ask => showMine(parts, ask) }),
    command(reading, { name: 'overdue', about: 'command.overdue', run: ask => showOverdue(parts, ask) }),
    command(reading, { name: 'remind me', changes: true, about: 'command.remind', run: ask => onRemindMe(parts, ask) }),
  ];
}

function onDone(parts: PlanParts, ask: Asked): Promise<CardReply> {
  return onOneOf(parts, ask, ask.rest, { act: 'done', due: '', why: '' });
}

/** `stuck leaflet because the printer is broken`. */
function onStuck(parts: PlanParts, ask: Asked): Promise<CardReply> {
  const { t } = ask;
  const rest = cleanLine(ask.rest);
  const [, which = rest, why = ''] = splitter(t('words.because')).exec(rest) ?? [];
  return onOneOf(parts, ask, which, { act: 'stuck', due: '', why: shortened(why, longestReason) });
}

/** `move leaflet to next Thursday`. */
async function onMove(parts: PlanParts, ask: Asked): Promise<CardReply> {
  const { t, community } = ask;
  const today = todayIn(parts, community);
  const said = dayAtEnd(cleanLine(ask.rest), { today, locale: ask.locale });
  const linked = said && beforeLink(said, linkWords(t));
  if (!said || !linked || linked.odd) return { notice: t('act.noDay') };
  if (said.day < today) return { notice: t('act.pastDay', onDay(said.day)) };
  return onOneOf(parts, ask, linked.text, { act: 'move', due: said.day, why: '' });
}

/** Does it to the one that is meant; asks when there are several, and says so when there is none. */
async function onOneOf(
  parts: PlanParts,
  ask: Asked,
  which: string,
  wanted: Omit<Wanted, 'action'>,
): Promise<CardReply> {
  const { community, who, t } = ask;
  const open = await readOpen(parts, community);
  const mine = open.filter(action => isOf(action, who));
  const found = closest(which, open, ({ title }) => title, smallWords(t));
  const nothingSaid = found.sure.length + found.perhaps.length === 0 && saysNothing(which, t);
  const sure = nothingSaid ? mine : found.sure;
  // One's own come first: whoever says "done leaflet" speaks of theirs.
  const own = sure.filter(action => isOf(action, who));
  const meant = own.length > 0 ? own : sure;
  const [only] = meant;
  if (only && meant.length === 1) return actOrAsk(parts, ask, { ...wanted, action: only.id }, only);

  const shown = { community, wanted, links: parts.links };
  if (meant.length > 1)
    return { card: whichToActCard({ ...shown, actions: meant, isGuess: false }, t), outcome: 'nothing' };
  const guesses = found.perhaps.length > 0 ? found.perhaps : mine;
  if (nothingSaid || guesses.length === 0) return none(parts, ask, nothingSaid ? '' : which);
  return { card: whichToActCard({ ...shown, actions: guesses, isGuess: true }, t), outcome: 'nothing' };
}

function none({ links }: PlanParts, { community, t }: Asked, which: string): CardReply {
  const words = plain(shortened(cleanLine(which), longestShown));
  const text = words === '' ? t('act.nothingOpen') : t('act.notFound', { words });
  return { card: tellCard({ community, text, links }, t), outcome: 'nothing' };
}

async function showMine(parts: PlanParts, { community, who, t }: Asked): Promise<CardReply> {
  const actions = (await readOpen(parts, community)).filter(action => isOf(action, who));
  const today = todayIn(parts, community);
  return { card: planCard({ community, actions, me: who.id, today, only: 'mine', links: parts.links }, t) };
}

async function showOverdue(parts: PlanParts, { community, who, place, t }: Asked): Promise<CardReply> {
  const today = todayIn(parts, community);
  const actions = (await readOpen(parts, community)).filter(action => isOverdue(action, today));
  // In a channel everybody has the same copy before them.
  const me = place === 'chat' ? who.id : null;
  return { card: planCard({ community, actions, me, today, only: 'overdue', links: parts.links }, t) };
}

/** `remind me to call Daniel on Friday`, or `remind me on Friday to call Daniel`. */
async function onRemindMe(parts: PlanParts, ask: Asked): Promise<CardReply> {
  const { community, who, rest, t } = ask;
  const today = todayIn(parts, community);
  const { words, day } = reminderIn(cleanLine(rest), { today, locale: ask.locale }, t);
  const what = asTitle(words, t);
  if (what === '') return { notice: t('remind.what') };
  if (what.length > longestTitle) return { notice: t('notice.tooLong', { count: what.length, most: longestTitle }) };
  if (day === null) return { notice: t('remind.when', { what: plain(words) }) };
  if (day < today) return { notice: t('act.pastDay', onDay(day)) };
  const reminding = { action: idFrom(ask, what), title: what, due: day, person: who.id };
  return { card: remindCard({ community, reminding, links: parts.links }, t), outcome: 'nothing' };
}

interface Reading {
  readonly today: string;
  readonly locale: string | null;
}

function reminderIn(
  rest: string,
  reading: Reading,
  t: Translate,
): { readonly words: string; readonly day: string | null } {
  const last = dayAtEnd(rest, reading);
  const linked = last && beforeLink(last, linkWords(t));
  if (last && linked && !linked.odd) return { words: withoutFirst(linked.text, t), day: last.day };
  const [, head = '', tail = ''] = splitter(t('words.remindTo')).exec(rest) ?? [];
  const first = dayAtEnd(head, reading);
  if (first && beforeLink(first, linkWords(t)).text === '') return { words: tail, day: first.day };
  return { words: withoutFirst(rest, t), day: null };
}

function withoutFirst(text: string, t: Translate): string {
  return text.replace(new RegExp(`^(${alternatives(t('words.remindTo'))})(\\s+|$)`, 'iu'), '');
}

/** Words that mean nothing, such as `it`, are no title. */
function asTitle(text: string, t: Translate): string {
  return saysNothing(text, t) ? '' : text.charAt(0).toUpperCase() + text.slice(1);
}

/** A title without the day with which it ended. */
export function titleAndDay(
  text: string,
  reading: Reading,
  t: Translate,
): { readonly title: string; readonly due: string | null } {
  return titleAndDue(text, dayAtEnd(text, reading), { today: reading.today, words: linkWords(t) });
}

function linkWords(t: Translate): LinkWords {
  return { by: t('words.by'), on: t('words.on'), notDue: t('words.notDue') };
}

function splitter(words: string): RegExp {
  return new RegExp(`^(.*?)(?:\\s+|^)(?:${alternatives(words)})\\s+(.*)$`, 'isu');
}

function listed(words: string): readonly string[] {
  return words.split(',').map(word => word.trim());
}

function saysNothing(text: string, t: Translate): boolean {
  const small = smallWords(t);
  return wordsOf(text).every(word => small.has(word));
}

function smallWords(t: Translate): ReadonlySet<string> {
  return new Set(listed(t('words.small')));
}

function isOf({ owners }: PlannedAction, { id }: { readonly id: string }): boolean {
  return owners.some(owner => owner.id === id);
}
