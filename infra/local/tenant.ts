import type { Server } from 'restify';
import type { MovableClock } from './clock.ts';
import type { AppInTeams } from './app-in-teams.ts';
import type { Directory } from './directory.ts';
import type { Faults } from './faults.ts';
import type { Store } from './store.ts';

/**
 * What every service of local Microsoft 365 is given. Each is `open<Name>(local): <Name>` and adds its own routes to
 * the server.
 */
export interface LocalTenant {
  readonly server: Server;
  readonly store: Store;
  readonly directory: Directory;
  readonly clock: MovableClock;
  readonly faults: Faults;
  /** Where this server is reached, without a slash at the end: http://localhost:4365 */
  readonly url: () => string;
  /** Where the product is reached: http://localhost:3978 */
  readonly productUrl: () => string;
  /** Where the Bot Connector takes answers, as activities name it. */
  readonly serviceUrl: () => string;
  /** Where the Bot Connector's keys are, as its OpenID description names it. */
  readonly botKeys: () => string;
  /** What administrators still have to bring; null where the app is registered and in the catalogue from the start. */
  readonly appInTeams: AppInTeams | null;
}
