import { api, type WelcomeView } from '../../../domain/api.ts';
import { timeZoneOf } from '../../../domain/community.ts';
import { contributions, reasons } from '../../../domain/welcome/method.ts';
import { localDay } from '../../../domain/schedule.ts';
import { whenThere } from '../../lists/list.ts';
import type { NewcomerRow } from '../../lists/model.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import type { WelcomeParts } from './parts.ts';

export function welcomeRoutes({ lists }: WelcomeParts): readonly Route[] {
  async function read({ community }: TabRequest<unknown>): Promise<TabAnswer<WelcomeView>> {
    const rows = await newcomersOf(community.id);
    const timeZone = timeZoneOf(community);
    return {
      body: {
        newcomers: rows
          .toSorted((one, other) => other.joinedAt.localeCompare(one.joinedAt))
          .map(row => view(row, timeZone)),
      },
    };
  }

  /** None before the lists exist. */
  async function newcomersOf(community: string): Promise<readonly NewcomerRow[]> {
    return (await whenThere(() => lists.of(community).newcomers.all())).map(({ value }) => value);
  }

  return [route(api.newcomers, { may: 'welcome.read' }, read)];
}

function view(
  { person, joinedAt, reasons: why, inOwnWords, contributions: offers, answeredAt }: NewcomerRow,
  timeZone: string,
): WelcomeView['newcomers'][number] {
  return {
    person,
    joinedOn: localDay(new Date(joinedAt), timeZone),
    reasons: titlesOf(why, reasons),
    inOwnWords,
    contributions: titlesOf(offers, contributions),
    answeredAt,
  };
}

/** People read titles. What is not offered any more keeps the id it was chosen by. */
function titlesOf(
  ids: readonly string[],
  choices: readonly { readonly id: string; readonly title: string }[],
): string[] {
  return ids.map(id => choices.find(choice => choice.id === id)?.title ?? id);
}
