import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { buildAppPackage } from '../../infra/package/package-app.ts';

const root = join(import.meta.dirname, '../..');
const appId = '11111111-2222-3333-4444-555555555555';
const environment = {
  PUBLIC_URL: 'https://cop.example.org',
  MICROSOFT_APP_ID: appId,
  DEVELOPER_NAME: 'Example Hospital',
  WEBSITE_URL: 'https://www.example.org/cop',
  PRIVACY_URL: 'https://www.example.org/privacy',
  TERMS_URL: 'https://www.example.org/terms',
};
const build = (more: Record<string, string | undefined> = {}, folder?: string) =>
  buildAppPackage({ environment: { ...environment, ...more }, version: '1.2.3', ...(folder && { folder }) });

/** What building complains about, or undefined when it does not. */
function complaint(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the app package', () => {
  test('is a zip of the manifest, its German and its two icons, as they are in the repository', () => {
    const files = unzipSync(build().zip);

    expect(Object.keys(files).sort()).toEqual(['color.png', 'language.de.json', 'manifest.json', 'outline.png']);
    expect(strFromU8(files['language.de.json']!)).not.toContain('${{');
    for (const icon of ['color.png', 'outline.png']) {
      expect(Buffer.from(files[icon]!).equals(readFileSync(join(root, 'appPackage', icon)))).toBe(true);
    }
  });

  test('says where the app is and who it is', () => {
    const manifest = JSON.parse(strFromU8(unzipSync(build().zip)['manifest.json']!));

    expect(manifest).toMatchObject({
      manifestVersion: '1.30',
      version: '1.2.3',
      id: appId,
      developer: {
        name: 'Example Hospital',
        websiteUrl: 'https://www.example.org/cop',
        privacyUrl: 'https://www.example.org/privacy',
        termsOfUseUrl: 'https://www.example.org/terms',
      },
      bots: [{ botId: appId, scopes: ['team', 'personal'] }],
      configurableTabs: [{ configurationUrl: 'https://cop.example.org/tabs/?frame=config', scopes: ['team'] }],
      staticTabs: [
        {
          entityId: 'community',
          name: 'My communities',
          // By which the page of those who look after the app knows which package Teams has.
          contentUrl: 'https://cop.example.org/tabs/?frame=personal&package=1.2.3',
          scopes: ['personal'],
        },
      ],
      supportsChannelFeatures: 'tier1',
      validDomains: ['cop.example.org'],
      webApplicationInfo: { id: appId, resource: `api://cop.example.org/${appId}` },
    });
  });

  test('offers the commands in the team and in the personal chat', () => {
    const { bots } = build().manifest as {
      bots: { commandLists: { scopes: string[]; commands: { title: string }[] }[] }[];
    };

    expect(
      bots[0]?.commandLists.map(({ scopes, commands }) => ({ scopes, titles: commands.map(({ title }) => title) })),
    ).toEqual([
      {
        scopes: ['team', 'personal'],
        titles: ['help', 'week', 'charter', 'roles', 'survey', 'plan', 'add action', 'digest', 'home', 'settings'],
      },
    ]);
  });

  test('offers in the menu of every message what can be made of it', () => {
    const { composeExtensions } = build().manifest;

    const offered = (id: string, title: string) => ({
      id,
      type: 'action',
      title,
      description: expect.any(String),
      context: ['message'],
      fetchTask: true,
    });
    expect(composeExtensions).toEqual([
      {
        botId: appId,
        commands: [
          offered('plan.add', 'Add to plan'),
          offered('agenda.keep', 'Keep the question'),
          offered('library.add', 'Put into the library'),
        ],
      },
    ]);
  });

  test('leaves the menu of messages alone where the administrator has switched that off', () => {
    expect(build({ ADD_TO_PLAN_FROM_MESSAGES: 'off' }).manifest).not.toHaveProperty('composeExtensions');
    expect(() => build({ ADD_TO_PLAN_FROM_MESSAGES: 'no' })).toThrow('expected on or off');
  });

  test('asks for nothing that the app does not use', () => {
    const { authorization, permissions } = build().manifest;

    expect({ authorization, permissions }).toEqual({
      authorization: {
        permissions: {
          resourceSpecific: [
            { name: 'TeamMember.Read.Group', type: 'Application' },
            { name: 'TeamsTab.Create.Group', type: 'Application' },
            { name: 'TeamsTab.Read.Group', type: 'Application' },
          ],
        },
      },
      permissions: ['identity', 'messageTeamMembers'],
    });
  });

  test('is the same to the last byte when made twice', () => {
    expect(Buffer.from(build().zip).equals(Buffer.from(build().zip))).toBe(true);
  });

  test('takes what people wrote as text, not as JSON', () => {
    const { developer } = build({ DEVELOPER_NAME: 'The "Best" \\ Hospital' }).manifest as {
      developer: { name: string };
    };

    expect(developer.name).toBe('The "Best" \\ Hospital');
  });
});

