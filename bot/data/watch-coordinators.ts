import { aboutOf, theApp } from '../../domain/audit.ts';
import type { Person } from '../../domain/community.ts';
import type { Communities } from '../feature.ts';
import type { NoteAct } from './audit-trail.ts';

/** Writes down who began and who ceased to coordinate, whichever way the settings came to say so. */
export function watchCoordinators(communities: Communities, audit: NoteAct): Communities {
  return {
    ...communities,
    async remember(id, settings) {
      const before = (await communities.find(id))?.settings?.coordinators ?? [];
      await communities.remember(id, settings);
      for (const [via, changed] of [
        ['began', without(settings.coordinators, before)],
        ['ceased', without(before, settings.coordinators)],
      ] as const) {
        for (const person of changed) {
          audit({
            person: theApp,
            community: id,
            act: 'coordinators.changed',
            door: 'app',
            via,
            about: aboutOf({ person: person.id }),
            outcome: 'done',
            reason: null,
            request: null,
          });
        }
      }
    },
  };
}

function without(people: readonly Person[], others: readonly Person[]): readonly Person[] {
  return people.filter(({ id }) => !others.some(other => other.id === id));
}
