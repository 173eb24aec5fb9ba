import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { api } from '../../domain/api.ts';
import { AuditFilter } from '../../domain/audit/audit.ts';
import { DeliveryFilter } from '../../domain/delivery/delivery.ts';
import { isBareText, line } from '../../domain/text.ts';
import { definitions } from '../../bot/lists/model.ts';
import { createFeatures, type FeatureParts } from '../../bot/features/index.ts';
import { PressValue, TeamsActivity } from '../../bot/teams/activity.ts';
import { MessageActionValue } from '../../bot/teams/shared-message.ts';

// Every text from outside goes through domain/text.ts. A schema that takes a string as it comes is found here.

const features = createFeatures({ switches: {} } as FeatureParts);
const outside: readonly (readonly [string, z.ZodType])[] = [
  ...Object.entries(api).flatMap(([name, endpoint]) =>
    'body' in endpoint ? [[`body of ${name}`, endpoint.body] as const] : [],
  ),
  ...features.flatMap(({ name, actions = {} }) =>
    Object.entries(actions).map(([action, { data }]) => [`card ${name}.${action}`, data as z.ZodType] as const),
  ),
  ...features.flatMap(({ name, messageActions = {} }) =>
    Object.entries(messageActions).map(
      ([action, { data }]) => [`dialog ${name}.${action}`, data as z.ZodType] as const,
    ),
  ),
  ['activity', TeamsActivity],
  ['press', PressValue],
  ['message action', MessageActionValue],
  ['query of the messages', DeliveryFilter],
  ['query of the audit trail', AuditFilter],
];
const columns = Object.entries(definitions).flatMap(([list, { columns: all }]) =>
  Object.entries(all as Record<string, { facet: string; schema: z.ZodType }>)
    // What is JSON is cleaned as a whole when it is read: tests/bot/lists/sharepoint-list.test.ts.
    .flatMap(([column, { facet, schema }]) =>
      facet === 'json' ? [] : [[`column ${list}.${column}`, schema] as const],
    ),
);

test.each([...outside, ...columns])('%s takes no text as it comes', (_where, schema) => {
  expect(bareIn(schema)).toEqual([]);
});

test('there is something to look at', () => {
  expect([outside.length > 40, columns.length > 30]).toEqual([true, true]);
});

test.each([
  { schema: z.object({ a: z.array(z.object({ b: z.string().optional() })) }), found: ['a[].b'] },
  { schema: z.record(z.string(), z.number()), found: ['{key}'] },
  { schema: z.union([z.number(), z.string().default('')]), found: [''] },
  { schema: z.preprocess(value => value, z.object({ a: z.string().transform(text => text) })), found: ['a'] },
  { schema: z.object({ a: line(5), b: z.enum(['c']), d: z.looseObject({ e: z.unknown() }) }), found: [] },
])('bare text is found wherever it hides: $found', ({ schema, found }) => {
  expect(bareIn(schema)).toEqual(found);
});

/** Where a schema takes a string as it comes. */
function bareIn(schema: z.ZodType, where = ''): readonly string[] {
  const def = schema._zod.def as unknown as Readonly<Record<string, unknown>> & { readonly type: string };
  const at = (name: string): string => (where === '' ? name : `${where}.${name}`);
  switch (def.type) {
    case 'string':
      return isBareText(schema as z.ZodString) ? [where] : [];
    case 'object':
      return [
        ...Object.entries(def['shape'] as Record<string, z.ZodType>).flatMap(([name, inner]) =>
          bareIn(inner, at(name)),
        ),
        ...(def['catchall'] ? bareIn(def['catchall'] as z.ZodType, at('*')) : []),
      ];
    case 'array':
      return bareIn(def['element'] as z.ZodType, `${where}[]`);
    case 'record':
      return [
        ...bareIn(def['keyType'] as z.ZodType, at('{key}')),
        ...bareIn(def['valueType'] as z.ZodType, at('{value}')),
      ];
    case 'union':
      return (def['options'] as readonly z.ZodType[]).flatMap(option => bareIn(option, where));
    case 'pipe':
      return [...bareIn(def['in'] as z.ZodType, where), ...bareIn(def['out'] as z.ZodType, where)];
    case 'optional':
    case 'nullable':
    case 'default':
    case 'catch':
    case 'readonly':
    case 'prefault':
      return bareIn(def['innerType'] as z.ZodType, where);
    case 'number':
    case 'boolean':
    case 'enum':
    case 'literal':
    case 'null':
    case 'unknown':
    case 'transform':
    case 'custom':
      return [];
    default:
      throw new Error(`${where}: a schema of type ${def.type}; say here what it takes`);
  }
}
