import { api } from '../../../domain/api.ts';
import type { AuditEntry, AuditView } from '../../../domain/audit/api.ts';
import { AuditFilter, auditOutcomes, theApp } from '../../../domain/audit/audit.ts';
import type { AuditLine, AuditTrail, Page } from '../../ports.ts';
import type { Feature } from '../../feature.ts';
import { logRoutes, timeCell, wordsFor, type Showing } from '../../shared/log-routes.ts';
import type { Translate } from '../../text.ts';
import { aboutInWords, titlesFor, type Titles } from './about.ts';
import type { AuditParts } from './parts.ts';

export function auditRoutes(parts: AuditParts): Pick<Feature, 'routes' | 'administration'> {
  return logRoutes(
    {
      permission: 'audit.read',
      endpoints: {
        page: api.audit,
        pageOfAll: api.auditOfAll,
        file: api.exportAudit,
        fileOfAll: api.exportAuditOfAll,
      },
      filter: AuditFilter,
      read: query => readNamed(parts, query),
      choices: async (_community, t): Promise<Pick<AuditView, 'outcomes'>> => ({
        outcomes: auditOutcomes.map(id => ({ id, words: t(`outcome.${id}`) })),
      }),
      namesPerson: ({ person }: AuditLine) => person !== theApp,
      entryOf,
      file: { name: 'audit', columns, columnsOfAll: [...columns, 'ids'], cells },
    },
    parts,
  );
}

/** A line, and what the titles are that it needs. */
interface NamedLine extends AuditLine {
  readonly titles: Titles | null;
}

async function readNamed(
  { auditTrail, lists }: AuditParts,
  query: Parameters<AuditTrail['read']>[0],
): Promise<Page<NamedLine>> {
  const { lines, next } = await auditTrail.read(query);
  const titles = query.community === null ? null : await titlesFor(lists, query.community, lines);
  return { lines: lines.map(line => ({ ...line, titles })), next };
}

function entryOf(line: NamedLine, showing: Showing): AuditEntry {
  const { id, community, act, outcome, reason, door, via, about, request, count, at, lastAt, titles } = line;
  const { people, t } = showing;
  return {
    id,
    community: community && { id: community.id, name: community.name, timeZone: community.timeZone },
    at: at.toISOString(),
    who: whoOf(line, showing),
    act,
    what: wordsFor(`act.${act}`, 'act.unknown', t),
    outcome,
    why: reason && t(`reason.${reason}`),
    door,
    via,
    about: aboutInWords(about, { titles, people, t }),
    ids: about,
    request,
    count,
    lastAt: lastAt.toISOString(),
  };
}

function whoOf({ person, reason }: AuditLine, { people }: Showing): AuditEntry['who'] {
  if (person === theApp) return { is: 'app' };
  if (people === null) return { is: 'person', person: { id: person, name: '' } };
  const found = people.find(({ id }) => id === person);
  if (found) return { is: 'person', person: { id: found.id, name: found.name } };
  return { is: reason === 'not-a-member' ? 'outside' : 'left' };
}

const columns = [
  'at',
  'who',
  'what',
  'about',
  'outcome',
  'why',
  'door',
  'via',
  'count',
  'last',
  'zone',
  'request',
] as const;

/** The trail as a table, times in the community's zone. */
function cells(entry: AuditEntry, t: Translate): Record<(typeof columns)[number] | 'ids', string> {
  const { community, who, what, about, ids, outcome, why, door, via, count, at, lastAt, request } = entry;
  const zone = community?.timeZone ?? 'UTC';
  return {
    at: timeCell(at, zone, 'second'),
    who: who.is === 'person' ? who.person.name || who.person.id : t(`who.${who.is}`),
    what,
    about: about.join('; '),
    ids,
    outcome: t(`outcome.${outcome}`),
    why: why ?? '',
    door: t(`door.${door}`),
    via,
    count: String(count),
    last: count > 1 ? timeCell(lastAt, zone, 'second') : '',
    zone,
    request: request ?? '',
  };
}
