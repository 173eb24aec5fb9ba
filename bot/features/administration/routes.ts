import type { AdministrationView, CommunityReport, ReasonCount } from '../../../domain/administration/api.ts';
import { CommunitiesFilter, countedDays } from '../../../domain/administration/administration.ts';
import { api } from '../../../domain/api.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { switchNames } from '../../../domain/switches.ts';
import { administrationRoute, type AdministrationRoute } from '../../feature.ts';
import type { FoundCommunity, MessageCount } from '../../ports.ts';
import type { Translate } from '../../text.ts';
import type { AdministrationParts } from './parts.ts';

/** How many communities one page of the tab shows. */
const perPage = 25;

export function administrationRoutes(parts: AdministrationParts): readonly AdministrationRoute[] {
  const { reports } = parts;
  return [
    administrationRoute(api.administration, async ({ t }) => ({ body: await overview(parts, t) })),
    administrationRoute(api.serverReport, async ({ t }) => ({ body: await reports.server({ again: false, t }) })),
    administrationRoute(api.checkServer, async ({ t }) => ({ body: await reports.server({ again: true, t }) })),
    administrationRoute(api.communityReports, async ({ params, t }) => {
      const filter = CommunitiesFilter.safeParse(params);
      if (!filter.success)
        throw new CommunityError('invalid', `communities cannot be searched like this: ${filter.error.message}`, {
          fields: filter.error.issues.map(issue => issue.path.join('.')),
        });
      const { entries, next } = await reports.communities({ ...filter.data, limit: perPage }, t);
      return { body: { entries: await withMessages(parts, entries), next } };
    }),
    administrationRoute(api.checkCommunity, async ({ params, t }) => {
      const found = await reports.check(params['id'] ?? '', t);
      const [entry] = await withMessages(parts, found ? [found] : []);
      if (!entry) throw new CommunityError('not-found', `no community ${params['id']} has the app`);
      return { body: entry };
    }),
  ];
}

async function overview(parts: AdministrationParts, t: Translate): Promise<AdministrationView> {
  const { reports, figures, server, switches, setUp } = parts;
  const since = countedSince(parts);
  const [communities, messages, acts, database] = await Promise.all([
    reports.counts(),
    figures.messages(since),
    figures.acts(since),
    figures.migration(),
  ]);
  return {
    communities,
    messages: {
      waiting: messages.waiting.map(one => inWords(one, t)),
      notDelivered: messages.notDelivered.map(one => inWords(one, t)),
    },
    acts,
    switches: switchNames.map(name => ({ name, on: switches[name] })),
    setUpBy: setUp.by,
    forgetAfterDays: server.forgetAfterDays,
    versions: { server: server.version, migration: server.migration, database },
  };
}

async function withMessages(
  parts: AdministrationParts,
  communities: readonly FoundCommunity[],
): Promise<CommunityReport[]> {
  const counts = await parts.figures.messagesOf(
    communities.map(({ id }) => id),
    countedSince(parts),
  );
  return communities.map(one => ({ ...one, messages: counts.get(one.id) ?? { waiting: 0, refused: 0 } }));
}

function countedSince({ clock }: Pick<AdministrationParts, 'clock'>): Date {
  return new Date(clock().getTime() - countedDays * 86_400_000);
}

function inWords({ reason, messages, communities }: MessageCount, t: Translate): ReasonCount {
  return {
    code: reason,
    said: reason === null ? t('reason.none.said') : t(`delivery:reason.${reason}.said`),
    todo: reason === null ? t('reason.none.todo') : t(`delivery:reason.${reason}.todo`),
    messages,
    communities,
  };
}
