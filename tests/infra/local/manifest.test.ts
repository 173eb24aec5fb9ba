import { afterAll, beforeAll, expect } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { buildAppPackage } from '../../../infra/package/package-app.ts';
import { fact } from './fact.ts';

/** The manifest as it is written, with its placeholders. */
interface Manifest {
  readonly name: object;
  readonly description: object;
  readonly bots: readonly [object];
  readonly configurableTabs: readonly [object];
  readonly staticTabs: readonly [object];
  readonly composeExtensions: readonly [object];
  readonly authorization: { readonly permissions: { readonly resourceSpecific: readonly object[] } };
}

const original = join(import.meta.dirname, '../../../appPackage');
const environment = {
  PUBLIC_URL: 'https://cop.example.org',
  MICROSOFT_APP_ID: '11111111-2222-3333-4444-555555555555',
  DEVELOPER_NAME: 'Example Hospital',
  WEBSITE_URL: 'https://www.example.org/cop',
  PRIVACY_URL: 'https://www.example.org/privacy',
  TERMS_URL: 'https://www.example.org/terms',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifest-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What is wrong with the package when its manifest, or one of its icons, is changed; empty for nothing. */
function faultsOf(change: (manifest: Manifest) => object, icon?: { readonly file: string; readonly png: PNG }): string {
  // Without other languages: what is changed here has no translation.
  cpSync(original, folder, { recursive: true, filter: file => !/language\.\w+\.json$/.test(file) });
  const manifest = JSON.parse(readFileSync(join(original, 'manifest.json'), 'utf8')) as Manifest;
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, ...change(manifest) }));
  if (icon) writeFileSync(join(folder, icon.file), PNG.sync.write(icon.png));
  try {
    buildAppPackage({ environment, version: '1.0.0', folder });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
const copies = <T>(one: T, count: number): readonly T[] => Array.from({ length: count }, () => one);
/** Static tabs have to differ. */
const numbered = (tab: object, count: number) =>
  copies(tab, count).map((one, index) => ({ ...one, entityId: `e${index}` }));

fact('manifest/one-configurable-tab', () => {
  expect(faultsOf(({ configurableTabs: [tab] }) => ({ configurableTabs: [tab, tab] }))).toContain('configurableTabs');
});

fact('manifest/configurable-tabs-are-not-personal', () => {
  const change = ({ configurableTabs: [tab] }: Manifest) => ({ configurableTabs: [{ ...tab, scopes: ['personal'] }] });

  expect(faultsOf(change)).toContain('configurableTabs');
});

fact('manifest/sixteen-static-tabs', () => {
  expect(faultsOf(({ staticTabs: [tab] }) => ({ staticTabs: numbered(tab, 16) }))).toBe('');
  expect(faultsOf(({ staticTabs: [tab] }) => ({ staticTabs: numbered(tab, 17) }))).toContain('staticTabs');
});

fact('manifest/static-tabs-are-personal', () => {
  expect(faultsOf(({ staticTabs: [tab] }) => ({ staticTabs: [{ ...tab, scopes: ['team'] }] }))).toContain('staticTabs');
});

fact('manifest/entity-id-of-sixty-four', () => {
  const named = (length: number) =>
    faultsOf(({ staticTabs: [tab] }) => ({ staticTabs: [{ ...tab, entityId: 'e'.repeat(length) }] }));

  expect([named(64), named(65)]).toEqual(['', expect.stringContaining('entityId')]);
});

fact('manifest/one-bot', () => {
  expect(faultsOf(({ bots: [bot] }) => ({ bots: [bot, bot] }))).toContain('bots');
});

fact('manifest/one-message-extension', () => {
  const change = ({ composeExtensions: [one] }: Manifest) => ({ composeExtensions: [one, one] });

  expect(faultsOf(change)).toContain('composeExtensions');
});

fact('manifest/short-name-of-thirty', () => {
  const named = (length: number) => faultsOf(({ name }) => ({ name: { ...name, short: 'n'.repeat(length) } }));

  expect([named(30), named(31)]).toEqual(['', expect.stringContaining('name')]);
});

fact('manifest/short-description-of-eighty', () => {
  const described = (length: number) =>
    faultsOf(({ description }) => ({ description: { ...description, short: 'd'.repeat(length) } }));

  expect([described(80), described(81)]).toEqual(['', expect.stringContaining('description')]);
});

fact('manifest/nothing-unknown', () => {
  expect(faultsOf(() => ({ packageName: 'org.example.cop' }))).toContain('packageName');
});

fact('manifest/permissions-have-a-type', () => {
  const resourceSpecific = [{ name: 'TeamsTab.Create.Group', type: 'Both' }];

  expect(faultsOf(() => ({ authorization: { permissions: { resourceSpecific } } }))).toContain('resourceSpecific');
});

fact('manifest/permissions-once-each', () => {
  const change = ({ authorization: { permissions } }: Manifest) => {
    const [first] = permissions.resourceSpecific;
    return { authorization: { permissions: { resourceSpecific: [first, first] } } };
  };

  expect(faultsOf(change)).toContain('resourceSpecific');
});

fact('manifest/ids-are-guids', () => {
  expect(faultsOf(({ bots: [bot] }) => ({ bots: [{ ...bot, botId: 'cop' }] }))).toContain('botId');
});

fact('manifest/channel-features-with-team-scope', () => {
  expect(faultsOf(() => ({ supportsChannelFeatures: undefined }))).toContain('supportsChannelFeatures');
});

fact('manifest/no-supported-channel-types', () => {
  expect(faultsOf(() => ({ supportedChannelTypes: ['sharedChannels'] }))).toContain('supportedChannelTypes');
});

fact('manifest/colour-icon-of-192', () => {
  const png = new PNG({ width: 96, height: 96 });
  png.data.fill(255);

  expect(faultsOf(() => ({}), { file: 'color.png', png })).toContain('color.png is 96 × 96');
});

fact('manifest/outline-icon-is-white', () => {
  const png = new PNG({ width: 32, height: 32 });
  png.data.set([255, 0, 0, 255]);

  expect(faultsOf(() => ({}), { file: 'outline.png', png })).toContain('outline.png has coloured pixels');
});

fact('manifest/pages-in-valid-domains', () => {
  const change = ({ staticTabs: [tab] }: Manifest) => ({
    staticTabs: [{ ...tab, contentUrl: 'https://elsewhere.example/tabs/' }],
  });

  expect(faultsOf(change)).toContain('elsewhere.example');
});
