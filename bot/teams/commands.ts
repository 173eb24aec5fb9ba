import type { Community, Member } from '../../domain/community.ts';
import type { CardReply, Command, Feature } from '../feature.ts';
import type { NoteAct } from '../ports.ts';
import type { Texts } from '../text.ts';
import type { TeamsActivity } from './activity.ts';
import { auditedAttempt } from './audited.ts';
import { botName } from './conversations.ts';
import { helpCard } from './help.ts';
import { nameTyped, restOf } from './typed.ts';

/** What a person typed, and where. */
interface Typed {
  readonly text: string;
  readonly who: Member;
  readonly community: Community;
  readonly place: 'channel' | 'chat';
  readonly activity: Pick<TeamsActivity, 'id' | 'locale'>;
}

/** What people can type. */
export interface Commands {
  /** Whether a text begins with the name of a command. */
  isCommand(text: string): boolean;
  /** The answer of the command that was typed, or help. */
  run(typed: Typed): Promise<CardReply>;
}

export interface CommandParts {
  readonly features: readonly Feature[];
  /** Writes into the audit trail. */
  readonly audit: NoteAct;
  readonly texts: Texts;
}

interface Known {
  readonly feature: string;
  readonly command: Command;
}

export function createCommands({ features, audit, texts }: CommandParts): Commands {
  const commands: ReadonlyMap<string, Known> = new Map(
    features.flatMap(feature =>
      (feature.commands ?? []).map(command => [command.name, { feature: feature.name, command }] as const),
    ),
  );
  const names = [...commands.keys()];

  function help({ who, community, place, activity: { locale } }: Typed, name: string): CardReply {
    const about = [...commands.values()].map(({ feature, command }) => ({
      name: command.name,
      about: texts.for(feature, locale)(command.about),
    }));
    const greeting = /^(hi|hello|hey|help|\?)?$/.test(name);
    return { card: helpCard(texts.for(botName, locale), { greeting, who, community, place, commands: about }) };
  }

  async function run(typed: Typed): Promise<CardReply> {
    const { text, who, community, place, activity } = typed;
    const name = nameTyped(text, names);
    const found = commands.get(name);
    if (!found) return help(typed, name);
    const audited = auditedAttempt(audit, { door: 'typed', via: name, person: who.id, activity });
    try {
      const t = texts.for(found.feature, activity.locale);
      const reply = await found.command.run({
        who,
        community,
        place,
        rest: restOf(text, name),
        message: activity.id ?? '',
        locale: activity.locale ?? null,
        t,
      });
      audited.answered(community.id, reply);
      return reply;
    } catch (error) {
      audited.failed(community.id, error);
      throw error;
    }
  }

  return { isCommand: text => commands.has(nameTyped(text, names)), run };
}
