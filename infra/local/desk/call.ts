import type { z } from 'zod';
import type { CallView } from './views.ts';

/** One thing the desk can do, described by itself. */
export interface Call extends CallView {
  /** Answers with JSON. `query` and `body` come unchecked. */
  run(query: unknown, body: unknown): Promise<unknown> | unknown;
}

export function call<Query>({
  query,
  run,
  ...about
}: Omit<CallView, 'example'> & { readonly query: z.ZodType<Query>; run(query: Query): unknown }): Call {
  return { ...about, run: given => run(query.parse(given)) };
}

export function post<Body>(
  path: string,
  about: string,
  schema: z.ZodType<Body>,
  example: unknown,
  run: (body: Body) => unknown,
): Call {
  return { method: 'POST', path, about, example, run: (_, body) => run(schema.parse(body)) };
}
