import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../../bot/config.ts';

const environment = {
  PUBLIC_URL: 'https://cop.example.org/',
  MICROSOFT_TENANT_ID: '6f2d8a34-5b7e-4c19-9a3d-0e8f5c1b7a26',
  MICROSOFT_APP_ID: 'c3a1f0de-8b52-4f6e-9d17-2a4b6c8e0f13',
  MICROSOFT_APP_PASSWORD: 'secret',
};

describe('readConfig', () => {
  test('needs four values and fills in the rest', () => {
    const config = readConfig(environment);

    expect(config).toMatchObject({
      port: 3978,
      host: '0.0.0.0',
      publicUrl: 'https://cop.example.org',
      databaseUrl: null,
      dataDir: '.data',
      keysDir: '.data/keys',
      botAuth: 'signed',
    });
  });

  test('names every fault at once', () => {
    const broken = {
      PORT: 'many',
      PUBLIC_URL: 'cop.example.org',
      DATABASE_URL: 'mysql://host/db',
      MICROSOFT_TENANT_ID: 'contoso',
    };

    expect(() => readConfig(broken)).toThrow(
      [
        'The environment does not fit:',
        '  PORT: Invalid input: expected number, received NaN',
        '  PUBLIC_URL: expected an address such as https://cop.example.org',
        '  MICROSOFT_TENANT_ID: expected a GUID such as 11111111-2222-3333-4444-555555555555',
        '  MICROSOFT_APP_ID: is missing',
        '  DATABASE_URL: expected an address such as postgres://user:password@host/database',
      ].join('\n'),
    );
  });

  test('an empty value counts as missing', () => {
    expect(() => readConfig({ ...environment, MICROSOFT_APP_ID: '' })).toThrow('MICROSOFT_APP_ID: is missing');
  });

  const identity = '0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9';
  test.each([
    [{ MICROSOFT_APP_PASSWORD: 'secret' }, { kind: 'secret', secret: 'secret' }],
    [{ MICROSOFT_APP_CERTIFICATE: '/run/app.pem' }, { kind: 'certificate', file: '/run/app.pem' }],
    [{ MICROSOFT_APP_IDENTITY: identity.toUpperCase() }, { kind: 'identity', clientId: identity }],
  ])('a secret, a certificate or a managed identity: %j', (given, credential) => {
    expect(readConfig({ ...environment, MICROSOFT_APP_PASSWORD: '', ...given }).credential).toEqual(credential);
  });

  test.each([
    [{ MICROSOFT_APP_PASSWORD: '' }],
    [{ MICROSOFT_APP_CERTIFICATE: '/run/app.pem' }],
    [{ MICROSOFT_APP_IDENTITY: identity }],
  ])('none, or two of them, is refused: %j', more => {
    expect(() => readConfig({ ...environment, ...more })).toThrow('exactly one of them must be set');
  });

  test('a token instead of the password of PostgreSQL needs an account without one', () => {
    const url = 'postgres://cop@db.postgres.database.azure.com/cop';
    expect(readConfig({ ...environment, DATABASE_URL: url }).databaseIdentity).toBeNull();
    expect(readConfig({ ...environment, DATABASE_URL: url, DATABASE_IDENTITY: identity })).toMatchObject({
      databaseUrl: url,
      databaseIdentity: identity,
    });

    for (const wrong of [{}, { DATABASE_URL: url.replace('cop@', 'cop:secret@') }])
      expect(() => readConfig({ ...environment, ...wrong, DATABASE_IDENTITY: identity })).toThrow(
        'DATABASE_IDENTITY: is for a PostgreSQL whose address in DATABASE_URL names an account and no password',
      );
  });

  const playground = { ...environment, BOT_AUTH: 'open', HOST: '127.0.0.1', PUBLIC_URL: 'http://localhost:3978' };

  test('the playground, without tokens, is for this machine', () => {
    expect(readConfig(playground).botAuth).toBe('open');
  });

  test('an earlier name of a variable works, is told of, and gives way to the present one', () => {
    const { BOT_AUTH: open, ...others } = playground;
    const earlier = readConfig({ ...others, BOT_DOOR: open });
    const both = readConfig({ ...others, BOT_DOOR: open, BOT_AUTH: 'signed' });

    expect([earlier.botAuth, earlier.renamed]).toEqual(['open', [{ earlier: 'BOT_DOOR', name: 'BOT_AUTH' }]]);
    expect(both.botAuth).toBe('signed');
    expect(readConfig(playground).renamed).toEqual([]);
  });

  test.each([
    { change: { HOST: '0.0.0.0' }, reason: 'HOST is 0.0.0.0' },
    { change: { PUBLIC_URL: 'https://cop.example.org' }, reason: 'PUBLIC_URL is a public address' },
    { change: { PUBLIC_URL: 'http://localhost.evil.example' }, reason: 'plain http is for this machine only' },
    { change: { DATABASE_URL: 'postgres://u:p@db/cop' }, reason: 'DATABASE_URL is set' },
    { change: { NODE_ENV: 'production' }, reason: 'NODE_ENV is production' },
  ])('without tokens is refused when $reason', ({ change, reason }) => {
    expect(() => readConfig({ ...playground, ...change })).toThrow(reason);
  });

  test.each([
    { url: 'http://cop.example.org', reason: 'plain http' },
    { url: 'http://localhost.evil.example', reason: 'a name that only begins like this machine' },
    { url: 'http://127.0.0.1@evil.example', reason: 'a name behind an address of this machine' },
    { url: 'ftp://cop.example.org', reason: 'another protocol' },
  ])('PUBLIC_URL is not $reason', ({ url }) => {
    expect(() => readConfig({ ...environment, PUBLIC_URL: url })).toThrow('PUBLIC_URL: expected');
  });

  test('plain http is for this machine', () => {
    expect(readConfig({ ...environment, PUBLIC_URL: 'http://[::1]:3978' }).publicUrl).toBe('http://[::1]:3978');
  });

  test('Microsoft’s addresses follow from the cloud', () => {
    const { cloud, loginUrl, botOpenIdMetadata, frameAncestors, localServiceUrl } = readConfig({
      ...environment,
      CLOUD: 'gcc-high',
    });

    expect({ graph: cloud.graph, loginUrl, botOpenIdMetadata, localServiceUrl }).toEqual({
      graph: 'https://graph.microsoft.us',
      loginUrl: 'https://login.microsoftonline.us',
      botOpenIdMetadata: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
      localServiceUrl: null,
    });
    expect(frameAncestors).toContain('https://gov.teams.microsoft.us');
  });

  test.each(['LOGIN_URL', 'BOT_OPENID_METADATA', 'SERVICE_URL'])(
    '%s cannot lead away from Microsoft, but to this machine',
    name => {
      expect(() => readConfig({ ...environment, [name]: 'https://login.evil.example' })).toThrow(
        `${name}: expected an address on this machine`,
      );
      expect(() => readConfig({ ...environment, [name]: 'http://localhost:4365' })).not.toThrow();
    },
  );

  test('an unknown cloud and proxies that are no addresses are named', () => {
    expect(() => readConfig({ ...environment, CLOUD: 'mars', TRUST_PROXY: 'the-proxy' })).toThrow(
      /CLOUD: .*\n {2}TRUST_PROXY: expected addresses or networks/,
    );
    expect(readConfig({ ...environment, TRUST_PROXY: '10.0.0.0/8, loopback' }).trustProxy).toEqual([
      '10.0.0.0/8',
      'loopback',
    ]);
  });

  test('ids are compared in small letters, as Entra writes them', () => {
    expect(
      readConfig({ ...environment, MICROSOFT_TENANT_ID: environment.MICROSOFT_TENANT_ID.toUpperCase() }).tenantId,
    ).toBe(environment.MICROSOFT_TENANT_ID);
  });

  test('everything is on, members set up, and who left is forgotten after 90 days, until an administrator says otherwise', () => {
    const chosen = {
      CALENDAR_LINKS: 'off',
      EXPORTS: 'off',
      ADD_TO_PLAN_FROM_MESSAGES: 'off',
      SET_UP_BY: 'owners',
      FORGET_AFTER_DAYS: '30',
    };

    expect(readConfig(environment)).toMatchObject({
      switches: { calendarLinks: true, exports: true, addToPlanFromMessages: true },
      setUpBy: 'members',
      forgetAfterDays: 90,
    });
    expect(readConfig({ ...environment, ...chosen })).toMatchObject({
      switches: { calendarLinks: false, exports: false, addToPlanFromMessages: false },
      setUpBy: 'owners',
      forgetAfterDays: 30,
    });
  });

  test.each<[Record<string, string>, string, string]>([
    [{ EXPORTS: 'no' }, 'EXPORTS', 'a switch is on or off'],
    [{ SET_UP_BY: 'anybody' }, 'SET_UP_BY', 'nobody of that name'],
    [
      { SET_UP_BY: 'administrators' },
      'SET_UP_BY: is administrators, so ADMINISTRATORS must name somebody',
      'nobody could set a community up',
    ],
    [{ FORGET_AFTER_DAYS: '0' }, 'FORGET_AFTER_DAYS', 'not the day itself: somebody may come back'],
  ])('%j is refused: %s (%s)', (change, says) => {
    expect(() => readConfig({ ...environment, ...change })).toThrow(says);
  });
});
