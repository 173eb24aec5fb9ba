import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { hostname } from 'node:os';
import type { TelemetryOptions } from './options.ts';

export interface Providers {
  readonly tracers: TracerProvider;
  readonly meters: MeterProvider;
}

/** How often metrics are reported, in milliseconds. */
const usually = 60_000;

/** OpenTelemetry's own parts, which send to one collector. */
export function startProviders({
  endpoint,
  keptTraces,
  version,
  name,
  every = usually,
}: TelemetryOptions & { readonly endpoint: string; readonly name: string }): Providers {
  // So that what is done inside a span, however much later, knows whose part it is. A second one changes nothing.
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const resource = resourceFromAttributes({
    'service.name': name,
    'service.version': version,
    'service.instance.id': `${hostname()}-${process.pid}`,
  });
  const url = endpoint.replace(/\/+$/, '');
  return {
    tracers: new TracerProvider({
      resource,
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(keptTraces) }),
      spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${url}/v1/traces` }) })],
    }),
    meters: new MeterProvider({
      resource,
      readers: [
        new PeriodicExportingMetricReader({
          exporter: new OTLPMetricExporter({ url: `${url}/v1/metrics` }),
          exportIntervalMillis: every,
          exportTimeoutMillis: Math.min(every, 10_000),
        }),
      ],
    }),
  };
}
