import { plain } from '../../cards.ts';
import { command, type Ask, type Command, type Feature } from '../../feature.ts';
import type { ConversationParts } from './parts.ts';
import { offerToPass, passOn } from './questions.ts';
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };

const everybody = { may: 'community.read' } as const;

/** What people say to whoever they talk with: hello, thanks, goodbye and no, and what the bot has no answer to. */
export function conversation(parts: ConversationParts): Feature {
  return {
    name: 'conversation',
    actions: { pass: passOn(parts) },
    commands: [
      small('hello', ({ who, community, t }) =>
        t('hello', { name: plain(who.name.split(' ')[0] ?? ''), community: plain(community.name) }),
      ),
      small('thanks', ({ t }) => t('thanks')),
      small('goodbye', ({ t }) => t('goodbye')),
      small('yes', ({ t }) => t('nothingAsked')),
      small('not meant', ({ t }) => t('notMeant')),
      command(everybody, { name: 'question', fallback: true, run: ask => offerToPass(parts, ask) }),
    ],
    text: { en, de },
  };
}

function small(name: string, said: (ask: Ask) => string): Command {
  return command(everybody, { name, anywhere: true, run: async ask => ({ notice: said(ask) }) });
}
