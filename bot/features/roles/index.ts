import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import type { Lists } from '../../lists/model.ts';
import {
  command,
  type Clock,
  type Feature,
  type Messenger,
  type Roster,
  type SetAside,
  type Log,
} from '../../feature.ts';
import { rolesActions, showRoles } from './actions.ts';
import { promptJob } from './jobs.ts';
import { rolesRoutes } from './routes.ts';
import method from '../../../domain/roles/text.en.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };

export interface RolesParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly roster: Roster;
  /** The settings say who coordinates: the role of that name is given and given up through them. */
  readonly changeCoordinators: (
    where: { readonly community: ReadyCommunity; readonly onBehalfOf: string | null },
    decide: (coordinators: readonly Person[]) => readonly Person[],
  ) => Promise<ReadyCommunity>;
  /** Deep links into the tab. */
  readonly links: { tab(community: string, subPage: string): string };
  readonly clock: Clock;
  readonly log: Log;
  readonly setAside?: SetAside | undefined;
}

/** Where fixed sentences with ids go; pino fits. */
/** Who does what: roles with their holders and terms, offered and accepted in the tab and on cards. */
export function roles(parts: RolesParts): Feature {
  return {
    name: 'roles',
    actions: rolesActions(parts),
    commands: [
      command(
        { may: 'community.read', ready: true },
        { name: 'roles', about: 'command.roles', run: ask => showRoles(parts, ask) },
      ),
    ],
    jobs: [promptJob(parts)],
    routes: rolesRoutes(parts),
    text: { en: { ...en, ...method } },
  };
}
