import type { Community, Person } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import type { TeamEvents } from '../../feature.ts';
import { welcomeCard } from './cards.ts';
import { readFacts } from './community-facts.ts';
import type { WelcomeParts } from './parts.ts';
import { newcomer } from './newcomer.ts';

export const messageKind = 'welcome.card';
/** A person is welcomed to a community once. */
export const messagePeriod = 'once';

export function welcomeEvents(parts: WelcomeParts): TeamEvents {
  const { lists, messenger, log } = parts;

  async function membersJoined({
    community,
    people,
    at,
  }: {
    readonly community: Community;
    readonly people: readonly Person[];
    readonly at: Date;
  }): Promise<void> {
    const facts = await readFacts(parts, community);
    const isNew = await newOnes(community);

    const failures: unknown[] = [];
    for (const person of people.filter(isNew)) await welcome(person).catch((error: unknown) => failures.push(error));
    // The others are welcomed all the same; the event comes again for whoever is not.
    if (failures.length > 0) throw failures[0];

    async function welcome(person: Person): Promise<void> {
      // First the card, then the row: whatever breaks in between, the event may come again, and the outbox knows the
      // card.
      await messenger.post({
        community: community.id,
        kind: messageKind,
        period: messagePeriod,
        to: [{ person }],
        card: t => welcomeCard(facts, { name: person.name, answer: undefined }, t),
        summary: t => t('summary', { community: community.name }),
      });
      await record(community, person, at);
    }
  }

  /**
   * Who came back is not new. While we cannot read who was here, the outbox alone sees to it that nobody is welcomed
   * twice.
   */
  async function newOnes(community: Community): Promise<(person: Person) => boolean> {
    try {
      const known = new Set((await lists.of(community.id).newcomers.all()).map(({ value }) => value.key));
      return person => !known.has(person.id);
    } catch (error) {
      noted(error, { community: community.id });
      return () => true;
    }
  }

  /** A community without lists welcomes all the same; the row comes with the answer, or when the lists are there. */
  async function record(community: Community, person: Person, at: Date): Promise<void> {
    try {
      await lists.of(community.id).newcomers.create(newcomer(person, at));
    } catch (error) {
      noted(error, { community: community.id, person: person.id });
    }
  }

  function noted(error: unknown, ids: object): void {
    // What passes makes the event come again: the outbox knows the card, and the row is still to be written.
    if (!(error instanceof CommunityError) || error.code === 'throttled' || error.code === 'unavailable') throw error;
    log.warn({ ...ids, code: error.code }, 'newcomer welcomed, but not recorded');
  }

  return { membersJoined };
}
