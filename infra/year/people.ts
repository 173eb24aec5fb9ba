import type { Chance } from '../../tests/support/random.ts';
import { isMember } from '../local/directory.ts';
import { sampleTeam } from '../local/sample-people.ts';
import { actors, isOnHoliday, type Actor } from './cast.ts';
import { buttonsOf, inputsOf, linesOf, type Button, type Input } from './card-text.ts';
import { later } from './days.ts';
import { weekOfYear, type DiaryKeeper, type Received } from './diary.ts';
import type { World } from './world.ts';

/**
 * Buttons that take something away or back, or that only show a card again; and what the week and settings are made of.
 */
const notAnAnswer =
  /\.(stop|start|resume|refresh|decline|end|stepDown|takeBack|reopen|change|again|another|later|letGo|undo|remove|share)$|^settings\.|^facilitation\.(tick|untick|size|pause|hand|mornings|now)$/;
/** Lines of a card that stands for several: each brings a card of its own. */
const opensACard = /\.show$/;
/** A line that has no such button: it leads to a page, and the bot shows the same when it is asked. */
const ofSurvey = /^A short survey/;
/** What people press where a card offers more than one answer. */
const preferred = [
  'welcome.answer',
  'surveys.answer',
  'digest.reply',
  'roles.accept',
  'roles.renew',
  'charter.reviewed',
  'plan.done',
  'plan.later',
];

const ownWords = [
  'Short and often is better than long and rare.',
  'I tried the line with three notes, and the ward manager asked about the notes.',
  'More examples from the wards, please.',
  'Could we start with somebody’s half-finished chart?',
];

interface Intention {
  readonly person: Actor;
  readonly message: string;
}

/** The people of the sample, who read what comes and answer as their character is. */
export interface People {
  /** They have read these: whoever answers says when. */
  read(news: readonly Received[]): void;
  /** Does what is meant for this day. */
  actOn(day: string): Promise<void>;
}

