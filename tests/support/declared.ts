import type { Demands } from '../../bot/demands.ts';
import type { Feature } from '../../bot/feature.ts';
import { createFeatures, type FeatureParts } from '../../bot/features/index.ts';
import { api } from '../../domain/api.ts';
import type { AnyEndpoint } from '../../domain/endpoint.ts';

/** Everything that answers somebody, what it demands, and a way to knock at it past every check outside. */
export interface Declared {
  readonly kind: 'route' | 'press' | 'command' | 'message';
  /** Of an operation of the API, a verb, a word or a command of the message menu. */
  readonly name: string;
  readonly demands: Demands;
  readonly answers: readonly ((request: never) => Promise<unknown>)[];
}

/**
 * What the product declares. Whoever gets inside a feature waits there for ever: nothing that it works with answers.
 */
export function everythingDeclared(): readonly Declared[] {
  return allFeatures().flatMap(declaredBy);
}

/** Every feature of the product, on parts that never answer. */
export function allFeatures(): readonly Feature[] {
  return createFeatures(silence as unknown as FeatureParts);
}

/** Stands for whatever is asked of it, and settles never. */
const silence: object = new Proxy(() => undefined, {
  get: (_, name) => (name === 'then' ? () => undefined : name === Symbol.toPrimitive ? () => '' : silence),
  apply: () => silence,
});

function declaredBy({ name, routes = [], actions = {}, commands = [], messageActions = {} }: Feature): Declared[] {
  return [
    ...routes.map(({ endpoint, demands, handle }) => ({
      kind: 'route' as const,
      name: operationOf(endpoint),
      demands,
      answers: [handle],
    })),
    ...Object.entries(actions).map(([action, { demands, run }]) => ({
      kind: 'press' as const,
      name: `${name}.${action}`,
      demands,
      answers: [run],
    })),
    ...commands.map(({ name: word, demands, run }) => ({
      kind: 'command' as const,
      name: word,
      demands,
      answers: [run],
    })),
    ...Object.entries(messageActions).map(([action, { demands, open, submit }]) => ({
      kind: 'message' as const,
      name: `${name}.${action}`,
      demands,
      answers: [open, submit],
    })),
  ];
}

function operationOf(endpoint: AnyEndpoint): string {
  return Object.entries<AnyEndpoint>(api).find(([, one]) => one === endpoint)?.[0] ?? endpoint.path;
}
