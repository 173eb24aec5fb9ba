import { timeZoneOf, type Community } from '../../domain/community.ts';
import { localDay } from '../../domain/schedule.ts';
import type { Command, Feature, Found } from '../feature.ts';
import type { Clock, Log, Roster } from '../ports.ts';
import type { Texts } from '../text.ts';
import { decide, type Decision, type Exact } from './decision.ts';
import { readFound } from './found.ts';
import { createKnownPassages } from './known-passages.ts';
import { meaningsOf } from './meanings.ts';
import { readPhrases } from './phrases.ts';

/** What somebody said, and where. */
interface Sentence {
  readonly text: string;
  readonly community: Community;
  readonly locale: string | null | undefined;
  /** The command whose name it begins with; null for none. */
  readonly exact: Exact | null;
}

/** What a sentence means, or may mean. */
export type Reading =
  | { readonly kind: 'sure'; readonly name: string; readonly rest: string; readonly found: Found }
  | Exclude<Decision, { kind: 'sure' }>;

/** Reads sentences. Nothing is done, nothing is kept, and nothing leaves the server. */
export interface Understanding {
  /** What is to be done with a sentence. */
  read(sentence: Sentence): Promise<Reading>;
  /** Something of this community has changed. */
  changed(community: string): void;
}

export interface UnderstandingParts {
  /** Their phrases, passages and commands. */
  readonly features: readonly Feature[];
  readonly roster: Pick<Roster, 'members'>;
  readonly texts: Texts;
  readonly clock: Clock;
  readonly log: Log;
}

export function createUnderstanding(parts: UnderstandingParts): Understanding {
  const { features, roster, clock } = parts;
  const phrases = readPhrases(features);
  const known = createKnownPassages(parts);
  const commands = features.flatMap(feature => feature.commands ?? []);

  async function readerFor({ community, locale }: Sentence) {
    const [members, passages] = await Promise.all([roster.members(community.id), known.of(community, locale ?? 'en')]);
    const today = localDay(clock(), timeZoneOf(community));
    return { members, passages, today, locale: locale ?? 'en', phrases, changes };
  }

  function changes(typed: string): boolean {
    return commandIn(commands, typed)?.changes ?? false;
  }

  async function read(sentence: Sentence): Promise<Reading> {
    const { text, exact } = sentence;
    const reader = await readerFor(sentence);
    const decision = decide(exact?.rest === '' ? [] : meaningsOf(text, reader), exact, {
      commandOf: typed => commandIn(commands, typed)?.name,
      changes,
    });
    if (decision.kind !== 'sure') return decision;
    const { typed } = decision;
    const name = commandIn(commands, typed)?.name;
    if (name === undefined) return { kind: 'unknown' };
    const rest = typed.slice(name.length).trim();
    return { kind: 'sure', name, rest, found: readFound(rest, { ...reader, isKnown: phrases.isKnown }) };
  }

  return { read, changed: known.changed };
}

/** The command that is typed so: of several that fit, the longest. */
function commandIn(commands: readonly Command[], typed: string): Command | undefined {
  return commands
    .filter(({ name }) => `${typed} `.startsWith(`${name} `))
    .toSorted((one, other) => other.name.length - one.name.length)[0];
}
