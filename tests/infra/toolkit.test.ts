import { Ajv } from 'ajv';
import { expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createBicepReader, type BicepValue } from '../support/bicep.ts';
import schema from './toolkit-schema.json' with { type: 'json' };

/** What the Microsoft 365 Agents Toolkit does, read as it reads it; it was not run. */
const root = join(import.meta.dirname, '../..');
interface Action {
  readonly uses: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with: Readonly<Record<string, unknown>>;
}
const text = readFileSync(join(root, 'm365agents.yml'), 'utf8');
const steps = parse(text) as { readonly provision: readonly Action[]; readonly publish: readonly Action[] };

function action(uses: string): Action {
  const found = [...steps.provision, ...steps.publish].find(each => each.uses === uses);
  if (!found) throw new Error(`m365agents.yml has no ${uses}`);
  return found;
}

test('m365agents.yml is as the toolkit wants it', () => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

  expect({ valid: validate(steps), errors: validate.errors }).toEqual({ valid: true, errors: null });
  expect(validate({ ...steps, provision: [{ uses: 'arm/deploy', with: {} }] })).toBe(false);
});

test('every file it names is there, or is made by the step before', () => {
  const [template] = action('arm/deploy').with['templates'] as readonly { path: string; parameters: string }[];

  for (const path of [template!.path, template!.parameters]) expect(existsSync(join(root, path))).toBe(true);
  expect(action('script').with['run']).toBe('npm run package');
  for (const uses of ['teamsApp/validateAppPackage', 'teamsApp/publishAppPackage'])
    expect(action(uses).with['appPackagePath']).toBe('./dist/cop-companion.zip');
});

test('the package gets all it asks for: what the deployment gives, and what the environment file says', async () => {
  const source = readFileSync(join(root, 'infra/package/package-app.ts'), 'utf8');
  const asked = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): (?:z|address)\b/gm)].map(([, name]) => name!);
  const { outputs } = await (await createBicepReader())(join(root, 'infra/azure/main.bicep'));
  const given = Object.keys(action('script').env ?? {});

  expect(asked).toContain('PRIVACY_URL');
  // The last one has an answer of its own.
  expect(asked.filter(name => !given.includes(name))).toEqual(['ADD_TO_PLAN_FROM_MESSAGES']);
  for (const name of given) expect(text).toContain(`${name}: \${{${name}}}`);
  const fromFile = given.filter(name => !outputs.includes(name));
  for (const name of fromFile) expect(text.slice(0, text.indexOf('version:'))).toContain(name);
});

test('its parameters are those of small.bicepparam, as it reads JSON alone', async () => {
  const { parameters } = JSON.parse(readFileSync(join(root, 'infra/azure/toolkit.parameters.json'), 'utf8')) as {
    parameters: Record<string, { value: unknown }>;
  };
  const { variables } = await (await createBicepReader())(join(root, 'infra/azure/small.bicepparam'));
  const { image, settings, ...sizes } = Object.fromEntries([...variables].map(([name, value]) => [name, plain(value)]));

  expect(Object.fromEntries(Object.entries(parameters).map(([name, { value }]) => [name, value]))).toEqual({
    image: '${{COP_IMAGE}}',
    settings: {},
    ...sizes,
  });
  expect([image, settings]).toEqual([expect.any(String), expect.any(Object)]);
});

function plain(value: BicepValue): unknown {
  if (value.kind === 'object') return Object.fromEntries([...value.properties].map(([name, of]) => [name, plain(of)]));
  if (value.kind === 'text') return value.text;
  if (value.kind === 'array') return value.items.map(plain);
  return /^(\d+|true|false)$/.test(value.text) ? (JSON.parse(value.text) as unknown) : value.text;
}
