import { isReady, timeZoneOf, type Community, type Member } from '../../../domain/community.ts';
import type { CharterFacts, OverviewFacts, SurveyFacts } from '../../../domain/overview/overview.ts';
import { can } from '../../../domain/permissions.ts';
import { rolesBoard } from '../../../domain/roles/roles.ts';
import { addDays, addMonths, localDay, nextWeekly } from '../../../domain/schedule.ts';
import { phaseOf } from '../../../domain/surveys/survey.ts';
import { resultsOf } from '../../../domain/surveys/results.ts';
import { readHoldings } from '../../lists/holdings.ts';
import { whenThere, type Stored } from '../../lists/list.ts';
import type { CharterRow, SurveyRow } from '../../lists/model.ts';
import type { OverviewParts } from './parts.ts';

/** How far ahead the overview looks, and for how long somebody counts as new, in days. */
const ahead = 28;
const newFor = 30;
/** For how many days an answer of the sponsor, and a message that was not delivered, are worth a word. */
const repliesFor = 14;
const refusedFor = 7;
/** Enough of them to say that there is something to look at. */
const mostRefused = 99;

/** Reads what the overview is made from, all at once. A list that is not there yet is an empty one. */
export async function readFacts(parts: OverviewParts, community: Community, who: Member): Promise<OverviewFacts> {
  const { lists, roster, deliveryLog, clock } = parts;
  const now = clock();
  const timeZone = timeZoneOf(community);
  const today = localDay(now, timeZone);
  const of = lists.of(community.id);
  const coordinates = can(who, 'roles.manage', community);
  const [charter, holdings, own, plan, surveys, newcomers, digests, replies, people, refused, aside, copy] =
    await Promise.all([
      whenThere(() => of.charter.all()),
      readHoldings(lists, community.id),
      whenThere(() => of.ownRoles.all()),
      whenThere(() => of.plan.all()),
      whenThere(() => of.surveys.all()),
      whenThere(() => of.newcomers.all()),
      whenThere(() => of.digests.all()),
      coordinates ? whenThere(() => of.replies.all()) : [],
      roster.members(community.id),
      coordinates ? deliveryLog.read({ community: community.id, state: 'refused', limit: mostRefused }) : null,
      coordinates ? parts.setAside.of(community.id) : [],
      coordinates ? whenThere(() => of.settingsCopy.all()) : [],
    ]);
  const dayOf = (moment: string): string => localDay(new Date(moment), timeZone);
  const members = new Set(people.map(({ id }) => id));
  return {
    today,
    until: addDays(today, ahead),
    newSince: addDays(today, -newFor),
    charter: charterFacts(charter),
    roles: rolesBoard({
      holdings: holdings.counted,
      own: own.map(({ value }) => value),
      coordinators: community.settings?.coordinators ?? [],
      members,
      today,
      soon: addMonths(today, 1),
    }),
    actions: plan.map(({ value }) => value),
    surveys: await surveyFacts(
      parts,
      community,
      who,
      surveys.map(({ value }) => value),
      today,
    ),
    digests: {
      sent: digests.flatMap(({ value: { audience, sentAt, intro, sentTo } }) =>
        sentAt === null ? [] : [{ audience, on: dayOf(sentAt), intro, to: sentTo }],
      ),
      unseen: digests.some(
        ({ value: { state, toldFor, lookedBy } }) => state === 'draft' && toldFor !== null && lookedBy === null,
      ),
      replies: replies.map(({ value }) => dayOf(value.at)),
    },
    repliesSince: addDays(today, -repliesFor),
    refused:
      refused?.lines.filter(({ createdAt }) => localDay(createdAt, timeZone) > addDays(today, -refusedFor)).length ?? 0,
    aside: aside.map(({ list, what }) => `${list}: ${what}`),
    byHand: { roles: holdings.byHand.length, settings: copy.filter(({ byHand }) => byHand).length },
    members,
    // Who has left again is not new here.
    joined: newcomers.filter(({ value }) => members.has(value.person.id)).map(({ value }) => dayOf(value.joinedAt)),
    nextWeek: isReady(community)
      ? localDay(nextWeekly({ ...community.settings.facilitation, timeZone }, now), timeZone)
      : null,
    reader: { id: who.id, coordinates },
  };
}

function charterFacts(rows: readonly Stored<CharterRow>[]): CharterFacts {
  return {
    texts: new Map(rows.map(({ value: { key, text } }) => [key, text])),
    reviewOn: rows.find(({ value }) => value.reviewOn !== null)?.value.reviewOn ?? null,
  };
}

/** Those that are planned or open, and the last one that closed: the older ones say nothing here. */
async function surveyFacts(
  { lists, ballotBox }: OverviewParts,
  community: Community,
  who: Member,
  rows: readonly SurveyRow[],
  today: string,
): Promise<readonly SurveyFacts[]> {
  const surveys = rows.map(row => ({ ...row, id: row.key, phase: phaseOf(row, today) }));
  const last = surveys
    .filter(({ phase }) => phase === 'closed')
    .toSorted((one, other) => (other.closedOn ?? other.closesOn).localeCompare(one.closedOn ?? one.closesOn))[0];
  const shown = surveys.filter(survey => survey === last || survey.phase === 'open' || survey.phase === 'planned');
  return Promise.all(
    shown.map(async (survey): Promise<SurveyFacts> => {
      const { id, phase, anonymous, answered } = survey;
      const asked = { survey, phase, answered, coordinates: false };
      // Read only what is shown: who has answered one with names, and the numbers of one that was counted.
      const wanted =
        phase === 'closed' ? resultsOf({ ...asked, sheets: [] }).state === 'shown' : phase === 'open' && !anonymous;
      const answers = wanted
        ? (await lists.of(community.id).answers.all({ survey: id })).map(({ value }) => value)
        : [];
      const box = phase === 'open' && anonymous ? await ballotBox.look(community.id, id) : null;
      const shut = box === null || box.state === 'open' ? null : box.state;
      const mine =
        phase === 'open' &&
        (box === null
          ? answers.some(({ person }) => person?.id === who.id)
          : box.state === 'open' && box.voters.has(who.id));
      const results = resultsOf({ ...asked, shut, sheets: answers.flatMap(({ sheets }) => sheets) });
      // One that cannot be answered any more waits for nobody.
      return { survey, phase: shut === 'gone' ? 'closed' : phase, answered: mine, results };
    }),
  );
}
