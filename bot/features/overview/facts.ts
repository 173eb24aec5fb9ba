import { isReady, timeZoneOf, type Community, type Member, type ReadyCommunity } from '../../../domain/community.ts';
import { audiences, rhythmsOf, type DigestAudience } from '../../../domain/digest/digest.ts';
import { waitsForLook, type Looking } from '../../../domain/digest/next-step.ts';
import type { CharterFacts, OverviewFacts, SurveyFacts } from '../../../domain/overview/overview.ts';
import { nextWeekCard } from '../../../domain/facilitation/card-day.ts';
import { can } from '../../../domain/permissions.ts';
import { addDays, localDay } from '../../../domain/schedule.ts';
import { phaseOf } from '../../../domain/surveys/survey.ts';
import { resultsOf } from '../../../domain/surveys/results.ts';
import { whenThere, type Stored } from '../../lists/list.ts';
import type { CharterRow, DigestRow, PlanRow, ReplyRow, SurveyRow } from '../../lists/model.ts';
import { actionOfReply, readPlanWhenThere } from '../../lists/plan.ts';
import type { OverviewParts } from './parts.ts';
import type { LoggedMessage, AsideRow } from '../../ports.ts';
import { readRoles } from '../../lists/roles.ts';

/** How far ahead the overview looks, and for how long a newcomer counts as new, in days. */
const ahead = 28;
const newFor = 30;
/** For how many days an answer of the sponsor, and a message that was not delivered, are worth a word. */
const repliesFor = 14;
const refusedFor = 7;
/** Of how many of a sponsor's last answers it is looked up what came of them. */
const mostAgreed = 5;
/** Enough of them to say that there is something to look at. */
const mostRefused = 99;

/** What the overview is made from. A list that is not there yet is an empty one. */
export async function readFacts(parts: OverviewParts, community: Community, who: Member): Promise<OverviewFacts> {
  const now = parts.clock();
  const timeZone = timeZoneOf(community);
  const today = localDay(now, timeZone);
  const coordinates = can(who, 'roles.manage', community);
  const [forAll, events, forCoordinators] = await Promise.all([
    readForAll(parts, community, today),
    isReady(community) ? parts.comingEvents(community, who) : [],
    coordinates ? readForCoordinators(parts, community) : nothingForOthers,
  ]);
  const { charter, rolesNow, plan, surveys, newcomers, digests } = forAll;
  const dayOf = (moment: string): string => localDay(new Date(moment), timeZone);
  const members = new Set(rolesNow.members.map(({ id }) => id));
  // Only whoever was sent a sponsor's digest can have answered one.
  const wasAsked = digests.some(({ sentTo }) => sentTo.some(({ id }) => id === who.id));
  const own = wasAsked
    ? (await rowsOf(parts.lists.of(community.id).replies)).filter(({ person }) => person.id === who.id)
    : [];
  const older = await olderAgreed(parts, community, own, plan.rows);
  const refusedSince = addDays(today, -refusedFor);
  return {
    today,
    until: addDays(today, ahead),
    newSince: addDays(today, -newFor),
    charter: charterFacts(charter),
    roles: rolesNow.roles,
    actions: [...older, ...plan.rows].map(({ value: { key, ...action }, etag }) => ({ ...action, id: key, etag })),
    doneBefore: plan.doneBefore.reduce((sum, { count }) => sum + count, 0) - older.length,
    surveys: await surveyFacts(parts, community, who, surveys, today),
    events: events.map(({ id, title, startsAt, says }) => ({ id, title, startsAt, says, on: dayOf(startsAt) })),
    digests: {
      sent: digests.flatMap(({ key, audience, sentAt, intro, ask, sentTo }) =>
        sentAt === null ? [] : [{ audience, on: dayOf(sentAt), intro, ask, to: sentTo, choice: choiceIn(own, key) }],
      ),
      unseen: isReady(community) && (await draftsWait(parts, community, digests)),
      replies: forCoordinators.replies.map(({ person, at }) => ({ name: person.name, on: dayOf(at) })),
    },
    repliesSince: addDays(today, -repliesFor),
    refused: forCoordinators.refused.filter(({ createdAt }) => localDay(createdAt, timeZone) > refusedSince).length,
    aside: forCoordinators.aside.map(({ list, what }) => `${list}: ${what}`),
    byHand: { roles: rolesNow.byHand.length, settings: forCoordinators.settingsByHand },
    members,
    // A newcomer who has left the team again is not new here.
    joined: newcomers.filter(({ person }) => members.has(person.id)).map(({ joinedAt }) => dayOf(joinedAt)),
    nextWeek: isReady(community)
      ? localDay(nextWeekCard(community.settings, await parts.restDays.of(community), now), timeZone)
      : null,
    reader: { id: who.id, coordinates },
  };
}

