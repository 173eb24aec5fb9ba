import type { Feature } from '../../feature.ts';
import germanMethod from '../../../domain/events/text.de.json' with { type: 'json' };
import method from '../../../domain/events/text.en.json' with { type: 'json' };
import { eventsActions } from './actions.ts';
import { eventPassages, eventsCommands } from './command.ts';
import type { EventsParts } from './parts.ts';
import { aheadJob } from './rhythms.ts';
import { eventsRoutes } from './routes.ts';
import { createShow } from './showing.ts';
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };
import { eventsWishes } from './wishes.ts';

export { agendaLineAdder } from './agenda-line.ts';
export { heldReader } from './held.ts';
export { comingReader } from './invited.ts';
export { findEvent, meetingsReader } from './store.ts';

/** The community's meetings: prepared, announced, answered, held, and remembered before the next one. */
export function events(given: EventsParts): Feature {
  const parts = { ...given, show: createShow(given) };
  return {
    name: 'events',
    actions: { ...eventsActions(parts) },
    commands: [...eventsCommands(parts)],
    jobs: [aheadJob(parts)],
    wishes: eventsWishes(parts),
    routes: [...eventsRoutes(parts)],
    passages: eventPassages(parts),
    text: { en: { ...en, ...method }, de: { ...de, ...germanMethod } },
  };
}
