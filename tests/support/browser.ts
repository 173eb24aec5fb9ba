import { chromium, type Browser } from 'playwright-core';
import { findBrowser } from '../../infra/dev/browser.ts';

/** A headless browser that asks nobody outside for anything by itself. Close it after the tests. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath)
    throw new Error(
      'No browser of the Chromium family is here: run `npm test`, which installs one, or set CHROMIUM_PATH.',
    );
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
