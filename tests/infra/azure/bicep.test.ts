import { beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { clouds } from '../../../bot/clouds.ts';
import { environmentVariables } from '../../../bot/config.ts';
import { delegatedScopesOf } from '../../../bot/graph/entra.ts';
import { microsoftClients } from '../../../bot/http/sign-in.ts';
import { createBicepReader, type BicepFile, type BicepResource, type BicepValue } from '../../support/bicep.ts';
import facts from './resource-types.json' with { type: 'json' };

/**
 * There is no compiler of Bicep among npm's packages: what it would refuse is looked for here, by the grammar and by
 * the types that Microsoft publishes. What Azure itself says of the whole is nowhere tried.
 */
const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'infra/azure');
type Shape = string | readonly Shape[] | { readonly [property: string]: Shape };
const types = facts.types as unknown as Readonly<Record<string, Readonly<Record<string, Shape>>>>;

const files = new Map<string, BicepFile>();
const paths = [
  ...readdirSync(folder).filter(name => /\.bicep(param)?$/.test(name)),
  ...readdirSync(join(folder, 'modules')).map(name => `modules/${name}`),
];
const sizes = paths.filter(path => path.endsWith('.bicepparam'));
beforeAll(async () => {
  const read = await createBicepReader();
  for (const path of paths) files.set(path, await read(join(folder, path)));
});

function file(path: string): BicepFile {
  const known = files.get(path);
  if (!known) throw new Error(`there is no ${path}`);
  return known;
}

function inside(value: BicepValue | undefined, ...way: readonly string[]): BicepValue | undefined {
  const [first, ...rest] = way;
  if (first === undefined) return value;
  return inside(value?.kind === 'object' ? value.properties.get(first) : undefined, ...rest);
}

function keys(value: BicepValue | undefined): readonly string[] {
  return value?.kind === 'object' ? [...value.properties.keys()] : [];
}

function text(value: BicepValue | undefined): string {
  return value?.kind === 'text' || value?.kind === 'expression' ? value.text : '';
}

function texts(value: BicepValue | undefined): readonly string[] {
  return value?.kind === 'array' ? value.items.map(text) : [];
}

function resource(path: string, name: string): BicepResource {
  const found = file(path).resources.find(each => each.name === name);
  if (!found) throw new Error(`there is no resource ${name} in ${path}`);
  return found;
}

/** What does not fit between a value and what Microsoft says of it. */
function misfits(value: BicepValue, shape: Shape, where: string): readonly string[] {
  if (value.kind === 'expression') return [];
  if (Array.isArray(shape))
    return value.kind === 'array'
      ? value.items.flatMap(item => misfits(item, shape[0] as Shape, `${where}[]`))
      : [`${where} is no array`];
  if (typeof shape === 'string') return misfitOfLeaf(value, shape, where);
  if (value.kind !== 'object') return [`${where} is no object`];
  const known = new Map(Object.entries(shape).map(([name, of]) => [name.replace('!', ''), of]));
  const missing = Object.keys(shape).filter(name => name.endsWith('!') && !value.properties.has(name.slice(0, -1)));
  return [
    ...missing.map(name => `${where} lacks ${name.slice(0, -1)}`),
    ...[...value.properties].flatMap(([name, of]) => {
      const expected = known.get(name);
      return expected === undefined ? [`${where} has no ${name}`] : misfits(of, expected, `${where}.${name}`);
    }),
  ];
}

function misfitOfLeaf(value: BicepValue, shape: string, where: string): readonly string[] {
  if (value.kind === 'array') return shape.endsWith('[]') || shape === 'any' ? [] : [`${where} is no array`];
  if (value.kind !== 'text') return [];
  const choices = shape.split(' | ').filter(choice => choice !== 'string');
  if (/^(int|bool)$/.test(shape)) return [`${where} is a text`];
  if (choices.length > 1 && !choices.includes(value.text)) return [`${where} is none of ${choices.join(', ')}`];
  return [];
}

test.each(paths)('%s is read by the grammar; nothing in it is undeclared or unused', path => {
  const { faults, undeclared, unused } = file(path);

  expect({ faults, undeclared }).toEqual({ faults: [], undeclared: [] });
  expect(path.endsWith('.bicepparam') ? [] : unused).toEqual([]);
});

test.each(paths.filter(path => path.endsWith('.bicep')))('%s: each resource is as Microsoft says of its type', path => {
  const found = file(path).resources.flatMap(({ type, existing, body }) => {
    const shape = types[type];
    if (!shape) return [`${type} is not in resource-types.json`];
    if (existing) return keys(body).filter(key => !(key in shape) && !(`${key}!` in shape));
    // Bicep's own words beside those of the type.
    const own = { parent: 'any', dependsOn: 'any' };
    return misfits(body, { ...shape, ...own }, type);
  });

  expect(found).toEqual([]);
});

