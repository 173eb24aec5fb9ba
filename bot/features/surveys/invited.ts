import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import type { SurveysView } from '../../../domain/surveys/api.ts';
import { peopleOf, type AudienceFacts, type ChatAudience } from '../../../domain/surveys/audience.ts';
import { surveysPerMonth } from '../../../domain/surveys/pace.ts';
import { Audience, inviteFrom, type Survey } from '../../../domain/surveys/survey.ts';
import { localDay } from '../../../domain/schedule.ts';
import { whenThere } from '../../lists/list.ts';
import { readRoles } from '../../lists/roles.ts';
import { todayIn } from '../../shared/days.ts';
import { eventOf } from './feedback-id.ts';
import type { SurveysParts } from './parts.ts';

/** People in one row of the list: far below what a SharePoint column holds. */
const peoplePerRow = 100;

export interface Invitation {
  /** Whom it is for, once in their own chats. */
  readonly asked: readonly Person[];
  readonly spared: readonly Person[];
}

/** Whom a survey is for: as it stands in the list, or, before that, as it would now. */
export interface Drawn extends Invitation {
  readonly isWritten: boolean;
  /** An earlier version has sent it to all of them at once. */
  readonly wasSent: boolean;
}

type InChats = Pick<Survey, 'id'> & { readonly audience: ChatAudience };

/** Writes down who is asked and who is spared; what is written down already stays. */
export async function invite(parts: SurveysParts, community: ReadyCommunity, survey: InChats): Promise<void> {
  const drawn = await drawFor(parts, community, survey);
  if (!drawn.isWritten) await writeDown(parts, community, survey, drawn);
}

/** @param besides who is asked in other surveys of which that is not written down yet */
export async function drawFor(
  parts: SurveysParts,
  community: ReadyCommunity,
  { id, audience }: InChats,
  besides: readonly Person[] = [],
): Promise<Drawn> {
  const rows = (await parts.lists.of(community.id).participation.all({ survey: id })).map(({ value }) => value);
  if (rows.some(({ key }) => key === `${id}/0`))
    return { ...together(rows), isWritten: true, wasSent: rows.some(({ key }) => key === sentKey({ id })) };

  const month = todayIn(parts, community).slice(0, 7);
  const event = await eventOf(parts, community, { id, audience });
  const attended = new Set((await event?.there())?.map(person => person.id));
  const people = peopleOf(audience, { ...(await factsOf(parts, community)), attended })
    .map(person => ({ id: person.id, name: person.name }))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const before = await askedIn(parts, community, { month, but: id });
  const invitation = inviteFrom(people, [...before, ...besides], surveysPerMonth(community.settings));
  return { ...invitation, isWritten: false, wasSent: false };
}

/** May be repeated: what is there stays. */
export async function writeDown(
  parts: SurveysParts,
  community: ReadyCommunity,
  { id }: Pick<Survey, 'id'>,
  { asked, spared }: Invitation,
): Promise<void> {
  const { participation } = parts.lists.of(community.id);
  const month = todayIn(parts, community).slice(0, 7);
  // The first row is written last, so that it says all are there.
  const last = Math.max(Math.ceil(asked.length / peoplePerRow), Math.ceil(spared.length / peoplePerRow), 1) - 1;
  for (let index = last; index >= 0; index--) {
    const part = (list: readonly Person[]): Person[] => list.slice(index * peoplePerRow, (index + 1) * peoplePerRow);
    await participation.create({
      key: `${id}/${index}`,
      survey: id,
      month,
      asked: part(asked),
      spared: part(spared),
    });
  }
}

/** The row that says that a survey went out in one go: into the channel, or by an earlier version into the chats. */
export function sentKey({ id }: Pick<Survey, 'id'>): string {
  return `${id}/sent`;
}

/** Whom this survey is for and who was spared, as it was written down. */
export async function readParticipation(
  { lists }: SurveysParts,
  community: ReadyCommunity,
  survey: string,
): Promise<Invitation> {
  return together((await lists.of(community.id).participation.all({ survey })).map(({ value }) => value));
}

/** How many each audience has today, and how many of them can be asked once more this month. */
export async function readReach(parts: SurveysParts, community: ReadyCommunity): Promise<SurveysView['reach']> {
  const facts = await factsOf(parts, community);
  const before = await askedIn(parts, community, { month: facts.today.slice(0, 7), but: null });
  const most = surveysPerMonth(community.settings);
  return Object.fromEntries(
    Audience.exclude(['channel', 'attended']).options.map(audience => {
      const people = peopleOf(audience, facts);
      return [audience, { people: people.length, free: inviteFrom(people, before, most).asked.length }];
    }),
  );
}

/** Everybody who was sent a survey in a month, once for each. */
async function askedIn(
  { lists }: SurveysParts,
  community: ReadyCommunity,
  { month, but }: { readonly month: string; readonly but: string | null },
): Promise<readonly Person[]> {
  const rows = (await lists.of(community.id).participation.all({ month })).map(({ value }) => value);
  return rows.filter(({ survey }) => survey !== but).flatMap(({ asked }) => asked);
}

async function factsOf(parts: SurveysParts, community: ReadyCommunity): Promise<AudienceFacts> {
  const { settings } = community;
  const today = todayIn(parts, community);
  const [{ roles, members }, newcomers] = await Promise.all([
    readRoles(parts, community, today),
    whenThere(() => parts.lists.of(community.id).newcomers.all()),
  ]);
  return {
    members,
    settings,
    roles,
    joinedOn: new Map(
      newcomers.map(({ value: { person, joinedAt } }) => [person.id, localDay(new Date(joinedAt), settings.timeZone)]),
    ),
    today,
  };
}

function together(rows: readonly Invitation[]): Invitation {
  return { asked: rows.flatMap(({ asked }) => asked), spared: rows.flatMap(({ spared }) => spared) };
}