/** Whether the coordinators were told of a draft that has not gone out, and nobody has looked at it since. */
async function draftsWait(
  { restDays, clock }: OverviewParts,
  community: ReadyCommunity,
  rows: readonly DigestRow[],
): Promise<boolean> {
  const { settings } = community;
  const where = {
    rest: await restDays.of(community),
    installedAt: community.installedAt ?? null,
    timeZone: settings.timeZone,
    now: clock(),
  };
  const rhythms = rhythmsOf(settings);
  return audiences.some(audience =>
    waitsForLook({
      ...where,
      rhythm: rhythms[audience],
      ...standingIn(
        rows.filter(row => row.audience === audience),
        audience,
      ),
    }),
  );
}

function standingIn(ofIt: readonly DigestRow[], audience: DigestAudience): Pick<Looking, 'draft' | 'sent'> {
  return {
    draft: ofIt.find(({ state }) => state === 'draft'),
    sent: ofIt
      .filter(({ state }) => state !== 'draft')
      .flatMap(({ key, to }) => (to === null ? [] : [{ period: { key: key.slice(audience.length + 1), to } }])),
  };
}

async function readForAll(parts: OverviewParts, community: Community, today: string) {
  const of = parts.lists.of(community.id);
  const [charter, rolesNow, plan, surveys, newcomers, digests] = await Promise.all([
    rowsOf(of.charter),
    readRoles(parts, community, today),
    readPlanWhenThere(parts, community),
    rowsOf(of.surveys),
    rowsOf(of.newcomers),
    rowsOf(of.digests),
  ]);
  return { charter, rolesNow, plan, surveys, newcomers, digests };
}

interface ForCoordinators {
  readonly replies: readonly ReplyRow[];
  /** The last messages that Microsoft 365 refused. */
  readonly refused: readonly LoggedMessage[];
  readonly aside: readonly AsideRow[];
  /** How many copies of the settings were changed in SharePoint by hand. */
  readonly settingsByHand: number;
}

const nothingForOthers: ForCoordinators = { replies: [], refused: [], aside: [], settingsByHand: 0 };

async function readForCoordinators(
  { lists, deliveryLog, setAside }: OverviewParts,
  { id }: Community,
): Promise<ForCoordinators> {
  const of = lists.of(id);
  const [replies, refused, aside, copies] = await Promise.all([
    rowsOf(of.replies),
    deliveryLog.read({ community: id, state: 'refused', limit: mostRefused }),
    setAside.of(id),
    whenThere(() => of.settingsCopy.all()),
  ]);
  return { replies, refused: refused.lines, aside, settingsByHand: copies.filter(({ byHand }) => byHand).length };
}

/** The actions that came of a sponsor's last answers and were done long ago: a sponsor sees what became of a yes. */
async function olderAgreed(
  { lists }: OverviewParts,
  community: Community,
  own: readonly ReplyRow[],
  rows: readonly Stored<PlanRow>[],
): Promise<readonly Stored<PlanRow>[]> {
  const shown = new Set(rows.map(({ value }) => value.key));
  const keys = own
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .map(actionOfReply)
    .filter(key => !shown.has(key))
    .slice(-mostAgreed);
  const found = await Promise.all(
    keys.map(key =>
      whenThere(async () => [await lists.of(community.id).plan.find(key)].filter(row => row !== undefined)),
    ),
  );
  return found.flat();
}

function choiceIn(replies: readonly ReplyRow[], digest: string): ReplyRow['choice'] | null {
  return replies.find(reply => reply.digest === digest)?.choice ?? null;
}

async function rowsOf<Row>(list: { all(): Promise<readonly Stored<Row>[]> }): Promise<readonly Row[]> {
  return (await whenThere(() => list.all())).map(({ value }) => value);
}

function charterFacts(rows: readonly CharterRow[]): CharterFacts {
  return {
    texts: new Map(rows.map(({ key, text }) => [key, text])),
    reviewOn: rows.find(({ reviewOn }) => reviewOn !== null)?.reviewOn ?? null,
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
      // A survey that cannot be answered any more waits for no answer.
      return { survey, phase: shut === 'gone' ? 'closed' : phase, answered: mine, results };
    }),
  );
}
