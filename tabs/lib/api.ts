import {
  Failure,
  community as communityPath,
  knownSinceHeader,
  type Endpoint,
  type FileAnswer,
} from '../../domain/endpoint.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { PageConfig } from './config.ts';
import type { KeptViews } from './kept-views.ts';
import { createKnownSince, type KnownSince } from './known-since.ts';

/** The server's codes, and two of the way to it. */
export type FailureCode = ErrorCode | 'unreachable' | 'unexpected';

/** A call that did not do what was asked. `code` chooses the sentence; `message` is what the server said. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly code: FailureCode;
  /** `version-conflict`: what is stored now, as the endpoint sends it, and its ETag. */
  readonly current: unknown;
  readonly etag: string | null;
  /** `consent-needed`: the challenge to pass on to Entra. */
  readonly claims: string | null;
  /** The server’s own sentence for people; null when something else answered, or nobody. */
  readonly said: string | null;

  constructor(
    code: FailureCode,
    message: string,
    details: {
      current?: unknown;
      etag?: string | undefined;
      claims?: string | undefined;
      said?: string;
    } = {},
  ) {
    super(message);
    this.code = code;
    this.current = details.current;
    this.etag = details.etag ?? null;
    this.claims = details.claims ?? null;
    this.said = details.said ?? null;
  }
}

export interface Call<Body> {
  /** Values for the `{names}` in the endpoint's path, and for its query. */
  readonly params: Readonly<Record<string, string>>;
  readonly body?: Body;
  /** For conditional endpoints: the ETag the change is based on, or null when there is nothing stored yet. */
  readonly ifMatch?: string | null;
  readonly signal?: AbortSignal;
}

export interface Client {
  <Body, Answer>(endpoint: Endpoint<Body, Answer>, call: Call<Body>): Promise<Answer>;
  /** What this browser kept of an answer, and when that was read; null for nothing. */
  kept<Answer>(
    endpoint: Endpoint<unknown, Answer>,
    params: Call<unknown>['params'],
  ): { readonly answer: Answer; readonly at: number } | null;
  /** Has the browser forget what it kept of a community. */
  forget(community: string): void;
  readonly knownSince: KnownSince;
}

/**
 * Longest we wait for an answer, in milliseconds. Saving through SharePoint may take several seconds when it is busy.
 */
const patience = 45_000;

const codes = {
  invalid: true,
  'sign-in-needed': true,
  'consent-needed': true,
  'not-allowed': true,
  'not-found': true,
  'not-set-up': true,
  'not-granted': true,
  'site-unknown': true,
  'site-locked': true,
  'site-full': true,
  'hand-over-first': true,
  'switched-off': true,
  'set-up-by-administrator': true,
  'version-conflict': true,
  'precondition-needed': true,
  'too-large': true,
  'too-complex': true,
  throttled: true,
  'too-many-requests': true,
  unavailable: true,
} as const satisfies Record<ErrorCode, true>;

const codesByStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid',
  401: 'sign-in-needed',
  403: 'not-allowed',
  404: 'not-found',
  409: 'version-conflict',
  412: 'version-conflict',
  413: 'too-large',
  422: 'too-complex',
  423: 'site-locked',
  424: 'not-granted',
  428: 'precondition-needed',
  429: 'throttled',
  507: 'site-full',
};

