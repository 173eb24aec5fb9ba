import { randomUUID } from 'node:crypto';
import { tenant, type Directory, type Team } from '../directory.ts';
import type { AccessClaims } from '../entra/index.ts';
import type { Store } from '../store.ts';
import { asObject, mustSayOnly, type GraphAnswer, type GraphRequest } from './call.ts';
import { problems } from './errors.ts';
import { mustBeAllowed, subscribeToList } from './permissions.ts';
import type { SharePoint } from './sharepoint.ts';
import type { Sites } from './sites.ts';
import type { StoredList } from './stored.ts';

/** The longest a subscription to a list may live, in minutes: subscription resource type, "Subscription lifetime". */
const longestLife = 42_300;
/** How long an endpoint may take to prove itself, and to take a notification, in milliseconds. */
const provesWithin = 10_000;
const takesWithin = 3_000;
/** How long changes are gathered, in milliseconds; Microsoft promises a list's within a minute on average. */
const gathering = 200;
/** After how long a notification that was not taken is sent again, and until when, in milliseconds. */
const again = [1_000, 5_000, 30_000, 120_000];
const givenUpAfter = 4 * 3_600_000;

/** A subscription as Graph keeps it. */
interface StoredSubscription {
  readonly id: string;
  readonly listId: string;
  readonly teamId: string;
  readonly resource: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly clientState: string | null;
  readonly expirationDateTime: string;
  readonly applicationId: string;
}

/** What Graph tells of lists that somebody subscribed to. */
export interface Subscriptions {
  /** Undefined for a request that is about something else. */
  answer(request: GraphRequest, caller: AccessClaims): Promise<GraphAnswer | undefined>;
  /** Something in this list was changed, by whomever. */
  changed(list: StoredList): void;
  /** All that live. */
  all(): readonly StoredSubscription[];
  /** Takes one away without a word, as has been seen to happen. */
  lose(id: string): void;
  /** Sends what Graph sends about a subscription itself. */
  tellLifecycle(id: string, event: 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed'): Promise<void>;
  /** So many of the next notifications never arrive. */
  loseNotifications(count: number): void;
  stop(): void;
}

export interface SubscriptionParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly sharePoint: Pick<SharePoint, 'list'>;
  readonly sites: Pick<Sites, 'find' | 'role'>;
  readonly base: string;
  readonly now: () => Date;
}

/**
 * Graph's change notifications for SharePoint lists: an endpoint proves itself when it is named, and a notification says
 * that something in a list changed, and not what.
 * @see https://learn.microsoft.com/graph/api/resources/subscription
 * @see https://learn.microsoft.com/graph/change-notifications-delivery-webhooks
 */
export function openSubscriptions(parts: SubscriptionParts): Subscriptions {
  const { store, now } = parts;
  const kept = store.collection<StoredSubscription>('graph.subscriptions');
  const delivery = createDelivery(now);

  function living(): readonly StoredSubscription[] {
    for (const one of kept.values()) if (Date.parse(one.expirationDateTime) <= now().getTime()) kept.delete(one.id);
    return kept.values();
  }

  function own(id: string, caller: AccessClaims): StoredSubscription {
    const found = living().find(one => one.id === id && one.applicationId === caller.appId);
    if (!found) throw problems.itemNotFound('subscription');
    return found;
  }

  async function create(body: unknown, caller: AccessClaims): Promise<GraphAnswer> {
    const asked = readAsked(body, now());
    const { team, list } = target(parts, asked.resource);
    mustBeAllowed({
      needs: subscribeToList,
      caller,
      user: caller.userId === null ? null : (parts.directory.user(caller.userId) ?? null),
      team,
      role: parts.sites.role(team.id, caller.appId),
      consent: [],
      isAdministrator: false,
    });
    for (const url of [asked.notificationUrl, asked.lifecycleNotificationUrl]) if (url !== null) await mustProve(url);
    const { changeType: _only, ...known } = asked;
    const made = { ...known, id: randomUUID(), listId: list.id, teamId: team.id, applicationId: caller.appId };
    kept.put(made.id, made);
    return { status: 201, body: { '@odata.context': `${parts.base}/$metadata#subscriptions/$entity`, ...shown(made) } };
  }

  function change({ method, body }: GraphRequest, id: string, caller: AccessClaims): GraphAnswer {
    const before = own(id, caller);
    if (method === 'GET') return { status: 200, body: shown(before) };
    if (method === 'DELETE') {
      kept.delete(id);
      return { status: 204 };
    }
    if (method !== 'PATCH') throw problems.notImplemented(`${method} /subscriptions/{id}`);
    mustSayOnly(asObject(body), ['expirationDateTime']);
    const after = { ...before, expirationDateTime: readExpiry(asObject(body)?.['expirationDateTime'], now()) };
    kept.put(id, after);
    return { status: 200, body: shown(after) };
  }

  return {
    async answer(request, caller) {
      const [, first = '', id, act, ...more] = (request.url.split('?')[0] ?? '').split('/');
      if (first.toLowerCase() !== 'subscriptions' || more.length > 0) return undefined;
      if (id === undefined && request.method === 'POST') return create(request.body, caller);
      if (id === undefined && request.method === 'GET')
        return {
          status: 200,
          body: {
            value: living()
              .filter(one => one.applicationId === caller.appId)
              .map(shown),
          },
        };
      if (id === undefined) throw problems.notImplemented(`${request.method} /subscriptions`);
      if (act === undefined) return change(request, id, caller);
      if (act !== 'reauthorize' || request.method !== 'POST')
        throw problems.notImplemented(`${request.method} ${request.url}`);
      own(id, caller);
      return { status: 204 };
    },
    changed(list) {
      for (const one of living()) if (one.listId === list.id) delivery.tell(one.notificationUrl, notice(one));
    },
    all: living,
    lose: id => void kept.delete(id),
    async tellLifecycle(id, lifecycleEvent) {
      const one = kept.get(id);
      if (!one?.lifecycleNotificationUrl) return;
      if (lifecycleEvent === 'subscriptionRemoved') kept.delete(id);
      const { subscriptionId, subscriptionExpirationDateTime, clientState, tenantId } = notice(one);
      await delivery.send(one.lifecycleNotificationUrl, [
        { subscriptionId, subscriptionExpirationDateTime, clientState, tenantId, lifecycleEvent },
      ]);
    },
    loseNotifications: delivery.lose,
    stop: delivery.stop,
  };
}

