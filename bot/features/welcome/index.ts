import { command, type Feature } from '../../feature.ts';
import { showNewcomers } from './command.ts';
import { welcomeActions } from './actions.ts';
import { welcomeEvents } from './events.ts';
import { welcomeRoutes } from './routes.ts';
import { welcomeWishes } from './wishes.ts';
import germanMethod from '../../../domain/welcome/text.de.json' with { type: 'json' };
import method from '../../../domain/welcome/text.en.json' with { type: 'json' };
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };
import type { WelcomeParts } from './parts.ts';

export { newcomersNote } from './note.ts';
export { welcomeWaiting } from './waiting.ts';

/** A word for each newcomer, once, in their own chat; what they answer is for the coordinators. */
export function welcome(parts: WelcomeParts): Feature {
  return {
    name: 'welcome',
    actions: welcomeActions(parts),
    commands: [
      command({ may: 'community.read', ready: true }, { name: 'newcomers', run: ask => showNewcomers(parts, ask) }),
    ],
    events: welcomeEvents(parts),
    wishes: welcomeWishes(parts),
    routes: welcomeRoutes(parts),
    text: { en: { ...en, ...method }, de: { ...de, ...germanMethod } },
  };
}
