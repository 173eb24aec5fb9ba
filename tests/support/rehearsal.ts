import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import getPort from 'get-port';
import { administrator } from '../../infra/local/desk/administrator-page.ts';
import type { DeskState, MessageView } from '../../infra/local/desk/views.ts';
import { untilEnd, within } from './clean-up.ts';
import { eventually } from './engines.ts';

/** `npm run rehearse` in a clone, and a shell of somebody who follows the guide there. */
export interface Rehearsal {
  readonly tenantId: string;
  /** Where Teams reaches the server. */
  readonly publicUrl: string;
  /** Runs a command of the guide to its end. Whenever it shows a code, the administrator enters it at Microsoft. */
  run(command: string): Promise<Ran>;
  /** Starts one that stays. */
  start(command: string): Staying;
  /** A call of the desk, which is Teams and Microsoft's pages. */
  desk<Answer>(path: string, body?: object): Promise<Answer>;
  state(user: string): Promise<DeskState>;
  /** What the bot has written where this person sees it. */
  messages(user: string, kind: 'channel' | 'personal'): Promise<readonly MessageView[]>;
}

interface Ran {
  readonly code: number;
  readonly said: string;
}

export interface Staying {
  said(): string;
  stop(): Promise<void>;
}

export async function startRehearsal(clone: string): Promise<Rehearsal> {
  const [port, localPort, tlsPort] = [await getPort(), await getPort(), await getPort()];
  const deskUrl = `http://localhost:${localPort}`;
  const ports = { PORT: String(port), LOCAL_PORT: String(localPort), TLS_PORT: String(tlsPort) };
  const started = spawnShell('npm run rehearse', clone, ports);
  const printed = await eventually(
    'the rehearsal',
    () => /tenant id +(?<tenantId>[\w-]+)\s+the address +(?<publicUrl>\S+)/.exec(started.said())?.groups,
    60_000,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${started.said()}`);
  });
  // Tabs are opened over the TLS that a browser would trust.
  const known = getCACertificates('default');
  setDefaultCACertificates([...known, readFileSync(join(clone, '.rehearsal/authority.pem'), 'utf8')]);
  untilEnd(async () => setDefaultCACertificates(known));

  const inShell = (command: string) => spawnShell(`. .rehearsal/environment\n${command}`, clone);
  async function desk<Answer>(path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${deskUrl}/desk/api/${path}`, {
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
      headers: { 'content-type': 'application/json' },
    });
    const answer = (await response.json()) as Answer & { message?: string };
    if (!response.ok) throw new Error(`${path}: ${answer.message}`);
    return answer;
  }
  const state = (user: string) => desk<DeskState>(`state?user=${user}`);

  return {
    tenantId: printed['tenantId'] ?? '',
    publicUrl: printed['publicUrl'] ?? '',
    desk,
    state,
    async messages(user, kind) {
      const conversation = (await state(user)).conversations.find(one => one.kind === kind);
      if (!conversation) return [];
      const path = `messages?user=${user}&conversation=${encodeURIComponent(conversation.id)}`;
      return (await desk<{ messages: MessageView[] }>(path)).messages;
    },
    async run(command) {
      const running = inShell(command);
      const entered = new Set<string>();
      const watching = setInterval(() => {
        const code = /enter the code (\w+) to authenticate/.exec(running.said())?.[1];
        if (code === undefined || entered.has(code)) return;
        entered.add(code);
        void desk('device-code', { code, user: administrator.id });
      }, 50);
      try {
        return { code: await within(90_000, command, running.gone, running.said), said: running.said() };
      } finally {
        clearInterval(watching);
      }
    },
    start: inShell,
  };
}

function spawnShell(command: string, folder: string, more: Record<string, string> = {}) {
  const child = spawn('/bin/sh', ['-c', command], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: npm hands no signal on.
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const gone = new Promise<number>(resolve => child.once('close', code => resolve(code ?? -1)));
  const stop = untilEnd(async () => {
    signal(child, 'SIGTERM');
    await within(25_000, `${command} to end`, gone, () => said).catch(() => signal(child, 'SIGKILL'));
  });
  return { said: () => said, gone, stop };
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, name);
  } catch {
    // All of it has ended.
  }
}
