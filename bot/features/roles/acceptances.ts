import type { Person } from '../../../domain/community.ts';
import { coordinatorRole } from '../../../domain/roles/method.ts';
import { isOutside, type Holder } from '../../../domain/roles/roles.ts';
import { change } from '../../lists/list.ts';
import type { Clock } from '../../ports.ts';
import type { CommunityLists } from '../../lists/model.ts';

/** Who accepts, or ends. */
interface Actor {
  readonly who: Person;
}

/** Whose holding it is, and of which role. */
interface Held {
  readonly role: string;
  readonly person: Pick<Holder, 'id' | 'name' | 'mail'>;
}

/**
 * Notes in our database that somebody who may has accepted this person into the role: what the role lets them do comes
 * from here. Whoever is outside the team may do nothing, and who coordinates is in the settings.
 */
export async function noteAccepted(parts: NoteParts, by: Actor, held: Held): Promise<void> {
  await note(parts, by, held, true);
}

/** The role of this person is over, and with it what it let them do. */
export async function noteEnded(parts: NoteParts, by: Actor, held: Held): Promise<void> {
  await note(parts, by, held, false);
}

interface NoteParts {
  readonly acceptances: CommunityLists['acceptances'];
  readonly clock: Clock;
}

async function note({ acceptances, clock }: NoteParts, { who }: Actor, { role, person }: Held, held: boolean) {
  if (role === coordinatorRole || isOutside(person)) return;
  const key = `${role}/${person.id}`;
  const { id, name }: Person = person;
  const changedBy = { id: who.id, name: who.name };
  await change(acceptances, key, current => {
    if ((current?.held ?? false) === held) return undefined;
    return {
      key,
      role,
      person: { id, name: name || (current?.person.name ?? '') },
      held,
      changedBy,
      changedAt: clock().toISOString(),
      thankedBy: null,
    };
  });
}
