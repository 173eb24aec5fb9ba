import {
  context,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Histogram,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import type { Request, RequestHandler, Response, Server } from 'restify';
import { CommunityError } from '../../domain/errors.ts';
import type { Job } from '../feature.ts';
import type { NotedAct } from '../ports.ts';
import { PermanentError, RetryableError } from '../messages/delivery-errors.ts';
import type { Transport } from '../messages/transport.ts';
import type { Telemetry } from './telemetry.ts';

/**
 * What is measured of the parts of the server, each as a coat around a part that knows nothing of it. No attribute
 * names a person or holds what somebody wrote: routes and paths come without their ids, errors without their words.
 */
export interface Measures {
  /** Requests: a span each, and how long they take, by route. */
  server(server: Server): void;
  /**
   * Calls of Graph and Entra: a span each, with Graph's own id of the request; they carry the id of the trace there.
   */
  fetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch;
  /** What Teams sends: a span and a duration for each activity. */
  turn<R>(type: string, work: () => Promise<R>): Promise<R>;
  /** Calls that post or replace a card, and what became of them. */
  transport(transport: Transport): Transport;
  /** Jobs: how long they take, and how late they begin. */
  job(job: Job): Job;
  /** What was refused, and why. */
  audit(note: (act: NotedAct) => void): (act: NotedAct) => void;
  /** Asked whenever metrics are reported; a figure that cannot be had is left out. */
  gauge(name: string, about: string, unit: string, read: () => Promise<number> | number): void;
}

/** Seconds: from what nobody notices to what everybody does. */
const seconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** Seconds that a job begins late: a minute is usual, as the calendar is looked at once a minute. */
const lateness = [1, 10, 60, 120, 300, 900, 3600, 14_400, 86_400];

export function createMeasures({ tracer, meter }: Telemetry): Measures {
  function histogram(name: string, about: string, boundaries = seconds): Histogram {
    const advice = { explicitBucketBoundaries: [...boundaries] };
    return meter.createHistogram(name, { description: about, unit: 's', advice });
  }
  const measured = createMeasured(tracer);
  const turns = histogram('cop.turn.duration', 'What Teams sends: messages, presses, events');
  const refusals = meter.createCounter('cop.refusals', { description: 'What was refused to somebody' });

  return {
    server: measureServer(tracer, histogram('http.server.request.duration', 'Requests of tabs, Teams and calendars')),
    fetch: measureFetch(measured, histogram('http.client.request.duration', 'Calls of Microsoft Graph and Entra')),
    transport: measureCards(measured, histogram('cop.card.duration', 'Calls that post or replace a card in Teams')),
    job: measureJobs(measured, {
      took: histogram('cop.job.duration', 'Scheduled jobs'),
      late: histogram('cop.job.lateness', 'Between the moment a job was due and its beginning', lateness),
    }),
    turn: (type, work) =>
      measured({ name: `activity ${type}`, histogram: turns, attributes: { 'activity.type': type } }, work),
    audit: note => act => {
      if (act.outcome !== 'done') refusals.add(1, { act: act.act, reason: act.reason ?? act.outcome });
      note(act);
    },
    gauge(name, about, unit, read) {
      meter.createObservableGauge(name, { description: about, unit }).addCallback(async result => {
        try {
          result.observe(await read());
        } catch {
          // The database is away: /health says so.
        }
      });
    },
  };
}

interface Measured {
  readonly name: string;
  readonly kind?: SpanKind;
  readonly histogram: Histogram;
  readonly attributes: Attributes;
}

/** Does the work inside a span of its own, and measures it; an error goes on to whoever asked. */
type Measure = <R>(what: Measured, work: (span: Span) => Promise<R>) => Promise<R>;

function createMeasured(tracer: Tracer): Measure {
  return async ({ name, kind = SpanKind.INTERNAL, histogram, attributes }, work) => {
    const began = performance.now();
    const span = tracer.startSpan(name, { kind, attributes });
    let outcome = 'done';
    try {
      return await context.with(trace.setSpan(context.active(), span), () => work(span));
    } catch (error) {
      outcome = outcomeOf(error);
      fail(span, outcome);
      throw error;
    } finally {
      histogram.record((performance.now() - began) / 1000, { ...attributes, outcome });
      span.end();
    }
  };
}

function measureServer(tracer: Tracer, histogram: Histogram): Measures['server'] {
  return server => {
    server.pre(((request: Request, response: Response, next: () => void) => {
      // Asked every few seconds by whoever looks after the server; it would hide everything else.
      if (request.path().startsWith('/health')) return next();
      const began = performance.now();
      const method = request.method ?? '';
      const span = tracer.startSpan(method, { kind: SpanKind.SERVER });
      response.once('close', () => {
        const attributes = {
          'http.request.method': method,
          'http.route': routeOf(request),
          'http.response.status_code': response.statusCode,
        };
        // Events stay open for as long as a tab does: how long is no wait of anybody's.
        const isOpenEnded = String(response.getHeader('content-type')).startsWith('text/event-stream');
        if (!isOpenEnded) histogram.record((performance.now() - began) / 1000, attributes);
        span.updateName(`${method} ${attributes['http.route']}`).setAttributes(attributes);
        if (response.statusCode >= 500) fail(span, String(response.statusCode));
        span.end();
      });
      context.with(trace.setSpan(context.active(), span), next);
    }) as RequestHandler);
  };
}

function measureFetch(measured: Measure, histogram: Histogram): Measures['fetch'] {
  return fetch => async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const method = init?.method ?? 'GET';
    const template = templateOf(url.pathname);
    const attributes = { 'http.request.method': method, 'server.address': url.host, 'url.template': template };
    return measured({ name: `${method} ${template}`, kind: SpanKind.CLIENT, histogram, attributes }, async span => {
      const response = await fetch(input, withTrace(init, span));
      span.setAttribute('http.response.status_code', response.status);
      const id = response.headers.get('request-id');
      if (id) span.setAttribute('graph.request_id', id);
      if (response.status >= 400) fail(span, String(response.status));
      return response;
    });
  };
}

