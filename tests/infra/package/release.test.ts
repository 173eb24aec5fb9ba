import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { releaseNotes } from '../../../infra/package/release-notes.ts';

const root = join(import.meta.dirname, '../../..');
const changelog = '# Changelog\n\n## Pending\n\n* Soon\n\n## 1.2.0 (2026-11-30)\n\n### New\n\n* Cards\n\n## 1.1.0\n';

describe('what a release says', () => {
  test('is the changelog’s section of that version', () => {
    expect(releaseNotes({ tag: 'v1.2.0', version: '1.2.0', changelog })).toBe('### New\n\n* Cards\n');
  });

  test.each([
    ['v1.2.1', '1.2.0', 'The tag is v1.2.1 and package.json says 1.2.0: make them one.'],
    ['', '1.2.0', 'The tag is  and package.json says 1.2.0: make them one.'],
    ['v1.2', '1.2', 'CHANGELOG.md has no section "## 1.2": give _Pending_ that name, and the day.'],
    ['v1.1.0', '1.1.0', 'CHANGELOG.md says nothing of 1.1.0.'],
  ])('is refused for the tag "%s" of %s', (tag, version, sentence) => {
    expect(() => releaseNotes({ tag, version, changelog })).toThrow(sentence);
  });
});

const workflows = readdirSync(join(root, '.github/workflows'));
describe.each(workflows)('the workflow %s', name => {
  const text = readFileSync(join(root, '.github/workflows', name), 'utf8');

  test('names each action by the hash of a commit, with its version beside it', () => {
    const used = [...text.matchAll(/uses: (.+)$/gm)].map(([, action]) => action);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('calls what is there', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const called = [...text.matchAll(/npm (?:run )?([\w-]+)/g)].map(([, script = '']) => script);
    expect(called.filter(script => script !== '' && !Object.hasOwn(scripts, script))).toEqual([]);
    const files = [...text.matchAll(/\binfra\/[\w./-]+/g)].map(([file]) => file);
    expect(files.filter(file => !existsSync(join(root, file)))).toEqual([]);
  });

  test('may do no more than read, but for what a job of it says', () => {
    expect(/^permissions:\n {2}contents: read$/m.test(text)).toBe(true);
    expect(text).not.toContain('pull_request_target');
  });
});
