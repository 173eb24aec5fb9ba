// What the npm scripts call: `node infra/dev/launch.mjs <command>`. Runs on any Node from 20, needs no package,
// installs what is missing and then runs the command on Node 24.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode, installPackages } from './install.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = {
  biome: 'node_modules/@biomejs/biome/bin/biome',
  eslint: 'node_modules/eslint/bin/eslint.js',
  jest: 'node_modules/jest/bin/jest.js',
  knip: 'node_modules/knip/bin/knip.js',
  tsc: 'node_modules/typescript/bin/tsc',
  vite: 'node_modules/vite/bin/vite.js',
};

/** Pages that Vite builds, and what they are made of. */
const pages = [
  {
    name: 'tabs',
    config: 'tabs/vite.config.ts',
    output: 'dist/tabs',
    sources: ['tabs', 'domain', 'package-lock.json'],
  },
  {
    name: 'desk',
    config: 'infra/local/desk/web/vite.config.ts',
    output: 'dist/desk',
    sources: ['infra/local/desk', 'domain', 'package-lock.json'],
  },
];
const caches = 'node_modules/.cache';
/** Tests of how quick the product is or how much memory it takes: one at a time, when no other test runs. */
const measured = String.raw`\.measured\.test\.`;
/** So many failed files run once more; where more fail it is not the machine. */
const mostAgain = 8;
/**
 * For a server: Node keeps what it compiled of it for the next start, which saves it a third of the work. Where nothing
 * can be kept, as on a read-only disk, Node starts it without.
 */
const compiled = { NODE_COMPILE_CACHE: join(root, caches, 'compiled') };
/** By content, as a fresh checkout gives every file a new date. */
const lintCache = ['--cache', '--cache-strategy', 'content', '--cache-location', `${caches}/lint/`];
/** Each remembers in its `tsBuildInfoFile` what it has seen, so that what has not changed is not looked at again. */
const projects = ['.', 'domain', 'tabs', 'infra/local/desk/web', 'tests/tabs', 'tests/browser'];

const commands = {
  async start(args) {
    await buildPages(stale);
    return run(['infra/local/start.ts', ...args], compiled);
  },
  dev,
  /** A tenant in which the app can be deployed as docs/deploying.md says. */
  async rehearse(args) {
    await buildPages(page => page.name === 'desk' && stale(page));
    return run(['infra/rehearsal/start.ts', ...args]);
  },
  playground: args => commands.start(['--playground', ...args]),
  async serve(args) {
    await buildPages(page => page.name === 'tabs' && !built(page));
    return run([...environmentFile(), 'bot/index.ts', ...args], compiled);
  },
  /** Looks at everything the app needs, and says what to mend. */
  doctor: args => run([...environmentFile(), 'bot/doctor.ts', ...args]),
  /** Moves the embedded database into PostgreSQL. */
  'move-to-postgresql': args => run([...environmentFile(), 'bot/move-to-postgresql.ts', ...args]),
  async build() {
    await buildPages(() => true);
    return 0;
  },
  check,
  format: () => run([bin.biome, 'format', '--write', '.']),
  test: args => (args.length > 0 ? jest(args) : everything()),
  jest,
  /** The fault tests alone, with as many kills as wanted: `faults --kills 2000 --seed 7`. */
  faults: args =>
    jest(['tests/faults', '--verbose', ...withoutOptions(args, ['--kills', '--seed'])], {
      ...option(args, '--kills', 'FAULT_KILLS'),
      ...option(args, '--seed', 'FAULT_SEED'),
    }),
  /** The attacks alone, for as long as they have to say: `attacks --seed 7`. */
  attacks: args =>
    jest(['tests/attacks', '--verbose', ...withoutOptions(args, ['--seed'])], {
      ATTACKS: 'long',
      ...option(args, '--seed', 'ATTACK_SEED'),
    }),
  bench: async args => {
    await buildPages(stale);
    // Teams is played there, and would seem to stand still while Node makes its memory smaller.
    return runTidily(['--no-memory-reducer', 'infra/bench/bench.ts', ...args]);
  },
  /** The sample community for a year: `year --weeks 8 --seed 7 --to year.txt`. */
  year: args => runTidily(['infra/year/year.ts', ...args]),
  pictures: async args => {
    await buildPages(stale);
    return runTidily(['infra/pictures.ts', ...args]);
  },
  package: args => run([...environmentFile(), 'infra/package/package-app.ts', ...args]),
  /** Makes what the app needs in Entra, its environment and its package. */
  provision: args => run(['infra/tenant/provision-command.ts', ...args]),
  /** Gives the app its one site. */
  grant: args => run([...environmentFile(), 'infra/tenant/grant-command.ts', ...args]),
  /** What is delivered of others: a bill of materials and the licences. */
  licences: async args => {
    await buildPages(page => page.name === 'tabs' && stale(page));
    return run(['infra/package/licences.ts', ...args]);
  },
  /** Asks a real tenant what Microsoft does not publish. */
  'verify-tenant': args => run([...environmentFile(), 'infra/verify/verify-tenant.ts', ...args]),
};

