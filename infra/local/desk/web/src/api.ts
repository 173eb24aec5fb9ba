import type { CallView, DeskState, DialogResultView, ListView, MessageView, PressResultView } from '../../views.ts';

/** A call that the desk refused, in its own words. */
class CallFailed extends Error {}

export const api = {
  state: (user: string | null) => get<DeskState>(user === null ? 'state' : `state?${query({ user })}`),
  messages: async (user: string, conversation: string) =>
    (await get<{ messages: readonly MessageView[] }>(`messages?${query({ user, conversation })}`)).messages,
  tabToken: async (user: string) => (await get<{ token: string }>(`tab-token?${query({ user })}`)).token,
  lists: async (team: string) => (await get<{ lists: readonly ListView[] }>(`lists?${query({ team })}`)).lists,
  calls: async () => (await get<{ calls: readonly CallView[] }>('')).calls,
  press: (body: { user: string; message: string; action: object }) => post<PressResultView>('press', body),
  ask: (body: { user: string; message: string; command: string; data?: unknown }) =>
    post<DialogResultView>('ask', body),
  look: (body: { user: string; message: string }) => post<PressResultView>('look', body),
  say: (body: { user: string; to: string; text: string; mention?: boolean }) =>
    post<{ id: string; delivery: DeliveryView | null }>('say', body),
  /** A call whose answer is seen in the next state, unless the bot was told and did not take it. */
  do: (path: string, body: object) => post<Outcome>(path, body),
  clearFaults: () => call<object>('faults', { method: 'DELETE' }),
};

export interface DeliveryView {
  readonly status: number;
  readonly body: unknown;
}

export interface Outcome {
  readonly delivery?: DeliveryView | null;
  readonly deliveries?: readonly DeliveryView[];
}

/** A sentence about what the bot did not take, or null when all is well. */
export function troubleWith({ delivery, deliveries }: Outcome): string | null {
  const bad = [...(deliveries ?? []), ...(delivery ? [delivery] : [])].find(
    one => one.status < 200 || one.status >= 300,
  );
  if (!bad) return null;
  return bad.status === 0 ? String(bad.body) : `The bot answered HTTP ${bad.status}.`;
}

function get<T>(path: string): Promise<T> {
  return call<T>(path, {});
}

function post<T>(path: string, body: object): Promise<T> {
  return call<T>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

async function call<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path ? `/desk/api/${path}` : '/desk/api', init).catch(() => {
    throw new CallFailed('The desk’s server does not answer. Is it still running?');
  });
  const body = (await response.json()) as T & { message?: string };
  if (!response.ok) throw new CallFailed(body.message ?? `The desk answered HTTP ${response.status}.`);
  return body;
}

function query(values: Record<string, string>): string {
  return new URLSearchParams(values).toString();
}