type Notice = Readonly<Record<string, unknown>>;

/** Sends what changed, several at a time, and again for as long as it is not taken. */
function createDelivery(now: () => Date) {
  const waiting = new Map<string, Map<unknown, Notice>>();
  const timers = new Set<NodeJS.Timeout>();
  let toLose = 0;

  function later(milliseconds: number, work: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, milliseconds).unref();
    timers.add(timer);
  }

  async function send(url: string, value: readonly Notice[], tries = 0, since = now().getTime()): Promise<void> {
    if (toLose > 0) return void toLose--;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ value }),
      signal: AbortSignal.timeout(takesWithin),
    }).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok || now().getTime() - since > givenUpAfter) return;
    later(again[Math.min(tries, again.length - 1)] ?? 0, () => void send(url, value, tries + 1, since));
  }

  return {
    send,
    tell(url: string, one: Notice): void {
      const gathered = waiting.get(url);
      if (gathered) return void gathered.set(one['subscriptionId'], one);
      waiting.set(url, new Map([[one['subscriptionId'], one]]));
      later(gathering, () => {
        const all = [...(waiting.get(url)?.values() ?? [])];
        waiting.delete(url);
        void send(url, all);
      });
    },
    lose: (count: number) => void (toLose = count),
    stop(): void {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function notice(one: StoredSubscription): Notice {
  return {
    subscriptionId: one.id,
    clientState: one.clientState,
    resource: one.resource,
    tenantId: tenant.id,
    resourceData: null,
    subscriptionExpirationDateTime: one.expirationDateTime,
    changeType: 'updated',
  };
}

/** What whoever made it is shown: the secret never. */
function shown({ listId: _list, teamId: _team, clientState: _secret, ...one }: StoredSubscription): object {
  return { ...one, changeType: 'updated', clientState: null, latestSupportedTlsVersion: 'v1_2' };
}

interface Asked
  extends Pick<
    StoredSubscription,
    'resource' | 'notificationUrl' | 'lifecycleNotificationUrl' | 'clientState' | 'expirationDateTime'
  > {
  readonly changeType: 'updated';
}

const properties = [
  'changeType',
  'notificationUrl',
  'lifecycleNotificationUrl',
  'resource',
  'expirationDateTime',
  'clientState',
];

function readAsked(given: unknown, now: Date): Asked {
  const body = asObject(given);
  mustSayOnly(body, properties);
  const { changeType, notificationUrl, lifecycleNotificationUrl = null, resource, clientState = null } = body ?? {};
  if (changeType !== 'updated') throw problems.invalid(`Invalid 'changeType' attribute: '${String(changeType)}'.`);
  if (typeof resource !== 'string') throw problems.invalid('The resource of a subscription has to be named.');
  if (clientState !== null && (typeof clientState !== 'string' || clientState.length > 128))
    throw problems.invalid('The client state of a subscription has at most 128 characters.');
  return {
    changeType,
    resource: resource.replace(/^\//, ''),
    notificationUrl: readAddress(notificationUrl),
    lifecycleNotificationUrl: lifecycleNotificationUrl === null ? null : readAddress(lifecycleNotificationUrl),
    clientState,
    expirationDateTime: readExpiry(body?.['expirationDateTime'], now),
  };
}

/** Over TLS, as Graph wants it; what is on this machine is reached without. */
function readAddress(url: unknown): string {
  const address = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
  const isHere = address?.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(address.hostname);
  if (!address || (address.protocol !== 'https:' && !isHere))
    throw problems.invalid('The notification URL has to be an address that begins with https.');
  return address.href;
}

function readExpiry(given: unknown, now: Date): string {
  const at = typeof given === 'string' ? Date.parse(given) : NaN;
  if (Number.isNaN(at) || at <= now.getTime())
    throw problems.invalid('The expiration of a subscription has to be in the future.');
  if (at - now.getTime() > longestLife * 60_000)
    throw problems.invalid(`Subscription expiration can only be ${longestLife} minutes in the future.`);
  return new Date(at).toISOString();
}

function target({ sharePoint, sites }: SubscriptionParts, resource: string): { team: Team; list: StoredList } {
  const [, site, list] = /^sites\/([^/]+)\/lists\/([^/]+)$/i.exec(resource) ?? [];
  if (site === undefined || list === undefined)
    throw problems.notImplemented(`subscriptions to anything but sites/{id}/lists/{id}, such as ${resource}`);
  const team = sites.find(site);
  if (!team) throw problems.itemNotFound('site');
  return { team, list: sharePoint.list(team.id, list) };
}

/** Whoever is to be told says, at the address itself, that they want it. */
async function mustProve(url: string): Promise<void> {
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()}`;
  const address = new URL(url);
  address.searchParams.set('validationToken', token);
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      signal: AbortSignal.timeout(provesWithin),
    });
    const isPlain = /^text\/plain\b/i.test(response.headers.get('content-type') ?? '');
    if (response.status === 200 && isPlain && (await response.text()) === token) return;
  } catch {
    // Nobody there, or too slow.
  }
  throw problems.notProven();
}
