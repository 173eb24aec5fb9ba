import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { TeamsActivity } from '../../../bot/teams/activity.ts';
import { placeOf } from '../../../bot/teams/place.ts';
import { typedText } from '../../../bot/teams/typed.ts';

/** Bodies in the shapes that Microsoft and those who listened to Teams have published, and how they are to be read. */
const Sample = z.strictObject({
  id: z.string(),
  what: z.string(),
  source: z.url({ protocol: /^https$/ }),
  body: z.record(z.string(), z.unknown()),
  reads: z.strictObject({
    place: z.looseObject({ kind: z.enum(['team', 'channel', 'personal', 'chat']) }),
    words: z.string().optional(),
    who: z.null().optional(),
    joined: z.array(z.string().nullable()).optional(),
    left: z.array(z.string().nullable()).optional(),
  }),
});

const folder = new URL('../../corpus/activities/', import.meta.url);
const samples = readdirSync(folder).flatMap(file =>
  z.array(Sample).parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
);

const withoutAbsent = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
const isPerson = ({ id }: { readonly id: string }) => !id.startsWith('28:');

test('there are enough of them, each another one', () => {
  expect(samples.length).toBeGreaterThanOrEqual(80);
  expect(new Set(samples.map(({ id }) => id)).size).toBe(samples.length);
});

describe('a published body', () => {
  test.each(samples.map(sample => [sample.id, sample.what, sample] as const))('%s: %s', (_id, _what, sample) => {
    const { body, reads } = sample;

    const activity = TeamsActivity.parse(body);

    expect(withoutAbsent(placeOf(activity))).toEqual(reads.place);
    if (activity.type === 'message') expect(typedText(activity)).toBe(reads.words);
    if (reads.who === null) expect(activity.from.aadObjectId).toBeUndefined();
    for (const [key, expected] of [
      ['membersAdded', reads.joined],
      ['membersRemoved', reads.left],
    ] as const)
      if (expected)
        expect((activity[key] ?? []).filter(isPerson).map(({ aadObjectId = null }) => aadObjectId)).toEqual(expected);
  });

  test.each(samples.map(sample => [sample.id, sample] as const))(
    '%s is read the same with null for what is absent',
    (_id, { body }) => {
      const nulls = {
        name: null,
        text: null,
        locale: null,
        replyToId: null,
        entities: null,
        attachments: null,
        action: null,
      };

      expect(TeamsActivity.parse({ ...nulls, ...body })).toEqual(TeamsActivity.parse(body));
    },
  );
});
