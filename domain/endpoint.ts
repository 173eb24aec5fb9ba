import { z } from 'zod';
import { Person } from './community.ts';

/**
 * What a tab may ask and what it gets. The server routes, the tabs' client and `/api/openapi.json`
 * are all made from this table, so they cannot disagree.
 */
export interface Endpoint<Body = unknown, Answer = unknown> {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** With `{names}` in braces; a path without a community is for administrators, unless it is for everybody. */
  readonly path: string;
  /** For every person of the organisation, about themself: it belongs to no community. */
  readonly everybody?: true;
  readonly summary: string;
  /** Names of what may be asked for after the `?`; all of it may be left out. */
  readonly query?: readonly string[];
  readonly body?: z.ZodType<Body>;
  /** The body is a file, its bytes as they are and no JSON, and at most so many. See {@link fileUpTo}. */
  readonly mostBytes?: number;
  readonly answer: z.ZodType<Answer>;
  /** Who asked stands in no log line and in no other record: it would say who answered, and when. */
  readonly unnamed?: boolean;
  /**
   * A change to something that can change meanwhile: If-Match with its ETag, or `If-None-Match: *` for the first
   * version.
   */
  readonly conditional?: true;
  /**
   * What of the answer a browser may keep, to show it at once the next time: without what only some may see, or what
   * somebody said in confidence. Null for nothing of it; left out, nothing ever is.
   */
  kept?(answer: Answer): Answer | null;
  /** The answer is a {@link FileAnswer}, sent as a file and not as JSON. */
  readonly file?: true;
  /** The answer stays open as `text/event-stream`, and each event's data is this, as JSON. See {@link eventsOf}. */
  readonly event?: z.ZodType;
  /** The answer is a {@link FileLink} to what this other endpoint answers. */
  readonly linkTo?: AnyEndpoint;
}

/** An endpoint whose types do not matter. */
export type AnyEndpoint = Omit<Endpoint, 'body' | 'answer'> & { readonly body?: z.ZodType; readonly answer: z.ZodType };

export function endpoint<Body, Answer>(definition: Endpoint<Body, Answer>): Endpoint<Body, Answer> {
  return definition;
}

/** The body of every failure. `message` is in the person's language. */
export const Failure = z.object({
  code: z.string(),
  message: z.string(),
  /** `version-conflict`: what is stored now. */
  current: z.unknown().optional(),
  /** `version-conflict`: the ETag of what is stored now. */
  etag: z.string().optional(),
  /** `consent-needed`: the claims challenge from Entra, if it sent one. */
  claims: z.string().optional(),
});

export type Failure = z.infer<typeof Failure>;

/** A file to keep: what it is called, its media type, and what is in it. */
export const FileAnswer = z.object({
  name: z.string(),
  type: z.string(),
  bytes: z.custom<Uint8Array>(value => value instanceof Uint8Array),
});

export type FileAnswer = z.infer<typeof FileAnswer>;

/** Where a file can be fetched for some minutes, by whoever has the link and without a token. */
export const FileLink = z.object({ name: z.string(), url: z.url() });

export type FileLink = z.infer<typeof FileLink>;

/**
 * The same file as a link, which a tab has its host open: Teams' own windows and phones keep no file that a page hands
 * them, and a browser that opens a link has no token.
 */
export function linkTo(file: AnyEndpoint): Endpoint<unknown, FileLink> {
  const { path, summary, query } = file;
  return { method: 'POST', path, summary, ...(query ? { query } : {}), answer: FileLink, linkTo: file };
}

/**
 * Events that go on until one side has enough of them: the server begins by handing in where they go, and gets back
 * what is to be done once nobody listens any more.
 */
export type Events<Event> = (to: { readonly send: (event: Event) => void; readonly end: () => void }) => () => void;

/** What an endpoint is that answers with server-sent events. */
export function eventsOf<Event>(event: z.ZodType<Event>): Pick<Endpoint<unknown, Events<Event>>, 'event' | 'answer'> {
  return { event, answer: z.custom<Events<Event>>(value => typeof value === 'function') };
}

/** What an endpoint is whose body is a file: its bytes, as `application/octet-stream`. */
export function fileUpTo(mostBytes: number): Required<Pick<Endpoint<Uint8Array>, 'body' | 'mostBytes'>> {
  return { body: z.custom<Uint8Array>(value => value instanceof Uint8Array), mostBytes };
}

export const Change = z.object({ by: Person, at: z.iso.datetime() });

/** Something to choose by its id, in words. */
export const Choice = z.object({ id: z.string(), words: z.string() });

export type Choice = z.infer<typeof Choice>;

/**
 * On answers that were read from lists: `now`, or the moment (ISO 8601, UTC) as of which they are known, where SharePoint
 * has not said since what changed.
 */
export const knownSinceHeader = 'Known-Since';

export const community = '/api/communities/{community}';
