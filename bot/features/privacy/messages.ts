import { z } from 'zod';
import type { Community, Member } from '../../../domain/community.ts';
import {
  isSameStopped,
  nothingStopped,
  topics,
  topicsFor,
  type Stopped,
  type Topic,
} from '../../../domain/messages/topics.ts';
import { can, isCoordinator } from '../../../domain/permissions.ts';
import { line } from '../../../domain/text.ts';
import { cardAction, command, type Ask, type CardReply, type Command, type Press } from '../../feature.ts';
import { wordsOf } from '../../shared/closest.ts';
import type { Translate } from '../../text.ts';
import { reading } from './actions.ts';
import { leaveCard, startedCard, stoppedCard, undoneCard, whichCard } from './message-cards.ts';
import type { PrivacyParts } from './parts.ts';

/** `all`, or topics with commas between them. */
const Some = line(200).transform((text): readonly Choice[] => choices.filter(one => text.split(',').includes(one)));
const choices = ['all', ...topics] as const;
type Choice = (typeof choices)[number];

const What = z.object({ what: Some });
const Back = z.object({ before: Some, after: Some });

interface Asking {
  readonly who: Member;
  readonly community: Community;
  readonly t: Translate;
}

/** `stop`, `stop surveys`, `start`, what can be stopped, and what is true of leaving. */
export function messageCommands(parts: PrivacyParts): readonly Command[] {
  const own = { personal: true } as const;
  return [
    command(reading, {
      ...own,
      name: 'stop',
      changes: true,
      about: 'command.stop',
      run: ask => byWord(parts, ask, 'stop'),
    }),
    command(reading, {
      ...own,
      name: 'start',
      changes: true,
      about: 'command.start',
      run: ask => byWord(parts, ask, 'start'),
    }),
    command(reading, { ...own, name: 'messages', run: ask => askWhich(parts, ask, 'stop') }),
    command(reading, { ...own, name: 'leave', about: 'command.leave', run: ask => leave(parts, ask) }),
  ];
}

export function messageActions(parts: PrivacyParts) {
  return {
    stop: cardAction(reading, { data: What, run: press => change(parts, press, 'stop', press.data.what) }),
    start: cardAction(reading, { data: What, run: press => change(parts, press, 'start', press.data.what) }),
    undo: cardAction(reading, { data: Back, run: press => onUndo(parts, press) }),
  };
}

/** What this person gets messages about, or could. */
export async function offeredTo(
  { sponsorsOf }: PrivacyParts,
  { who, community }: Pick<Asking, 'who' | 'community'>,
): Promise<readonly Topic[]> {
  return topicsFor({
    facilitates: can(who, 'facilitation.change', community),
    coordinates: can(who, 'roles.manage', community),
    sponsors: (await sponsorsOf(community)).has(who.id),
  });
}

async function byWord(parts: PrivacyParts, ask: Ask, way: 'stop' | 'start'): Promise<CardReply> {
  const what = choicesIn(ask.rest, ask.t);
  return what ? change(parts, ask, way, what) : askWhich(parts, ask, way);
}

/** Each kind of message with a button, and nothing changed yet. */
async function askWhich(parts: PrivacyParts, ask: Ask, way: 'stop' | 'start'): Promise<CardReply> {
  const { community, t } = ask;
  return { card: whichCard({ community, way, offered: await offeredTo(parts, ask) }, t), outcome: 'nothing' };
}

/** What the words name; undefined where they say something else, such as to stop the week of everybody. */
function choicesIn(rest: string, t: Translate): readonly Choice[] | undefined {
  const said = wordsOf(rest);
  const isIn = (key: string) => {
    const known = wordsOf(t(`words.${key}`));
    return (word: string) => known.includes(word);
  };
  const named = topics.filter(topic => said.some(isIn(topic)));
  const isUnderstood = said.every(word => [...named, 'all', 'small'].some(key => isIn(key)(word)));
  if (!isUnderstood) return undefined;
  return named.length === 0 ? ['all'] : named;
}

async function change(
  parts: PrivacyParts,
  asking: Asking,
  way: 'stop' | 'start',
  what: readonly Choice[],
): Promise<CardReply> {
  const { who, community, t } = asking;
  const before = await stoppedOf(parts, asking);
  const after = (way === 'stop' ? stopping : starting)(before, what);
  // Also when it is so already: the attempt before may have been broken off before its answer.
  await parts.messenger.stop(community.id, who.id, after);
  const undo = isSameStopped(before, after) ? null : { before: carried(before), after: carried(after) };
  const named = topics.filter(topic => what.includes(topic));
  const shown = { community, after, named, undo, links: parts.links };
  return { card: way === 'stop' ? stoppedCard(shown, t) : startedCard(shown, t) };
}

function stopping(before: Stopped, what: readonly Choice[]): Stopped {
  if (what.includes('all')) return { ...before, all: true };
  return { ...before, topics: topics.filter(topic => before.topics.includes(topic) || what.includes(topic)) };
}

/** Of somebody who gets nothing, "start surveys" is about surveys, and nothing else. */
function starting(before: Stopped, what: readonly Choice[]): Stopped {
  if (what.includes('all')) return nothingStopped;
  const kept = before.all ? topics : before.topics;
  return { all: false, topics: kept.filter(topic => !what.includes(topic)) };
}

async function onUndo(parts: PrivacyParts, press: Press<z.infer<typeof Back>>): Promise<CardReply> {
  const { data, who, community, t } = press;
  const [now, before, after] = [await stoppedOf(parts, press), read(data.before), read(data.after)];
  if (!isSameStopped(now, after) && !isSameStopped(now, before)) return { notice: t('undone.changed') };
  await parts.messenger.stop(community.id, who.id, before);
  return { card: undoneCard({ community, links: parts.links }, t) };
}

function carried({ all, topics: stopped }: Stopped): string {
  return [...(all ? ['all'] : []), ...stopped].join(',');
}

function read(what: readonly Choice[]): Stopped {
  return { all: what.includes('all'), topics: topics.filter(topic => what.includes(topic)) };
}

export async function stoppedOf(
  { messenger }: PrivacyParts,
  { who, community }: Pick<Asking, 'who' | 'community'>,
): Promise<Stopped> {
  return (await messenger.stopped(community.id, [who.id])).get(who.id) ?? nothingStopped;
}

async function leave({ links }: PrivacyParts, { who, community, t }: Ask): Promise<CardReply> {
  return { card: leaveCard({ community, coordinates: isCoordinator(who, community), links }, t), outcome: 'nothing' };
}
