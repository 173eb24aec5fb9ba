import { api } from '../../../domain/api.ts';
import type { AuditEntry, AuditView } from '../../../domain/audit/api.ts';
import { AuditFilter, auditOutcomes, theApp } from '../../../domain/audit/audit.ts';
import type { AuditLine } from '../../ports.ts';
import type { Feature } from '../../feature.ts';
import { logRoutes, timeCell, wordsFor, type Showing } from '../../shared/log-routes.ts';
import type { Translate } from '../../text.ts';
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
      read: query => parts.auditTrail.read(query),
      choices: async (_community, t): Promise<Pick<AuditView, 'outcomes'>> => ({
        outcomes: auditOutcomes.map(id => ({ id, words: t(`outcome.${id}`) })),
      }),
      namesPerson: ({ person }: AuditLine) => person !== theApp,
      entryOf,
      file: { name: 'audit', columns, columnsOfAll: columns, cells },
    },
    parts,
  );
}

function entryOf(line: AuditLine, showing: Showing): AuditEntry {
  const { id, community, act, outcome, reason, door, via, about, request, count, at, lastAt } = line;
  const { t } = showing;
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
    about,
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
function cells(entry: AuditEntry, t: Translate): Record<(typeof columns)[number], string> {
  const { community, who, what, about, outcome, why, door, via, count, at, lastAt, request } = entry;
  const zone = community?.timeZone ?? 'UTC';
  return {
    at: timeCell(at, zone, 'second'),
    who: who.is === 'person' ? who.person.name || who.person.id : t(`who.${who.is}`),
    what,
    about,
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
