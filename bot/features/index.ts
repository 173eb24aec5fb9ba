import type { Logger } from 'pino';
import type { ProvisionView } from '../../domain/api.ts';
import type { Lists } from '../data/lists.ts';
import type { DeliveryLog } from '../data/delivery-log.ts';
import type { BallotBox, Clock, Communities, Feature, Messenger, Roster } from '../feature.ts';
import { charter } from './charter/index.ts';
import { delivery } from './delivery/index.ts';
import { facilitation } from './facilitation/index.ts';
import { roles } from './roles/index.ts';
import { changeCoordinators, settings } from './settings/index.ts';
import { surveys } from './surveys/index.ts';
import { newcomersNote, welcome } from './welcome/index.ts';

/** What features may use. */
export interface FeatureParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly roster: Roster;
  readonly ballotBox: BallotBox;
  readonly communities: Communities;
  readonly provision: (community: string) => Promise<ProvisionView>;
  readonly links: { tab(community: string, subPage: string): string };
  readonly deliveryLog: DeliveryLog;
  /** Entra object ids. */
  readonly administrators: readonly string[];
  readonly clock: Clock;
  readonly log: Logger;
}

/** Every feature there is, in the order in which help names them. A new one is a folder and a line. */
export function createFeatures({ lists, messenger, roster, ballotBox, communities, provision, links, deliveryLog, administrators, clock, log }: FeatureParts): readonly Feature[] {
  const features = [
    charter({ lists, messenger, roster, links, clock, log }),
    facilitation({ lists, messenger, roster, clock, log, notes: newcomersNote({ lists, clock }) }),
    roles({ lists, messenger, roster, changeCoordinators: changeCoordinators({ lists, communities, messenger, links }), links, clock, log }),
    welcome({ lists, messenger, roster, links, clock, log }),
    surveys({ lists, messenger, roster, ballotBox, links, clock, log }),
    settings({ lists, messenger, roster, communities, provision, links, administrators, clock }),
    delivery({ deliveryLog, roster, clock }),
  ];
  refuseDuplicates(features);
  return features;
}

/** A verb, a command, a job or an endpoint belongs to one feature only. */
function refuseDuplicates(features: readonly Feature[]): void {
  const seen = new Map<string, string>();
  for (const feature of features) {
    const names = [
      `feature ${feature.name}`,
      ...(feature.commands ?? []).map(command => `command ${command.name}`),
      ...(feature.jobs ?? []).map(job => `job ${job.name}`),
      ...[...(feature.routes ?? []), ...(feature.administration ?? [])].map(route => `route ${route.endpoint.method} ${route.endpoint.path}`),
    ];
    for (const name of names) {
      const before = seen.get(name);
      if (before) throw new Error(`${name} is in both ${before} and ${feature.name}: give one of them another name`);
      seen.set(name, feature.name);
    }
  }
}
