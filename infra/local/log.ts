import { join } from 'node:path';
import { multistream, pino, type Logger } from 'pino';

export interface LocalLog {
  readonly log: Logger;
  /** Where all of it is. */
  readonly file: string;
  /** From now on warnings are told, too: while the sample comes to life, some belong to it. */
  tellWarnings(): void;
}

/** The product's log in a file, and in the terminal what somebody who tries things out should know, in words. */
export function createLocalLog(dataDir: string, level: string, say: (sentence: string) => void): LocalLog {
  const file = join(dataDir, 'server.log');
  const written = pino.destination({ dest: file, append: true, mode: 0o600, sync: true });
  // A full disk is told by /health; without a listener it would end the process.
  written.on('error', () => {});
  let lowest = 50;
  const told = {
    write(line: string) {
      const {
        level: weight,
        msg,
        reason,
        error,
      } = JSON.parse(line) as { level: number; msg: string; reason?: unknown; error?: unknown };
      if (weight < lowest) return;
      const why = typeof reason === 'string' ? reason : typeof error === 'string' ? error : '';
      say(`${weight >= 50 ? 'Trouble' : 'Note'}: ${msg}${why && ` (${why})`}. More in ${file}`);
    },
  };
  const streams = multistream([
    { stream: written, level: 'trace' },
    { stream: told, level: 'warn' },
  ]);
  return { log: pino({ level, base: null }, streams), file, tellWarnings: () => void (lowest = 40) };
}
