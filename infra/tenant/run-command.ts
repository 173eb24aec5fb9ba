import type { NetworkClient } from '../../bot/graph/entra.ts';
import { StartError } from '../../bot/start-error.ts';
import { createTexts, type Translate } from '../../bot/text.ts';
import { Refused } from './refused.ts';
import en from './text.en.json' with { type: 'json' };

/** What a command meets: its environment, and the world outside. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A line, or several, for the administrator. */
  readonly say: (text: string) => void;
  readonly t: Translate;
  readonly fetch: typeof globalThis.fetch;
  /** msal's own way when left out. */
  readonly networkClient?: NetworkClient;
}

/** What a command says, in the one language there is. */
export const commandText: Translate = createTexts({ tenant: { en } }).for('tenant', 'en');

/** Runs a command as a program: what it cannot go on with is one sentence, and the exit code 1. */
export async function runCommand(
  command: (args: readonly string[], surroundings: Surroundings) => Promise<number>,
): Promise<void> {
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  try {
    process.exitCode = await command(process.argv.slice(2), {
      environment: process.env,
      say,
      t: commandText,
      fetch: globalThis.fetch,
    });
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exitCode = 1;
  }
}

export function sentenceOf(error: unknown): string {
  if (error instanceof Refused) return commandText(`refused.${error.reason}`, error.values);
  if (error instanceof StartError) return error.message;
  // What Node says of arguments is a sentence already; nothing here puts a secret into an error.
  return error instanceof Error ? error.message : String(error);
}