test('what does not fit is found', () => {
  const shape = { 'name!': 'string', kind: 'a | b', list: [{ 'id!': 'int' }] };
  const object = (properties: Record<string, BicepValue>): BicepValue => ({
    kind: 'object',
    properties: new Map(Object.entries(properties)),
  });
  const word = (value: string): BicepValue => ({ kind: 'text', text: value });

  expect(
    misfits(
      object({ kind: word('c'), list: { kind: 'array', items: [object({ id: word('1'), x: word('') })] } }),
      shape,
      'it',
    ),
  ).toEqual(['it lacks name', 'it.kind is none of a, b', 'it.list[].id is a text', 'it.list[] has no x']);
});

test('each module gets what it needs and nothing else, and gives what is asked of it', () => {
  const main = file('main.bicep');
  for (const { path, body } of main.modules) {
    const { parameters } = file(path);
    expect({ path, given: keys(inside(body, 'params')).toSorted() }).toEqual({
      path,
      given: [...parameters.keys()].toSorted(),
    });
  }
  const missing = main.outputsUsed.filter(({ module, output }) => {
    const used = main.modules.find(({ name }) => name === module);
    return !used || !file(used.path).outputs.includes(output);
  });
  expect(missing).toEqual([]);
  expect(main.modules.map(({ path }) => path).toSorted()).toEqual(
    paths.filter(path => path.startsWith('modules/')).toSorted(),
  );
});

test('an extension that is used is named in bicepconfig.json, and the other way round', () => {
  const { extensions } = JSON.parse(readFileSync(join(folder, 'bicepconfig.json'), 'utf8')) as { extensions: object };
  const used = new Set(paths.flatMap(path => file(path).extensions));

  expect([...used]).toEqual(Object.keys(extensions));
});

describe.each(sizes)('%s', path => {
  test('gives each parameter that has to be given, and no other', () => {
    const { parameters } = file('main.bicep');
    const given = [...file(path).variables.keys()];
    const required = [...parameters].filter(([, { required: must }]) => must).map(([name]) => name);

    expect(required.filter(name => !given.includes(name))).toEqual([]);
    expect(given.filter(name => !parameters.has(name))).toEqual([]);
  });

  test('sets what the server reads, by its names', () => {
    const names = new Set(environmentVariables().map(({ name }) => name));

    expect(keys(file(path).variables.get('settings')).filter(name => !names.has(name))).toEqual([]);
  });

  test('says what it costs, of which day, and that it is an estimate', () => {
    expect(readFileSync(join(folder, path), 'utf8')).toMatch(
      /An estimate of \d{4}-\d\d-\d\d at list prices[\s\S]*about \d+ US dollars a month/,
    );
  });
});

describe('the server is told', () => {
  /** What is in braces after `union(` in a text of Bicep, by name. */
  function settingsIn(value: BicepValue | undefined): readonly string[] {
    return [...text(value).matchAll(/^\s*([A-Z][A-Z_]+): /gm)].map(([, name]) => name!);
  }
  const fromMain = () =>
    settingsIn(inside(file('main.bicep').modules.find(({ name }) => name === 'server')?.body, 'params', 'environment'));
  const fromServer = () =>
    [...readFileSync(join(folder, 'modules/server.bicep'), 'utf8').matchAll(/^\s*([A-Z][A-Z_]+): /gm)].map(
      ([, name]) => name!,
    );

  test('all that it must know, by the names it reads, and of itself by its identity alone', () => {
    const told = [...fromMain(), ...fromServer()];
    const known = environmentVariables();

    expect(fromMain().length).toBeGreaterThan(3);
    expect(told.filter(name => !known.some(variable => variable.name === name))).toEqual([]);
    expect(known.filter(({ required, name }) => required && !told.includes(name))).toEqual([]);
    expect(told.filter(name => /PASSWORD|CERTIFICATE|IDENTITY/.test(name)).toSorted()).toEqual([
      'DATABASE_IDENTITY',
      'MICROSOFT_APP_IDENTITY',
    ]);
  });

  test('the port that it has without being told', () => {
    const port = environmentVariables().find(({ name }) => name === 'PORT')?.fallback;

    expect(text(file('modules/server.bicep').variables.get('port'))).toBe(port);
  });

  test('what Azure asks of it are addresses that it answers', () => {
    const health = readFileSync(join(root, 'bot/http/health.ts'), 'utf8');
    const server = readFileSync(join(folder, 'modules/server.bicep'), 'utf8');
    const paths = [...server.matchAll(/path: '(.+)'/g)].map(([, path]) => path);

    expect(paths).toEqual(['/health/live', '/health/ready', '/health/live']);
    for (const path of paths) expect(health).toContain(`'${path}'`);
  });

  test('the account and the folder of the image', () => {
    const dockerfile = readFileSync(join(root, 'infra/image/Dockerfile'), 'utf8');
    const server = readFileSync(join(folder, 'modules/server.bicep'), 'utf8');

    expect(dockerfile).toContain('USER 1000:1000');
    expect(dockerfile).toContain('../keys');
    expect(server).toContain("mountPath: '/keys'");
    expect(server).toContain('uid=1000,gid=1000');
  });
});

