import { peopleInCharge, type Person, type ReadyCommunity } from '../../../domain/community.ts';
import type { Permission } from '../../../domain/permissions.ts';
import { criticalFriendsRole } from '../../../domain/roles/method.ts';
import { isFeedback, nameOf, phaseOf, type Results, type Survey } from '../../../domain/surveys/survey.ts';
import { resultsOf } from '../../../domain/surveys/results.ts';
import type { SurveyRow } from '../../lists/model.ts';
import { todayIn } from '../../shared/days.ts';
import { nobodyCard, resultsCard } from './cards.ts';
import { readParticipation } from './invited.ts';
import type { SurveysParts } from './parts.ts';
import { answersTo, surveyOf } from './store.ts';

const coordinatorsKind = 'surveys.closed';
const channelKind = 'surveys.results';
const nobodyKind = 'surveys.nobody';

/** The results as a member may see them; `coordinates` says whether they look after surveys. */
export async function readResults(
  parts: SurveysParts,
  community: ReadyCommunity,
  row: SurveyRow,
  coordinates: boolean,
): Promise<Results> {
  const survey = surveyOf(row);
  const phase = phaseOf(survey, todayIn(parts, community));
  const waits = survey.anonymous && row.answered === null && (phase === 'open' || phase === 'closed');
  const box = waits ? await parts.ballotBox.look(community.id, survey.id) : null;
  const shut = box === null || box.state === 'open' ? null : box.state;
  const asked = { survey, phase, answered: row.answered, shut, coordinates };
  const first = resultsOf({ ...asked, sheets: [] });
  // What is hidden anyway need not be read.
  if (first.state === 'hidden' && (survey.anonymous || !coordinates)) return first;
  return resultsOf({
    ...asked,
    sheets: (await answersTo(parts, community, survey.id)).flatMap(({ sheets }) => sheets),
  });
}

/**
 * Tells the coordinators what they may know, with the button that shows in the channel what everybody may: numbers, and
 * of feedback on an event the words, which go to its critical friends as well.
 */
export async function tellOfResults(parts: SurveysParts, community: ReadyCommunity, row: SurveyRow): Promise<void> {
  const { messenger, links } = parts;
  const survey = surveyOf(row);
  const results = await readResults(parts, community, row, true);
  const forAll = await readResults(parts, community, row, false);
  const { asked, spared } =
    survey.audience === 'channel' ? noInvitation : await readParticipation(parts, community, survey.id);
  const shown = {
    community,
    survey,
    results,
    sparedAll: asked.length === 0 && spared.length > 0,
    link: links.tab(community.id, 'surveys'),
  };
  const coordinators = await coordinatorsOf(parts, community);
  const friends = isFeedback(survey) ? await criticalFriendsOf(parts, community) : [];
  const tell = (people: readonly Person[], mayShare: boolean): Promise<void> =>
    messenger.post({
      community: community.id,
      kind: coordinatorsKind,
      period: survey.id,
      to: people.map(person => ({ person })),
      card: t => resultsCard({ ...shown, mayShare }, t),
      summary: t => t('results.summary', { title: nameOf(survey) }),
    });
  await tell(coordinators, forAll.state === 'shown');
  await tell(
    friends.filter(friend => coordinators.every(({ id }) => id !== friend.id)),
    false,
  );
}

const noInvitation = { asked: [], spared: [] };

/** Tells the coordinators that a survey opened and reached nobody. */
export async function tellOfNobody(
  parts: SurveysParts,
  community: ReadyCommunity,
  survey: Survey,
  spared: number,
): Promise<void> {
  const { messenger, links } = parts;
  await messenger.post({
    community: community.id,
    kind: nobodyKind,
    period: survey.id,
    to: (await coordinatorsOf(parts, community)).map(person => ({ person })),
    card: t => nobodyCard({ community, survey, spared, link: links.tab(community.id, 'surveys') }, t),
    summary: t => t('nobody.summary', { title: nameOf(survey) }),
  });
}

/**
 * What it takes to read what was written to a survey. Names were promised to those who coordinate; words without a name
 * are read by those whose role it is, too, and those about an event by its critical friends.
 */
export function wordsOf(survey: Pick<Survey, 'anonymous' | 'event'>): Permission {
  if (isFeedback(survey)) return 'events.feedback';
  return survey.anonymous ? 'surveys.results' : 'surveys.answers';
}

async function coordinatorsOf({ roster }: SurveysParts, community: ReadyCommunity): Promise<readonly Person[]> {
  return peopleInCharge(community, await roster.members(community.id));
}

/** Those of the team who were accepted into that role. */
async function criticalFriendsOf({ roster }: SurveysParts, community: ReadyCommunity): Promise<readonly Person[]> {
  const members = await roster.members(community.id);
  return members
    .filter(({ id }) =>
      (community.acceptances ?? []).some(({ role, person }) => role === criticalFriendsRole && person === id),
    )
    .map(({ id, name }) => ({ id, name }));
}

export async function tellChannel(
  { messenger, links }: SurveysParts,
  community: ReadyCommunity,
  survey: Survey,
  results: Results,
): Promise<void> {
  await messenger.post({
    community: community.id,
    kind: channelKind,
    period: survey.id,
    to: [{ channel: true }],
    card: t =>
      resultsCard(
        {
          community,
          survey,
          results,
          link: links.tab(community.id, 'surveys'),
          mayShare: false,
          toAll: true,
        },
        t,
      ),
    summary: t => t('results.summary', { title: nameOf(survey) }),
  });
}
