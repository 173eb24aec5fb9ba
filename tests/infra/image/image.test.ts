import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import getPort from 'get-port';
import { temporaryFolder, untilEnd, within } from '../../support/clean-up.ts';
import { eventually } from '../../support/engines.ts';
import { runImageSteps, type Image } from '../../support/image.ts';

/**
 * The steps of the image in a folder: the packages for production are installed as they are in the image; those of the
 * build are the ones that are here, of the same package-lock.json. The server then runs in it as an account that may
 * write to its data alone.
 */
const root = join(import.meta.dirname, '../../..');
const dockerfile = join(root, 'infra/image/Dockerfile');
const installForBuild = 'npm ci --include=dev --ignore-scripts --no-audit --no-fund';
const account = 1000;

let image: Image;
beforeAll(async () => {
  const folder = (await temporaryFolder('image')).path;
  chmodSync(folder, 0o755);
  image = await runImageSteps(dockerfile, folder, {
    [installForBuild]: { from: join(root, 'node_modules'), to: 'node_modules' },
  });
}, 400_000);

function sizeOf(folder: string): number {
  return filesIn(folder).reduce((sum, file) => sum + Math.ceil(statSync(file).size / 4096) * 4096, 0) / 1e6;
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .toSorted();
}

describe('what is in it', () => {
  test('packages of at most 300 MB, and none for development', () => {
    const size = sizeOf(join(image.root, 'app/node_modules'));
    process.stderr.write(`packages in the image: ${size.toFixed(0)} MB\n`);

    expect(size).toBeLessThanOrEqual(300);
    expect(existsSync(join(image.root, 'app/node_modules/restify'))).toBe(true);
    for (const name of ['jest', 'typescript', 'vite', 'react', 'node'])
      expect(existsSync(join(image.root, 'app/node_modules', name))).toBe(false);
  });

  test('the code, the built tab, the licence, and nothing besides', () => {
    expect(readdirSync(join(image.root, 'app')).toSorted()).toEqual(
      ['LICENSE', 'bot', 'dist', 'domain', 'infra', 'node_modules', 'package-lock.json', 'package.json'].toSorted(),
    );
    expect(existsSync(join(image.root, 'app/dist/tabs/index.html'))).toBe(true);
  });

  test('an account of its own, which is nobody special', () => {
    expect(image.user).toBe(`${account}:${account}`);
  });

  test('its labels say what it is, and of which commit', () => {
    const { description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { description: string };

    expect(image.labels.join()).toContain(description);
    expect(image.labels.join()).toContain('org.opencontainers.image.revision="${REVISION}"');
  });
});

describe('the commands in it', () => {
  function npmRun(...args: string[]): { status: number | null; said: string } {
    const { status, stdout, stderr } = spawnSync('npm', ['run', ...args], {
      cwd: join(image.root, 'app'),
      encoding: 'utf8',
      env: { ...image.environment, PATH: `${join(process.execPath, '..')}:${process.env['PATH']}`, HOME: '/nowhere' },
    });
    return { status, said: stdout + stderr };
  }

  test.each([
    ['doctor', ['doctor', '--', '--help'], 0, /Looks at everything CoP Companion needs/],
    ['grant', ['grant', '--', '--help'], 0, /Gives CoP Companion its role on this one site/],
    ['verify-tenant', ['verify-tenant'], 1, /npm run verify-tenant -- --site/],
    ['none that takes packages for development', ['provision'], 1, /provision is not in the image: run it in a clone/],
  ])('%s', (_what, args, status, says) => {
    const run = npmRun(...args);

    expect(run.said).toMatch(says);
    expect(run.status).toBe(status);
    expect(run.said).not.toMatch(/npm warn|installing packages/);
  });

  test('no secret of a compose file or of a rehearsal comes along', () => {
    expect(readdirSync(join(image.root, 'app/infra')).toSorted()).toEqual(['dev', 'local', 'tenant', 'verify']);
    expect(readdirSync(join(image.root, 'app/infra/dev')).toSorted()).toEqual(['install.mjs', 'launch.mjs']);
  });
});

describe('the server in it', () => {
  let server: ChildProcess;
  let port: number;
  let said = '';
  let took = 0;
  let before: readonly string[];
  const app = () => join(image.root, 'app');

  beforeAll(async () => {
    // Everybody may read it and nobody may write, but to the data.
    execFileSync('chmod', ['-R', 'a+rX,a-w', app()]);
    before = stamps(app());
    port = await getPort();
    const started = performance.now();
    // Node as every account can run it, wherever this clone lies.
    const program = join(image.root, 'node');
    copyFileSync(process.execPath, program);
    chmodSync(program, 0o755);
    server = spawn(program, image.command.slice(1), {
      cwd: join(image.root, image.workingDirectory),
      env: { ...environment(), PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(process.getuid?.() === 0 ? { uid: account, gid: account } : {}),
    });
    untilEnd(async () => void server.kill('SIGKILL'));
    for (const stream of [server.stdout!, server.stderr!]) stream.on('data', text => (said += String(text)));
    await within(
      100_000,
      'the server to be ready',
      eventually('health', async () => (await health()) === 200, 110_000),
      () => said,
    );
    took = (performance.now() - started) / 1000;
  });
  afterAll(() => void server.kill('SIGKILL'));

  function environment(): Record<string, string> {
    return {
      ...image.environment,
      DATA_DIR: join(image.root, image.environment['DATA_DIR'] ?? ''),
      HOST: '127.0.0.1',
      PUBLIC_URL: 'https://cop.example.org',
      MICROSOFT_TENANT_ID: '11111111-2222-4333-8444-555555555555',
      MICROSOFT_APP_ID: '11111111-2222-4333-8444-555555555556',
      MICROSOFT_APP_IDENTITY: '11111111-2222-4333-8444-555555555557',
    };
  }

  async function health(): Promise<number> {
    return fetch(`http://127.0.0.1:${port}/health`).then(
      ({ status }) => status,
      () => 0,
    );
  }

  /** The health check as the image has it. */
  function checkHealth(at = port): number | null {
    const [, ...args] = image.healthCheck;
    return spawnSync(process.execPath, args, { env: { PORT: String(at) } }).status;
  }

  function stamps(folder: string): readonly string[] {
    return filesIn(folder).map(file => `${file} ${statSync(file).mtimeMs} ${statSync(file).size}`);
  }

  test('starts in seconds with an embedded database', () => {
    process.stderr.write(`ready after ${took.toFixed(1)} s\n`);

    expect(image.command[0]).toBe('node');
    expect(took).toBeLessThan(100);
    expect(existsSync(join(image.root, 'data/database'))).toBe(true);
  });

  test('the health check tells a server from none', async () => {
    expect(checkHealth()).toBe(0);
    expect(checkHealth(await getPort())).toBe(1);
  });

  test('shows the tab', async () => {
    const page = await fetch(`http://127.0.0.1:${port}/tabs/`);

    expect({ status: page.status, type: page.headers.get('content-type') }).toEqual({
      status: 200,
      type: expect.stringContaining('text/html'),
    });
  });

  test('writes nothing but its data', () => {
    expect(stamps(app())).toEqual(before);
  });

  test('ends in good order when it is told to', async () => {
    const gone = new Promise<number | null>(resolve => server.once('exit', resolve));
    server.kill('SIGTERM');

    expect(await within(25_000, 'the server to end', gone, () => said)).toBe(0);
  });
});

test('the same commit makes the same pages, byte for byte', async () => {
  const folder = (await temporaryFolder('image-again')).path;
  const again = await runImageSteps(dockerfile, folder, {
    [installForBuild]: { from: join(root, 'node_modules'), to: 'node_modules' },
    'npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund': {
      from: join(image.stages.get('packages')!, 'app/node_modules'),
      to: 'node_modules',
    },
  });
  const hashes = ({ stages }: Image): readonly string[] => {
    const pages = join(stages.get('pages')!, 'app/dist/tabs');
    return filesIn(pages).map(
      file => `${file.slice(pages.length)} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`,
    );
  };

  expect(hashes(again).length).toBeGreaterThan(5);
  expect(hashes(again)).toEqual(hashes(image));
}, 300_000);