/** Commands that need no package for development. */
const inProduction = ['serve', 'doctor', 'grant', 'verify-tenant', 'move-to-postgresql'];

await main();

async function main() {
  const [name = '', ...args] = process.argv.slice(2);
  try {
    if (!Object.hasOwn(commands, name))
      throw new Error(`There is no command "${name}". Expected one of: ${Object.keys(commands).join(', ')}.`);
    // The image has what runs in production alone; it is no place to install the rest.
    if (!inProduction.includes(name) && !existsSync(join(root, 'infra/package')))
      throw new Error(`npm run ${name} is not in the image: run it in a clone of the project, on any machine.`);
    installPackages(root, { development: !inProduction.includes(name), say });
    process.exitCode = await commands[name](args);
  } catch (error) {
    say(error.message);
    process.exitCode = 1;
  }
}

/** Everything that must hold before a change is merged, each step only when the one before held. */
async function everything() {
  const failed = await check();
  if (failed) return failed;
  await buildPages(stale);
  const browser = await capture(['infra/dev/browser.ts']);
  if (browser.code !== 0) throw new Error('no browser for the browser tests; what was tried is above.');

  return withTemporaryFolder(async (folder, more) => {
    const environment = { CHROMIUM_PATH: browser.output.trim(), ...more };
    const first = [];
    for (const part of [
      ['--testPathIgnorePatterns', measured],
      ['--runInBand', '--testPathPatterns', measured],
    ]) {
      const files = await results(folder, environment, part);
      if (!files) return 1;
      first.push(...files);
    }
    const failed = first.filter(hasFailed).map(({ name }) => name);
    if (failed.length === 0 || failed.length > mostAgain) return report(first);
    say(`${failed.length} failed, and ${failed.length === 1 ? 'runs' : 'run'} once more, alone …`);
    const again = (await results(folder, environment, ['--runInBand', '--runTestsByPath', ...failed])) ?? [];
    for (const file of first.filter(({ name }) => again.some(one => one.name === name && !hasFailed(one))))
      say(`failed beside others and passed alone, so it is unsteady: ${complaints(file).join('; ')}`);
    return report(first.map(file => again.find(({ name }) => name === file.name) ?? file));
  });
}

/** What jest finds out about each file; null when it ended without, as when it was interrupted. */
async function results(folder, environment, args) {
  const file = join(folder, 'results.json');
  rmSync(file, { force: true });
  await runAsGroup(jestArgs(['--json', `--outputFile=${file}`, ...args]), environment);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')).testResults;
  say('jest ended without results.');
  return null;
}

