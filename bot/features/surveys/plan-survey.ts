import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { opensNotBefore, phaseOf, type SurveyDraft } from '../../../domain/surveys/survey.ts';
import type { Stored } from '../../lists/list.ts';
import type { SurveyRow } from '../../lists/model.ts';
import { todayIn } from '../../shared/days.ts';
import type { SurveysParts } from './parts.ts';
import { openSurvey } from './sending.ts';
import { surveyOf } from './store.ts';

interface Planned {
  /** New, and chosen by who asks: a second call with the same one finds the first one's survey. */
  readonly key: string;
  readonly draft: SurveyDraft;
  readonly by: Person;
  /** The person's token, for SharePoint's history to name them; null for a press, which brings none. */
  readonly onBehalfOf: string | null;
}

/**
 * Plans a survey, and opens one whose day has come. Throws `invalid` for a first day that is over or too near another.
 */
export async function planSurvey(
  parts: SurveysParts,
  community: ReadyCommunity,
  { key, draft, by, onBehalfOf }: Planned,
): Promise<Stored<SurveyRow>> {
  const today = todayIn(parts, community);
  const lists = parts.lists.of(community.id);
  const existing = await lists.surveys.find(key);
  if (!existing && draft.opensOn < today)
    throw new CommunityError('invalid', `a survey opens today (${today}) or later`, { fields: ['opensOn'] });
  if (!existing) await mustStandApart(parts, community, key, draft);

  const { surveys } = onBehalfOf === null ? lists : parts.lists.onBehalfOf(community.id, onBehalfOf);
  const plannedBy = { id: by.id, name: by.name };
  const { row } = await surveys.create({ key, ...draft, closedOn: null, plannedBy, answered: null, sent: null });
  const survey = surveyOf(row.value);
  if (phaseOf(survey, today) === 'open') await openSurvey(parts, community, survey);
  return row;
}

/** Throws `invalid` for an anonymous survey that asks the same as another one around the same days. */
export async function mustStandApart(
  parts: Pick<SurveysParts, 'lists'>,
  community: ReadyCommunity,
  key: string,
  draft: SurveyDraft,
): Promise<void> {
  const others = (await parts.lists.of(community.id).surveys.all())
    .map(({ value }) => value)
    .filter(other => other.key !== key);
  const day = opensNotBefore(draft, others);
  if (day !== null)
    throw new CommunityError(
      'invalid',
      `another anonymous survey asks the same around these days: this one can open on ${day} or later`,
      { fields: ['opensOn'] },
    );
}
