import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser, type Installer } from '../../infra/dev/browser.ts';
import { launchBrowser } from '../support/browser.ts';

let folder = '';
let said: string[] = [];
const say = (sentence: string) => void said.push(sentence);
const named = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'browser-'));
  said = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A program that says its version, or fails to. */
function program(name: string, exitCode = 0): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\nexit ${exitCode}\n`);
  chmodSync(path, 0o755);
  return path;
}

function installer(name: string, script: string, possible = true): Installer {
  return { name, command: 'sh', args: ['-c', script], possible };
}

describe('a browser that is here', () => {
  test('the one that CHROMIUM_PATH names comes before all others', () => {
    const mine = program('mine');

    expect(ensureBrowser({ say, named: mine, places: [program('chromium')], installers: [] })).toBe(mine);
  });

  test('one that only pretends to be a browser is passed over', () => {
    const places = [join(folder, 'absent'), program('chromium-browser', 1), folder, program('google-chrome')];

    expect(ensureBrowser({ say, named, places, installers: [] })).toBe(places[3]);
  });

  test('a wrong CHROMIUM_PATH is told, and no other is taken in its place', () => {
    const act = () =>
      ensureBrowser({ say, named: join(folder, 'absent'), places: [program('chromium')], installers: [] });

    expect(act).toThrow(
      `CHROMIUM_PATH is ${join(folder, 'absent')}, which is not a browser that runs here: correct it, or unset it to have one found.`,
    );
  });
});

describe('a browser that is not here', () => {
  const install = () => `printf '#!/bin/sh\\n' > ${folder}/chromium && chmod +x ${folder}/chromium`;

  test('is installed, the second way when the first fails', () => {
    const installers = [
      installer('first way', 'exit 3'),
      installer('second way', install()),
      installer('third way', 'touch never'),
    ];

    const path = ensureBrowser({ say, named, places: [join(folder, 'chromium')], installers });

    expect({ path, said }).toEqual({
      path: join(folder, 'chromium'),
      said: ['installing a browser for the tests (first way) …', 'installing a browser for the tests (second way) …'],
    });
  });

  test('and cannot be had, fails with all that was tried', () => {
    const installers = [
      installer(
        'download',
        'echo "Downloading …" >&2; echo "Error: getaddrinfo ENOTFOUND" >&2; echo "    at once" >&2; exit 1',
      ),
      installer('half a package', ':'),
      installer('package of another system', install(), false),
    ];

    const act = () => ensureBrowser({ say, named, places: [join(folder, 'chromium')], installers });

    expect(act).toThrow(
      [
        'The tests need a browser of the Chromium family and none can be had.',
        "  - looked for chromium, chromium-browser, google-chrome, google-chrome-stable, microsoft-edge on the PATH and for Playwright's own: none that runs",
        '  - download: exit code 1 (Error: getaddrinfo ENOTFOUND)',
        '  - half a package: installed, but it does not run here',
        '  - package of another system: not on this machine',
        'Install Chromium or Google Chrome, or set CHROMIUM_PATH to one.',
      ].join('\n'),
    );
  });
});

test('the browser of the tests opens a page', async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.setContent('<button>Tick</button>');

    expect(await page.getByRole('button').textContent()).toBe('Tick');
  } finally {
    await browser.close();
  }
});
