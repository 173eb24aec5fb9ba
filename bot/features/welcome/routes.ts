import { api } from '../../../domain/api.ts';
import type { WelcomeView } from '../../../domain/welcome/api.ts';
import { timeZoneOf } from '../../../domain/community.ts';
import { can } from '../../../domain/permissions.ts';
import { contributionIds, reasonIds } from '../../../domain/welcome/method.ts';
import { localDay } from '../../../domain/schedule.ts';
import { whenThere } from '../../lists/list.ts';
import type { NewcomerRow } from '../../lists/model.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import type { LoggedMessage } from '../../ports.ts';
import { messageKind, messagePeriod } from './events.ts';
import type { WelcomeParts } from './parts.ts';
import type { Translate } from '../../text.ts';

/** Of how many welcomes it is known what became of them, the last first. */
const mostWelcomes = 1_000;

export function welcomeRoutes({ lists, deliveryLog }: WelcomeParts): readonly Route[] {
  async function read({ who, community, t }: TabRequest<unknown>): Promise<TabAnswer<WelcomeView>> {
    const [rows, { lines }] = await Promise.all([
      newcomersOf(community.id),
      deliveryLog.read({ community: community.id, kind: messageKind, limit: mostWelcomes }),
    ]);
    const sent = Map.groupBy(lines, ({ recipient }) => recipient);
    const timeZone = timeZoneOf(community);
    const coordinates = can(who, 'roles.manage', community);
    return {
      body: {
        newcomers: rows
          .toSorted((one, other) => other.joinedAt.localeCompare(one.joinedAt))
          .map(row => ({
            ...view(coordinates ? row : forSupport(row), { timeZone, row }, t),
            done: doneFor(sent.get(row.person.id) ?? [], timeZone),
          })),
      },
    };
  }

  /** None before the lists exist. */
  async function newcomersOf(community: string): Promise<readonly NewcomerRow[]> {
    return (await whenThere(() => lists.of(community).newcomers.all())).map(({ value }) => value);
  }

  return [route(api.newcomers, { may: 'welcome.read' }, read)];
}

/** Who answered when the card named the coordinators and owners alone told it to them alone. */
function forSupport(row: NewcomerRow): NewcomerRow {
  return row.forSupport ? row : { ...row, reasons: [], inOwnWords: '', contributions: [], answeredAt: null };
}

function view(
  { person, joinedAt, reasons: why, inOwnWords, contributions: offers, answeredAt }: NewcomerRow,
  { timeZone, row }: { readonly timeZone: string; readonly row: NewcomerRow },
  t: Translate,
): Omit<WelcomeView['newcomers'][number], 'done'> {
  return {
    person,
    joinedOn: localDay(new Date(joinedAt), timeZone),
    reasons: why.map(id => (isOf(reasonIds, id) ? t(`method.reason.${id}.title`) : id)),
    inOwnWords,
    contributions: offers.map(id => (isOf(contributionIds, id) ? t(`method.contribution.${id}.title`) : id)),
    answeredAt,
    forCoordinators: answeredAt === null && row.answeredAt !== null,
  };
}

/** What became of the welcome, and of the second one. */
function doneFor(lines: readonly LoggedMessage[], timeZone: string): WelcomeView['newcomers'][number]['done'] {
  return lines
    .toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime())
    .flatMap<WelcomeView['newcomers'][number]['done'][number]>(({ period, state, sentAt, updatedAt, createdAt }) => {
      const isFirst = period === messagePeriod;
      if (state === 'sent' && sentAt) return [{ deed: isFirst ? 'welcomed' : 'again', on: localDay(sentAt, timeZone) }];
      if (state === 'refused') return [{ deed: 'unreached', on: localDay(updatedAt ?? createdAt, timeZone) }];
      return [];
    });
}

/** People read titles. What is not offered any more keeps the id it was chosen by. */
function isOf(offered: readonly string[], id: string): boolean {
  return offered.includes(id);
}
