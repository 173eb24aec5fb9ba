// Draws appPackage/*.png from appPackage/icons/*.svg, with the browser of the tests: `node infra/package/draw-icons.ts`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureBrowser } from '../dev/browser.ts';
import { icons } from './package-app.ts';

const folder = join(import.meta.dirname, '../../appPackage');
const browser = await chromium.launch({
  executablePath: ensureBrowser({ say: console.error }),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  for (const { file, size } of icons) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const svg = readFileSync(join(folder, 'icons', file.replace('.png', '.svg')), 'utf8');
    await page.setContent(
      `<style>html, body { margin: 0; background: transparent } svg { display: block }</style>${svg}`,
    );
    await page.screenshot({ path: join(folder, file), omitBackground: true });
    console.log(`${file}: ${size} × ${size}`);
  }
} finally {
  await browser.close();
}
