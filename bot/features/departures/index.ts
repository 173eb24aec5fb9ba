import type { Feature } from '../../feature.ts';
import { departuresActions } from './actions.ts';
import type { DeparturesParts } from './parts.ts';
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };
import { departuresWishes } from './wishes.ts';

export { departuresWaiting } from './waiting.ts';

/** Somebody leaves the team: those in charge hear what they held, and pass it on. */
export function departures(parts: DeparturesParts): Feature {
  return {
    name: 'departures',
    actions: departuresActions(parts),
    wishes: departuresWishes(parts),
    text: { en, de },
  };
}
