import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const root = join(import.meta.dirname, '../..');
const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const wellKnown = [
  '/usr/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** One way of getting a browser. */
export interface Installer {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** False when this machine has no such way. */
  readonly possible: boolean;
}

/** A browser of the Chromium family that is on this machine: CHROMIUM_PATH, else the system's, else Playwright's. */
export function findBrowser(named = process.env['CHROMIUM_PATH'], places = usualPlaces()): string | undefined {
  return (named ? [named] : places).find(works);
}

/**
 * Finds a browser, or installs one: Playwright's, else the system's package.
 * @throws with one line for each thing that was tried, when none can be had
 */
export function ensureBrowser({
  say,
  named = process.env['CHROMIUM_PATH'],
  places = usualPlaces(),
  installers = usualInstallers(),
}: {
  readonly say: (sentence: string) => void;
  readonly named?: string | undefined;
  readonly places?: readonly string[];
  readonly installers?: readonly Installer[];
}): string {
  if (named && !works(named))
    throw new Error(
      `CHROMIUM_PATH is ${named}, which is not a browser that runs here: correct it, or unset it to have one found.`,
    );
  const found = findBrowser(named, places);
  if (found) return found;

  const tried = [`looked for ${commands.join(', ')} on the PATH and for Playwright's own: none that runs`];
  for (const { name, command, args, possible } of installers) {
    if (!possible) {
      tried.push(`${name}: not on this machine`);
      continue;
    }
    say(`installing a browser for the tests (${name}) …`);
    const { status, error, signal, stderr } = spawnSync(command, args, {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      timeout: 5 * 60_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    const installed = findBrowser('', places);
    if (installed) return installed;
    const complaint =
      stderr
        ?.trim()
        .split('\n')
        .find(line => /error/i.test(line)) ?? '';
    tried.push(
      `${name}: ${error?.message ?? signal ?? (status === 0 ? 'installed, but it does not run here' : `exit code ${status}`)}${complaint && ` (${complaint.slice(0, 200)})`}`,
    );
  }
  throw new Error(
    `The tests need a browser of the Chromium family and none can be had.\n${tried.map(line => `  - ${line}`).join('\n')}\nInstall Chromium or Google Chrome, or set CHROMIUM_PATH to one.`,
  );
}

function usualPlaces(): readonly string[] {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap(folder => commands.map(command => join(folder, command)));
  return [...onPath, ...wellKnown, chromium.executablePath()];
}

/** There is more than one way of being no browser: Ubuntu's chromium-browser is a note that says to install a snap. */
function works(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    if (!statSync(path).isFile()) return false;
  } catch {
    return false;
  }
  // Windows browsers open a window when asked for their version.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

function usualInstallers(): readonly Installer[] {
  const rootOnDebian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && isDebian();
  return [
    {
      name: 'playwright-core install chromium',
      command: process.execPath,
      args: ['node_modules/playwright-core/cli.js', 'install', 'chromium'],
      possible: true,
    },
    {
      name: 'apt-get install chromium, as root on Debian',
      command: 'sh',
      args: ['-c', 'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium'],
      possible: rootOnDebian,
    },
  ];
}

function isDebian(): boolean {
  return existsSync('/etc/os-release') && /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
}

if (import.meta.main) {
  try {
    console.log(ensureBrowser({ say: sentence => console.error(`cop-companion: ${sentence}`) }));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