function measureCards(measured: Measure, histogram: Histogram): Measures['transport'] {
  const what = (act: string) => ({
    ...{ name: `card ${act}`, kind: SpanKind.CLIENT, histogram, attributes: { 'card.act': act } },
  });
  return transport => ({
    send: (card, waitForSlot) => measured(what('send'), () => transport.send(card, waitForSlot)),
    update: (card, waitForSlot) => measured(what('update'), () => transport.update(card, waitForSlot)),
  });
}

function measureJobs(
  measured: Measure,
  { took, late }: { readonly took: Histogram; readonly late: Histogram },
): Measures['job'] {
  return job => ({
    ...job,
    run(dueRun) {
      const attributes = { 'job.name': job.name };
      late.record(Math.max(0, dueRun.now.getTime() - dueRun.due.getTime()) / 1000, attributes);
      return measured({ name: `job ${job.name}`, histogram: took, attributes }, span => {
        span.setAttribute('community', dueRun.community.id);
        return job.run(dueRun);
      });
    },
  });
}

function fail(span: Span, why: string): void {
  span.setAttribute('error.type', why).setStatus({ code: SpanStatusCode.ERROR });
}

/** What an error is called; what it says may hold names. */
function outcomeOf(error: unknown): string {
  if (error instanceof PermanentError || error instanceof RetryableError) return error.reason;
  if (error instanceof CommunityError) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}

/** As it was declared, with names in the place of ids; one word for whatever has no route. */
function routeOf(request: Request): string {
  const route = (request as { getRoute?: () => { path?: unknown } | undefined }).getRoute?.();
  return typeof route?.path === 'string' ? route.path : 'none';
}

/** A path of Graph with its ids taken out: only Graph's own words are letters alone. */
function templateOf(path: string): string {
  return path
    .split('/')
    .map(part => (/^(v1\.0|oauth2|v2\.0|[a-zA-Z$]*)$/.test(part) ? part : '{id}'))
    .join('/');
}

/** Microsoft keeps this id beside the call, so that support finds by it what belongs to a trace. */
function withTrace(init: RequestInit | undefined, span: Span): RequestInit {
  if (!span.isRecording()) return init ?? {};
  const headers = new Headers(init?.headers);
  headers.set('client-request-id', asGuid(span.spanContext().traceId));
  return { ...init, headers };
}

/** A trace's 32 hexadecimal digits, written as Microsoft writes ids. */
function asGuid(traceId: string): string {
  return traceId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
