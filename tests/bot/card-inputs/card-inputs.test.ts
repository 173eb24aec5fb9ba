import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Card } from '../../../bot/cards.ts';
import type { CardReply, Feature } from '../../../bot/feature.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { samplesOf } from '../../support/cards.ts';
import { allFeatures } from '../../support/declared.ts';
import { anonymousSurvey, scenes, type Shown } from './scenes.ts';

/**
 * What a card's inputs come back with. Teams on a phone sends some as `null`, in forms of its own, or not at all
 * (microsoft/AdaptiveCards issues 9330 and 4730, MicrosoftDocs/msteams-docs issue 4512).
 */
interface Input {
  readonly id: string;
  readonly type: string;
  readonly value: string;
}

/** A button, the schema its data goes through, and the inputs that come back with it. */
interface Button {
  readonly verb: string;
  readonly schema: z.ZodType;
  readonly data: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Input[];
}

/** Every button of every template, as its sample shows it. */
const buttons = allFeatures().flatMap(feature => cardsOf(feature.name).flatMap(card => buttonsOf(feature, card)));
const withInputs = buttons.filter(({ inputs }) => inputs.length > 0);

/** What phones make of something entered, by kind of input, and what a keyboard or a paste leaves in it. */
const oddities: readonly string[] = [
  '',
  ' ',
  '2026-12-01T00:00:00Z',
  '2026-12-01T00:00:00.000+01:00',
  '9:00 AM',
  '9:00\u202fPM',
  '09:00:00',
  'true',
  'false',
  '5',
  '1.0',
  'a,b',
  'half \ud83d',
  'a\u0000b',
  '\u0000',
];

test('every button that inputs come back with has a scene', () => {
  expect([...new Set(withInputs.map(({ verb }) => verb))].toSorted()).toEqual(Object.keys(scenes).toSorted());
});

describe('no fresh card is refused as an old one', () => {
  test.each(withInputs.map(button => [button.verb, button] as const))('%s', (_verb, { schema, data, inputs }) => {
    const shown = Object.fromEntries(inputs.map(({ id, value }) => [id, value]));
    const changes = inputs.flatMap(({ id }) => [undefined, null, ...oddities].map(value => ({ [id]: value })));

    const refused = [...changes, ...nothingOf(inputs)].filter(
      change => !schema.safeParse({ ...data, ...shown, ...change }).success,
    );

    expect(refused).toEqual([]);
  });

  test.each(buttons.map(button => [button.verb, button] as const))(
    '%s, when a phone sends its numbers and switches as text',
    (_verb, { schema, data }) => {
      const asText = Object.entries(data).map(([name, value]) => [
        name,
        typeof value === 'number' || typeof value === 'boolean' ? String(value) : value,
      ]);

      expect(schema.safeParse(Object.fromEntries(asText)).error?.issues ?? []).toEqual([]);
    },
  );
});

const all = { ...scenes, 'surveys.answer, anonymous': anonymousSurvey };

/** What a dialog adds is new: nothing was kept that could be lost. */
const adding = ['agenda.keep', 'library.add', 'plan.add'];

describe.each(Object.entries(all).filter(([verb]) => !adding.includes(verb)))('%s', (_verb, scene) => {
  test('changes nothing about what did not come back, nor about what came back as null', async () => {
    const { card } = await scene();
    const { inputs } = fieldsOf(card);
    const losses = [...inputs.flatMap(({ id }) => [{ [id]: undefined }, { [id]: null }]), ...nothingOf(inputs)];

    for (const loss of losses) {
      const now = await scene();
      const before = await valuesOf(now);

      const outcome = await outcomeOf(now.send({ ...asShown(now.card), ...loss }));

      expect([loss, outcome, await valuesOf(now)]).toEqual([loss, 'answered', before]);
    }
  });

  test('takes a day and a time in every form', async () => {
    const { card } = await scene();
    for (const { id, type, value } of fieldsOf(card).inputs)
      for (const form of formsOf(type, value)) {
        const now = await scene();
        const before = await valuesOf(now);

        const outcome = await outcomeOf(now.send({ ...asShown(now.card), [id]: form }));

        expect([id, form, outcome, await valuesOf(now)]).toEqual([id, form, 'answered', before]);
      }
  });
});

