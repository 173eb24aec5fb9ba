import type { Logger } from 'pino';
import type { Request, Response, Server } from 'restify';
import { knownSinceHeader, linkTo, type AnyEndpoint, type Events, type FileAnswer } from '../../domain/endpoint.ts';
import { switchFor } from '../../domain/switched-endpoints.ts';
import type { Switches } from '../../domain/switches.ts';
import { CommunityError } from '../../domain/errors.ts';
import { identifier } from '../../domain/text.ts';
import type { Installations } from '../database/communities.ts';
import type { HandedFiles } from '../database/handed-files.ts';
import type { AdministrationRoute, EverybodyRoute, Feature, Route, TabAnswer, TabRequest } from '../feature.ts';
import type { Roster } from '../ports.ts';
import type { Texts, Translate } from '../text.ts';
import type { NoteAct } from '../ports.ts';
import { mustMeet } from '../demands.ts';
import type { AddressLimits, Limits } from './limits.ts';
import { auditedRequest, type AuditedRequest } from './audited.ts';
import { BodyRefused, readFile, readJson } from './body.ts';
import { failureOf, statusOf } from './errors.ts';
import { sendEvents } from './events.ts';
import { sendFile } from './files.ts';
import { handedFileUrl } from './handed-files.ts';
import { languageOf } from './language.ts';
import { sendJson } from './json-answer.ts';
import { withKnownSince } from '../shared/known-since.ts';
import { createMetLately } from './met-lately.ts';
import type { Noise } from './noise.ts';
import { on } from './on.ts';
import { describeApi } from './openapi.ts';
import type { SignedIn } from './sign-in.ts';
import { errorText } from '../shared/error-text.ts';

export interface ApiParts {
  readonly features: readonly Feature[];
  readonly endpoints: Readonly<Record<string, AnyEndpoint>>;
  readonly communities: Installations;
  readonly roster: Roster;
  readonly signIn: (authorization: string | undefined) => Promise<SignedIn>;
  readonly limits: Limits;
  readonly addressLimits: Pick<AddressLimits, 'refused'>;
  readonly texts: Texts;
  /** The conversation's own sentences, which name every error. */
  readonly sentences: string;
  readonly publicUrl: string;
  readonly handedFiles: Pick<HandedFiles, 'keep'>;
  /** Entra object ids. */
  readonly administrators: readonly string[];
  /** What the administrator has switched off. */
  readonly switches: Switches;
  /** Writes into the audit trail. */
  readonly audit: NoteAct;
  readonly noise: Noise;
  readonly log: Logger;
}

interface CommunityParts extends ApiParts {
  readonly met: Installations['met'];
}

/** The tabs' API: who → which community → may they, as the route declares → parse → the feature → show. */
export function addApi(server: Server, parts: ApiParts): void {
  const { features, endpoints, publicUrl } = parts;
  const routes = features.flatMap(feature => feature.routes ?? []);
  const description = describeApi(
    endpoints,
    publicUrl,
    endpoint =>
      routes.find(route => route.endpoint === endpoint)?.demands.may ??
      (endpoint.everybody ? 'everybody' : 'administrators'),
  );
  on(
    server,
    'GET',
    '/api/openapi.json',
    async (_request: Request, response: Response) => void response.json(200, description),
  );

  const met = createMetLately((community, person) => parts.communities.met(community, person));
  const unanswered = new Set(Object.values(endpoints).map(endpoint => `${endpoint.method} ${endpoint.path}`));
  for (const feature of features) {
    for (const route of feature.routes ?? []) {
      unanswered.delete(`${route.endpoint.method} ${route.endpoint.path}`);
      addRoute(server, { ...parts, met }, feature, route);
    }
    for (const route of feature.administration ?? []) {
      unanswered.delete(`${route.endpoint.method} ${route.endpoint.path}`);
      addAdministrationRoute(server, parts, feature, route);
    }
    for (const route of feature.everybody ?? []) {
      unanswered.delete(`${route.endpoint.method} ${route.endpoint.path}`);
      addEverybodyRoute(server, parts, feature, route);
    }
  }
  if (unanswered.size > 0) throw new Error(`no feature answers ${[...unanswered].join(', ')}`);
}

/** Ids of people, roles and surveys, and what is asked for after the `?`. */
const AddressPart = identifier(500);

/** The ways to ask: a file comes itself, or as a link which the person's browser opens without the tab's token. */
function waysTo(endpoint: AnyEndpoint): readonly AnyEndpoint[] {
  return endpoint.file ? [endpoint, linkTo(endpoint)] : [endpoint];
}

