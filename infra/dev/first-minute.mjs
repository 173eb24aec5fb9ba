// A newcomer's first minute on this machine: `npm start` until the sample community is there and the desk shows itself,
// then Ctrl+C. Plain JavaScript, as nothing is installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const windows = process.platform === 'win32';
const port = process.env.PORT || '3978';
const localPort = process.env.LOCAL_PORT || '4365';
const minutes = 15;
const dataDir = mkdtempSync(join(tmpdir(), 'first-minute-'));

const started = Date.now();
// A group of its own, so that what npm started ends with it.
const server = spawn('npm', ['start'], {
  cwd: root,
  env: { ...process.env, PORT: port, LOCAL_PORT: localPort, DATA_DIR: dataDir },
  stdio: 'inherit',
  shell: windows,
  detached: !windows,
});
const ended = new Promise(resolve => server.once('exit', code => resolve(code ?? 'a signal')));
let over;
void ended.then(code => (over = code));

try {
  await until('the server is ready', `http://localhost:${port}/health`, () => true);
  await until('the desk is there', `http://localhost:${localPort}/`, text => text.includes('<div id="root">'));
  console.log(`first minute: ready and shown after ${Math.round((Date.now() - started) / 1000)} s`);
} catch (error) {
  console.error(`first minute: ${error.message}`);
  process.exitCode = 1;
} finally {
  stop();
  await ended;
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
}

async function until(what, url, holds) {
  for (;;) {
    const answer = await fetch(url).catch(error => ({ ok: false, status: String(error.cause?.code ?? error) }));
    if (answer.ok && holds(await answer.text())) return;
    if (over !== undefined) throw new Error(`npm start ended with ${over} before ${what}.`);
    if (Date.now() - started > minutes * 60_000)
      throw new Error(`after ${minutes} minutes it is not so that ${what}: ${url} answered ${answer.status}.`);
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

function stop() {
  if (over !== undefined) return;
  if (windows) spawnSync('taskkill', ['/pid', String(server.pid), '/T', '/F']);
  else process.kill(-server.pid, 'SIGINT');
}
