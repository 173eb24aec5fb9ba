import { fork } from 'node:child_process';
import { join } from 'node:path';
import { api } from '../../domain/api.ts';
import { startPostgres, type Postgres } from '../../tests/support/postgres.ts';
import { percentile, spread, withRig, type Line } from './rig.ts';
import type { Rates, RatesOrder } from './sender.ts';
import { copyCommunities, knowChats, monday, people, setUp, team } from './tenant.ts';
import type { Message } from '../local/connector/index.ts';
import { chatId } from '../local/connector/memory.ts';
import type { User } from '../local/directory.ts';
import type { Microsoft365 } from '../local/microsoft365.ts';

/**
 * What `npm run bench` says about delivery: real servers in processes of their own, a survey to everybody in a large
 * team, and a connector that enforces Teams' limits. Arrivals are counted at the connector.
 */
export interface DeliveryOptions {
  /** Personal cards of one survey. */
  readonly cards: number;
  /** How many communities the server is measured with. */
  readonly communities: readonly number[];
}

/** Teams' limit: calls a second of one app in one tenant. */
const perSecond = 50;
const title = 'How are we doing?';

/** @param told hears of each part as it is done: the whole takes half an hour */
export async function measureDelivery(
  { cards, communities }: DeliveryOptions,
  told: (lines: readonly Line[]) => void,
): Promise<readonly Line[]> {
  const postgres = await startPostgres();
  const lines: Line[] = [];
  try {
    const parts = [
      () => measureSurvey({ cards, servers: 1, postgres: null }),
      () => measureSurvey({ cards, servers: 3, postgres }),
      () => measureRates(Math.min(cards, 1000), postgres),
      ...communities.map(count => () => measureMinute(count, postgres)),
    ];
    for (const measure of parts) {
      const measured = await measure();
      told(measured);
      lines.push(...measured);
    }
  } finally {
    await postgres.stop();
  }
  return lines;
}

/** What the outbox costs beside bare sends. */
export async function measureSending(cards: number): Promise<readonly Line[]> {
  const postgres = await startPostgres();
  try {
    return await measureRates(cards, postgres);
  } finally {
    await postgres.stop();
  }
}

/** One survey to each member's own chat, while a person goes on clicking. */
function measureSurvey({
  cards,
  servers,
  postgres,
}: {
  readonly cards: number;
  readonly servers: number;
  readonly postgres: Postgres | null;
}): Promise<readonly Line[]> {
  return withRig(postgres, async ({ microsoft365, instances, where }) => {
    const { connector, entra, faults } = microsoft365;
    const members = people(microsoft365, 1, cards);
    const community = team(microsoft365, 0, members);
    const owner = members[0]!;
    await knowChats(where, microsoft365, members);
    for (let place = 0; place < servers; place++) await instances.start(place);
    await setUp(microsoft365, instances.url(), community, owner);
    microsoft365.clock.moveTo(monday);
    await instances.check();
    const week = await until('the week’s card', () => messagesTo(microsoft365, owner)[0]);

    connector.enforceLimits = true;
    connector.tally.clear();
    faults.latencyMs = 50;
    const path = api.planSurvey.path.replace('{community}', community.id).replace('{survey}', 'bench-survey');
    const questions = [
      {
        id: 'q1',
        kind: 'rating',
        text: 'How useful is the community?',
        options: [],
        low: '',
        high: '',
        required: false,
      },
    ];
    const planned = await fetch(instances.url() + path, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${await entra.issueTabToken(owner.id)}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        title,
        intro: '',
        questions,
        anonymous: false,
        audience: 'members',
        opensOn: '2026-11-23',
        closesOn: '2026-11-28',
      }),
    });
    if (!planned.ok) throw new Error(`the survey could not be planned: ${planned.status} ${await planned.text()}`);

    const clicks = clicking(microsoft365, owner, week);
    const arrivals = () => connector.tally.copies().filter(copy => copy.summary.includes(title));
    await quiet(() => arrivals().reduce((sum, { count }) => sum + count, 0), cards);
    const replies = await clicks.stop();

    const copies = arrivals();
    const at = microsoft365.store
      .collection<Message>('messages')
      .values()
      .filter(message => message.summary?.includes(title))
      .map(message => Date.parse(message.sentAt));
    const took = (Math.max(...at) - Math.min(...at)) / 1000;
    const doubled = copies.filter(({ count }) => count > 1).length;
    const who = servers === 1 ? 'one server with its embedded database' : `${servers} servers on one PostgreSQL`;
    return [
      [
        `${cards.toLocaleString('en')} personal cards through ${who}: time as a ratio to what Teams’ limit alone takes (${(cards / perSecond).toFixed(0)} s)`,
        (took / (cards / perSecond)).toFixed(3),
        1,
      ],
      [
        '… lost, doubled, answers “too many requests”',
        `${cards - copies.length}, ${doubled}, ${connector.tally.answers()[429] ?? 0}`,
        1,
      ],
      [
        '… milliseconds until a person who clicks meanwhile has their answer, 95th percentile',
        `${percentile(replies, 0.95).toFixed(0)} (median ${percentile(replies, 0.5).toFixed(0)})`,
        replies.length,
      ],
    ];
  });
}

