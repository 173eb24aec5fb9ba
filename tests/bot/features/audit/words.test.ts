import { expect, test } from '@jest/globals';
import { createFeatures, type FeatureParts } from '../../../../bot/features/index.ts';
import en from '../../../../bot/features/audit/text.en.json' with { type: 'json' };
import { auditDoors, auditOutcomes, auditReasons } from '../../../../domain/audit/audit.ts';
import { allActs, commandRules, messageRules, pressRules } from '../../../../domain/audit/rules.ts';
import { translateFor } from '../../../support/feature-parts.ts';

// What they are made of is used when they are, and not before.
const features = createFeatures({ links: {}, switches: {} } as FeatureParts);
const t = translateFor({ name: 'audit', text: { en } });
const named = (of: 'actions' | 'messageActions') =>
  features.flatMap(feature => Object.keys(feature[of] ?? {}).map(name => `${feature.name}.${name}`)).toSorted();

test('every button, word and menu has a rule of its own, and no rule is left over', () => {
  expect(Object.keys(pressRules).toSorted()).toEqual(named('actions'));
  expect(Object.keys(messageRules).toSorted()).toEqual(named('messageActions'));
  expect(Object.keys(commandRules).toSorted()).toEqual(
    features.flatMap(feature => (feature.commands ?? []).map(({ name }) => name)).toSorted(),
  );
});

test.each([
  ...allActs().map(act => `act.${act}`),
  ...auditOutcomes.map(outcome => `outcome.${outcome}`),
  ...auditReasons.map(reason => `reason.${reason}`),
  ...auditDoors.map(door => `door.${door}`),
])('there are words for %s', key => {
  expect(t(key)).not.toBe(key);
});
