import type { Clock, Messenger, Roster } from '../../ports.ts';

export interface ConversationParts {
  readonly messenger: Pick<Messenger, 'post'>;
  readonly roster: Pick<Roster, 'members'>;
  readonly clock: Clock;
}
