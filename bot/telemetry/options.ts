export interface TelemetryOptions {
  /** Of a collector that takes OTLP over HTTP, such as http://collector:4318; null for none. */
  readonly endpoint: string | null;
  /** Which part of the traces is kept, from 0 to 1. */
  readonly keptTraces: number;
  readonly version: string;
  /** Milliseconds between two reports of the metrics. */
  readonly every?: number;
}