/** A coordinator ticks one task after the other, one a second. */
function clicking(microsoft365: Microsoft365, owner: User, message: Message): { stop(): Promise<readonly number[]> } {
  const figures: number[] = [];
  let going = true;
  const ticks = actionsOf(message.cards, 'facilitation.tick');
  async function click(): Promise<void> {
    for (let index = 0; going; index++) {
      const action = ticks[index % ticks.length]!;
      const began = performance.now();
      const result = await microsoft365.connector.presses(owner.id, message.id, action);
      if (result.outcome === 'error') throw new Error(`a click failed: ${result.detail}`);
      figures.push(performance.now() - began);
      await rest(1000);
    }
  }
  const clicked = click();
  clicked.catch(() => {});
  return {
    async stop() {
      going = false;
      await clicked;
      return figures;
    },
  };
}

/** The limiter off, and Bot Framework alone, in turn and against the same connector. */
function measureRates(cards: number, postgres: Postgres): Promise<readonly Line[]> {
  return withRig(postgres, async ({ microsoft365, instances, where }) => {
    const members = people(microsoft365, 1, cards);
    const community = team(microsoft365, 0, members);
    await knowChats(where, microsoft365, members);
    await instances.start(0);
    await setUp(microsoft365, instances.url(), community, members[0]!);
    await instances.stop(0);

    const order: RatesOrder = {
      microsoft365Url: microsoft365.url,
      databaseUrl: where.databaseUrl!,
      community: community.id,
      people: members.map(({ id }) => ({ id, conversation: chatId(id) })),
      rounds: 5,
    };
    const { outbox, bare } = await rates(order);
    const ratios = outbox.map((rate, index) => rate / bare[index]!);
    return [
      [
        `cards a second through the outbox with the limiter off (${cards} each time, PostgreSQL)`,
        spread(outbox, 0),
        outbox.length,
      ],
      ['cards a second sent by Bot Framework alone in the same run', spread(bare, 0), bare.length],
      ['… the first as a ratio to the second', spread(ratios, 2), ratios.length],
    ];
  });
}

function rates(order: RatesOrder): Promise<Rates> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'sender.ts'), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.once('message', message => resolve(message as Rates));
    child.once('close', code => reject(new Error(`the sender of the benchmark ended with ${code}`)));
    child.send(order);
  });
}

/** What SharePoint allows an app a minute, in a tenant that has so many communities of ten people. */
function unitsFor(communities: number): number {
  return communities >= 5000 ? 6250 : communities >= 500 ? 3750 : 1250;
}

/** The weekly prompts of so many communities fall due in one minute. */
function measureMinute(count: number, postgres: Postgres): Promise<readonly Line[]> {
  const units = unitsFor(count);
  return withRig(
    postgres,
    async ({ microsoft365, instances, where }) => {
      const { connector } = microsoft365;
      const [first, ...owners] = people(microsoft365, 1, count);
      await knowChats(where, microsoft365, [first!, ...owners]);
      const pattern = team(microsoft365, 0, [first!]);
      await instances.start(0);
      await setUp(microsoft365, instances.url(), pattern, first!);
      await instances.stop(0);
      await copyCommunities(where, microsoft365, pattern, owners);
      await instances.start(0);
      const { occupied: idle } = await instances.memory(0);

      connector.enforceLimits = true;
      connector.tally.clear();
      microsoft365.clock.moveTo(monday);
      const began = performance.now();
      await instances.check();
      const handedOut = (performance.now() - began) / 1000;
      const arrived = () => connector.tally.copies().filter(copy => copy.summary.includes('facilitation week')).length;
      await quiet(arrived, count);
      const took = (performance.now() - began) / 1000;
      const { occupied: busy } = await instances.memory(0);

      const named = count.toLocaleString('en');
      return [
        [
          `megabytes of memory of one server with ${named} communities, at rest and after their week began`,
          `${(idle / 1e6).toFixed(0)}, ${(busy / 1e6).toFixed(0)}`,
          1,
        ],
        [
          `seconds until ${named} weekly prompts of one minute were handed to the queue, and until the last card arrived (Teams’ limit alone: ${(count / perSecond).toFixed(0)}; SharePoint allows ${units} units a minute)`,
          `${handedOut.toFixed(1)}, ${took.toFixed(1)}`,
          1,
        ],
        [
          '… not there once nothing had come for a minute and a half, answers “too many requests”',
          `${count - arrived()}, ${connector.tally.answers()[429] ?? 0}`,
          1,
        ],
      ];
    },
    { graphUnitsAMinute: units },
  );
}

function messagesTo(microsoft365: Microsoft365, { id }: User): readonly Message[] {
  return microsoft365.connector.messages(chatId(id));
}

function actionsOf(part: unknown, verb: string): { verb: string; data: unknown }[] {
  if (part === null || typeof part !== 'object') return [];
  if ('verb' in part && part.verb === verb) return [part as unknown as { verb: string; data: unknown }];
  return Object.values(part).flatMap(inner => actionsOf(inner, verb));
}

/**
 * Waits until so many have arrived, or for a minute and a half nothing new has: SharePoint's units are counted by the
 * minute.
 */
async function quiet(arrived: () => number, wanted: number): Promise<void> {
  let [before, since] = [-1, performance.now()];
  while (arrived() < wanted) {
    if (arrived() !== before) [before, since] = [arrived(), performance.now()];
    if (performance.now() - since > 90_000) return;
    await rest(250);
  }
  // A copy too many would come about now.
  await rest(2000);
}

async function until<T>(what: string, look: () => T | undefined): Promise<T> {
  const end = performance.now() + 60_000;
  for (;;) {
    const found = look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await rest(50);
  }
}

function rest(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
