import { rmSync } from 'node:fs';

/** After a run of jest, whatever became of it. */
export default function endRun() {
  rmSync(process.env.TEST_RUN_FOLDER, { recursive: true, force: true, maxRetries: 3 });
}
