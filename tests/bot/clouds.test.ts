import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clouds, takesAnswers, type CloudName } from '../../bot/clouds.ts';

describe('takesAnswers', () => {
  test.each<{ cloud: CloudName; url: string }>([
    { cloud: 'public', url: 'https://smba.trafficmanager.net/emea/' },
    { cloud: 'public', url: 'https://smba.trafficmanager.net/uk/6f2d8a34-5b7e-4c19-9a3d-0e8f5c1b7a26/' },
    { cloud: 'public', url: 'https://SMBA.trafficmanager.net:443/teams' },
    { cloud: 'gcc', url: 'https://smba.infra.gcc.teams.microsoft.com/gcc' },
    { cloud: 'gcc-high', url: 'https://smba.infra.gov.teams.microsoft.us/gcch' },
    { cloud: 'dod', url: 'https://smba.infra.dod.teams.microsoft.us/dod' },
    { cloud: 'china', url: 'https://frontend.botapi.msg.infra.teams.microsoftonline.cn/teams' },
  ])('$cloud: $url', ({ cloud, url }) => {
    expect(takesAnswers(clouds[cloud], null, url)).toBe(true);
  });

  test.each([
    { url: 'http://smba.trafficmanager.net/emea/', reason: 'without TLS' },
    { url: 'https://evil.trafficmanager.net/', reason: 'anybody’s name beside it' },
    { url: 'https://smba.trafficmanager.net.evil.example/', reason: 'a longer name' },
    { url: 'https://smba.trafficmanager.net@evil.example/', reason: 'a name in front of another' },
    { url: 'https://user@smba.trafficmanager.net/', reason: 'with a name to sign in' },
    { url: 'https://smba.trafficmanager.net:8443/', reason: 'another port' },
    { url: 'https://smba.trafficmanager.net./', reason: 'a dot at the end' },
    { url: 'https://smba.infra.gov.teams.microsoft.us/', reason: 'another cloud' },
    { url: 'http://127.0.0.1:4365/', reason: 'this machine' },
    { url: 'http://169.254.169.254/', reason: 'the cloud’s own inside' },
    { url: 'nonsense', reason: 'no address' },
  ])('not $reason', ({ url }) => {
    expect(takesAnswers(clouds.public, null, url)).toBe(false);
  });

  test('a connector on this machine, where one was named, and nothing beside it', () => {
    const answers = [
      'http://localhost:4365/connector/',
      'http://localhost:4366/',
      'http://localhost.evil.example:4365/',
    ].map(url => takesAnswers(clouds.public, 'http://localhost:4365', url));

    expect(answers).toEqual([true, false, false]);
  });
});

test.each(Object.entries(clouds))('%s: every address is one of https, and none is another cloud’s', (name, cloud) => {
  const suffix = { public: 'com', gcc: 'com', 'gcc-high': 'us', dod: 'us', china: 'cn' }[name as CloudName];

  for (const address of [cloud.login, cloud.graph, cloud.bots, cloud.botDescription, cloud.teams]) {
    expect(new URL(address)).toMatchObject({
      protocol: 'https:',
      hostname: expect.stringMatching(new RegExp(`\\.${suffix}$`)),
    });
  }
  expect(cloud.frames.split(' ').every(frame => frame.startsWith('https://'))).toBe(true);
});

test('no other file names a host of Microsoft’s: each follows from the cloud', () => {
  const root = join(import.meta.dirname, '../..');
  const files = ['bot', 'tabs', 'domain'].flatMap(folder =>
    globSync('**/*.{ts,tsx}', { cwd: join(root, folder) }).map(file => join(folder, file)),
  );

  const naming = files.filter(file => {
    const text = readFileSync(join(root, file), 'utf8');
    // Teams JS has this one address inside, whatever the cloud.
    const code = text.replaceAll('https://res.cdn.office.net', '').replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
    return /https?:\/\/[\w.*-]*(microsoft|botframework|office|sharepoint|windows|trafficmanager)[\w.-]*/.test(code);
  });

  expect(files.length).toBeGreaterThan(300);
  expect(naming).toEqual([join('bot', 'clouds.ts')]);
});