/** The page's configuration, which needs no sign-in. */
export async function loadConfig(): Promise<PageConfig> {
  const response = await fetch('/tabs/config.json', { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`/tabs/config.json answered with status ${response.status}`);
  return PageConfig.parse(await response.json());
}

/** How many answers are remembered, so that the server need not send them again. */
const mostRemembered = 60;

/**
 * The one way to the server: asks Teams for a token, sends, and parses what comes back. Fails with {@link ApiFailure}.
 */
export function createClient({
  token,
  locale,
  views,
  send = (input, init) => fetch(input, init),
}: {
  readonly token: () => Promise<string>;
  readonly locale: string;
  readonly views: KeptViews;
  readonly send?: typeof fetch;
}): Client {
  const remembered = new Map<string, { readonly etag: string; readonly answer: unknown }>();
  const { hear, ...knownSince } = createKnownSince();

  function remember<Answer>(
    { method, kept }: Endpoint<unknown, Answer>,
    address: string,
    answer: Answer,
    etag: string,
  ) {
    if (method !== 'GET') return;
    remembered.delete(address);
    remembered.set(address, { etag, answer });
    const [oldest] = remembered.keys();
    if (oldest !== undefined && remembered.size > mostRemembered) remembered.delete(oldest);
    if (!kept) return;
    const part = kept(answer);
    if (part === null) views.forget(address);
    else views.keep(address, part);
  }

  /** Whoever is no member any more, or nobody who may ask, leaves nothing behind. */
  function forgetWhere({ code }: ApiFailure, community: string | undefined): void {
    if (code === 'sign-in-needed') views.forget('');
    else if (code === 'not-found' && community !== undefined) views.forget(addressOf(community));
  }

  async function call<Body, Answer>(
    endpoint: Endpoint<Body, Answer>,
    { params, body, ifMatch, signal }: Call<Body>,
  ): Promise<Answer> {
    const address = pathOf(endpoint.path, params) + queryOf(endpoint.query, params);
    const before = endpoint.method === 'GET' ? remembered.get(address) : undefined;
    const headers = new Headers({
      authorization: `Bearer ${await tokenOf(token)}`,
      accept: 'application/json',
      'accept-language': locale,
    });
    const isFile = body instanceof Uint8Array;
    if (body !== undefined) headers.set('content-type', isFile ? 'application/octet-stream' : 'application/json');
    if (typeof ifMatch === 'string') headers.set('if-match', ifMatch);
    if (ifMatch === null) headers.set('if-none-match', '*');
    if (before) headers.set('if-none-match', before.etag);
    const timeout = AbortSignal.timeout(patience);

    let response: Response;
    let bytes: ArrayBuffer;
    try {
      response = await send(address, {
        method: endpoint.method,
        headers,
        body: body === undefined ? null : isFile ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      bytes = await response.arrayBuffer();
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new ApiFailure('unreachable', `${endpoint.method} ${endpoint.path} got no answer: ${String(error)}`);
    }

    const text = (): string => new TextDecoder().decode(bytes);
    if (endpoint.method === 'GET') hear(params['community'] ?? '', response.headers.get(knownSinceHeader));
    if (response.status === 304 && before) {
      // It was read now, though it says the same.
      remember(endpoint, address, before.answer as Answer, before.etag);
      return before.answer as Answer;
    }
    if (!response.ok) {
      const failure = failureOf({ status: response.status, text: text() });
      forgetWhere(failure, params['community']);
      throw failure;
    }
    const answer = endpoint.answer.safeParse(endpoint.file ? fileOf(response.headers, bytes) : jsonOf(text()));
    if (!answer.success)
      throw new ApiFailure(
        'unexpected',
        `${endpoint.method} ${endpoint.path} answered something else than agreed: ${answer.error.message}`,
      );
    const etag = response.headers.get('etag');
    if (etag !== null && !endpoint.file) remember(endpoint, address, answer.data, etag);
    return answer.data;
  }

  return Object.assign(call, {
    kept<Answer>(endpoint: Endpoint<unknown, Answer>, params: Call<unknown>['params']) {
      if (!endpoint.kept) return null;
      const kept = views.find(pathOf(endpoint.path, params) + queryOf(endpoint.query, params));
      const answer = endpoint.answer.safeParse(kept?.answer);
      return kept && answer.success ? { answer: answer.data, at: kept.at } : null;
    },
    forget: (community: string) => views.forget(addressOf(community)),
    knownSince,
  });
}

/** Where everything of a community is read from. */
function addressOf(community: string): string {
  return pathOf(communityPath, { community });
}

/** Reads a refusal of the server, or of something in front of it that does not speak our format. */
export function failureOf({ status, text }: { readonly status: number; readonly text: string }): ApiFailure {
  const body = Failure.safeParse(jsonOf(text));
  if (body.success && isKnown(body.data.code)) {
    const { code, message, current, etag, claims } = body.data;
    return new ApiFailure(code as FailureCode, message, { current, etag, claims, said: message });
  }
  return new ApiFailure(
    codesByStatus[status] ?? (status >= 500 ? 'unavailable' : 'unexpected'),
    `the server answered with status ${status}`,
  );
}

/** Whether asking once more may help without anybody doing anything. */
export function mayPass(error: unknown): boolean {
  return (
    error instanceof ApiFailure &&
    (error.code === 'unreachable' || error.code === 'unavailable' || error.code === 'throttled')
  );
}

function fileOf(headers: Headers, bytes: ArrayBuffer): FileAnswer {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(headers.get('content-disposition') ?? '')?.[1] ?? '';
  return {
    name: decodeURIComponent(encoded),
    type: headers.get('content-type') ?? 'application/octet-stream',
    bytes: new Uint8Array(bytes),
  };
}

function isKnown(code: string): code is ErrorCode {
  return Object.hasOwn(codes, code);
}

function queryOf(names: readonly string[] | undefined, params: Readonly<Record<string, string>>): string {
  const asked = (names ?? []).flatMap(name => (params[name] ? [[name, params[name]]] : []));
  return asked.length > 0 ? `?${new URLSearchParams(asked)}` : '';
}

function pathOf(template: string, params: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`the path ${template} needs a value for ${name}`);
    return encodeURIComponent(value);
  });
}

/** Teams rejects with a sentence of its own; the ones about consent have a cure. */
async function tokenOf(token: () => Promise<string>): Promise<string> {
  try {
    return await token();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiFailure(/consent|declined|interaction/i.test(reason) ? 'consent-needed' : 'sign-in-needed', reason);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