test.each(Object.entries(all))(
  '%s answers whatever a phone makes of an input, and keeps nothing harmful',
  async (_verb, scene) => {
    const { card } = await scene();
    for (const { id } of fieldsOf(card).inputs)
      for (const oddity of oddities) {
        const now = await scene();

        const outcome = await outcomeOf(now.send({ ...asShown(now.card), [id]: oddity }));

        const kept = JSON.stringify(await now.kept());
        expect([id, oddity, outcome, /\\u0000|\\ud83d/.test(kept)]).toEqual([
          id,
          oddity,
          expect.stringMatching(/^(answered|invalid)$/),
          false,
        ]);
      }
  },
);

function cardsOf(feature: string): readonly Card[] {
  const folder = join(import.meta.dirname, '../../../bot/features', feature, 'cards');
  return existsSync(folder) && readdirSync(folder).length > 0 ? samplesOf(feature).map(({ card }) => card) : [];
}

function buttonsOf(feature: Feature, card: Card): readonly Button[] {
  // A feature has one dialog at most, whose button is the only one of its kind.
  const [dialog] = Object.entries(feature.messageActions ?? {});
  return objectsIn(card).flatMap(button => {
    const schema =
      button['type'] === 'Action.Execute'
        ? feature.actions?.[String(button['verb']).replace(`${feature.name}.`, '')]?.data
        : button['type'] === 'Action.Submit'
          ? dialog?.[1].data
          : undefined;
    // Buttons of what features share stand on cards of theirs too, and samples with a verb that is left empty.
    if (!schema) return [];
    const verb = button['type'] === 'Action.Submit' ? `${feature.name}.${dialog?.[0]}` : String(button['verb']);
    const { inputs } = button['associatedInputs'] === 'none' ? { inputs: [] } : fieldsOf(card);
    return [{ verb, schema, data: button['data'] as Button['data'], inputs }];
  });
}

function fieldsOf(card: Card): { readonly inputs: readonly Input[] } {
  const inputs = objectsIn(card).filter(one => String(one['type']).startsWith('Input.'));
  return {
    inputs: inputs.map(one => ({
      id: String(one['id']),
      type: String(one['type']),
      value: String(one['value'] ?? ''),
    })),
  };
}

/** What comes back when somebody changes nothing: the data of the button, and the inputs as they stand. */
function asShown(card: Card): object {
  const { inputs } = fieldsOf(card);
  const button = objectsIn(card).find(
    one => ['Action.Execute', 'Action.Submit'].includes(String(one['type'])) && one['associatedInputs'] !== 'none',
  );
  return { ...(button?.['data'] as object), ...Object.fromEntries(inputs.map(({ id, value }) => [id, value])) };
}

function nothingOf(inputs: readonly Input[]): readonly object[] {
  return [undefined, null].map(value => Object.fromEntries(inputs.map(({ id }) => [id, value])));
}

function formsOf(type: string, value: string): readonly string[] {
  if (type === 'Input.Date') return [`${value}T00:00:00Z`, `${value}T00:00:00.000Z`, `${value} 00:00:00`];
  if (type === 'Input.Time') return [`${value}:00`, '9:00 AM', '9:00', '9:00:00\u202fAM', `2026-12-01T${value}:00Z`];
  return [];
}

async function valuesOf({ kept }: Shown): Promise<unknown> {
  const rows = (await kept()) as readonly { readonly value?: unknown }[];
  return Array.isArray(rows) ? rows.map(row => row.value ?? row) : rows;
}

/** `answered`, or the code of what a person is told instead. */
async function outcomeOf(sent: Promise<CardReply>): Promise<string> {
  try {
    await sent;
    return 'answered';
  } catch (error) {
    if (error instanceof CommunityError) return error.code;
    throw error;
  }
}

function objectsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(objectsIn)];
}
