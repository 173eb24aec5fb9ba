import type { Team, User } from '../directory.ts';
import type { AccessClaims } from '../entra/index.ts';
import { problems } from './errors.ts';

/** One request, whether it came by itself or inside a batch. */
export interface GraphRequest {
  readonly method: string;
  /** After `/graph/v1.0`, with its query: `/sites/…/lists?$top=5`. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  /** The ETag that an item had when a change of it arrived: what a change that names none is taken to be of. */
  readonly arrivedAt?: string | undefined;
}

export interface GraphAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that was let in: who calls, and which part of the tenant it is about. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  /** The path as it was called, without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: GraphRequest['headers'];
  readonly body: unknown;
  readonly arrivedAt: string | undefined;
  readonly caller: AccessClaims;
  /** Whom the call is made for; null when the app calls for itself. */
  readonly user: User | null;
  readonly now: Date;
}

/** A call about one team: its site, its group or itself. */
export interface TeamCall extends Call {
  readonly team: Team;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /**
   * With `{names}`; the first of them says which team it is about when it is `{site}`, `{group}`, `{team}` or
   * `{drive}`.
   */
  readonly path: string;
  handle(call: Call): GraphAnswer;
}

/** A route about one team, which its path names. */
export function teamRoute(method: Route['method'], path: string, handle: (call: TeamCall) => GraphAnswer): Route {
  return { method, path, handle: handle as (call: Call) => GraphAnswer };
}

export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** Throws when a body says something that local Graph would not keep. */
export function mustSayOnly(body: Readonly<Record<string, unknown>> | undefined, names: readonly string[]): void {
  const other = Object.keys(body ?? {}).find(name => !names.includes(name) && !name.startsWith('@odata.'));
  if (other !== undefined) throw problems.notImplemented(`the property ${other}`);
}

/** SharePoint keeps whole seconds. */
export function wholeSeconds(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}
