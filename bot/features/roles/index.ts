import { command, type Feature } from '../../feature.ts';
import { rolesActions, showRoles } from './actions.ts';
import { wordCommands } from './by-word.ts';
import { handOverActions } from './hand-over.ts';
import { rolePassages, showCoordinators } from './questions.ts';
import { rolesWishes } from './wishes.ts';
import { rolesRoutes } from './routes.ts';
import germanMethod from '../../../domain/roles/text.de.json' with { type: 'json' };
import method from '../../../domain/roles/text.en.json' with { type: 'json' };
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };
import type { RolesParts } from './parts.ts';

export { rolesWaiting } from './waiting.ts';

/** Who does what: roles with their holders and terms, offered and accepted in the tab and on cards. */
export function roles(parts: RolesParts): Feature {
  return {
    name: 'roles',
    actions: { ...rolesActions(parts), ...handOverActions(parts) },
    commands: [
      command(
        { may: 'community.read', ready: true },
        { name: 'roles', about: 'command.roles', run: ask => showRoles(parts, ask) },
      ),
      ...wordCommands(parts),
      command(
        { may: 'community.read', ready: true },
        { name: 'coordinators', run: async ask => ({ card: await showCoordinators(parts, ask) }) },
      ),
    ],
    wishes: rolesWishes(parts),
    routes: rolesRoutes(parts),
    passages: rolePassages(parts),
    text: { en: { ...en, ...method }, de: { ...de, ...germanMethod } },
  };
}
