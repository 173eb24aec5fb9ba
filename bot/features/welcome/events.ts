import type { Community, Person } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import type { TeamEvents } from '../../feature.ts';
import { welcomeCard } from './cards.ts';
import { readFacts, type CommunityFacts } from './community-facts.ts';
import type { WelcomeParts } from './parts.ts';
import { newcomer } from './newcomer.ts';

export const messageKind = 'welcome.card';
/** A person is welcomed to a community once. */
export const messagePeriod = 'once';

type Joined = Parameters<NonNullable<TeamEvents['membersJoined']>>[0];

export function welcomeEvents(parts: WelcomeParts): TeamEvents {
  return { membersJoined: event => welcomeAll(parts, event) };
}

async function welcomeAll(parts: WelcomeParts, event: Joined): Promise<void> {
  const facts = await readFacts(parts, event.community);
  const isNew = await newOnes(parts, event.community);

  const failures: unknown[] = [];
  for (const person of event.people.filter(isNew))
    await welcome(parts, { event, facts, person }).catch((error: unknown) => failures.push(error));
  // The others are welcomed all the same; the event comes again for those who are not.
  if (failures.length > 0) throw failures[0];
}

/** First the card, then the row: when the row fails the event comes again, and the outbox knows the card. */
async function welcome(
  parts: WelcomeParts,
  { event, facts, person }: { readonly event: Joined; readonly facts: CommunityFacts; readonly person: Person },
): Promise<void> {
  const { community, at } = event;
  await parts.messenger.post({
    community: community.id,
    kind: messageKind,
    period: messagePeriod,
    to: [{ person }],
    card: t => welcomeCard(facts, { name: person.name, answer: undefined }, t),
    summary: t => t('summary', { community: community.name }),
  });
  await record(parts, community, person, at);
}

/**
 * A person who came back is not new. While the list of newcomers cannot be read, the outbox alone sees to it that each
 * person is welcomed once.
 */
async function newOnes(parts: WelcomeParts, community: Community): Promise<(person: Person) => boolean> {
  try {
    const known = new Set((await parts.lists.of(community.id).newcomers.all()).map(({ value }) => value.key));
    return person => !known.has(person.id);
  } catch (error) {
    noted(parts, error, { community: community.id });
    return () => true;
  }
}

/** A community without lists welcomes all the same; the row comes with the answer, or when the lists are there. */
async function record(parts: WelcomeParts, community: Community, person: Person, at: Date): Promise<void> {
  try {
    await parts.lists.of(community.id).newcomers.create(newcomer(person, at));
  } catch (error) {
    noted(parts, error, { community: community.id, person: person.id });
  }
}

function noted(parts: WelcomeParts, error: unknown, ids: object): void {
  // What passes makes the event come again: the outbox knows the card, and the row is still to be written.
  if (!(error instanceof CommunityError) || error.code === 'throttled' || error.code === 'unavailable') throw error;
  parts.log.warn({ ...ids, code: error.code }, 'newcomer welcomed, but not recorded');
}
