import { strToU8, zipSync } from 'fflate';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PNG } from 'pngjs';
import { z } from 'zod';
import { languageFaults, languagesIn, type Language } from './languages.ts';
import { faultsBySchema } from './schema.ts';
import { storeFaults } from './store-rules.ts';

const root = join(import.meta.dirname, '../..');

/** The pictures of the package, and what Teams asks of them. */
export const icons = [
  { file: 'color.png', size: 192, rule: 'opaque' },
  { file: 'outline.png', size: 32, rule: 'white on transparent' },
] as const;

const https = 'expected an address such as https://www.example.org/privacy';
const address = z.url({ protocol: /^https$/, error: https }).max(2048);

/** What only the organisation that installs the app knows. docs/deploying.md lists the same. */
const Values = z.object({
  PUBLIC_URL: z
    .url({ protocol: /^https$/, error: 'expected an address such as https://cop.example.org' })
    .refine(url => !URL.canParse(url) || (new URL(url).pathname === '/' && !/[?#]/.test(url)), {
      error: 'expected an address without a path, such as https://cop.example.org',
    })
    .describe('where Teams reaches the server'),
  MICROSOFT_APP_ID: z
    .guid({ error: 'expected a GUID such as 11111111-2222-3333-4444-555555555555' })
    .describe('the app registration in Entra'),
  DEVELOPER_NAME: z
    .string()
    .max(32, 'expected at most 32 characters')
    .describe('who offers the app: your organisation, at most 32 characters'),
  WEBSITE_URL: address.describe('where people find support'),
  PRIVACY_URL: address.describe('your privacy statement'),
  TERMS_URL: address.describe('your terms of use'),
  ADD_TO_PLAN_FROM_MESSAGES: z
    .enum(['on', 'off'], { error: 'expected on or off' })
    .default('on')
    .describe('off: without the entry in the menu of a message, as on the server'),
});

/** The package cannot be made: every fault at once, each with what to do. */
export class AppPackageError extends Error {
  override readonly name = 'AppPackageError';
}

/** An app package for Teams, checked as Teams checks it. */
export interface AppPackage {
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly zip: Uint8Array;
}

/**
 * Fills the manifest's placeholders, checks it against Microsoft's schema, checks the icons, and zips them.
 * @param options.folder where manifest.json and the icons are
 * @throws AppPackageError
 */
export function buildAppPackage({
  environment,
  version,
  folder = join(root, 'appPackage'),
}: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly folder?: string;
}): AppPackage {
  if (!/^\d+\.\d+\.\d+$/.test(version))
    throw new AppPackageError(`The version is "${version}": expected three numbers with dots, such as 1.4.0.`);
  const values = readValues(environment, version);
  const manifest = readManifest(folder, values);
  // Teams would offer what the server refuses.
  if (values['ADD_TO_PLAN_FROM_MESSAGES'] === 'off') delete manifest['composeExtensions'];
  const languages = languagesIn(folder).map(language => filledLanguage(language, values));
  if (languages.length > 0)
    manifest['localizationInfo'] = {
      ...(manifest['localizationInfo'] as object),
      additionalLanguages: languages.map(({ file, tag }) => ({ languageTag: tag, file })),
    };
  const pictures = icons.map(icon => ({ ...icon, bytes: readFileSync(join(folder, icon.file)) }));

  const faults = [
    ...manifestFaults(manifest),
    ...storeFaults(manifest),
    ...languages.flatMap(language => languageFaults(language, manifest)),
    ...pictures.flatMap(({ file, size, rule, bytes }) =>
      iconFaults(bytes, size, rule).map(fault => `${file} ${fault}`),
    ),
  ];
  if (faults.length > 0) throw new AppPackageError(notAccepted(faults));

  // The same input gives the same bytes: no dates of this machine in the zip.
  const mtime = '1980-01-01T12:00:00';
  return {
    manifest,
    zip: zipSync({
      'manifest.json': [strToU8(`${JSON.stringify(manifest, null, 2)}\n`), { mtime }],
      ...Object.fromEntries(languages.map(({ file, text }) => [file, [strToU8(text), { mtime }]])),
      ...Object.fromEntries(pictures.map(({ file, bytes }) => [file, [new Uint8Array(bytes), { mtime, level: 0 }]])),
    }),
  };
}

function readManifest(folder: string, values: Readonly<Record<string, string>>): Record<string, unknown> {
  const text = readFileSync(join(folder, 'manifest.json'), 'utf8');
  try {
    return JSON.parse(text, (_key, value: unknown) =>
      typeof value === 'string' ? fill(value, values) : value,
    ) as Record<string, unknown>;
  } catch {
    throw new AppPackageError(notAccepted(['manifest.json is not JSON, or only a part of it']));
  }
}

/** With what only the organisation knows, and without what is switched off; what is no JSON is said later. */
function filledLanguage(language: Language, values: Readonly<Record<string, string>>): Language {
  try {
    const strings = JSON.parse(language.text, (_key, value: unknown) =>
      typeof value === 'string' ? fill(value, values) : value,
    ) as Readonly<Record<string, unknown>>;
    const isOff = values['ADD_TO_PLAN_FROM_MESSAGES'] === 'off';
    const kept = Object.entries(strings).filter(([key]) => !(isOff && key.startsWith('composeExtensions')));
    return { ...language, text: `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n` };
  } catch {
    return language;
  }
}

