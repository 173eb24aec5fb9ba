import { api } from '../../domain/api.ts';
import type { Person } from '../../domain/community.ts';
import type { AnyEndpoint } from '../../domain/endpoint.ts';
import type { Microsoft365 } from './microsoft365.ts';

interface AskOptions {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The version that is changed; null for what is not there yet. */
  readonly etag?: string | null;
}

interface SampleTab {
  /**
   * Asks what the tab would, as this person.
   * @throws Error with the answer, when it is a refusal
   */
  ask<Answer>(who: Person, endpoint: AnyEndpoint, options?: AskOptions): Promise<Answer>;
  /** The bot answers Teams first, and gets to know a team then: until somebody of it may look. */
  untilKnown(who: Person): Promise<void>;
}

/** A team's tab without its page, for those of the sample. */
export function openTab(
  { entra }: Pick<Microsoft365, 'entra'>,
  { productUrl, team }: { readonly productUrl: string; readonly team: string },
): SampleTab {
  const authorization = async (user: string) => ({ Authorization: `Bearer ${await entra.issueTabToken(user)}` });

  async function ask<Answer>(who: Person, endpoint: AnyEndpoint, options: AskOptions = {}): Promise<Answer> {
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
      encodeURIComponent(options.params?.[name] ?? team),
    );
    const response = await fetch(productUrl + path, {
      method: endpoint.method,
      headers: {
        ...(await authorization(who.id)),
        ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(options.etag === undefined
          ? {}
          : options.etag === null
            ? { 'If-None-Match': '*' }
            : { 'If-Match': options.etag }),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    if (!response.ok)
      throw new Error(
        `the sample could not be set up: ${endpoint.method} ${path} answered ${response.status} ${await response.text()}`,
      );
    return (await response.json()) as Answer;
  }

  async function untilKnown(who: Person): Promise<void> {
    const path = api.community.path.replace('{community}', team);
    for (let times = 0; times < 50; times++) {
      const response = await fetch(productUrl + path, { headers: await authorization(who.id) });
      if (response.ok) return;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }

  return { ask, untilKnown };
}

/** Does each step of a sample once, whatever it is started with; what somebody changed since stays. */
export function stepsOf(
  { store }: Pick<Microsoft365, 'store'>,
  sample: string,
): (step: string, act: () => Promise<void>) => Promise<void> {
  const steps = store.collection<boolean>(sample);
  return async (step, act) => {
    if (steps.get(step)) return;
    await act();
    steps.put(step, true);
  };
}
