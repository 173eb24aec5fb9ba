import { expect, test } from '@jest/globals';
import { consentAddress, readConsent, strayAnswer } from '../../../tabs/lib/consent.ts';

const config = {
  hostOrigins: [],
  version: '1.0.0',
  appId: 'app-1',
  teams: 'https://teams.microsoft.com',
  teamsAppId: null,
  authorizeUrl: 'https://login.example/t/oauth2/v2.0/authorize',
  scopes: ['api://app/access', 'offline_access'],
};

test('asks Microsoft for consent, and for an answer no server log sees', () => {
  const address = new URL(
    consentAddress({
      config,
      state: 's-1',
      origin: 'https://cop.example',
      claims: '{"c":1}',
      challenge: new Uint8Array([255, 254, 253]),
    }),
  );

  expect(address.origin + address.pathname).toBe('https://login.example/t/oauth2/v2.0/authorize');
  expect(Object.fromEntries(address.searchParams)).toEqual({
    client_id: 'app-1',
    response_type: 'code',
    response_mode: 'fragment',
    redirect_uri: 'https://cop.example/tabs/?frame=consent-end',
    scope: 'api://app/access offline_access',
    state: 's-1',
    code_challenge: '__79',
    code_challenge_method: 'S256',
    claims: '{"c":1}',
  });
});

test.each([
  { reason: 'agreed', search: '?frame=consent-end', hash: '#code=c&state=s-1', failed: null },
  { reason: 'agreed, told in the query', search: '?frame=consent-end&code=c&state=s-1', hash: '', failed: null },
  {
    reason: 'declined',
    search: '?frame=consent-end',
    hash: '#error=access_denied&error_description=No+thanks&state=s-1',
    failed: 'No thanks',
  },
  {
    reason: 'refused without words',
    search: '?frame=consent-end&error=server_error',
    hash: '',
    failed: 'server_error',
  },
  {
    reason: 'an answer to somebody else’s question',
    search: '',
    hash: '#code=c&state=s-2',
    failed: strayAnswer,
  },
  {
    reason: 'no answer at all',
    search: '?frame=consent-end',
    hash: '',
    failed: strayAnswer,
  },
])('reads how it went: $reason', ({ search, hash, failed }) => {
  expect(readConsent({ search, hash, expected: 's-1' })).toEqual({ failed });
});

test('an answer nobody asked for does not count', () => {
  expect(readConsent({ search: '', hash: '#code=c&state=null', expected: null })).toEqual({
    failed: strayAnswer,
  });
});
