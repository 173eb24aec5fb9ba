import type { Person } from '../../domain/community.ts';

/** An event that was held, as far as what those who were there are asked of it goes. */
export interface HeldEvent {
  readonly id: string;
  readonly title: string;
  /** An ISO instant. */
  readonly startsAt: string;
  readonly hosts: readonly Person[];
  readonly addedBy: Person;
  /** Members of the team who were there; guests have no chat with the bot. */
  there(): Promise<readonly Person[]>;
}
