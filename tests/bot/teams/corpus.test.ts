import { describe, expect, test } from '@jest/globals';
import { TeamsActivity } from '../../../bot/teams/activity.ts';
import { placeOf } from '../../../bot/teams/place.ts';
import { typedText } from '../../../bot/teams/typed.ts';
import { publishedActivities } from '../../support/corpus.ts';

const samples = publishedActivities();

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