export function createPeople(world: World, diary: DiaryKeeper, chance: Chance): People {
  const { connector, directory, clock } = world.microsoft365;
  const intentions = new Map<string, Intention[]>();

  function isThere({ id }: Actor): boolean {
    const team = directory.team(sampleTeam.id);
    return team !== undefined && isMember(team, id);
  }
  function intend(day: string, intention: Intention): void {
    intentions.set(day, [...(intentions.get(day) ?? []), intention]);
  }
  /** In days; null for never. */
  function delayOf({ answers }: Actor): number | null {
    switch (answers) {
      case 'at once':
        return 0;
      case 'late':
        return chance.between(2, 9);
      case 'now and then':
        return chance.happens(0.5) ? chance.between(0, 4) : null;
      case 'never':
        return null;
    }
  }

  async function press(person: Actor, messageId: string, { verb, title, data }: Button, filled: object = {}) {
    const action = { verb, data: { ...data, ...filled } };
    const at = clock.now();
    const results = await Promise.all(
      Array.from({ length: person.pressesTwice ? 2 : 1 }, () => connector.presses(person.id, messageId, action)),
    );
    await world.settled();
    const shown = results.flatMap(result =>
      result.outcome === 'card'
        ? linesOf(result.card)
        : [result.outcome === 'notice' ? result.text : `${result.shown} (${result.detail})`],
    );
    diary.note(person.id, `presses ${verb}: ${title}`, shown, at);
    read(await diary.collect('act', person.id));
  }

  /** What this person sees of a message that is still there. */
  function shownTo({ id }: Actor, messageId: string): Readonly<Record<string, unknown>> | undefined {
    for (const { conversation } of connector.conversationsOf(id)) {
      const message = connector.messages(conversation.id).find(one => one.id === messageId && !one.deleted);
      if (message) return connector.view(message, id)?.card ?? message.cards[0];
    }
    return undefined;
  }

  async function answer(person: Actor, messageId: string): Promise<void> {
    const card = shownTo(person, messageId);
    if (!card) return;
    const buttons = buttonsOf(card).filter(({ verb }) => !notAnAnswer.test(verb) || preferred.includes(verb));
    const opening = buttons.filter(({ verb }) => opensACard.test(verb));
    const [button] =
      opening.length > 0 ? [] : [...preferred.flatMap(verb => buttons.filter(one => one.verb === verb)), ...buttons];
    for (const each of opening) await press(person, messageId, each);
    const isOnPage = opening.length > 0 && !opening.some(({ title }) => ofSurvey.test(title.replace(/^Show: /, '')));
    if (isOnPage && linesOf(card).some(line => ofSurvey.test(line)))
      for (const { id } of await say(person, 'personal', 'survey')) await answer(person, id);
    if (button) await press(person, messageId, button, filled(inputsOf(card), chance));
  }

  /** The newest button in this person's own chat whose verb fits. */
  function newestButton(
    person: Actor,
    verb: RegExp,
  ): { readonly message: string; readonly button: Button } | undefined {
    const chat = connector.conversationsOf(person.id).find(({ conversation }) => conversation.kind === 'personal');
    for (const message of connector.messages(chat?.conversation.id ?? '').toReversed()) {
      if (message.from !== null || message.deleted || !message.cards[0]) continue;
      const button = buttonsOf(message.cards[0]).find(one => verb.test(one.verb));
      if (button) return { message: message.id, button };
    }
    return undefined;
  }

  async function pressNewest(person: Actor, verb: RegExp): Promise<void> {
    const found = newestButton(person, verb);
    if (found) await press(person, found.message, found.button);
  }

  async function say(person: Actor, where: 'personal' | 'channel', text: string): Promise<readonly Received[]> {
    const at = clock.now();
    await connector.says(person.id, where, text);
    await world.settled();
    diary.note(person.id, `says (${where}): ${text}`, [], at);
    return diary.collect('act', person.id);
  }

  /** What somebody does by themself in a week: comes, goes, is fed up, talks. */
  async function ownDay(person: Actor, day: string): Promise<void> {
    const week = weekOfYear(diary.begins, day);
    const isFirst = day === later(diary.begins, 7 * (week - 1) + 1 + (person.id.charCodeAt(35) % 4));
    if (!isFirst) return;
    if (person.joins === week) {
      diary.note(person.id, 'joins the team');
      await connector.joins(sampleTeam.id, [person.id]);
      await world.settled();
      read(await diary.collect('act', person.id));
    }
    if (person.leaves === week && isThere(person)) {
      diary.note(person.id, 'leaves the team');
      await connector.leaves(sampleTeam.id, [person.id]);
      await world.settled();
      await diary.collect('act', person.id);
    }
    if (!isThere(person)) return;
    const { stops } = person;
    const about = stops?.topic === undefined ? '' : ` ${stops.topic}`;
    if (stops?.in === week && stops.how === 'button') await pressNewest(person, /\.stop$/);
    if (stops?.in === week && stops.how === 'word') await say(person, 'personal', `stop${about}`);
    if (stops?.again === week) await say(person, 'personal', `start${about}`);
    if (person.wantsSmallerWeekIn === week) await pressNewest(person, /^facilitation\.size$/);
    const { says } = person;
    if (says && week % says.everyWeeks === 0 && !isOnHoliday(person, week))
      await say(person, says.where, says.what[(week / says.everyWeeks - 1) % says.what.length] ?? 'help');
  }

  /** Whoever coordinates ticks two of what is open on the newest card of the week. */
  async function tick(person: Actor, day: string): Promise<void> {
    const week = weekOfYear(diary.begins, day);
    if (!person.ticksIn?.(week) || isOnHoliday(person, week)) return;
    for (let times = 0; times < 2; times++) await pressNewest(person, /^facilitation\.tick$/);
  }

  function read(news: readonly Received[]): void {
    for (const { id, to, day, buttons } of news) {
      const readers = to === 'channel' ? actors : actors.filter(one => one.id === to);
      if (buttons.every(({ verb }) => notAnAnswer.test(verb))) continue;
      for (const person of readers) {
        const delay = delayOf(person);
        if (delay !== null) intend(later(day, delay), { person, message: id });
      }
    }
  }

  return {
    read,
    async actOn(day) {
      const week = weekOfYear(diary.begins, day);
      for (const person of actors) await ownDay(person, day);
      // Whoever answers at once may get another card for it, which is answered as well.
      for (let due = intentions.get(day); due; due = intentions.get(day)) {
        intentions.delete(day);
        for (const intention of due) {
          const { person, message } = intention;
          if (!isThere(person)) continue;
          if (isOnHoliday(person, week)) intend(later(day, 7), intention);
          else await answer(person, message);
        }
      }
      if ([2, 4].includes(new Date(`${day}T12:00:00Z`).getUTCDay()))
        for (const person of actors) await tick(person, day);
    },
  };
}

/** Something for every input: of a choice the first or one by chance, in text a sentence. */
function filled(inputs: readonly Input[], chance: Chance): Readonly<Record<string, string>> {
  return Object.fromEntries(inputs.map(input => [input.id, valueFor(input, chance)]));
}

function valueFor({ type, choices, multi, value }: Input, chance: Chance): string {
  if (type === 'Input.Text') return chance.happens(0.5) ? chance.pick(ownWords) : '';
  if (type === 'Input.Toggle') return chance.happens(0.5) ? 'true' : 'false';
  if (type !== 'Input.ChoiceSet' || choices.length === 0) return value;
  const chosen = chance.pick(choices);
  return multi && chance.happens(0.4) ? [...new Set([chosen, chance.pick(choices)])].join(',') : chosen;
}