describe('what is missing is named, with what it is for', () => {
  test.each(Object.keys(environment))('%s', name => {
    const said = complaint(() => build({ [name]: undefined }));

    expect(said).toMatch(
      new RegExp(`^The environment does not say all that the app package needs:\\n  ${name} \\(.+\\) is missing$`),
    );
  });

  test('everything at once', () => {
    const said = complaint(() => buildAppPackage({ environment: {}, version: '1.2.3' }));

    expect(said?.match(/\w+(?= \(.+\) is missing)/g)).toEqual(Object.keys(environment));
  });

  test.each([
    ['PUBLIC_URL', 'http://cop.example.org', 'Teams wants https'],
    ['PUBLIC_URL', 'cop.example.org', 'no address'],
    ['PUBLIC_URL', 'https://cop.example.org/app', 'the server answers at the root'],
    ['MICROSOFT_APP_ID', 'cop-companion', 'no GUID'],
    [
      'DEVELOPER_NAME',
      'The Very Long Name of a Hospital in Example Town',
      'longer than the 32 characters of the manifest',
    ],
    ['PRIVACY_URL', 'ask us', 'no address'],
    ['TERMS_URL', '   ', 'blank is missing'],
  ])('%s=%s: %s', (name, value) => {
    const said = complaint(() => build({ [name]: value }));

    expect(said).toContain(`\n  ${name} (`);
  });
});

describe('a broken package is refused', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'app-package-'));
    cpSync(join(root, 'appPackage'), folder, { recursive: true });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['a word Teams does not know', { tabs: [] }, 'manifest.json must NOT have additional properties (tabs)'],
    ['a missing part', { accentColor: undefined }, "manifest.json must have required property 'accentColor'"],
    [
      'a name too long for Teams',
      { name: { short: 'CoP Companion for communities of practice' } },
      'manifest.json › name › short must NOT have more than 30 characters',
    ],
    [
      'a placeholder nobody fills',
      { accentColor: '${{COLOUR}}' },
      'manifest.json has placeholders that nothing fills: ${{COLOUR}}',
    ],
    [
      'an unknown version',
      { manifestVersion: '9.9' },
      'manifest.json says manifestVersion 9.9: expected one that @microsoft/app-manifest has a schema for',
    ],
    [
      'a rule of the upload, not of the schema',
      { supportsChannelFeatures: undefined },
      'manifest.json must say "supportsChannelFeatures": "tier1"',
    ],
    [
      'a rule of the listing',
      { description: { short: 'An app that keeps a community going', full: 'Help: ${{WEBSITE_URL}}' } },
      'manifest.json › description › short has the word "app"',
    ],
    [
      'a page on another host',
      { validDomains: ['other.example.org'] },
      'manifest.json has the page https://cop.example.org/tabs/?frame=config, whose host is not in validDomains',
    ],
    ['an id that is none', { id: 'cop' }, 'manifest.json › id must match'],
    ['a colour by name', { accentColor: 'purple' }, 'manifest.json › accentColor must match'],
    [
      'a place that is none',
      { defaultInstallScope: 'everywhere' },
      'manifest.json › defaultInstallScope must be equal',
    ],
    [
      'a bot without a place',
      { bots: [{ botId: appId }] },
      "manifest.json › bots › 0 must have required property 'scopes'",
    ],
  ])('%s', (_what, change, says) => {
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, ...change }));

    const said = complaint(() => build({}, folder));

    expect(said).toContain(`The app package is not one that Teams accepts:\n`);
    expect(said).toContain(says);
  });

  test('a manifest that is not JSON', () => {
    writeFileSync(join(folder, 'manifest.json'), '{ "id": ');

    expect(complaint(() => build({}, folder))).toBe(
      'The app package is not one that Teams accepts:\n  manifest.json is not JSON, or only a part of it',
    );
  });

  test.each(['1.2', 'v1.2.3', '', '1.2.3-beta'])('the version "%s"', version => {
    expect(complaint(() => buildAppPackage({ environment, version }))).toBe(
      `The version is "${version}": expected three numbers with dots, such as 1.4.0.`,
    );
  });

  test.each([
    ['a colour icon of the wrong size', 'outline.png', 'color.png', 'color.png is 32 × 32: expected 192 × 192'],
    ['an outline icon of the wrong size', 'color.png', 'outline.png', 'outline.png is 192 × 192: expected 32 × 32'],
    ['a picture of another kind', 'icons/color.svg', 'color.png', 'color.png is not a PNG, or only a part of one'],
  ])('%s', (_what, from, to, says) => {
    copyFileSync(join(root, 'appPackage', from), join(folder, to));

    const said = complaint(() => build({}, folder));

    expect(said).toBe(`The app package is not one that Teams accepts:\n  ${says}`);
  });

  test('half a picture', () => {
    writeFileSync(join(folder, 'color.png'), readFileSync(join(root, 'appPackage/color.png')).subarray(0, 500));

    expect(complaint(() => build({}, folder))).toContain('color.png is not a PNG, or only a part of one');
  });
});

