import type { z } from 'zod';
import type { Choice, Endpoint, FileAnswer } from '../../domain/endpoint.ts';
import type { Member } from '../../domain/community.ts';
import { CommunityError } from '../../domain/errors.ts';
import type { Permission } from '../../domain/permissions.ts';
import { localTime } from '../../domain/schedule.ts';
import { csvFile } from './csv.ts';
import { administrationRoute, route, type Feature } from '../feature.ts';
import type { Clock, Page, Roster } from '../ports.ts';
import type { Translate } from '../text.ts';

/** How many lines one page of the tab shows, and the most that go into a file, which is made in memory. */
const perPage = 50;
const perFile = 20_000;

/** The community a line or an entry belongs to; null for none, or none that we know. */
type Where = { readonly id: string; readonly name: string; readonly timeZone: string } | null;

/** A log as the tab and a file show it: to those who coordinate, theirs; to administrators, that of all communities. */
export interface ShownLog<Filter, Line, Entry, Choices> {
  readonly permission: Permission;
  readonly endpoints: {
    readonly page: Endpoint<unknown, Choices & ViewOf<Entry>>;
    readonly pageOfAll: Endpoint<unknown, Choices & ViewOf<Entry>>;
    readonly file: Endpoint<unknown, FileAnswer>;
    readonly fileOfAll: Endpoint<unknown, FileAnswer>;
  };
  readonly filter: z.ZodType<Filter>;
  /** @param query of all communities when its community is null */
  read(query: Filter & Span): Promise<Page<Line>>;
  /** What the log can be narrowed to, in words. */
  choices(community: string | null, t: Translate): Promise<Choices>;
  /** Whether a line is about a person in the team, whose name the roster knows. */
  namesPerson(line: Line): boolean;
  entryOf(line: Line, showing: Showing): Entry;
  /**
   * Each column has a heading `csv.<column>` among the sentences; `csv.older` says that there are more lines than fit.
   */
  readonly file: {
    readonly name: string;
    readonly columns: readonly string[];
    readonly columnsOfAll: readonly string[];
    cells(entry: Entry, t: Translate): Readonly<Record<string, string>>;
  };
}

interface Span {
  readonly community: string | null;
  readonly before?: string | undefined;
  readonly limit: number;
}

interface ViewOf<Entry> {
  entries: Entry[];
  next: string | null;
  people: Choice[];
}

export interface Showing {
  /** Who is in the team now; null when the roster could not be read: then people have ids and no names. */
  readonly people: readonly Member[] | null;
  readonly ofAll: boolean;
  readonly t: Translate;
}

interface Query {
  /** Null for all communities, or one of them for whoever may read that of all. */
  readonly community: string | null;
  readonly params: Readonly<Record<string, string>>;
  readonly t: Translate;
}

/** A line belongs to a community, to none, or to one that was removed. */
interface LogLine {
  readonly community: (Where & { readonly removed: boolean }) | null;
}

interface LogEntry {
  readonly community: Where;
}

interface LogParts {
  readonly roster: Roster;
  readonly clock: Clock;
}

/** The four endpoints of a log. */
export function logRoutes<Filter, Line extends LogLine, Entry extends LogEntry, Choices>(
  log: ShownLog<Filter, Line, Entry, Choices>,
  parts: LogParts,
): Required<Pick<Feature, 'routes' | 'administration'>> {
  const { permission, endpoints } = log;
  return {
    routes: [
      route(endpoints.page, { may: permission }, async ({ community, params, t }) => ({
        body: await page(log, parts, { community: community.id, params, t }),
      })),
      route(endpoints.file, { may: permission }, async ({ community, params, t }) => ({
        body: await file(log, parts, { community: community.id, params, t }),
      })),
    ],
    administration: [
      administrationRoute(endpoints.pageOfAll, async ({ params, t }) => ({
        body: await page(log, parts, { community: null, params, t }),
      })),
      administrationRoute(endpoints.fileOfAll, async ({ params, t }) => ({
        body: await file(log, parts, { community: null, params, t }),
      })),
    ],
  };
}