/** As restify writes it: `:community` for `{community}`. */
function pathOf({ path }: AnyEndpoint): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function addRoute(server: Server, parts: CommunityParts, feature: Feature, route: Route): void {
  for (const way of waysTo(route.endpoint)) addRouteBy(way, server, parts, feature, route);
}

function addRouteBy(
  way: AnyEndpoint,
  server: Server,
  parts: CommunityParts,
  feature: Feature,
  { endpoint, demands, handle }: Route,
): void {
  const { communities, roster, limits, texts, sentences, noise, log } = parts;
  on(server, way.method, pathOf(endpoint), async (request: Request, response: Response) => {
    const locale = languageOf(request);
    const t = texts.for(sentences, locale);
    const audited = auditedRequest(parts, endpoint, request);
    try {
      const person = await spender(parts, request, audited);
      const { community: id = '', ...params } = paramsOf(endpoint, request);
      const community = await communities.find(id);
      const who = community && (await roster.member(community.id, person.id));
      if (community) audited.in(community.id, who !== undefined);
      // A stranger learns nothing, not even that the team exists.
      if (!community || !who) throw new CommunityError('not-found', `no community ${id} for this person`);
      mustBeOn(parts, endpoint);
      if (endpoint.method !== 'GET') await limits.person(who.id, 'change');
      await limits.community(
        community.id,
        (await roster.members(community.id)).length,
        endpoint.method === 'GET' ? 'request' : 'change',
      );
      // Before the body is read: a person who may not say something is not told what is wrong with its words.
      mustMeet(demands, { who, community });
      await parts.met(community.id, who.id);

      const asked = {
        who,
        community,
        params,
        body: (await bodyOf(endpoint, request, response)) as never,
        ifMatch: endpoint.conditional ? preconditionOf(request) : undefined,
        onBehalfOf: person.token,
        t: texts.for(feature.name, locale),
      } satisfies TabRequest<never>;
      const { answer, since } = await withKnownSince(async () => handle(asked));
      if (since !== null) response.setHeader(knownSinceHeader, since === 'now' ? since : since.toISOString());
      await send(parts, { request, response, way }, answer);
      audited.done();
    } catch (error) {
      fail(error, { request, response, t, noise, log, audited });
    }
  });
}

function addAdministrationRoute(server: Server, parts: ApiParts, feature: Feature, route: AdministrationRoute): void {
  for (const way of waysTo(route.endpoint)) addAdministrationRouteBy(way, server, parts, feature, route);
}

function addAdministrationRouteBy(
  way: AnyEndpoint,
  server: Server,
  parts: ApiParts,
  feature: Feature,
  { endpoint, handle }: AdministrationRoute,
): void {
  const { administrators, limits, texts, sentences, noise, log } = parts;
  on(server, way.method, pathOf(endpoint), async (request: Request, response: Response) => {
    const locale = languageOf(request);
    const audited = auditedRequest(parts, endpoint, request);
    try {
      const person = await spender(parts, request, audited);
      if (!administrators.includes(person.id))
        throw new CommunityError('not-allowed', `${endpoint.path} is for the people in ADMINISTRATORS`);
      mustBeOn(parts, endpoint);
      if (endpoint.method !== 'GET') await limits.person(person.id, 'change');
      const answer = await handle({ params: paramsOf(endpoint, request), t: texts.for(feature.name, locale) });
      await send(parts, { request, response, way }, answer);
      audited.done();
    } catch (error) {
      fail(error, { request, response, t: texts.for(sentences, locale), noise, log, audited });
    }
  });
}

function addEverybodyRoute(
  server: Server,
  parts: ApiParts,
  feature: Feature,
  { endpoint, handle }: EverybodyRoute,
): void {
  const { texts, sentences, noise, log } = parts;
  on(server, endpoint.method, endpoint.path, async (request: Request, response: Response) => {
    const locale = languageOf(request);
    const audited = auditedRequest(parts, endpoint, request);
    try {
      const { id } = await spender(parts, request, audited);
      const answer = await handle({ person: id, t: texts.for(feature.name, locale) });
      await send(parts, { request, response, way: endpoint }, answer);
      audited.done();
    } catch (error) {
      fail(error, { request, response, t: texts.for(sentences, locale), noise, log, audited });
    }
  });
}

/** Who asks, and has something left of their budget. A request without a good token spends its address's. */
async function spender(
  { signIn, limits, addressLimits }: ApiParts,
  request: Request,
  audited: AuditedRequest,
): Promise<SignedIn> {
  const person = await signIn(request.headers.authorization).catch(async (error: unknown) => {
    if (error instanceof CommunityError && error.code === 'sign-in-needed') await addressLimits.refused(request);
    throw error;
  });
  audited.by(person.id);
  await limits.person(person.id, 'request');
  return person;
}

