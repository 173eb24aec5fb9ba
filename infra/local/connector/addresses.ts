import type { LocalTenant } from '../tenant.ts';
import { chatId, type Memory } from './memory.ts';
import { conversationNotFound, otherRegion, type Refusal } from './refusals.ts';

/** How an address answers for those who have moved away from it. */
export type WrongAnswer = 403 | 404;

interface Address {
  /** The last part of the address; empty for the one that everybody has at first. */
  readonly region: string;
  readonly wrong: WrongAnswer;
}

/** The address for whoever knows none: it answers for everybody. */
export const globalRegion = 'teams';

/** The key under which the address of the tenant is kept, beside those of people. */
const everybody = 'tenant';

/**
 * Where the Bot Connector takes calls, as `serviceUrl` says in each activity. A tenant has one address, a person in it may
 * have another, and either may change from one day to the next.
 */
export interface Addresses {
  /** What an activity from this person's own chat says, or, without a person, one from a team. */
  of(userId: string | null): string;
  /** Moves a person, or the tenant with everybody in it. */
  move(userId: string | null, address: Address): void;
  /** Throws what an address answers when a call belongs to another. */
  mustBe(region: string, conversation: string): void;
}

export function createAddresses(
  { store, serviceUrl }: Pick<LocalTenant, 'store' | 'serviceUrl'>,
  memory: Memory,
): Addresses {
  const moved = store.collection<Address>('connector-addresses');

  function addressOf(userId: string | null): Address {
    return (userId === null ? undefined : moved.get(userId)) ?? moved.get(everybody) ?? { region: '', wrong: 403 };
  }

  /** A chat belongs to its person, also before it is opened; a channel to the tenant. */
  function ownerOf(conversation: string): string | null {
    const found = memory.conversation(conversation);
    if (found) return found.kind === 'personal' ? found.userId : null;
    // A chat that Teams forgot is forgotten at its person's address.
    const person = [...moved.entries()].find(([userId]) => conversation.startsWith(chatId(userId)))?.[0];
    return person ?? /^29:(.+)$/.exec(conversation)?.[1] ?? null;
  }

  return {
    of(userId) {
      const { region } = addressOf(userId);
      return `${serviceUrl()}${region === '' ? '' : `${region}/`}`;
    },
    move(userId, address) {
      // A tenant that moves takes its people along.
      if (userId === null) for (const [one] of [...moved.entries()]) moved.delete(one);
      moved.put(userId ?? everybody, address);
    },
    mustBe(region, conversation) {
      if (region === globalRegion) return;
      const address = addressOf(ownerOf(conversation));
      if (address.region !== region) throw wrongAddress(address.wrong);
    },
  };
}

function wrongAddress(status: WrongAnswer): Refusal {
  return status === 404 ? conversationNotFound() : otherRegion();
}