describe('other languages', () => {
  let folder = '';
  const german = () => {
    const { manifest } = build();
    const at = manifest as unknown as {
      bots: [{ commandLists: [{ commands: object[] }] }];
      composeExtensions: [{ commands: object[] }];
    };
    const commands = at.bots[0].commandLists[0].commands.flatMap((_command, index) =>
      ['title', 'description'].map(part => [`bots[0].commandLists[0].commands[${index}].${part}`, `${part} ${index}`]),
    );
    return {
      ...{ 'name.short': 'CoP Companion', 'name.full': 'CoP Companion für Praxisgemeinschaften' },
      ...{ 'description.short': 'Hält eine Gemeinschaft am Leben.', 'description.full': 'Mehr davon.' },
      ...{ 'staticTabs[0].name': 'Meine Gemeinschaften' },
      ...Object.fromEntries(commands),
      ...Object.fromEntries(
        at.composeExtensions[0].commands.flatMap((_command, index) =>
          ['title', 'description'].map(part => [
            `composeExtensions[0].commands[${index}].${part}`,
            `${part} of menu ${index}`,
          ]),
        ),
      ),
    };
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'app-package-'));
    cpSync(join(root, 'appPackage'), folder, { recursive: true });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const write = (text: string) => writeFileSync(join(folder, 'language.de.json'), text);

  test('go along, and Teams is told of them', () => {
    write(JSON.stringify(german()));

    const { manifest, zip } = build({}, folder);

    expect(manifest['localizationInfo']).toEqual({
      defaultLanguageTag: 'en',
      additionalLanguages: [{ languageTag: 'de', file: 'language.de.json' }],
    });
    expect(JSON.parse(strFromU8(unzipSync(zip)['language.de.json']!))).toEqual(german());
  });

  test.each([
    [() => '{', 'language.de.json is not JSON'],
    [
      () => JSON.stringify({ ...german(), colour: 'lila' }),
      'language.de.json must NOT have additional properties (colour)',
    ],
    [
      () => JSON.stringify({ ...german(), 'staticTabs[3].name': 'Nichts' }),
      'language.de.json translates staticTabs[3].name, which manifest.json does not have',
    ],
    [
      () => JSON.stringify({ ...german(), 'description.full': undefined }),
      "language.de.json must have required property 'description.full'",
    ],
    [
      () => JSON.stringify({ ...german(), 'staticTabs[0].name': undefined }),
      'language.de.json does not translate staticTabs[0].name',
    ],
    [
      () => JSON.stringify({ ...german(), 'name.short': 'Ein viel zu langer Name für eine App' }),
      'language.de.json › name.short must NOT have more than 30 characters',
    ],
  ])('are refused when something is wrong or missing', (text, says) => {
    write(text());

    expect(complaint(() => build({}, folder))).toBe(`The app package is not one that Teams accepts:\n  ${says}`);
  });
});

describe('the icons', () => {
  test('the outline is white on transparent, and there is something to see', () => {
    const { data: pixels } = PNG.sync.read(readFileSync(join(root, 'appPackage/outline.png')));

    const colours = new Set<string>();
    for (let at = 0; at < pixels.length; at += 4)
      if (pixels[at + 3] === 255) colours.add(pixels.subarray(at, at + 3).join());
    expect([...colours]).toEqual(['255,255,255']);
  });

  test('the colour icon fills its square', () => {
    const { width, height, data: pixels } = PNG.sync.read(readFileSync(join(root, 'appPackage/color.png')));

    expect({ width, height }).toEqual({ width: 192, height: 192 });
    expect(pixels.filter((value, at) => at % 4 === 3 && value !== 255)).toHaveLength(0);
  });
});
