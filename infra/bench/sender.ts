import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type ConversationReference } from 'botbuilder';
import { MsalServiceClientCredentialsFactory } from 'botframework-connector';
import { pino } from 'pino';
import type { Card } from '../../bot/cards.ts';
import { createEntraClient } from '../../bot/graph/entra.ts';
import { openDatabase } from '../../bot/database/connection.ts';
import { createOutbox } from '../../bot/messages/outbox.ts';
import { createRateLimiter } from '../../bot/messages/rate-limiter.ts';
import { startSender } from '../../bot/messages/sender.ts';
import { createAdapter } from '../../bot/teams/adapter.ts';
import { createConversationReferences } from '../../bot/teams/conversations.ts';
import { createTransport, messageWith } from '../../bot/teams/post.ts';
import { createTexts } from '../../bot/text.ts';
import { localConfig, localOutside } from '../local/product.ts';

/** What the process is told to send, and how often. */
export interface RatesOrder {
  readonly microsoft365Url: string;
  readonly databaseUrl: string;
  readonly community: string;
  readonly people: readonly { readonly id: string; readonly conversation: string }[];
  readonly rounds: number;
}

/** Cards a second, one figure a round. */
export interface Rates {
  readonly outbox: readonly number[];
  readonly bare: readonly number[];
}

/** As many calls at once as the outbox has under way at most. */
const atOnce = 100;
const card: Card = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text: 'How are we doing?', wrap: true }],
};

/** The outbox without its limiter, and Bot Framework without an outbox, in turn: what the promise of once costs. */
async function measure({ microsoft365Url, databaseUrl, community, people, rounds }: RatesOrder): Promise<Rates> {
  const config = localConfig({
    microsoft365Url,
    port: 0,
    publicUrl: 'http://localhost:3978',
    dataDir: '',
    databaseUrl,
  });
  const now = (): Date => new Date();
  const client = createEntraClient(config, localOutside({ url: microsoft365Url, clock: { now } }).networkClient);
  const database = await openDatabase({ databaseUrl, dataDir: null });
  const log = pino({ level: 'warn', base: null });
  const transport = createTransport({
    conversations: createConversationReferences(database.db, now),
    adapter: createAdapter(config, client, () => {}),
    config,
  });
  const sender = startSender({
    db: database.db,
    transport,
    rateLimiter: createRateLimiter({ db: database.db, perSecond: Infinity }),
    now,
    log,
  });
  const outbox = createOutbox({ db: database.db, texts: createTexts({ bench: { en: {} } }), now, wake: sender.wake });

  const appId = config.appId;
  const bare = new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication(
      { MicrosoftAppId: appId, MicrosoftAppType: 'SingleTenant', MicrosoftAppTenantId: config.tenantId },
      new MsalServiceClientCredentialsFactory(
        appId,
        client as unknown as ConstructorParameters<typeof MsalServiceClientCredentialsFactory>[1],
      ),
    ),
  );
  const bot = { id: `28:${appId}`, name: 'CoP Companion' };

  async function throughOutbox(period: string): Promise<void> {
    await outbox.post({
      community,
      kind: 'bench.card',
      period,
      to: people.map(({ id }) => ({ person: { id, name: '' } })),
      card: () => card,
      summary: () => 'Bench',
    });
    for (;;) {
      const { waiting } = await database.db
        .selectFrom('messages')
        .select(({ fn }) => fn.countAll<string>().as('waiting'))
        .where('next_at', 'is not', null)
        .executeTakeFirstOrThrow();
      if (Number(waiting) === 0) return;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  async function alone(): Promise<void> {
    const left = people.values();
    async function work(): Promise<void> {
      for (const { conversation } of left) {
        const reference = {
          bot,
          conversation: { id: conversation, isGroup: false, conversationType: 'personal', name: '' },
          channelId: 'msteams',
          serviceUrl: `${microsoft365Url}/connector/`,
        } as Partial<ConversationReference>;
        await bare.continueConversationAsync(
          appId,
          reference,
          async context => void (await context.sendActivity(messageWith(card, 'Bench'))),
        );
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work));
  }

  async function rate(work: () => Promise<void>): Promise<number> {
    const began = performance.now();
    await work();
    return people.length / ((performance.now() - began) / 1000);
  }

  const figures: { outbox: number[]; bare: number[] } = { outbox: [], bare: [] };
  // The first round of each only warms up.
  for (let round = 0; round <= rounds; round++) {
    const [ours, theirs] = [await rate(() => throughOutbox(String(round))), await rate(alone)];
    if (round === 0) continue;
    figures.outbox.push(ours);
    figures.bare.push(theirs);
  }
  await sender.stop();
  await database.close();
  return figures;
}

process.once('message', order => {
  void measure(order as RatesOrder).then(
    figures => process.send?.(figures, () => process.disconnect()),
    (error: unknown) => {
      process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
      process.exit(1);
    },
  );
});
