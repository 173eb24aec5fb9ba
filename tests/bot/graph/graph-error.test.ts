import { describe, expect, test } from '@jest/globals';
import { GraphError } from '@microsoft/microsoft-graph-client';
import { hasMetAnother, isThereAlready, translate } from '../../../bot/graph/graph-error.ts';
import { CommunityError, type ErrorCode } from '../../../domain/errors.ts';

function translated(status: number, code: string, isPerson = false): CommunityError {
  const error = new GraphError(status, 'what Graph said');
  error.code = code;
  return translate(error, {
    method: 'patch',
    path: '/sites/one?secret=1',
    resent: false,
    isPerson,
  }) as CommunityError;
}

describe('what Graph said, by who can do something about it', () => {
  test.each<{ status: number; code: string; person?: boolean; ours: ErrorCode; reason: string }>([
    { status: 412, code: 'resourceModified', ours: 'version-conflict', reason: 'its ETag is old' },
    { status: 409, code: 'resourceModified', ours: 'version-conflict', reason: 'two saves met' },
    { status: 412, code: 'entityTagDoesNotMatch', ours: 'version-conflict', reason: 'OneDrive’s word for it' },
    { status: 409, code: 'entityTagDoesNotMatch', ours: 'version-conflict', reason: 'whatever the status' },
    { status: 409, code: 'nameAlreadyExists', ours: 'invalid', reason: 'a name that is taken is no conflict' },
    { status: 409, code: 'somethingNew', ours: 'invalid', reason: 'nobody knows that it was a save' },
    { status: 403, code: 'accessDenied', ours: 'not-granted', reason: 'the app may not: IT grants it' },
    { status: 403, code: 'Forbidden', ours: 'not-granted', reason: 'Teams’ word for it' },
    { status: 403, code: 'Authorization_RequestDenied', ours: 'not-granted', reason: 'the directory’s word for it' },
    { status: 403, code: 'accessDenied', person: true, ours: 'not-allowed', reason: 'the person may not' },
    { status: 423, code: 'resourceLocked', ours: 'site-locked', reason: 'a locked site' },
    { status: 423, code: 'accessDenied', ours: 'site-locked', reason: 'SharePoint’s code for a lock says less' },
    { status: 423, code: 'accessDenied', person: true, ours: 'site-locked', reason: 'for a person, too' },
    { status: 403, code: 'notAllowed', ours: 'site-locked', reason: 'access to the site is blocked' },
    { status: 507, code: 'quotaLimitReached', ours: 'site-full', reason: 'no room' },
    { status: 507, code: 'somethingNew', ours: 'site-full', reason: 'no room, in another word' },
    { status: 404, code: 'itemNotFound', ours: 'not-found', reason: 'nothing there' },
    { status: 401, code: 'InvalidAuthenticationToken', ours: 'unavailable', reason: 'the app gets a token anew' },
    { status: 401, code: 'InvalidAuthenticationToken', person: true, ours: 'sign-in-needed', reason: 'Teams does' },
    { status: 429, code: 'activityLimitReached', ours: 'throttled', reason: 'too much' },
    { status: 429, code: 'accessDenied', ours: 'throttled', reason: 'the status says to wait' },
    { status: 503, code: 'accessDenied', ours: 'unavailable', reason: 'a server that is ill passes' },
    { status: 400, code: 'invalidRequest', ours: 'invalid', reason: 'what was sent does not fit' },
    { status: 418, code: 'somethingNew', ours: 'unavailable', reason: 'nobody knows: it may pass' },
  ])('$status $code ($reason): $ours', ({ status, code, person, ours }) => {
    expect(translated(status, code, person).code).toBe(ours);
  });

  test('its sentence says what was called, and nothing of the query', () => {
    const { message, details } = translated(403, 'accessDenied');

    expect(message).toBe('Graph, PATCH /sites/one: 403 accessDenied: what Graph said');
    expect(details).toEqual({ status: 403, graph: 'accessDenied', said: 'what Graph said', resent: false });
  });
});

test.each([
  { status: 409, code: 'nameAlreadyExists', there: true, met: false },
  { status: 409, code: 'resourceModified', there: false, met: true },
  { status: 412, code: 'resourceModified', there: false, met: false },
  { status: 409, code: 'somethingNew', there: false, met: false },
])('$status $code: there already $there, met another save $met', ({ status, code, there, met }) => {
  const error = translated(status, code);

  expect([isThereAlready(error), hasMetAnother(error)]).toEqual([there, met]);
});
