import { strFromU8, unzipSync } from 'fflate';
import { z } from 'zod';
import { tenant } from './directory.ts';
import type { Store } from './store.ts';

/** An Azure Bot: to whom Azure Bot Service brings what happens in Teams. */
interface AzureBot {
  readonly name: string;
  readonly appId: string;
  /** Where it listens. */
  readonly endpoint: string;
  /** Whether it has the Teams channel. */
  readonly inTeams: boolean;
}

/** What administrators bring to Teams before anybody meets the app: its package, and the bot in Azure. */
export interface AppInTeams {
  /** Makes the bot, or changes the one of this name. */
  putBot(bot: Omit<AzureBot, 'inTeams'>): void;
  /** @throws RangeError when there is no such bot */
  addTeamsChannel(name: string): void;
  /**
   * Takes a package into the organisation's catalogue.
   * @returns the id the catalogue gives the app
   * @throws RangeError when it is no package
   */
  upload(zip: Uint8Array): string;
  /** Why the app cannot be added to a team; null when it can. */
  whyNotFound(): string | null;
  /** Where what happens in Teams goes; a sentence where it goes nowhere. */
  endpoint(): URL | string;
}

const Manifest = z.object({
  id: z.guid(),
  bots: z.array(z.object({ botId: z.guid() })).length(1),
});

export function openAppInTeams(store: Store): AppInTeams {
  const bots = store.collection<AzureBot>('azure.bots');
  const packages = store.collection<{ readonly botId: string }>('teams.catalogue');
  const only = () => bots.values()[0] ?? null;
  return {
    putBot: bot => bots.put(bot.name, { ...bot, inTeams: bots.get(bot.name)?.inTeams ?? false }),
    addTeamsChannel(name) {
      const bot = bots.get(name);
      if (!bot) throw new RangeError(`There is no bot ${name}.`);
      bots.put(name, { ...bot, inTeams: true });
    },
    upload(zip) {
      let manifest;
      try {
        manifest = Manifest.parse(JSON.parse(strFromU8(unzipSync(zip)['manifest.json'] ?? new Uint8Array())));
      } catch {
        throw new RangeError('This is no app package: expected a zip with a manifest.json in it, which names one bot.');
      }
      packages.put(tenant.catalogueAppId, { botId: manifest.bots[0]!.botId });
      return tenant.catalogueAppId;
    },
    whyNotFound: () =>
      packages.get(tenant.catalogueAppId)
        ? null
        : `Teams does not find ${tenant.appName}: its package is not uploaded.`,
    endpoint() {
      const wanted = packages.get(tenant.catalogueAppId)?.botId;
      const bot = only();
      if (!bot || bot.appId !== wanted) return `There is no Azure Bot of the app ${wanted ?? ''}.`;
      if (!bot.inTeams) return `The Azure Bot ${bot.name} has no Teams channel.`;
      return new URL(bot.endpoint);
    },
  };
}