async function page<Filter, Line extends LogLine, Entry extends LogEntry, Choices>(
  log: ShownLog<Filter, Line, Entry, Choices>,
  { roster }: LogParts,
  { community, params, t }: Query,
): Promise<Choices & ViewOf<Entry>> {
  const [{ lines, next }, choices] = await Promise.all([
    log.read({
      ...filterFrom(log.filter, params),
      community: community ?? teamIn(params),
      before: params['before'],
      limit: perPage,
    }),
    log.choices(community, t),
  ]);
  const people = await peopleOf(lines.filter(log.namesPerson), roster);
  return {
    ...choices,
    entries: entriesOf(log, lines, { people, community, t }),
    next,
    people: community === null ? [] : await choicesOf(community, roster),
  };
}

/** Everybody in the team, to choose from; nobody where Microsoft does not say. */
async function choicesOf(community: string, roster: Roster): Promise<Choice[]> {
  try {
    return (await roster.members(community))
      .map(({ id, name }) => ({ id, words: name }))
      .toSorted((one, other) => one.words.localeCompare(other.words));
  } catch (error) {
    if (!(error instanceof CommunityError)) throw error;
    return [];
  }
}

/** Names are asked of one team only; a file of all teams has ids instead, and asks Microsoft 365 nothing. */
async function file<Filter, Line extends LogLine, Entry extends LogEntry, Choices>(
  log: ShownLog<Filter, Line, Entry, Choices>,
  { roster, clock }: LogParts,
  { community, params, t }: Query,
): Promise<FileAnswer> {
  const { lines, next } = await log.read({
    ...filterFrom(log.filter, params),
    community: community ?? teamIn(params),
    limit: perFile,
  });
  const people: People = community === null ? new Map() : await peopleOf(lines.filter(log.namesPerson), roster);
  const columns = community === null ? ['community', ...log.file.columnsOfAll] : log.file.columns;
  const rows = entriesOf(log, lines, { people, community, t }).map(entry => {
    const cells: Readonly<Record<string, string>> = {
      ...log.file.cells(entry, t),
      community: entry.community?.name ?? '',
    };
    return columns.map(column => cells[column] ?? '');
  });
  return csvFile(`${log.file.name}-${clock().toISOString().slice(0, 10)}.csv`, [
    columns.map(column => t(`csv.${column}`)),
    ...rows,
    ...(next === null ? [] : [[t('csv.older', { count: lines.length }), ...columns.slice(1).map(() => '')]]),
  ]);
}

/** The one community to which the log of all is narrowed; the log of one community asks for no other. */
function teamIn(params: Query['params']): string | null {
  return params['team'] ?? null;
}

function filterFrom<Filter>(schema: z.ZodType<Filter>, params: Query['params']): Filter {
  const filter = schema.safeParse(params);
  if (filter.success) return filter.data;
  const fields = filter.error.issues.map(issue => issue.path.join('.'));
  throw new CommunityError('invalid', `a log cannot be searched like this: ${filter.error.message}`, { fields });
}

type People = ReadonlyMap<string, readonly Member[]>;

function entriesOf<Line extends LogLine, Entry>(
  log: Pick<ShownLog<never, Line, Entry, never>, 'entryOf'>,
  lines: readonly Line[],
  { people, community, t }: Pick<Query, 'community' | 't'> & { readonly people: People },
): Entry[] {
  return lines.map(line =>
    log.entryOf(line, { people: people.get(line.community?.id ?? '') ?? null, ofAll: community === null, t }),
  );
}

/** Who is in the teams of these lines now; a team that cannot be asked, or no longer has the app, is left out. */
async function peopleOf(lines: readonly LogLine[], roster: Roster): Promise<People> {
  const teams = new Set(lines.flatMap(({ community }) => (community && !community.removed ? [community.id] : [])));
  const found = new Map<string, readonly Member[]>();
  // One after the other: rosters are remembered, and being throttled is slower.
  for (const team of teams) {
    try {
      found.set(team, await roster.members(team));
    } catch (error) {
      if (!(error instanceof CommunityError)) throw error;
    }
  }
  return found;
}

/** A moment as people there read it; nothing for null. */
export function timeCell(moment: string | null, timeZone: string, smallestUnit: 'minute' | 'second'): string {
  return moment === null ? '' : localTime(new Date(moment), timeZone, smallestUnit);
}

/** The words of a code among the sentences; one that another version made has none here yet. */
export function wordsFor(key: string, otherwise: string, t: Translate): string {
  const words = t(key);
  return words === key ? t(otherwise) : words;
}
