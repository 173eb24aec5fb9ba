import type { Microsoft365 } from '../../../infra/local/microsoft365.ts';
import { localOutside } from '../../../infra/local/product.ts';
import { commandText, sentenceOf, type Surroundings } from '../../../infra/tenant/run-command.ts';

/** What became of a command. */
export interface Done {
  readonly code: number;
  /** Everything it said, and the sentence it ended with. */
  readonly said: string;
}

export interface Administrator {
  /** Who signs in when a code is shown; null for somebody who never comes. */
  readonly userId: string;
  readonly answer?: 'accept' | 'cancel';
}

/** Runs a command as this administrator, who enters the code as soon as it is shown. */
export async function runAs(
  microsoft365: Microsoft365,
  { userId, answer = 'accept' }: Administrator,
  command: (args: readonly string[], surroundings: Surroundings) => Promise<number>,
  args: readonly string[],
  more: Partial<Surroundings> = {},
): Promise<Done> {
  const lines: string[] = [];
  const { fetch, networkClient } = localOutside(microsoft365);
  microsoft365.entra.deviceCodes.interval = 0;
  function say(text: string): void {
    lines.push(text);
    const code = /enter the code (\w+) to authenticate/.exec(text)?.[1];
    if (code) answerAtMicrosoft(code);
  }
  function answerAtMicrosoft(code: string): void {
    try {
      microsoft365.entra.deviceCodes.answer(code, userId, answer);
    } catch (error) {
      lines.push(`At microsoft.com: ${error instanceof Error ? error.message : ''}`);
      // They go back without having signed in.
      microsoft365.entra.deviceCodes.answer(code, userId, 'cancel');
    }
  }
  const surroundings: Surroundings = {
    environment: {},
    t: commandText,
    fetch,
    ...(networkClient ? { networkClient } : {}),
    ...more,
    say,
  };
  try {
    return { code: await command(args, surroundings), said: lines.join('\n') };
  } catch (error) {
    return { code: 1, said: [...lines, sentenceOf(error)].join('\n') };
  }
}
