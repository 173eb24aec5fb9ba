import { describe, expect, test } from '@jest/globals';
import { PermanentError, RetryableError } from '../../../bot/messages/delivery-errors.ts';
import { deliveryErrorOf, isAddressDoubtful } from '../../../bot/teams/connector-errors.ts';

interface Answered {
  readonly status?: number;
  readonly body?: unknown;
  readonly retryAfter?: string;
  readonly code?: string;
  readonly name?: string;
  readonly errorCode?: string;
}

/** What Microsoft's client throws. */
function failure({ status, body, retryAfter, code, errorCode, name = 'RestError' }: Answered): Error {
  const response = {
    bodyAsText: body === undefined ? '' : JSON.stringify(body),
    headers: { get: (header: string) => (header === 'retry-after' ? retryAfter : undefined) },
  };
  return Object.assign(new Error('what Teams said about somebody'), {
    name,
    code,
    errorCode,
    ...(status === undefined ? {} : { statusCode: status, response }),
  });
}
const error = (code: string): object => ({ error: { code, message: 'words that may name somebody' } });
const blocked = {
  errorCode: 209,
  message: '{\r\n  "subCode": "MessageWritesBlocked",\r\n  "details": "Thread is blocked for message writes."\r\n}',
};

describe('a refusal', () => {
  test.each<[string, Answered, 'person' | 'channel', { reason: string; detail: string }]>([
    [
      'blocked by the person, in Teams’ odd shape',
      { status: 403, body: blocked },
      'person',
      { reason: 'blocked', detail: '403 MessageWritesBlocked' },
    ],
    [
      'blocked by the person, as the table of status codes has it',
      { status: 403, body: error('ConversationBlockedByUser') },
      'person',
      { reason: 'blocked', detail: '403 ConversationBlockedByUser' },
    ],
    [
      'no person of a team with the app',
      { status: 403, body: error('BotNotInConversationRoster') },
      'person',
      { reason: 'not-in-roster', detail: '403 BotNotInConversationRoster' },
    ],
    [
      'no team with the app',
      { status: 403, body: error('BotNotInConversationRoster') },
      'channel',
      { reason: 'app-removed', detail: '403 BotNotInConversationRoster' },
    ],
    [
      'switched off by an administrator',
      { status: 403, body: error('BotDisabledByAdmin') },
      'person',
      { reason: 'app-removed', detail: '403 BotDisabledByAdmin' },
    ],
    [
      'not installed',
      { status: 403, body: error('ForbiddenOperationException') },
      'person',
      { reason: 'app-removed', detail: '403 ForbiddenOperationException' },
    ],
    [
      'forbidden in a way nobody foresaw',
      { status: 403, body: error('SomethingNew') },
      'person',
      { reason: 'unknown', detail: '403 SomethingNew' },
    ],
    [
      'nobody of this team',
      { status: 404, body: error('MemberNotFoundInConversation') },
      'channel',
      { reason: 'not-in-roster', detail: '404 MemberNotFoundInConversation' },
    ],
    [
      'no such team',
      { status: 404, body: error('TeamNotFound') },
      'channel',
      { reason: 'team-gone', detail: '404 TeamNotFound' },
    ],
    [
      'no such chat',
      { status: 404, body: error('ConversationNotFound') },
      'person',
      { reason: 'conversation-gone', detail: '404 ConversationNotFound' },
    ],
    [
      'too large',
      { status: 413, body: error('MessageSizeTooBig') },
      'person',
      { reason: 'too-large', detail: '413 MessageSizeTooBig' },
    ],
    [
      'the message is wrong',
      { status: 400, body: error('BadArgument') },
      'person',
      { reason: 'not-understood', detail: '400 BadArgument' },
    ],
    ['an answer without a body', { status: 405 }, 'person', { reason: 'unknown', detail: '405' }],
  ])('%s', (_what, answered, to, expected) => {
    const meaning = deliveryErrorOf(failure(answered), to);

    expect(meaning).toBeInstanceOf(PermanentError);
    expect({ reason: meaning.reason, detail: meaning.message }).toEqual(expected);
  });
});