/** A temporary folder for all that a run makes. It is removed in the end, also when the run fails or is interrupted. */
async function withTemporaryFolder(act) {
  const folder = mkdtempSync(join(tmpdir(), 'cop-companion-'));
  try {
    // PostgreSQL, which refuses to run as root, passes through it as somebody else.
    chmodSync(folder, 0o711);
    return await act(folder, { TMPDIR: folder, TEMP: folder, TMP: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

function runTidily(args, more = {}) {
  return withTemporaryFolder((_folder, where) => runAsGroup(args, { ...more, ...where }));
}

/** The slowest files, what failed, and the closing line in plain words. A file that could not run at all counts as one failure. */
function report(files) {
  for (const line of slowest(files)) say(line);
  for (const file of files.filter(hasFailed)) for (const complaint of complaints(file)) say(`failed: ${complaint}`);
  const count = status => files.flatMap(file => file.assertionResults).filter(test => test.status === status).length;
  const failed = count('failed') + files.filter(file => hasFailed(file) && failedIn(file).length === 0).length;
  const skipped = count('pending') + count('todo');
  console.log(`${count('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed > 0 ? 1 : 0;
}

function hasFailed({ status }) {
  return status === 'failed';
}

function failedIn({ assertionResults }) {
  return assertionResults.filter(({ status }) => status === 'failed');
}

/** Which tests of a file failed, or that it could not run, in a line each. */
function complaints(file) {
  const name = relative(root, file.name);
  const tests = failedIn(file).map(({ fullName }) => `${name}: ${fullName}`);
  return tests.length > 0 ? tests : [`${name}: ${file.message.trim().split('\n')[0]}`];
}

/** The files that a run of the tests took longest for. */
function slowest(files) {
  return files
    .map(({ name, startTime, endTime }) => ({ name: relative(root, name), took: (endTime - startTime) / 1000 }))
    .toSorted((one, other) => other.took - one.took)
    .slice(0, 10)
    .map(({ name, took }) => `${took.toFixed(1)} s ${name}`);
}

function jest(args, more) {
  return runTidily(jestArgs(args), more);
}

function jestArgs(args) {
  return ['--experimental-vm-modules', bin.jest, ...args];
}

/** The value after a name among arguments, as a variable of the environment; nothing when the name is not there. */
function option(args, name, variable) {
  const place = args.indexOf(name);
  if (place < 0) return {};
  if (!/^\d+$/.test(args[place + 1] ?? ''))
    throw new Error(`${name} needs a whole number after it, such as ${name} 2000.`);
  return { [variable]: args[place + 1] };
}

function withoutOptions(args, names) {
  return args.filter((arg, index) => !names.includes(arg) && !names.includes(args[index - 1]));
}

/**
 * Types, the linter, the formatter and what nobody uses, two at a time. What they say is shown when it is a complaint.
 */
async function check() {
  const steps = [
    { name: 'format', args: [bin.biome, 'format', '.'], mend: 'npm run format mends it' },
    { name: 'nothing unused, nothing unlisted', args: [bin.knip, '--no-progress'] },
    { name: 'types', args: [bin.tsc, '-b', ...projects, '--pretty'] },
    // The types of all projects are in memory at once: more than Node gives by itself.
    {
      name: 'lint and walls',
      args: ['--max-old-space-size=6144', bin.eslint, '.', '--max-warnings=0', '--color', ...lintCache],
    },
  ];
  const failed = [];
  async function work() {
    for (let step = steps.pop(); step; step = steps.pop()) {
      const started = Date.now();
      const { code, output } = await capture(step.args, 'both');
      say(`${code === 0 ? '✔' : '✘'} ${step.name} (${seconds(started)})`);
      if (code === 0) continue;
      failed.push(step.name);
      process.stdout.write(output);
      if (step.mend) say(step.mend);
    }
  }
  await Promise.all([work(), work()]);
  if (failed.length > 0) say(`failed: ${failed.join(', ')}`);
  return failed.length > 0 ? 1 : 0;
}

/** Builds pages and starts the server anew whenever a file they are made of changes; the desk shows what is new. */
async function dev(args) {
  const builders = pages.map(({ config }) => {
    const watch = [bin.vite, 'build', '--watch', '--mode', 'development', '--config', config];
    return spawnNode(watch, {}, ['ignore', 'pipe', 'inherit']);
  });
  try {
    say('building the pages …');
    await Promise.all(builders.map(builder => says(builder, 'built in')));
    return await run(['--watch', '--watch-preserve-output', 'infra/local/start.ts', ...args], compiled);
  } finally {
    for (const builder of builders) builder.kill();
    // These pages look for newer ones all the time: the next start builds others.
    for (const { output } of pages) rmSync(join(root, output), { recursive: true, force: true });
  }
}

/** Waits until a child has printed this. */
function says({ stdout }, words) {
  return new Promise((resolve, reject) => {
    stdout.setEncoding('utf8').on('data', text => text.includes(words) && resolve());
    stdout.once('close', () => reject(new Error('The pages could not be built; the reason is above.')));
  });
}

async function buildPages(wanted) {
  for (const page of pages.filter(wanted)) {
    if (!existsSync(join(root, bin.vite)))
      throw new Error(
        `${page.output} is not built and Vite is not installed here: run npm run build where it is, and bring dist/ along.`,
      );
    const started = Date.now();
    const { code, output } = await capture([bin.vite, 'build', '--config', page.config], 'both');
    say(`${code === 0 ? '✔' : '✘'} pages of the ${page.name} (${seconds(started)})`);
    if (code !== 0)
      throw new Error(
        `${output.trim()}\nThe ${page.name} could not be built: ${page.config} says how, the reason is above.`,
      );
  }
}

/** The variables in .env, where there is one; what is set already counts more. */
function environmentFile() {
  return existsSync(join(root, '.env')) ? ['--env-file=.env'] : [];
}

function built(page) {
  return existsSync(join(root, page.output, 'index.html'));
}

function stale(page) {
  return (
    !built(page) ||
    page.sources.some(source => newest(join(root, source)) > statSync(join(root, page.output, 'index.html')).mtimeMs)
  );
}

/** When the newest file was changed; folders count too, so that a deleted file is noticed. */
function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map(name => newest(join(path, name))));
}

/** Runs Node 24 in the foreground, as if it had been called itself: same terminal, same signals, same exit code. */
function run(args, more = {}) {
  return finish(spawnNode(args, more, 'inherit')).then(({ code }) => code);
}

/** The same as a group of processes of its own: whatever it started and left running ends with it. */
async function runAsGroup(args, more) {
  if (process.platform === 'win32') return run(args, more);
  const child = spawnNode(args, more, 'inherit', true);
  try {
    // A terminal's Ctrl+C does not reach another group by itself.
    return (await finish(child, true)).code;
  } finally {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nobody of it is left.
    }
  }
}

/** Runs Node 24 and keeps what it prints; complaints go to the terminal unless `both` are wanted. */
async function capture(args, both) {
  const child = spawnNode(args, {}, ['ignore', 'pipe', both ? 'pipe' : 'inherit']);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', text => (output += text));
  const { code } = await finish(child);
  return { code, output };
}

function spawnNode(args, more, stdio, detached = false) {
  // --disable-warning: node:sqlite and vm modules are stable enough for us; their notice would hide real ones.
  const env = { ...process.env, ...more };
  return spawn(findNode(root), ['--disable-warning=ExperimentalWarning', ...args], { cwd: root, stdio, detached, env });
}

function finish(child, always = false) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const forward = signal => {
    // Ctrl+C in a terminal reaches the child by itself; a second one would cut its orderly end short.
    if (!always && signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const each of signals) process.off(each, forward);
      resolve({ code: code ?? 128 + (constants.signals[signal] ?? 0) });
    });
  });
}

function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}

function say(sentence) {
  console.error(`cop-companion: ${sentence}`);
}
