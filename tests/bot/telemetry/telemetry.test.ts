import { beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { api } from '../../../domain/api.ts';
import { createMeasures } from '../../../bot/telemetry/measures.ts';
import { startTelemetry } from '../../../bot/telemetry/telemetry.ts';
import { untilEnd, within } from '../../support/clean-up.ts';
import { eventually } from '../../support/engines.ts';
import { personOf, startSystem } from '../../support/system.ts';

/** The whole of it with a collector that keeps what it is sent, as OTLP says it in JSON. */
interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number };
}
interface Span {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly attributes: readonly Attribute[];
}
interface Point {
  readonly attributes: readonly Attribute[];
}
interface Metric {
  readonly name: string;
  readonly unit?: string;
  readonly histogram?: { readonly dataPoints: readonly Point[] } | undefined;
  readonly sum?: { readonly dataPoints: readonly Point[] } | undefined;
  readonly gauge?: { readonly dataPoints: readonly { asDouble?: number; asInt?: number }[] };
}
interface Sent {
  readonly resourceSpans?: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
  readonly resourceMetrics?: readonly { readonly scopeMetrics: readonly { readonly metrics: readonly Metric[] }[] }[];
}

async function startCollector() {
  const sent: Sent[] = [];
  let words = '';
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', part => (text += part));
    request.on('end', () => {
      words += text;
      sent.push(JSON.parse(text) as Sent);
      // Restify's writeHead, which is everybody's in this process, gives nothing back.
      response.setHeader('Content-Type', 'application/json');
      response.end('{}');
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  untilEnd(async () => void server.close());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    words: () => words,
    spans: () =>
      sent
        .flatMap(one => one.resourceSpans ?? [])
        .flatMap(one => one.scopeSpans)
        .flatMap(one => one.spans),
    metrics: () =>
      sent
        .flatMap(one => one.resourceMetrics ?? [])
        .flatMap(one => one.scopeMetrics)
        .flatMap(one => one.metrics),
  };
}

const valueOf = ({ attributes }: { readonly attributes: readonly Attribute[] }, key: string) =>
  attributes.find(one => one.key === key)?.value.stringValue;

const words = 'the leaflet about the secret of the harbour';
let collector: Awaited<ReturnType<typeof startCollector>>;

beforeAll(async () => {
  collector = await startCollector();
  const system = await startSystem({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/` } });
  expect((await system.ask('Priya', api.overview)).status).toBe(200);
  expect((await system.ask('Amara', api.audit)).status).toBe(403);
  expect((await fetch(`${system.productUrl}/health`)).status).toBe(200);
  await system.microsoft365.connector.says(personOf('Priya').id, 'personal', `add action ${words}`);
  await system.moveTo('2026-11-23T09:00:30Z');
  await eventually('the week', async () => collector.spans().some(({ name }) => name === 'job facilitation.week'));
  await system.stop();
});

describe('a trace', () => {
  test('leads from a request to the calls of Graph that it caused, with Graph’s own ids of them', () => {
    const request = collector
      .spans()
      .find(({ name }) => name === `GET ${api.overview.path.replace('{community}', ':community')}`);
    const calls = collector
      .spans()
      .filter(({ traceId, name }) => traceId === request?.traceId && name.includes('/v1.0/'));
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) expect(valueOf(call, 'graph.request_id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('is there for what Teams sends, for jobs and for cards', () => {
    const names = new Set(collector.spans().map(({ name }) => name));
    for (const name of ['activity message', 'job facilitation.week', 'card send']) expect(names).toContain(name);
  });
});

describe('metrics', () => {
  const points = (name: string) =>
    collector
      .metrics()
      .filter(one => one.name === name)
      .flatMap(one => one.histogram?.dataPoints ?? one.sum?.dataPoints ?? []);

  test.each([
    ['http.server.request.duration', 'http.route', api.overview.path.replace('{community}', ':community')],
    ['http.client.request.duration', 'outcome', 'done'],
    ['cop.turn.duration', 'activity.type', 'message'],
    ['cop.card.duration', 'card.act', 'send'],
    ['cop.job.duration', 'job.name', 'facilitation.week'],
    ['cop.job.lateness', 'job.name', 'facilitation.week'],
    ['cop.refusals', 'act', 'audit.read'],
  ])('%s counts by %s, such as %s', (name, key, value) => {
    expect(points(name).map(point => valueOf(point, key))).toContain(value);
  });

  test.each(['cop.cards.waiting', 'cop.cards.oldest', 'cop.inbox.waiting', 'cop.jobs.overdue', 'cop.graph.spent'])(
    '%s is a figure',
    name => {
      const [point] = collector
        .metrics()
        .filter(one => one.name === name)
        .flatMap(one => one.gauge?.dataPoints ?? []);
      expect(Number(point?.asDouble ?? point?.asInt)).toBeGreaterThanOrEqual(0);
    },
  );

  test('are what the dashboard and the alerts ask for, and nothing else is asked', () => {
    const made = new Set(collector.metrics().map(prometheusName));
    for (const file of ['dashboard.json', 'alerts.yaml']) {
      const text = readFileSync(join(import.meta.dirname, '../../../infra/telemetry', file), 'utf8');
      const asked = new Set([...text.matchAll(/\b(?:cop|http)_[a-z_]+/g)].map(([name]) => name));
      expect(asked.size).toBeGreaterThan(3);
      for (const label of ['http_route', 'http_response_status_code']) asked.delete(label);
      expect([...asked].filter(name => !made.has(name.replace(/_(bucket|sum|count)$/, '')))).toEqual([]);
    }
  });
});

test('nothing is told of what people wrote, of who they are, or of ids in addresses', () => {
  const told = collector.words();
  expect(told).not.toContain('leaflet');
  for (const who of ['Priya', 'Amara']) {
    expect(told).not.toContain(personOf(who).id);
    expect(told).not.toContain(personOf(who).name);
  }
  const templates = collector.spans().flatMap(span => valueOf(span, 'url.template') ?? []);
  expect(templates.length).toBeGreaterThan(0);
  expect(
    templates.filter(template =>
      /\d/.test(template.replaceAll('v1.0', '').replaceAll('v2.0', '').replaceAll('oauth2', '')),
    ),
  ).toEqual([]);
  // Asked every few seconds by whoever looks after the server.
  const server = 2;
  expect(collector.spans().filter(({ kind, name }) => kind === server && name.includes('/health'))).toEqual([]);
  expect(collector.spans().filter(({ kind }) => kind === server)).not.toEqual([]);
});

test('a call carries the id of its trace to Microsoft; without a collector it goes out as it came', async () => {
  const seen: (string | null)[] = [];
  const outside = async (_input: unknown, init?: RequestInit) => {
    seen.push(new Headers(init?.headers).get('client-request-id'));
    return new Response('{}');
  };
  for (const endpoint of [collector.url, null]) {
    const telemetry = await startTelemetry({ endpoint, keptTraces: 1, version: '1.0.0' });
    const call = createMeasures(telemetry).fetch(outside as typeof fetch);
    await call('https://graph.microsoft.com/v1.0/sites', { headers: { 'client-request-id': 'of the client' } });
    await telemetry.stop();
  }

  expect(seen).toEqual([
    expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
    'of the client',
  ]);
  expect(collector.spans().map(({ traceId }) => traceId)).toContain(seen[0]!.replaceAll('-', ''));
});

test('a collector that is away keeps no server from ending', async () => {
  const telemetry = await startTelemetry({ endpoint: 'http://127.0.0.1:1', keptTraces: 1, version: '1.0.0' });
  telemetry.tracer.startSpan('one').end();
  await expect(within(20_000, 'the end', telemetry.stop())).resolves.toBeUndefined();
});

/** As Prometheus names what comes by OTLP. */
function prometheusName({ name, unit, histogram, sum }: Metric): string {
  const suffix = unit === 's' ? '_seconds' : unit === '1' && !histogram && !sum ? '_ratio' : '';
  return `${name.replaceAll('.', '_')}${suffix}${sum ? '_total' : ''}`;
}