function readValues(
  environment: Readonly<Record<string, string | undefined>>,
  version: string,
): Readonly<Record<string, string>> {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = Values.safeParse(present);
  if (!parsed.success) {
    const faults = new Map(parsed.error.issues.map(issue => [String(issue.path[0]), issue.message]));
    throw new AppPackageError(
      `The environment does not say all that the app package needs:\n${lines(
        [...faults].map(([name, message]) => {
          const about = Values.shape[name as keyof typeof Values.shape].description;
          return `${name} (${about}) ${present[name] === undefined ? 'is missing' : `is "${present[name]}": ${message}`}`;
        }),
      )}`,
    );
  }
  return { ...parsed.data, PUBLIC_HOST: new URL(parsed.data.PUBLIC_URL).host, VERSION: version };
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{(\w+)\}\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

function manifestFaults(manifest: Readonly<Record<string, unknown>>): readonly string[] {
  const version = String(manifest['manifestVersion']);
  const faults: string[] = [];
  const left = JSON.stringify(manifest).match(/\$\{\{\w+\}\}/g);
  if (left) faults.push(`manifest.json has placeholders that nothing fills: ${[...new Set(left)].join(', ')}`);

  const bySchema = faultsBySchema(manifest, version, 'MicrosoftTeams.schema.json');
  if (!bySchema)
    return [
      ...faults,
      `manifest.json says manifestVersion ${version}: expected one that @microsoft/app-manifest has a schema for, such as 1.30`,
    ];
  faults.push(...bySchema.map(fault => `manifest.json${fault}`));
  // Refused when the package is uploaded; the schema does not say so.
  const teamScope = JSON.stringify([manifest['bots'], manifest['configurableTabs']]).includes('"team"');
  if (teamScope && manifest['supportsChannelFeatures'] !== 'tier1')
    faults.push('manifest.json must say "supportsChannelFeatures": "tier1", because the app has the scope team');
  if (manifest['supportedChannelTypes'] !== undefined)
    faults.push('manifest.json must not say "supportedChannelTypes": "supportsChannelFeatures" has taken its place');
  return [...faults, ...tabFaults(manifest)];
}

const Tabs = z.object({
  validDomains: z.array(z.string()).default([]),
  configurableTabs: z.array(z.object({ configurationUrl: z.string() })).default([]),
  staticTabs: z.array(z.object({ contentUrl: z.string(), scopes: z.array(z.string()) })).default([]),
});

/** What Teams does not show, or not there, though the schema lets it pass. */
function tabFaults(manifest: Readonly<Record<string, unknown>>): readonly string[] {
  const parsed = Tabs.safeParse(manifest);
  // The schema has said what is wrong.
  if (!parsed.success) return [];
  const { validDomains, configurableTabs, staticTabs } = parsed.data;
  const pages = [
    ...configurableTabs.map(({ configurationUrl }) => configurationUrl),
    ...staticTabs.map(({ contentUrl }) => contentUrl),
  ];
  const strange = pages.filter(page => !validDomains.includes(URL.parse(page)?.host ?? ''));
  return [
    ...strange.map(page => `manifest.json has the page ${page}, whose host is not in validDomains`),
    ...(staticTabs.some(({ scopes }) => scopes.includes('team'))
      ? ['manifest.json › staticTabs have the scope team: they are for persons, a channel has configurableTabs']
      : []),
  ];
}

function iconFaults(bytes: Uint8Array, size: number, rule: (typeof icons)[number]['rule']): readonly string[] {
  let picture;
  try {
    picture = PNG.sync.read(Buffer.from(bytes));
  } catch {
    return ['is not a PNG, or only a part of one'];
  }
  if (picture.width !== size || picture.height !== size)
    return [`is ${picture.width} × ${picture.height}: expected ${size} × ${size}`];

  let see = 0;
  let coloured = 0;
  for (let at = 0; at < picture.data.length; at += 4) {
    const [red, green, blue, alpha] = picture.data.subarray(at, at + 4) as unknown as [number, number, number, number];
    if (alpha < 255) see++;
    if (alpha > 0 && Math.min(red, green, blue) < 250) coloured++;
  }
  if (rule === 'opaque')
    return see > 0 ? ['has transparent pixels: expected a full square, Teams rounds the corners'] : [];
  return [
    ...(coloured > 0 ? ['has coloured pixels: expected white only'] : []),
    ...(see === 0 ? ['has no transparent pixels: expected a transparent background'] : []),
  ];
}

function notAccepted(faults: readonly string[]): string {
  return `The app package is not one that Teams accepts:\n${lines(faults)}`;
}

function lines(faults: readonly string[]): string {
  return faults.map(fault => `  ${fault}`).join('\n');
}

if (import.meta.main) {
  try {
    const released = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
    const { values } = parseArgs({ options: { version: { type: 'string' } } });
    const version = values.version ?? released;
    const { zip } = buildAppPackage({ environment: process.env, version });
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(join(root, 'dist/cop-companion.zip'), zip);
    console.log(
      `dist/cop-companion.zip is ready (version ${version}, ${Math.ceil(zip.length / 1024)} KB): upload it in the Teams admin centre, or in Teams under Apps › Manage your apps › Upload an app.`,
    );
  } catch (error) {
    if (!(error instanceof AppPackageError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
