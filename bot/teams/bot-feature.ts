import { can } from '../../domain/permissions.ts';
import { command, type Ask, type CardReply, type Command, type Feature } from '../feature.ts';
import { commandNameIn } from '../understanding/words.ts';
import { botName } from './conversations.ts';
import { helpCard } from './help.ts';
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };

/** Its sentences, by language. */
export const botText = { en, de } as const;

/** What the bot says of itself: what it can do, for whoever asks, and how each feature works, in the feature's words. */
export function botFeature(features: readonly Feature[]): Feature {
  return {
    name: botName,
    commands: [
      command(
        { may: 'community.read' },
        {
          name: 'help',
          anywhere: true,
          run: async ask => ({ card: helpCard(ask.t, { ...ask, commands: offeredTo(features, ask) }) }),
        },
      ),
      ...features.flatMap(feature => ('how' in (feature.text['en'] ?? {}) ? [howCommand(feature.name)] : [])),
    ],
    text: botText,
  };
}

/** Members are not offered what is for coordinators. */
function offeredTo(features: readonly Feature[], { who, community, locale, t }: Ask) {
  return features.flatMap(({ name: feature, commands = [] }) =>
    commands.flatMap(({ name, about, offeredTo: permission, demands }) =>
      about !== undefined && can(who, permission ?? demands.may, community)
        ? [{ name, shown: commandNameIn(locale, name), about: t(`${feature}:${about}`) }]
        : [],
    ),
  );
}

function howCommand(feature: string): Command {
  const run = async ({ t }: Ask): Promise<CardReply> => ({ notice: t(`${feature}:how`) });
  return command({ may: 'community.read' }, { name: `how ${feature}`, run });
}
