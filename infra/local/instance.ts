import { flushCompileCache } from 'node:module';
import { pino } from 'pino';
import { startApp } from '../../bot/app.ts';
import { localConfig, localOutside } from './product.ts';
import type { InstanceSetup, Memory, Order, ToInstance } from './instances.ts';

/**
 * One server in a process of its own, started by `instances.ts`: the product unchanged, so that it can be killed at any
 * moment.
 */
async function main(): Promise<void> {
  const setup = JSON.parse(process.env['INSTANCE'] ?? '') as InstanceSetup;
  const config = localConfig({
    ...setup,
    port: 0,
    publicUrl: 'http://localhost:3978',
    logLevel: 'warn',
    environment: setup.graphUnitsAMinute ? { GRAPH_UNITS_A_MINUTE: String(setup.graphUnitsAMinute) } : {},
  });
  let { offset } = setup;

  async function obey(order: Order): Promise<unknown> {
    switch (order.kind) {
      case 'clock':
        offset = order.offset;
        return undefined;
      case 'check':
        return app.checkCalendar();
      case 'memory':
        return memory();
      case 'processor':
        return processor();
    }
  }
  async function answer({ number, order }: ToInstance): Promise<void> {
    try {
      process.send?.({ answers: number, value: await obey(order) });
    } catch (error) {
      process.send?.({ answers: number, failed: error instanceof Error ? error.message : String(error) });
    }
  }

  const app = await startApp(config, {
    ...localOutside({ url: setup.microsoft365Url, clock: { now: () => new Date(Date.now() + offset) } }),
    log: pino({ level: config.logLevel, base: null }, pino.destination({ dest: 2, sync: true })),
  });
  process.on('message', message => void answer(message as ToInstance));
  process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
  // Whoever started it is gone: nothing is left running.
  process.once('disconnect', () => process.exit(1));
  // Otherwise written at an orderly end, which one that is killed never has.
  flushCompileCache();
  process.send?.({ ready: app.port });
}

/**
 * What is freed frees more: the engine that unpacked a new database, some 200 MB, is gone only after a second round.
 */
async function memory(): Promise<Memory> {
  for (let round = 0; round < 3 && globalThis.gc; round++) {
    globalThis.gc();
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: heapUsed + external, occupied: rss };
}

function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

await main();
