import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFileSync, fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentWork, Report } from '../../../bot/documents/document-worker.ts';

const root = join(import.meta.dirname, '../../..');
// Beside the packages, as in the image.
const folder = join(root, `node_modules/.cache/packed-server-${process.pid}`);

beforeAll(() => {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const config = join(root, 'infra/image/vite.config.ts');
  execFileSync(process.execPath, [vite, 'build', '--config', config, '--outDir', folder, '--logLevel', 'error']);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const content: DocumentWork['content'] = {
  title: 'Charter',
  lines: ['As of today'],
  sections: [{ title: 'Purpose', text: 'Some **words** of it', asTyped: false, note: '' }],
};

test.each(['md', 'docx', 'pdf'] as const)(
  'the packed process makes a document as %s, and starts no server',
  async format => {
    const child = fork(join(folder, 'document-worker.js'), [], { serialization: 'advanced', execArgv: [] });
    const reported = new Promise<Report>(resolve => {
      child.on('message', message => {
        if ((message as Report).is !== 'section') resolve(message as Report);
      });
      child.once('exit', code => resolve({ is: 'failed', why: `it ended with ${code}` }));
    });
    const words = { unshowable: 'a character that the fonts lack', page: '{page} of {pages}' };
    child.send({ format, content, words } satisfies DocumentWork);
    const report = await reported;
    child.kill();

    expect(report.is === 'failed' ? report.why : report.is).toBe('done');
  },
);