/** Throws `switched-off` for what the administrator does not want in this organisation. */
function mustBeOn({ endpoints, switches }: ApiParts, endpoint: AnyEndpoint): void {
  const name = switchFor(endpoints, endpoint);
  if (name === undefined || switches[name]) return;
  throw new CommunityError('switched-off', `${endpoint.path} is switched off by the administrator of this server`, {
    switch: name,
  });
}

async function send(
  { handedFiles, publicUrl }: ApiParts,
  { request, response, way }: { readonly request: Request; readonly response: Response; readonly way: AnyEndpoint },
  { body, etag }: TabAnswer<unknown>,
): Promise<void> {
  if (way.event) return sendEvents(response, body as Events<unknown>);
  if (way.file) return sendFile(response, body as FileAnswer);
  if (way.method === 'GET') return sendJson(request, response, body);
  if (etag !== undefined) response.header('ETag', etag);
  if (!way.linkTo) return void response.json(200, body);
  const file = body as FileAnswer;
  response.json(200, { name: file.name, url: handedFileUrl(publicUrl, await handedFiles.keep(file)) });
}

/**
 * What stands in the address. An identifier that is none names nothing, and is refused before any service is asked for
 * it.
 */
function paramsOf(endpoint: AnyEndpoint, request: Request): Record<string, string> {
  const params = { ...queryOf(endpoint, request), ...(request.params as Record<string, string>) };
  const odd = Object.keys(params).filter(name => !AddressPart.safeParse(params[name]).success);
  if (odd.length > 0)
    throw new CommunityError('invalid', `the address does not fit: ${odd.join(', ')}`, { fields: odd });
  return params;
}

/** Only what the endpoint names; a parameter that comes twice is none. */
function queryOf({ query }: AnyEndpoint, request: Request): Record<string, string> {
  const given = new URLSearchParams(request.getQuery());
  return Object.fromEntries(
    (query ?? []).flatMap(name => {
      const [value = '', another] = given.getAll(name);
      return value !== '' && another === undefined ? [[name, value]] : [];
    }),
  );
}

async function bodyOf(endpoint: AnyEndpoint, request: Request, response: Response): Promise<unknown> {
  if (!endpoint.body) return undefined;
  const { mostBytes } = endpoint;
  const sent = mostBytes === undefined ? readJson(request, response) : readFile(request, response, mostBytes);
  const parsed = endpoint.body.safeParse(await sent);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(issue => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw new CommunityError('invalid', `the body does not fit: ${faults.join('; ')}`, {
    fields: parsed.error.issues.map(issue => issue.path.join('.')),
  });
}

/** @returns the ETag, or null for "there is none yet". */
function preconditionOf(request: Request): string | null {
  const ifMatch = request.headers['if-match'];
  if (ifMatch) return ifMatch;
  if (request.headers['if-none-match'] === '*') return null;
  throw new CommunityError(
    'precondition-needed',
    'expected If-Match with the ETag that was read, or If-None-Match: * for the first version',
  );
}

interface Failing {
  readonly request: Request;
  readonly response: Response;
  readonly t: Translate;
  readonly noise: Noise;
  readonly log: Logger;
  readonly audited: AuditedRequest;
}

function fail(error: unknown, { request, response, t, noise, log, audited }: Failing): void {
  const ids = { method: request.method, path: request.path(), request: audited.id };
  audited.failed(error);
  if (error instanceof BodyRefused) {
    const { status, message } = error;
    log.warn({ ...ids, status, error: message }, 'a tab’s request was refused');
    return void response.json(
      status,
      status === 413 ? { code: 'too-large', message: t('errors.too-large') } : { code: 'invalid', message },
    );
  }
  if (error instanceof CommunityError) {
    const status = statusOf[error.code];
    const refusal = { ...ids, status, code: error.code, error: error.message };
    if (status === 401) {
      response.header('WWW-Authenticate', 'Bearer');
      noise(request, 'a tab’s request was refused', refusal);
      // Of a storm there is one line already.
    } else log[error.code === 'too-many-requests' ? 'debug' : 'warn'](refusal, 'a tab’s request was refused');
    if (status === 429 || status === 503) response.header('Retry-After', String(error.details['retryAfter'] ?? 30));
    response.json(status, failureOf(error, t, request.method === 'GET'));
    return;
  }
  log.error(
    {
      ...ids,
      error: errorText(error),
      stack: error instanceof Error ? error.stack : undefined,
    },
    'a tab’s request failed',
  );
  response.json(500, {
    code: 'unexpected',
    message: t('errors.unexpected', request.method === 'GET' ? { context: 'reading' } : {}),
  });
}