describe('the registration', () => {
  const registration = 'modules/registration.bicep';
  const app = () => resource(registration, 'app').body;

  test('asks for what the server uses, which docs/deploying.md names, and for no more', () => {
    const { variables, resources } = file(registration);
    const delegated = text(variables.get('delegatedPermission'));
    const application = text(variables.get('applicationPermission'));
    const page = readFileSync(join(root, 'docs/deploying.md'), 'utf8');

    expect([`${clouds.public.graph}/${delegated}`]).toEqual(delegatedScopesOf(clouds.public));
    expect(page).toContain(`Delegated permission \`${delegated}\``);
    expect(page.replaceAll('\n', ' ')).toMatch(new RegExp(`application permission\\s+\`${application}\``));
    expect(inside(app(), 'requiredResourceAccess')).toMatchObject({ items: [{}] });
    expect(resources.filter(({ type }) => /Grants@|AssignedTo@/.test(type)).length).toBe(2);
  });

  test('lets the clients in whose tokens the server takes', () => {
    expect(texts(file(registration).variables.get('teamsClients')).toSorted()).toEqual(
      [...microsoftClients].toSorted(),
    );
  });

  test('leads back to where the tab waits, and is called what the package calls it', () => {
    const consent = readFileSync(join(root, 'tabs/lib/consent.ts'), 'utf8');
    const [, path] = /redirect_uri: `\$\{origin\}(.+)`/.exec(consent) ?? [];
    const { webApplicationInfo } = JSON.parse(readFileSync(join(root, 'appPackage/manifest.json'), 'utf8')) as {
      webApplicationInfo: { resource: string };
    };

    expect(texts(inside(app(), 'web', 'redirectUris'))).toEqual([`'https://\${host}${path}'`]);
    expect(texts(inside(resource('modules/address.bicep', 'app').body, 'identifierUris'))).toEqual([
      `'${webApplicationInfo.resource.replace('${{PUBLIC_HOST}}', '${host}').replace('${{MICROSOFT_APP_ID}}', '${appId}')}'`,
    ]);
    expect(text(inside(app(), 'api', 'requestedAccessTokenVersion'))).toBe('2');
  });

  test('is the same one in both places', () => {
    for (const name of ['uniqueName', 'displayName'])
      expect(text(inside(app(), name))).toBe(text(inside(resource('modules/address.bicep', 'app').body, name)));
  });

  test('trusts the identity of the server, as Entra wants it', () => {
    expect(texts(inside(resource(registration, 'credential').body, 'audiences'))).toEqual([
      clouds.public.tokenExchange,
    ]);
    expect(text(inside(resource(registration, 'credential').body, 'subject'))).toBe('identityObjectId');
  });
});

test('the bot is asked where the server listens for it, in one tenant and in Teams', () => {
  const bot = resource('modules/bot.bicep', 'bot').body;
  const app = readFileSync(join(root, 'bot/app.ts'), 'utf8');

  expect(text(inside(bot, 'properties', 'endpoint'))).toBe("'https://${host}/api/messages'");
  expect(app).toContain("'/api/messages'");
  expect(text(inside(bot, 'properties', 'msaAppType'))).toBe('SingleTenant');
  expect(text(inside(resource('modules/bot.bicep', 'teams').body, 'name'))).toBe('MsTeamsChannel');
});

test('PostgreSQL lets nobody in by a password', () => {
  const server = resource('modules/database.bicep', 'server').body;

  expect(text(inside(server, 'properties', 'authConfig', 'passwordAuth'))).toBe('Disabled');
  expect(text(inside(server, 'properties', 'authConfig', 'activeDirectoryAuth'))).toBe('Enabled');
});

test('the sizes that are named are the ones that are there', () => {
  for (const path of sizes) expect(readFileSync(join(folder, path), 'utf8')).toContain("using 'main.bicep'");
  expect(sizes.map(path => basename(path))).toEqual(['large.bicepparam', 'small.bicepparam']);
});
