import { randomUUID } from 'node:crypto';
import words from '../../bot/teams/text.en.json' with { type: 'json' };
import { enveloped } from '../local/connector/activities.ts';
import { chatId } from '../local/connector/memory.ts';
import type { User } from '../local/directory.ts';
import type { Microsoft365 } from '../local/microsoft365.ts';
import { monday } from './tenant.ts';

export interface PressOnTask {
  readonly verb: 'facilitation.tick' | 'facilitation.untick';
  readonly user: User;
  readonly community: string;
  /** One of the week that begins on the Monday of the bench. */
  readonly task: string;
}

/** What Teams would send when somebody presses a task in their own chat, as the bytes of its body. */
export function pressOf(microsoft365: Microsoft365, { verb, user, community, task }: PressOnTask): string {
  const data = { community, week: monday.toISOString().slice(0, 10), task };
  return JSON.stringify(
    enveloped(
      {
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
      },
      {
        user,
        serviceUrl: addressIn(microsoft365),
        now: microsoft365.clock.now(),
        id: `f:${randomUUID()}`,
        conversation: { id: chatId(user.id), kind: 'personal' },
      },
    ),
  );
}

/** With this the Bot Connector signs what it sends. */
export function tokenOfTeams(microsoft365: Microsoft365): Promise<string> {
  return microsoft365.entra.signToBot(addressIn(microsoft365));
}

/** Sends a press. Resolves to whether the answer is more than that it takes a little longer. */
export async function answered(url: string, token: string, press: string): Promise<boolean> {
  const response = await fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: press,
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`a press was answered with ${response.status}: ${answer.slice(0, 300)}`);
  return !answer.includes(words['still-working']);
}

function addressIn({ url }: Microsoft365): string {
  return `${url}/connector/`;
}
