import type { Community, Member } from '../../domain/community.ts';
import type { Ask, CardReply, Command, Feature } from '../feature.ts';
import type { Clock, Log, NoteAct, Roster } from '../ports.ts';
import type { Texts } from '../text.ts';
import type { Exact } from '../understanding/decision.ts';
import { PermanentError } from '../messages/delivery-errors.ts';
import { createUnderstanding, type Reading } from '../understanding/understanding.ts';
import type { TeamsActivity } from './activity.ts';
import { auditedAttempt } from './audited.ts';
import { botFeature } from './bot-feature.ts';
import { botName } from './conversations.ts';
import { guessCard } from './help.ts';
import { commandTyped } from './typed.ts';

/** What a person typed, and where. */
interface Typed {
  readonly text: string;
  readonly who: Member;
  readonly community: Community;
  readonly place: 'channel' | 'chat';
  readonly activity: Pick<TeamsActivity, 'id' | 'locale'>;
  /** Brings an answer to the person alone, in their own chat. Throws where Teams lets us write them none. */
  tellAlone?(reply: CardReply): Promise<void>;
}

/** What people can type: the names of commands, and sentences that mean one. */
export interface Commands {
  /**
   * Whether the answer depends on the community it is asked in; thanks, and what the bot can do, are the same in all.
   */
  isOfOneCommunity(typed: Pick<Typed, 'text' | 'community' | 'activity'>): Promise<boolean>;
  /** The answer of what was typed, or is meant. */
  run(typed: Typed): Promise<CardReply>;
  /** Something of this community has changed, so that sentences about it are read anew. */
  changed(community: string): void;
}

export interface CommandParts {
  readonly features: readonly Feature[];
  readonly roster: Pick<Roster, 'members'>;
  /** Writes into the audit trail. */
  readonly audit: NoteAct;
  readonly texts: Texts;
  readonly now: Clock;
  readonly log: Log;
}

/** A command, and what is said to it. */
interface Meant extends Pick<Ask, 'rest' | 'found'> {
  readonly name: string;
}

interface Known {
  readonly feature: string;
  readonly command: Command;
}

export function createCommands({ features: given, roster, audit, texts, now, log }: CommandParts): Commands {
  const features: readonly Feature[] = [...given, botFeature(given)];
  const commands = byName(features);
  const names = [...commands.keys()];
  const fallback = names.find(name => commands.get(name)?.command.fallback);
  const understanding = createUnderstanding({ features, roster, texts, clock: now, log });

  function exactly(text: string): Exact | null {
    // A question mark, or the mention alone.
    if (/^[\s\p{P}]*$/u.test(text)) return { name: 'help', rest: '' };
    return commandTyped(text, names);
  }

  function read({ text, community, activity }: Pick<Typed, 'text' | 'community' | 'activity'>): Promise<Reading> {
    return understanding.read({ text, exact: exactly(text), community, locale: activity.locale });
  }

  async function run(typed: Typed): Promise<CardReply> {
    const { text, community, place, activity } = typed;
    const reading = await read(typed);
    if (reading.kind === 'sure') return runCommand(typed, reading);
    const t = texts.for(botName, activity.locale);
    if (reading.kind === 'guesses') return { card: guessCard(t, { community, guesses: reading.guesses }) };
    if (place === 'channel' || fallback === undefined) return { notice: t('help.unknown') };
    return runCommand(typed, { name: fallback, rest: text });
  }

  async function runCommand(typed: Typed, { name, ...asked }: Meant): Promise<CardReply> {
    const { who, community, place, activity } = typed;
    const known = commands.get(name);
    if (!known) throw new Error(`there is no command ${name}`);
    const { command, feature } = known;
    if (command.personal && place === 'channel') {
      const reply = await runCommand({ ...typed, place: 'chat' }, { name, ...asked });
      return tellAlone({ texts, log }, typed, reply);
    }
    const audited = auditedAttempt(audit, { door: 'typed', via: name, person: who.id, activity });
    try {
      const reply = await command.run({
        ...asked,
        who,
        community,
        place,
        message: activity.id ?? '',
        locale: activity.locale ?? null,
        t: texts.for(feature, activity.locale),
      });
      if (command.changes) understanding.changed(community.id);
      audited.answered(community.id, reply);
      return reply;
    } catch (error) {
      audited.failed(community.id, error);
      throw error;
    }
  }

  return {
    async isOfOneCommunity(typed) {
      const reading = await read(typed);
      return !(reading.kind === 'sure' && commands.get(reading.name)?.command.anywhere);
    },
    run,
    changed: understanding.changed,
  };
}

/** Everybody in a channel reads along: what is somebody's own goes to their chat, and the channel hears only that. */
async function tellAlone(
  { texts, log }: Pick<CommandParts, 'texts' | 'log'>,
  { community, activity, tellAlone: tell }: Typed,
  reply: CardReply,
): Promise<CardReply> {
  const t = texts.for(botName, activity.locale);
  try {
    await tell?.(reply);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    log.warn({ community: community.id, reason: error.reason }, 'an answer could not be brought to a chat');
    return { notice: t('personal.noChat') };
  }
  return { notice: t('personal.told') };
}

function byName(features: readonly Feature[]): ReadonlyMap<string, Known> {
  return new Map(
    features.flatMap(feature =>
      (feature.commands ?? []).map(command => [command.name, { feature: feature.name, command }] as const),
    ),
  );
}