describe('a failure that passes', () => {
  const inDoubt = { reason: 'unavailable', uncertain: true, retryAfter: null };
  const notTaken = { reason: 'unavailable', uncertain: false, retryAfter: null };

  test.each<[string, Answered, { reason: string; uncertain: boolean; retryAfter: number | null }]>([
    [
      'too many',
      { status: 429, body: error('Throttled'), retryAfter: '7' },
      { reason: 'throttled', uncertain: false, retryAfter: 7000 },
    ],
    ['too many, without a time', { status: 429 }, { reason: 'throttled', uncertain: false, retryAfter: null }],
    [
      'too many, until a moment that is over',
      { status: 429, retryAfter: 'Sun, 22 Nov 2020 09:00:00 GMT' },
      { reason: 'throttled', uncertain: false, retryAfter: 0 },
    ],
    [
      'Teams does not know the app',
      { status: 401, body: error('BotNotRegistered') },
      { reason: 'not-authorised', uncertain: false, retryAfter: null },
    ],
    [
      'Entra does not know the app’s secret',
      { name: 'ServerError', errorCode: 'invalid_client' },
      { reason: 'not-authorised', uncertain: false, retryAfter: null },
    ],
    ['two at once: not begun', { status: 412 }, notTaken],
    ['busy: not begun', { status: 503, retryAfter: '1' }, { ...notTaken, retryAfter: 1000 }],
    ['failed inside: who knows', { status: 500 }, inDoubt],
    ['a gateway without an answer: who knows', { status: 502 }, inDoubt],
    ['a gateway that waited in vain: who knows', { status: 504 }, inDoubt],
    ['taken, but the answer was cut short', { status: 201, code: 'PARSE_ERROR' }, inDoubt],
    ['a line that broke', { code: 'ECONNRESET' }, inDoubt],
    ['no answer in time', { name: 'AbortError' }, inDoubt],
    ['nobody there', { code: 'ECONNREFUSED' }, notTaken],
    ['no such host', { code: 'ENOTFOUND' }, notTaken],
    ['a certificate that has run out', { code: 'CERT_HAS_EXPIRED' }, notTaken],
    ['no token from Entra', { name: 'ServerError', code: 'invalid_client' }, notTaken],
  ])('%s', (_what, answered, expected) => {
    const meaning = deliveryErrorOf(failure(answered), 'person');

    expect(meaning).toBeInstanceOf(RetryableError);
    const { reason, uncertain, retryAfter } = meaning as RetryableError;
    expect({ reason, uncertain, retryAfter }).toEqual(expected);
  });
});

test('what is kept for the administrator holds no words of Teams', () => {
  const details = [
    { status: 403, body: blocked },
    { status: 500, body: error('ServiceError') },
    { code: 'ECONNRESET' },
  ].map(answered => deliveryErrorOf(failure(answered), 'person').message);

  expect(details).toEqual(['403 MessageWritesBlocked', '500 ServiceError', 'no answer ECONNRESET']);
});

describe('whether a call belongs to another address', () => {
  const region = (message: string) => ({ error: { code: 'BadArgument', message } });

  test.each<[string, Answered, 'no' | 'perhaps' | 'surely']>([
    ['another region', { status: 403, body: region('User is from different region') }, 'surely'],
    [
      'another geography',
      { status: 400, body: region('Incoming request was redirected to the wrong geo! Current geo: EMEA') },
      'surely',
    ],
    ['nobody listens there', { code: 'ECONNREFUSED' }, 'surely'],
    ['a conversation unknown there', { status: 404, body: error('ConversationNotFound') }, 'perhaps'],
    ['a roster without us', { status: 403, body: error('BotNotInConversationRoster') }, 'perhaps'],
    ['a 404 without words', { status: 404 }, 'perhaps'],
    ['a card that was deleted', { status: 404, body: error('ActivityNotFoundInConversation') }, 'no'],
    ['a person the team does not have', { status: 404, body: error('MemberNotFoundInConversation') }, 'no'],
    ['blocked by the person', { status: 403, body: blocked }, 'no'],
    ['switched off by an administrator', { status: 403, body: error('BotDisabledByAdmin') }, 'no'],
    ['a message that is wrong', { status: 400, body: error('BadSyntax') }, 'no'],
    ['too many', { status: 429 }, 'no'],
    ['a line that broke, perhaps after the message was taken', { code: 'ECONNRESET' }, 'no'],
    ['no token from Entra', { name: 'ServerError', errorCode: 'invalid_client' }, 'no'],
  ])('%s', (_what, answered, expected) => {
    expect(isAddressDoubtful(failure(answered))).toBe(expected);
  });

  test('nothing is lost where no right address is known', () => {
    const given = deliveryErrorOf(failure({ status: 403, body: region('User is from different region') }), 'person');

    expect(given).toBeInstanceOf(RetryableError);
    expect(given).toMatchObject({ reason: 'unavailable', uncertain: false, message: '403 BadArgument' });
  });
});
