import { api } from '../../../domain/api.ts';
import type { DeliveryEntry, DeliveryView } from '../../../domain/delivery/api.ts';
import { DeliveryFilter, deliveryStates, hidesRecipient, hidesUpdates } from '../../../domain/delivery/delivery.ts';
import type { LoggedMessage } from '../../ports.ts';
import type { Feature } from '../../feature.ts';
import { logRoutes, timeCell, wordsFor, type Showing } from '../../shared/log-routes.ts';
import type { Translate } from '../../text.ts';
import type { DeliveryParts } from './parts.ts';

export function deliveryRoutes(parts: DeliveryParts): Pick<Feature, 'routes' | 'administration'> {
  const { deliveryLog } = parts;
  return logRoutes(
    {
      permission: 'delivery.read',
      endpoints: {
        page: api.delivery,
        pageOfAll: api.deliveryOfAll,
        file: api.exportDelivery,
        fileOfAll: api.exportDeliveryOfAll,
      },
      filter: DeliveryFilter,
      read: query => deliveryLog.read(query),
      choices: async (community, t): Promise<Pick<DeliveryView, 'kinds' | 'states'>> => ({
        kinds: (await deliveryLog.kinds(community)).map(id => ({ id, words: kindWords(id, t) })),
        states: deliveryStates.map(id => ({ id, words: t(`state.${id}`) })),
      }),
      namesPerson: ({ recipient }: LoggedMessage) => recipient !== 'channel',
      entryOf,
      file: { name: 'messages', columns, columnsOfAll: [...columns, 'detail'], cells },
    },
    parts,
  );
}

/** Only administrators see what Teams answered. */
function entryOf(message: LoggedMessage, { people, ofAll, t }: Showing): DeliveryEntry {
  const { id, community, kind, period, recipient, state, reason, detail, attempts, uncertain } = message;
  const { createdAt, sentAt, updatedAt } = message;
  const quiet = hidesUpdates(kind, recipient);
  return {
    id,
    community: { id: community.id, name: community.name, timeZone: community.timeZone },
    kind,
    what: kindWords(kind, t),
    period: /^\d{4}-\d{2}-\d{2}$/.test(period) ? period : '',
    to: toOf(kind, recipient, people),
    state,
    reason: reason && { code: reason, said: t(`reason.${reason}.said`), todo: t(`reason.${reason}.todo`) },
    detail: ofAll ? detail : null,
    attempts: quiet ? Math.min(attempts, 1) : attempts,
    uncertain,
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    updatedAt: quiet ? null : (updatedAt?.toISOString() ?? null),
  };
}

function toOf(kind: string, recipient: string, people: Showing['people']): DeliveryEntry['to'] {
  if (recipient === 'channel') return { is: 'channel' };
  if (hidesRecipient(kind, recipient)) return { is: 'withheld' };
  if (people === null) return { is: 'person', person: { id: recipient, name: '' } };
  const found = people.find(({ id }) => id === recipient);
  return found ? { is: 'person', person: { id: found.id, name: found.name } } : { is: 'left' };
}

function kindWords(kind: string, t: Translate): string {
  return wordsFor(`kind.${kind}`, 'kind.other', t);
}

const columns = [
  'created',
  'recipient',
  'what',
  'period',
  'state',
  'why',
  'todo',
  'attempts',
  'uncertain',
  'sent',
  'updated',
  'zone',
] as const;

/** The log as a table, times in the community's zone. */
function cells(entry: DeliveryEntry, t: Translate): Record<(typeof columns)[number] | 'detail', string> {
  const { community, to, what, period, state, reason, attempts, uncertain, createdAt, sentAt, updatedAt } = entry;
  const zone = community.timeZone;
  return {
    created: timeCell(createdAt, zone, 'minute'),
    recipient: to.is === 'person' ? to.person.name || to.person.id : t(`to.${to.is}`),
    what,
    period,
    state: t(`state.${state}`),
    why: reason?.said ?? '',
    todo: reason?.todo ?? '',
    attempts: String(attempts),
    uncertain: String(uncertain),
    sent: timeCell(sentAt, zone, 'minute'),
    updated: timeCell(updatedAt, zone, 'minute'),
    zone,
    detail: entry.detail ?? '',
  };
}
