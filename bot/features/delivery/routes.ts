import { api, type DeliveryEntry, type DeliveryView, type FileAnswer } from '../../../domain/api.ts';
import type { Member } from '../../../domain/community.ts';
import { DeliveryFilter, deliveryStates, hidesRecipient, hidesUpdates } from '../../../domain/delivery.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { mustBeAble } from '../../../domain/permissions.ts';
import type { LoggedMessage } from '../../data/delivery-log.ts';
import { administrationRoute, route, type AdministrationRoute, type Roster, type Route } from '../../feature.ts';
import type { Translate } from '../../text.ts';
import { csvOf } from './csv.ts';
import type { DeliveryParts } from './index.ts';

/** How many messages one page of the tab shows, and the most that go into a file. */
const perPage = 50;
const perFile = 20_000;

interface Asked {
  /** Null for all communities. */
  readonly community: string | null;
  readonly params: Readonly<Record<string, string>>;
  readonly t: Translate;
}

export function deliveryRoutes(parts: DeliveryParts): readonly Route[] {
  return [
    route(api.delivery, async ({ who, community, params, t }) => {
      mustBeAble(who, 'delivery.read', community);
      return { body: await read(parts, { community: community.id, params, t }) };
    }),
    route(api.exportDelivery, async ({ who, community, params, t }) => {
      mustBeAble(who, 'delivery.read', community);
      return { body: await exported(parts, { community: community.id, params, t }) };
    }),
  ];
}

export function deliveryAdministration(parts: DeliveryParts): readonly AdministrationRoute[] {
  return [
    administrationRoute(api.deliveryOfAll, async ({ params, t }) => ({
      body: await read(parts, { community: null, params, t }),
    })),
    administrationRoute(api.exportDeliveryOfAll, async ({ params, t }) => ({
      body: await exported(parts, { community: null, params, t }),
    })),
  ];
}

async function read({ deliveryLog, roster }: DeliveryParts, { community, params, t }: Asked): Promise<DeliveryView> {
  const [{ messages, next }, kinds] = await Promise.all([
    deliveryLog.read({ community, ...filterFrom(params), before: params['before'], limit: perPage }),
    deliveryLog.kinds(community),
  ]);
  const people = await peopleOf(roster, messages);
  return {
    kinds: kinds.map(id => ({ id, words: kindWords(id, t) })),
    states: deliveryStates.map(id => ({ id, words: t(`state.${id}`) })),
    entries: messages.map(message =>
      entryOf(message, { people: people.get(message.community.id) ?? null, administrator: community === null }, t),
    ),
    next,
  };
}

/** Names are asked of one team only; a file of all teams has ids instead, and asks Microsoft 365 nothing. */
async function exported(
  { deliveryLog, roster, clock }: DeliveryParts,
  { community, params, t }: Asked,
): Promise<FileAnswer> {
  const { messages } = await deliveryLog.read({ community, ...filterFrom(params), limit: perFile });
  const people = community === null ? new Map<string, readonly Member[]>() : await peopleOf(roster, messages);
  const entries = messages.map(message =>
    entryOf(message, { people: people.get(message.community.id) ?? null, administrator: community === null }, t),
  );
  return {
    name: `messages-${clock().toISOString().slice(0, 10)}.csv`,
    type: 'text/csv; charset=utf-8',
    bytes: new TextEncoder().encode(csvOf(entries, { ofAll: community === null }, t)),
  };
}

/** Who is in these teams now. A team that cannot be asked, or no longer has the app, has nobody we could name. */
async function peopleOf(
  roster: Roster,
  messages: readonly LoggedMessage[],
): Promise<ReadonlyMap<string, readonly Member[]>> {
  const teams = new Set(
    messages
      .filter(({ community, recipient }) => !community.removed && recipient !== 'channel')
      .map(({ community }) => community.id),
  );
  const found = new Map<string, readonly Member[]>();
  // One after the other: rosters are remembered, and being throttled is slower.
  for (const team of teams) {
    try {
      found.set(team, await roster.members(team));
    } catch (error) {
      if (!(error instanceof CommunityError)) throw error;
    }
  }
  return found;
}

/** @param people null when nobody could say who is in the team: then people have ids and no names. */
function entryOf(
  message: LoggedMessage,
  { people, administrator }: { readonly people: readonly Member[] | null; readonly administrator: boolean },
  t: Translate,
): DeliveryEntry {
  const {
    id,
    community,
    kind,
    period,
    recipient,
    state,
    reason,
    detail,
    attempts,
    uncertain,
    createdAt,
    sentAt,
    updatedAt,
  } = message;
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
    detail: administrator ? detail : null,
    attempts: quiet ? Math.min(attempts, 1) : attempts,
    uncertain,
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    updatedAt: quiet ? null : (updatedAt?.toISOString() ?? null),
  };
}

function toOf(kind: string, recipient: string, people: readonly Member[] | null): DeliveryEntry['to'] {
  if (recipient === 'channel') return { is: 'channel' };
  if (hidesRecipient(kind, recipient)) return { is: 'withheld' };
  if (people === null) return { is: 'person', person: { id: recipient, name: '' } };
  const found = people.find(({ id }) => id === recipient);
  return found ? { is: 'person', person: { id: found.id, name: found.name } } : { is: 'left' };
}

/** A kind that a later version made has no words here yet. */
function kindWords(kind: string, t: Translate): string {
  const key = `kind.${kind}`;
  const words = t(key);
  return words === key ? t('kind.other') : words;
}

function filterFrom(params: Readonly<Record<string, string>>): DeliveryFilter {
  const filter = DeliveryFilter.safeParse(params);
  if (filter.success) return filter.data;
  const fields = filter.error.issues.map(issue => issue.path.join('.'));
  throw new CommunityError(
    'invalid',
    `the log cannot be searched like this: ${filter.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
    { fields },
  );
}
