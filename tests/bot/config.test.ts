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

    expect(config).toMatchObject({ port: 3978, host: '0.0.0.0', publicUrl: 'https://cop.example.org', databaseUrl: null, dataDir: '.data', botDoor: 'signed' });
  });

  test('names every fault at once', () => {
    const broken = { PORT: 'many', PUBLIC_URL: 'cop.example.org', DATABASE_URL: 'mysql://host/db', MICROSOFT_TENANT_ID: 'contoso' };

    expect(() => readConfig(broken)).toThrow(
      [
        'The environment does not fit:',
        '  PORT: Invalid input: expected number, received NaN',
        '  PUBLIC_URL: expected an address such as https://cop.example.org',
        '  MICROSOFT_TENANT_ID: expected a GUID such as 11111111-2222-3333-4444-555555555555',
        '  MICROSOFT_APP_ID: is missing',
        '  MICROSOFT_APP_PASSWORD: is missing',
        '  DATABASE_URL: expected an address such as postgres://user:password@host/database',
      ].join('\n'),
    );
  });

  test('an empty value counts as missing', () => {
    expect(() => readConfig({ ...environment, MICROSOFT_APP_PASSWORD: '' })).toThrow('MICROSOFT_APP_PASSWORD: is missing');
  });

  const playground = { ...environment, BOT_DOOR: 'open', HOST: '127.0.0.1', PUBLIC_URL: 'http://localhost:3978' };

  test('the playground’s open door is for this machine', () => {
    expect(readConfig(playground).botDoor).toBe('open');
  });

  test.each([
    { change: { HOST: '0.0.0.0' }, reason: 'HOST is 0.0.0.0' },
    { change: { PUBLIC_URL: 'https://cop.example.org' }, reason: 'PUBLIC_URL is a public address' },
    { change: { PUBLIC_URL: 'http://localhost.evil.example' }, reason: 'PUBLIC_URL is a public address' },
    { change: { DATABASE_URL: 'postgres://u:p@db/cop' }, reason: 'DATABASE_URL is set' },
    { change: { NODE_ENV: 'production' }, reason: 'NODE_ENV is production' },
  ])('an open door is refused when $reason', ({ change, reason }) => {
    expect(() => readConfig({ ...playground, ...change })).toThrow(reason);
  });

  test('everything is on, members set up, and who left is forgotten after 90 days, until an administrator says otherwise', () => {
    const chosen = { CALENDAR_LINKS: 'off', EXPORTS: 'off', ADD_TO_PLAN_FROM_MESSAGES: 'off', SET_UP_BY: 'owners', FORGET_AFTER_DAYS: '30' };

    expect(readConfig(environment)).toMatchObject({ switches: { calendarLinks: true, exports: true, addToPlanFromMessages: true }, setUpBy: 'members', forgetAfterDays: 90 });
    expect(readConfig({ ...environment, ...chosen })).toMatchObject({ switches: { calendarLinks: false, exports: false, addToPlanFromMessages: false }, setUpBy: 'owners', forgetAfterDays: 30 });
  });

  test.each<[Record<string, string>, string, string]>([
    [{ EXPORTS: 'no' }, 'EXPORTS', 'a switch is on or off'],
    [{ SET_UP_BY: 'anybody' }, 'SET_UP_BY', 'nobody of that name'],
    [{ SET_UP_BY: 'administrators' }, 'SET_UP_BY: is administrators, so ADMINISTRATORS must name somebody', 'nobody could set a community up'],
    [{ FORGET_AFTER_DAYS: '0' }, 'FORGET_AFTER_DAYS', 'not the day itself: somebody may come back'],
  ])('%j is refused: %s (%s)', (change, says) => {
    expect(() => readConfig({ ...environment, ...change })).toThrow(says);
  });
});
