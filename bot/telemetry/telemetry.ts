import { metrics, trace, type Meter, type Tracer } from '@opentelemetry/api';
import type { TelemetryOptions } from './options.ts';

/** Where traces and metrics go. Everything in this room works without it, and then measures nothing. */
export interface Telemetry {
  readonly tracer: Tracer;
  readonly meter: Meter;
  /** Sends what has not gone yet, and ends. */
  stop(): Promise<void>;
}

const name = 'cop-companion';

/**
 * Starts OpenTelemetry's own parts where there is a collector; nothing of them is loaded where there is none.
 * `OTEL_EXPORTER_OTLP_HEADERS`, which may hold a key, is read by the exporters alone.
 */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const { endpoint, version } = options;
  // What the API gives without a provider takes everything and keeps nothing.
  if (endpoint === null) return { tracer: trace.getTracer(name), meter: metrics.getMeter(name), async stop() {} };
  const { startProviders } = await import('./providers.ts');
  const { tracers, meters } = startProviders({ ...options, endpoint, name });
  return {
    tracer: tracers.getTracer(name, version),
    meter: meters.getMeter(name, version),
    async stop() {
      // A collector that is away keeps no server from ending.
      await Promise.allSettled([tracers.shutdown(), meters.shutdown()]);
    },
  };
}

/** The trace that the work which asks belongs to; undefined outside of one, or where none are made. */
export function traceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}
