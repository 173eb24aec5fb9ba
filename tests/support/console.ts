import { afterAll, afterEach, beforeEach, expect } from '@jest/globals';
import { format } from 'node:util';

const methods = ['error', 'warn'] as const;

interface Line {
  readonly method: (typeof methods)[number];
  readonly text: string;
}

/** Kept on the global object: the set-up file and a test file may each have their own copy of this module. */
const state = ((globalThis as { consoleLines?: { lines: Line[]; expected: Set<string> } }).consoleLines ??= {
  lines: [],
  expected: new Set(),
});

/** From here to the end of this test `console.error` is allowed; returns what was and will be written to it. */
export function expectConsoleError(): () => readonly string[] {
  return expectConsole('error');
}

/** From here to the end of this test `console.warn` is allowed; returns what was and will be written to it. */
export function expectConsoleWarning(): () => readonly string[] {
  return expectConsole('warn');
}

function expectConsole(method: Line['method']): () => readonly string[] {
  state.expected.add(method);
  return () => state.lines.filter(line => line.method === method).map(line => line.text);
}

/** Makes each test fail that writes to `console.error` or `console.warn` without saying so first. */
export function watchConsole(): void {
  const original = { error: console.error, warn: console.warn };
  for (const method of methods) {
    console[method] = (...values: unknown[]) => void state.lines.push({ method, text: format(...values) });
  }

  beforeEach(() => {
    state.expected.clear();
  });
  afterEach(() => {
    const lines = state.lines.splice(0);
    const unexpected = lines
      .filter(line => !state.expected.has(line.method))
      .map(line => `console.${line.method}: ${line.text}`);
    expect(unexpected).toEqual([]);
    for (const method of state.expected) expect(lines.map(line => line.method)).toContain(method);
  });
  // What is written after the last test fails none; at least it is seen.
  afterAll(() => void Object.assign(console, original));
}
