import { theApp } from '../../domain/audit/audit.ts';
import { aboutOf } from '../../domain/audit/rules.ts';
import type { Person } from '../../domain/community.ts';
import type { NoteAct } from '../ports.ts';
import type { List } from './list.ts';
import type { SettingsRow } from './model.ts';
import { settingsKey } from './settings-list.ts';

/** Writes down who began and who ceased to coordinate, whichever way the settings came to say so. */
export function watchCoordinators(list: List<SettingsRow>, community: string, audit: NoteAct): List<SettingsRow> {
  async function coordinators(): Promise<readonly Person[]> {
    return (await list.find(settingsKey))?.value.settings.coordinators ?? [];
  }

  function tell(before: readonly Person[], after: readonly Person[]): void {
    for (const [via, changed] of [
      ['began', without(after, before)],
      ['ceased', without(before, after)],
    ] as const) {
      for (const person of changed) {
        const about = aboutOf({ person: person.id });
        audit({
          person: theApp,
          community,
          act: 'coordinators.changed',
          door: 'app',
          via,
          about,
          outcome: 'done',
          reason: null,
          request: null,
        });
      }
    }
  }

  return {
    ...list,
    async create(value) {
      const made = await list.create(value);
      if (made.created) tell([], made.row.value.settings.coordinators);
      return made;
    },
    async update(read, value) {
      // The ETag sees to it that these are the settings that were replaced.
      const before = await coordinators();
      const saved = await list.update(read, value);
      tell(before, saved.value.settings.coordinators);
      return saved;
    },
    async remove(read) {
      const before = await coordinators();
      await list.remove(read);
      tell(before, []);
    },
  };
}

function without(people: readonly Person[], others: readonly Person[]): readonly Person[] {
  return people.filter(({ id }) => !others.some(other => other.id === id));
}
