import { api, type AuditEntry, type AuditView, type FileAnswer } from '../../../domain/api.ts';
import { AuditFilter, auditOutcomes, theApp } from '../../../domain/audit.ts';
import type { Member } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { mustBeAble } from '../../../domain/permissions.ts';
import type { AuditLine } from '../../data/audit-trail.ts';
import { administrationRoute, route, type AdministrationRoute, type Roster, type Route } from '../../feature.ts';
import type { Translate } from '../../text.ts';
import { csvOf } from './csv.ts';
import type { AuditParts } from './index.ts';

/** How many lines one page of the tab shows, and the most that go into a file. */
const perPage = 50;
const perFile = 20_000;

interface Asked {
  /** Null for all communities. */
  readonly community: string | null;
  readonly params: Readonly<Record<string, string>>;
  readonly t: Translate;
}

export function auditRoutes(parts: AuditParts): readonly Route[] {
  return [
    route(api.audit, async ({ who, community, params, t }) => {
      mustBeAble(who, 'audit.read', community);
      return { body: await read(parts, { community: community.id, params, t }) };
    }),
    route(api.exportAudit, async ({ who, community, params, t }) => {
      mustBeAble(who, 'audit.read', community);
      return { body: await exported(parts, { community: community.id, params, t }) };
    }),
  ];
}

export function auditAdministration(parts: AuditParts): readonly AdministrationRoute[] {
  return [
    administrationRoute(api.auditOfAll, async ({ params, t }) => ({
      body: await read(parts, { community: null, params, t }),
    })),
    administrationRoute(api.exportAuditOfAll, async ({ params, t }) => ({
      body: await exported(parts, { community: null, params, t }),
    })),
  ];
}

async function read({ auditTrail, roster }: AuditParts, { community, params, t }: Asked): Promise<AuditView> {
  const { lines, next } = await auditTrail.read({
    community,
    ...filterFrom(params),
    before: params['before'],
    limit: perPage,
  });
  const people = await peopleOf(roster, lines);
  return {
    outcomes: auditOutcomes.map(id => ({ id, words: t(`outcome.${id}`) })),
    entries: lines.map(line => entryOf(line, people.get(line.community?.id ?? '') ?? null, t)),
    next,
  };
}

/** Names are asked of one team only; a file of all teams has ids instead, and asks Microsoft 365 nothing. */
async function exported(
  { auditTrail, roster, clock }: AuditParts,
  { community, params, t }: Asked,
): Promise<FileAnswer> {
  const { lines } = await auditTrail.read({ community, ...filterFrom(params), limit: perFile });
  const people = community === null ? new Map<string, readonly Member[]>() : await peopleOf(roster, lines);
  const entries = lines.map(line => entryOf(line, people.get(line.community?.id ?? '') ?? null, t));
  return {
    name: `audit-${clock().toISOString().slice(0, 10)}.csv`,
    type: 'text/csv; charset=utf-8',
    bytes: new TextEncoder().encode(csvOf(entries, { ofAll: community === null }, t)),
  };
}

/** Who is in these teams now. A team that cannot be asked, or no longer has the app, has nobody we could name. */
async function peopleOf(roster: Roster, lines: readonly AuditLine[]): Promise<ReadonlyMap<string, readonly Member[]>> {
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

/** @param people null when nobody could say who is in the team: then people have ids and no names. */
function entryOf(line: AuditLine, people: readonly Member[] | null, t: Translate): AuditEntry {
  const { id, community, act, outcome, reason, door, via, about, request, count, at, lastAt } = line;
  return {
    id,
    community: community && { id: community.id, name: community.name, timeZone: community.timeZone },
    at: at.toISOString(),
    who: whoOf(line, people),
    act,
    what: actWords(act, t),
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

function whoOf({ person, reason }: AuditLine, people: readonly Member[] | null): AuditEntry['who'] {
  if (person === theApp) return { is: 'app' };
  if (people === null) return { is: 'person', person: { id: person, name: '' } };
  const found = people.find(({ id }) => id === person);
  if (found) return { is: 'person', person: { id: found.id, name: found.name } };
  return { is: reason === 'not-a-member' ? 'outside' : 'left' };
}

/** An act that another version wrote has no words here. */
function actWords(act: string, t: Translate): string {
  const key = `act.${act}`;
  const words = t(key);
  return words === key ? t('act.unknown') : words;
}

function filterFrom(params: Readonly<Record<string, string>>): AuditFilter {
  const filter = AuditFilter.safeParse(params);
  if (filter.success) return filter.data;
  const fields = filter.error.issues.map(issue => issue.path.join('.'));
  throw new CommunityError('invalid', `the audit trail cannot be searched like this: ${fields.join(', ')}`, { fields });
}
