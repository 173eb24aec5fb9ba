import { z } from 'zod';
import { identifier, line } from '../../domain/text.ts';
import type { OtherRoster } from '../graph/roster.ts';
import type { PrincipalNames } from '../ports.ts';
import { PermanentError } from '../messages/delivery-errors.ts';
import { atAddress, type AtAddressParts } from './at-address.ts';
import type { ConversationReferences } from './conversations.ts';

/** At most so many people a page; the first is of Teams' own size. */
const pageSize = 500;
/** More pages than a team can have: 25,000 people, of whom Teams gives at least 50 a page. */
const mostPages = 600;

/** Teams calls it `objectId`, Bot Framework `aadObjectId`. */
const Account = z.looseObject({
  objectId: identifier(100).nullish(),
  aadObjectId: identifier(100).nullish(),
  name: line(256).nullish(),
  userPrincipalName: line(320).nullish(),
  email: line(320).nullish(),
});
type Account = z.infer<typeof Account>;
const Page = z.looseObject({ members: z.array(Account), continuationToken: identifier(5000).nullish() });

/** Who is in a team as the connector knows it, to which being in the team is permission enough. */
export function createConnectorRoster(
  parts: AtAddressParts & { readonly conversations: Pick<ConversationReferences, 'teamOf'> },
): OtherRoster & PrincipalNames {
  /** Everybody who has an id; undefined when the app is not in that team. */
  async function accounts(community: string): Promise<ReadonlyMap<string, Account> | undefined> {
    const team = await parts.conversations.teamOf(community);
    if (!team) return undefined;
    const addressee = { addresses: [team.serviceUrl], of: { community } };
    const people = new Map<string, Account>();
    let continuationToken: string | undefined;
    for (let pages = 0; pages < mostPages; pages++) {
      const options = continuationToken ? { pageSize, continuationToken } : undefined;
      const answer = await atAddress(parts, addressee, {
        to: 'channel',
        slot: async () => {},
        make: connector => connector.conversations.getConversationPagedMembers(team.generalChannelId, options),
      }).catch(absentWhenGone);
      if (!answer) return undefined;
      const { members, continuationToken: next } = Page.parse(answer);
      for (const member of members) {
        const id = member.aadObjectId ?? member.objectId;
        if (id) people.set(id, member);
      }
      if (!next) return people;
      continuationToken = next;
    }
    throw new Error(`the connector's list of the people of ${community} has no end`);
  }

  async function account(community: string, person: string): Promise<Account | undefined> {
    const team = await parts.conversations.teamOf(community);
    if (!team) return undefined;
    const addressee = { addresses: [team.serviceUrl], of: { community } };
    const answer = await atAddress(parts, addressee, {
      to: 'channel',
      slot: async () => {},
      make: connector => connector.conversations.getConversationMember(team.generalChannelId, person),
    }).catch(absentWhenGone);
    return answer && Account.parse(answer);
  }

  return {
    async members(community) {
      const people = await accounts(community);
      return people && [...people].map(([id, { name }]) => ({ id, name: name ?? '' }));
    },
    async addresses(community) {
      const people = (await accounts(community)) ?? new Map<string, Account>();
      return new Map(
        [...people].map(
          ([id, { email, userPrincipalName }]) => [id, [email, userPrincipalName].filter(isGiven)] as const,
        ),
      );
    },
    async member(community, person) {
      const found = await account(community, person);
      return found && { id: person, name: found.name ?? '' };
    },
    principalName: async (community, person) => (await account(community, person))?.userPrincipalName ?? undefined,
  };
}

function isGiven(address: string | null | undefined): address is string {
  return typeof address === 'string' && address !== '';
}

/** 403 and 404, wherever it was asked, say that the app is not in the team, that there is none, or no such person in it. */
function absentWhenGone(error: unknown): undefined {
  if (error instanceof PermanentError && /^40[34]\b/.test(error.message)) return undefined;
  throw error;
}
