/** A fault somebody asked for: the next `count` requests whose method and path match are answered like this. */
export interface Fault {
  readonly method?: string;
  /** Part of the path, such as `/graph/v1.0/sites` or `/connector/v3/conversations`. */
  readonly path: string;
  readonly status: number;
  readonly count: number;
  /** The request takes effect and only its answer is lost, as with a 504 after a create. Graph only. */
  readonly afterwards?: boolean;
  /** Seconds for the Retry-After header. */
  readonly retryAfter?: number;
  /** `code` and `message` of the error body; each service has its own shape for it. */
  readonly code?: string;
  readonly message?: string;
}

export interface Faults {
  add(fault: Fault): void;
  list(): readonly Fault[];
  clear(): void;
  /** The fault to answer this request with, counted down; undefined when there is none. */
  take(method: string, path: string): Fault | undefined;
  /** Milliseconds every answer of Graph and the connector waits. */
  latencyMs: number;
}

export function createFaults(latencyMs = 0): Faults {
  let faults: Fault[] = [];
  return {
    latencyMs,
    add: fault => void faults.push(fault),
    list: () => faults,
    clear: () => void (faults = []),
    take(method, path) {
      const found = faults.find(
        fault => path.includes(fault.path) && (fault.method ?? method).toUpperCase() === method.toUpperCase(),
      );
      if (!found) return undefined;
      faults = faults.flatMap(fault =>
        fault !== found ? [fault] : fault.count > 1 ? [{ ...fault, count: fault.count - 1 }] : [],
      );
      return found;
    },
  };
}
