// `az` for a rehearsal: the two lines that make the bot, and no other. What it takes is what Azure's own takes for them:
// https://learn.microsoft.com/cli/azure/bot
import { parseArgs } from 'node:util';

const options = {
  'resource-group': { type: 'string', short: 'g' },
  name: { type: 'string', short: 'n' },
  'app-type': { type: 'string' },
  appid: { type: 'string' },
  'tenant-id': { type: 'string' },
  endpoint: { type: 'string', short: 'e' },
} as const;

type Values = { readonly [Name in keyof typeof options]?: string | undefined };

/** The path of the local tenant's call, and its body. */
function callOf(words: readonly string[], values: Values): readonly [string, object] {
  function needed(name: keyof Values): string {
    const value = values[name];
    if (value === undefined) throw new Error(`the following arguments are required: --${name}`);
    return value;
  }
  needed('resource-group');
  const name = needed('name');
  switch (words.join(' ')) {
    case 'bot create':
      if (needed('app-type') !== 'SingleTenant') throw new Error('a rehearsal has bots of the type SingleTenant alone');
      return [
        'azure-bot',
        { name, appId: needed('appid'), tenantId: needed('tenant-id'), endpoint: needed('endpoint') },
      ];
    case 'bot msteams create':
      return ['azure-bot-channel', { name }];
    default:
      throw new Error(`a rehearsal knows "az bot create" and "az bot msteams create", not "az ${words.join(' ')}"`);
  }
}

async function main(): Promise<void> {
  try {
    const [url, ...args] = process.argv.slice(2);
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [path, body] = callOf(positionals, values);
    const response = await fetch(`${url}/desk/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(((await response.json()) as { message: string }).message);
    process.stdout.write(`${JSON.stringify(body, null, 2)}\n`);
  } catch (error) {
    process.stderr.write(`ERROR: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
