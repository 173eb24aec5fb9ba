import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Before a run of jest: a folder where its test files share what takes long to make. `prepared.ts` says what and how.
 */
export default function startRun() {
  process.env.TEST_RUN_FOLDER = mkdtempSync(join(tmpdir(), 'cop-run-'));
}
