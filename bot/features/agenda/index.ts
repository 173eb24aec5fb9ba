import type { Feature } from '../../feature.ts';
import { agendaActions } from './actions.ts';
import { agendaCommands, agendaPassages } from './command.ts';
import { keepFromMessage } from './from-message.ts';
import type { AgendaParts } from './parts.ts';
import { agendaRoutes } from './routes.ts';
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };
import { agendaWishes } from './wishes.ts';

export { agendaWaiting } from './waiting.ts';

/** What the community would like to know: kept, joined in, taken up, answered. */
export function agenda(parts: AgendaParts): Feature {
  return {
    name: 'agenda',
    actions: { ...agendaActions(parts) },
    commands: [...agendaCommands(parts)],
    messageActions: { keep: keepFromMessage(parts) },
    wishes: agendaWishes(parts),
    routes: [...agendaRoutes(parts)],
    passages: agendaPassages(parts),
    text: { en, de },
  };
}
