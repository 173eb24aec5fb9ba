import { api } from '../../../domain/api.ts';
import type { WelcomeView } from '../../../domain/welcome/api.ts';
import { timeZoneOf } from '../../../domain/community.ts';
import { can } from '../../../domain/permissions.ts';
import { contributionIds, reasonIds } from '../../../domain/welcome/method.ts';
import { localDay } from '../../../domain/schedule.ts';
import { whenThere } from '../../lists/list.ts';
import type { NewcomerRow } from '../../lists/model.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import type { WelcomeParts } from './parts.ts';
import type { Translate } from '../../text.ts';

export function welcomeRoutes({ lists }: WelcomeParts): readonly Route[] {
  async function read({ who, community, t }: TabRequest<unknown>): Promise<TabAnswer<WelcomeView>> {
    const rows = await newcomersOf(community.id);
    const timeZone = timeZoneOf(community);
    const coordinates = can(who, 'roles.manage', community);
    return {
      body: {
        newcomers: rows
          .toSorted((one, other) => other.joinedAt.localeCompare(one.joinedAt))
          .map(row => view(coordinates ? row : forSupport(row), { timeZone, row }, t)),
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
): WelcomeView['newcomers'][number] {
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

/** People read titles. What is not offered any more keeps the id it was chosen by. */
function isOf(offered: readonly string[], id: string): boolean {
  return offered.includes(id);
}
