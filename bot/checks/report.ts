import type { Translate } from '../text.ts';
import type { Found } from './check.ts';
import type { FoundInCommunity } from './checks.ts';
import { tell, type Told } from './tell.ts';

/** Everything that was found, for a person to read or for a program. */
export interface Report {
  readonly version: string;
  readonly publicUrl: string;
  readonly server: readonly Told[];
  readonly communities: readonly { readonly id: string; readonly name: string; readonly found: readonly Told[] }[];
  /** How many things do not work. */
  readonly gaps: number;
}

interface ReportParts {
  readonly version: string;
  readonly publicUrl: string;
  readonly server: readonly Found[];
  readonly communities: readonly FoundInCommunity[];
}

export function reportOf({ server, communities, ...about }: ReportParts, t: Translate): Report {
  const told = (found: readonly Found[]): readonly Told[] => found.map(one => tell(one, t));
  const inCommunities = communities.map(({ community, found }) => ({ ...community, found: told(found) }));
  const all = [...told(server), ...inCommunities.flatMap(({ found }) => found)];
  return {
    ...about,
    server: told(server),
    communities: inCommunities,
    gaps: all.filter(({ state }) => state === 'gap').length,
  };
}

const marks = { good: '✔', gap: '✘', hint: '·', unknown: '?' } as const;

/** The report as lines for a terminal. */
export function linesOf({ version, publicUrl, server, communities, gaps }: Report, t: Translate): string {
  const all = [...server, ...communities.flatMap(({ found }) => found)];
  const unseen = all.filter(({ state }) => state === 'unknown').length;
  const parts = [
    [t('report.title', { version, publicUrl }), ...server.flatMap(told => lines(told, t))],
    ...communities.map(({ id, name, found }) => [
      t('report.community', { name, id }),
      ...found.flatMap(told => lines(told, t)),
    ]),
    [
      t('report.gaps', { count: gaps, ...(gaps === 0 ? { context: unseen === 0 ? 'none' : 'unsure' } : {}) }),
      ...(unseen > 0 ? [t('report.unseen', { count: unseen })] : []),
    ],
  ];
  return parts.map(part => part.join('\n')).join('\n\n');
}

function lines({ state, title, happened, who, todo }: Told, t: Translate): readonly string[] {
  return [
    `  ${marks[state]} ${title}`,
    ...(happened === undefined ? [] : [`      ${happened}`]),
    ...(who === undefined ? [] : [`      ${t('report.who', { who })}`]),
    ...(todo === undefined ? [] : [`      ${t('report.todo', { todo })}`]),
  ];
}
