import { describe, expect, test } from '@jest/globals';
import { api } from '../../../domain/api.ts';
import type { AnyEndpoint } from '../../../domain/endpoint.ts';
import { aboutOf, endpointRules, isFault, refusalOf, ruleOf } from '../../../domain/audit/rules.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { switchedEndpoints } from '../../../domain/switched-endpoints.ts';

const endpoints = Object.entries(api) as readonly (readonly [keyof typeof api, AnyEndpoint])[];

/** What changes something and is written down only when it is refused, each for its reason. */
const exceptions: Readonly<Record<string, string>> = {
  answerSurvey: 'never',
  previewDigest: 'refusal',
  // The file is read, shown, and kept nowhere.
  readReport: 'refusal',
  previewSurvey: 'refusal',
  exportPrivacy: 'refusal',
  // Whether somebody comes is theirs to say, and stands in the event.
  answerEvent: 'refusal',
  // So is whether they ask the same as somebody else.
  voiceQuestion: 'refusal',
  // It counts, and keeps nobody's name.
  useResource: 'refusal',
  seeCharter: 'refusal',
  saveMessagesToMe: 'refusal',
  seeTab: 'refusal',
  removeTab: 'refusal',
  // They look at how the app is.
  checkServer: 'refusal',
  checkCommunity: 'refusal',
};

describe('what is written down', () => {
  test.each(endpoints)('%s has a rule', (name, { method, file }) => {
    const leaves = method !== 'GET' || file === true || name.startsWith('export');

    expect(endpointRules[name].audited).toBe(exceptions[name] ?? (leaves ? 'act' : 'refusal'));
  });

  test('every file that leaves hangs on a switch, but for what is one’s own', () => {
    const files = endpoints
      .filter(([name, { file }]) => file === true || name.startsWith('export'))
      .map(([name]) => name);

    expect(files.filter(name => switchedEndpoints[name] !== 'exports')).toEqual(['exportPrivacy']);
  });

  test.each(['constructor', 'toString', '__proto__', 'plan.burn'])(
    '%s is an unknown act, and is written down only when it is refused',
    name => {
      expect(ruleOf(endpointRules, name)).toEqual({ act: 'unknown', audited: 'refusal' });
    },
  );
});

test.each<[unknown, string, string]>([
  [{ role: 'sponsor', person: 'a1b2-c3' }, 'role=sponsor person=a1b2-c3', 'ids'],
  [{ person: 'ann@example.org' }, '', 'an address says who somebody is'],
  [{ section: 'What Ann said' }, '', 'words are no id'],
  [{ note: 'short' }, '', 'no name of an id'],
  [{ role: ['sponsor'] }, '', 'no text'],
  [{ survey: 'x'.repeat(65) }, '', 'too long for an id'],
  ['role', '', 'nothing to look into'],
  [null, '', 'nothing'],
])('aboutOf(%j) is %j: %s', (values, expected, _why) => {
  expect(aboutOf(values)).toBe(expected);
});

test.each([
  [new CommunityError('not-allowed', ''), 'not-allowed', false],
  [new CommunityError('switched-off', ''), 'switched-off', false],
  [new CommunityError('invalid', ''), undefined, false],
  [new CommunityError('version-conflict', ''), undefined, false],
  [new CommunityError('unavailable', ''), undefined, true],
  [new TypeError('broken'), undefined, true],
])('%s refuses with %s, and is a fault: %s', (error, reason, fault) => {
  expect({ reason: refusalOf(error), fault: isFault(error) }).toEqual({ reason, fault });
});
