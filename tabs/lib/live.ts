import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { SectionId } from '../../domain/charter/charter.ts';
import { liveApi, LiveEvent, type WhoIsHere } from '../../domain/live/api.ts';
import type { LiveTopic } from '../../domain/live/live.ts';
import { keys } from './queries.ts';

/** The longest time without a byte, in milliseconds: the server says every 20 s that it is still there. */
const silence = 50_000;

/** How long to wait before asking again, in milliseconds: at first, and at most. */
const soonest = 2_000;
const latest = 30_000;

export interface LiveParts {
  readonly community: string;
  /** The section of the charter that is being written here. */
  readonly editing: SectionId | null;
  readonly token: () => Promise<string>;
  readonly hear: (topics: readonly LiveTopic[]) => void;
  readonly meet: (others: WhoIsHere) => void;
  /** Perhaps something was missed: all that is shown is to be read anew. */
  readonly missed: () => void;
  readonly send?: typeof fetch;
}

/**
 * Hears what others change, until the signal says that nobody looks any more. Where the way to the server does not hold,
 * everything is read anew every half a minute instead.
 */
export async function listen({ missed, ...parts }: LiveParts, signal: AbortSignal): Promise<void> {
  let pause = soonest;
  let isFirst = true;
  while (!signal.aborted) {
    const goesOn = await hearOnce(parts, signal, () => {
      if (!isFirst) missed();
      isFirst = false;
      pause = soonest;
    });
    if (!goesOn || signal.aborted) return;
    // Everybody's tabs lose a server at the same moment, and do not all come back at the same.
    await waitFor(pause * (0.5 + Math.random()), signal);
    if (pause === latest && !signal.aborted) missed();
    pause = Math.min(pause * 2, latest);
  }
}

/** @returns whether it may work the next time: not for a person who is no member any more */
async function hearOnce(
  { community, editing, token, hear, meet, send = (input, init) => fetch(input, init) }: Omit<LiveParts, 'missed'>,
  signal: AbortSignal,
  begun: () => void,
): Promise<boolean> {
  const silent = new AbortController();
  let alarm: ReturnType<typeof setTimeout> | undefined;
  function stillThere(): void {
    clearTimeout(alarm);
    alarm = setTimeout(() => silent.abort(), silence);
  }
  try {
    stillThere();
    const path = liveApi.live.path.replace('{community}', encodeURIComponent(community));
    const response = await send(editing === null ? path : `${path}?editing=${editing}`, {
      headers: { authorization: `Bearer ${await token()}`, accept: 'text/event-stream' },
      signal: AbortSignal.any([signal, silent.signal]),
    });
    if (!response.ok || !response.body) return response.status !== 404;
    begun();
    const events = response.body
      .pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          transform(bytes, to) {
            stillThere();
            to.enqueue(bytes);
          },
        }),
      )
      .pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>)
      .pipeThrough(new EventSourceParserStream());
    for (const reader = events.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) return true;
      // A newer server may speak of what this tab does not know.
      const event = LiveEvent.safeParse(JSON.parse(value.data));
      if (!event.success) continue;
      if ('changed' in event.data) hear(event.data.changed);
      else meet(event.data);
    }
  } catch {
    // The way was cut, by whoever: it is taken again.
    return true;
  } finally {
    clearTimeout(alarm);
  }
}

/** Ends at once when nobody looks any more. */
function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

/** What shows a topic; the overview shows something of each. */
const shownBy: Readonly<Record<LiveTopic, (community: string) => readonly QueryKey[]>> = {
  overview: () => [],
  charter: id => [keys.charter(id)],
  plan: id => [keys.plan(id), keys.actionComments(id)],
  events: id => [keys.events(id), ['event', id], ['attendance', id]],
  agenda: id => [keys.agenda(id)],
  // What is on the shelf answers questions, and fills gaps.
  library: id => [keys.library(id), keys.agenda(id)],
  roles: id => [keys.roles(id)],
  surveys: id => [keys.surveys(id)],
  digest: id => [keys.digest(id)],
  newcomers: id => [keys.newcomers(id)],
  settings: id => [keys.settings(id), keys.community(id)],
};

/**
 * Reads anew what shows these topics: at once where it is on the screen, else when it is next. A change of one's own that
 * is being saved is shown already, and a reading from before would take it back: then it waits for that.
 */
export function readAnew(queries: QueryClient, community: string, topics: readonly LiveTopic[]): void {
  const stale = [keys.overview(community), ...topics.flatMap(topic => shownBy[topic](community))];
  function read(): void {
    // What is being read for the first time may have been said before the change: it is asked again, not waited for.
    for (const queryKey of stale)
      void queries.cancelQueries({ queryKey }).then(() => queries.invalidateQueries({ queryKey }));
  }
  if (queries.isMutating() === 0) return read();
  const stopWaiting = queries.getMutationCache().subscribe(() => {
    if (queries.isMutating() > 0) return;
    stopWaiting();
    read();
  });
}
