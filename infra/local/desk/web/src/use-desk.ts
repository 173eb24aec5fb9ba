import { useCallback, useEffect, useRef, useState } from 'react';
import type { DeskState, MessageView } from '../../views.ts';
import { api } from './api.ts';

export interface Desk {
  readonly state: DeskState | null;
  readonly messages: readonly MessageView[] | null;
  /** Why there is nothing, or nothing new. */
  readonly problem: string | null;
}

/** The desk as this person sees it, kept up to date by the server's event stream. */
export function useDesk(
  viewer: string | null,
  conversation: string | null,
  onWarning: (sentence: string) => void,
): Desk {
  const [state, setState] = useState<DeskState | null>(null);
  const [messages, setMessages] = useState<{ readonly of: string; readonly list: readonly MessageView[] } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const asked = useRef(0);
  const key = `${viewer ?? ''} ${conversation ?? ''}`;

  const load = useCallback(async () => {
    const mine = ++asked.current;
    try {
      const nextState = await api.state(viewer);
      const seen =
        viewer !== null && conversation !== null && nextState.conversations.some(one => one.id === conversation);
      const list = seen ? await api.messages(viewer, conversation) : [];
      // An older answer may arrive after a newer one.
      if (mine !== asked.current) return;
      setState(nextState);
      setMessages({ of: key, list });
      setProblem(null);
      if (
        seen &&
        document.visibilityState === 'visible' &&
        nextState.conversations.some(one => one.id === conversation && one.unread > 0)
      )
        void api.do('read', { user: viewer, conversation });
    } catch (error) {
      if (mine === asked.current) setProblem(error instanceof Error ? error.message : String(error));
    }
  }, [viewer, conversation, key]);

  const warn = useRef(onWarning);
  useEffect(() => {
    warn.current = onWarning;
  });

  useEffect(() => {
    void load();
    let waiting: ReturnType<typeof setTimeout> | undefined;
    // One thing that happens makes several events; look once.
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => void load(), 40);
    };
    const events = new EventSource('/desk/api/events');
    events.onopen = soon;
    events.onmessage = message => {
      const event = JSON.parse(String(message.data)) as { kind: string; sentence?: string };
      if (event.kind === 'warning' && event.sentence) warn.current(event.sentence);
      soon();
    };
    events.onerror = soon;
    document.addEventListener('visibilitychange', soon);
    return () => {
      clearTimeout(waiting);
      events.close();
      document.removeEventListener('visibilitychange', soon);
    };
  }, [load]);

  return { state, messages: messages?.of === key ? messages.list : null, problem };
}
