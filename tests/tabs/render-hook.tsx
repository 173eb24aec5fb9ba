import { afterEach } from '@jest/globals';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Window } from 'happy-dom';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import type { CommunityView } from '../../domain/api.ts';
import { CommunityContext, SessionContext, type Session } from '../../tabs/lib/session.tsx';

/** A form as React runs it: mounted in a page of its own, in the session of somebody in a community. */
export interface Mounted<Value> {
  readonly now: () => Value;
  act(change: (value: Value) => void): Promise<void>;
  /** Renders anew with what the hook gets then. */
  again(): Promise<void>;
  leave(): Promise<void>;
  /** Whether the browser would ask before it closes the page. */
  readonly asksBeforeLeaving: () => boolean;
}

/** The browser's own names, as long as a test runs. */
export function startPage(storage: Storage): void {
  const page = new Window({ url: 'https://cop.example/' });
  const names = {
    window: page,
    document: page.document,
    localStorage: storage,
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
    dispatchEvent: page.dispatchEvent.bind(page),
    IS_REACT_ACT_ENVIRONMENT: true,
  };
  for (const [name, value] of Object.entries(names))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  opened.push(async () => {
    await page.happyDOM.close();
    for (const name of Object.keys(names)) Reflect.deleteProperty(globalThis, name);
  });
}

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

export async function mount<Value>(useIt: () => Value): Promise<Mounted<Value>> {
  const root = createRoot(document.createElement('div'));
  const queries = new QueryClient({ defaultOptions: { mutations: { retry: false, networkMode: 'always' } } });
  const seen: Value[] = [];
  function Form() {
    seen.push(useIt());
    return null;
  }
  const render = () =>
    act(async () =>
      root.render(
        <SessionContext value={{ communityId: 'team-1' } as Session}>
          <CommunityContext value={{ me: { id: 'ada', name: 'Ada' } } as CommunityView}>
            <QueryClientProvider client={queries}>
              <Form />
            </QueryClientProvider>
          </CommunityContext>
        </SessionContext>,
      ),
    );
  const now = (): Value => {
    const last = seen.at(-1);
    if (last === undefined) throw new Error('the form was never shown');
    return last;
  };
  await render();
  return {
    now,
    // React Query tells what has changed a moment later.
    act: change =>
      act(async () => {
        change(now());
        await new Promise(resolve => setTimeout(resolve));
      }),
    again: render,
    leave: () => act(async () => root.unmount()),
    asksBeforeLeaving() {
      const event = new window.Event('beforeunload', { cancelable: true });
      return !window.dispatchEvent(event);
    },
  };
}
