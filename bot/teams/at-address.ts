import type { ConnectorClient } from 'botframework-connector';
import { PermanentError } from '../messages/delivery-errors.ts';
import type { Config } from '../config.ts';
import type { Adapter } from './adapter.ts';
import { deliveryErrorOf, isAddressDoubtful } from './connector-errors.ts';
import type { ConversationReferences } from './conversations.ts';

export interface AtAddressParts {
  readonly conversations: Pick<ConversationReferences, 'addresses' | 'noteAddress'>;
  readonly adapter: Pick<Adapter, 'connector'>;
  readonly config: Pick<Config, 'cloud' | 'localServiceUrl'>;
}

/** Whom a call is for, and where the Bot Connector has answered for them. */
export interface Addressee {
  /** The likeliest first. */
  readonly addresses: readonly string[];
  /** Whose address is noted when it was another. */
  readonly of: Parameters<ConversationReferences['noteAddress']>[0];
}

interface Call<T> {
  /** What the call is about: Teams refuses with the same codes, and they mean different things. */
  readonly to: 'channel' | 'person';
  /** Awaited before each try. */
  readonly slot: () => Promise<void>;
  readonly make: (connector: ConnectorClient, serviceUrl: string) => Promise<T>;
}

/**
 * Makes a call to the Bot Connector where it answers for somebody. Microsoft moves tenants and single people to other
 * addresses and tells so in their next activity only; the address before then refuses the call, which goes to the others
 * that are known in the tenant, and at last to the one for whom none is known. A call that may have done something is not repeated.
 *
 * @throws PermanentError or RetryableError when the Bot Connector does not take it
 */
export async function atAddress<T>(
  { conversations, adapter, config }: AtAddressParts,
  { addresses, of }: Addressee,
  { to, slot, make }: Call<T>,
): Promise<T> {
  const tried = new Set<string>();
  const failures: { readonly error: unknown; readonly doubt: 'perhaps' | 'surely' }[] = [];
  const lastResort = config.localServiceUrl ?? config.cloud.globalServiceUrl;
  const places = [
    async () => addresses,
    () => conversations.addresses(),
    async () => (lastResort === null ? [] : [lastResort]),
  ];
  for (const known of places) {
    for (const serviceUrl of await known()) {
      if (tried.has(serviceUrl)) continue;
      tried.add(serviceUrl);
      const connector = await connectorAt(adapter, serviceUrl);
      if (!connector) continue;
      await slot();
      try {
        const answer = await make(connector, serviceUrl);
        if (serviceUrl !== addresses[0]) await conversations.noteAddress(of, serviceUrl);
        return answer;
      } catch (error) {
        const doubt = isAddressDoubtful(error);
        if (doubt === 'no') throw deliveryErrorOf(error, to);
        // What nobody told us says nothing of the others.
        if (serviceUrl !== lastResort) failures.push({ error, doubt });
      }
    }
  }
  // Of several refusals the one that may be about more than the address says most.
  const failure = failures.find(({ doubt }) => doubt === 'perhaps') ?? failures[0];
  if (!failure) throw new PermanentError('unknown', 'no service address of Microsoft’s');
  throw deliveryErrorOf(failure.error, to);
}

/** Undefined for an address that is none of Microsoft's: it was kept before addresses were checked. */
async function connectorAt(
  adapter: AtAddressParts['adapter'],
  serviceUrl: string,
): Promise<ConnectorClient | undefined> {
  try {
    return await adapter.connector(serviceUrl);
  } catch (error) {
    if (error instanceof PermanentError) return undefined;
    throw error;
  }
}
