import type { Diary, Received } from '../diary.ts';
import { equal, sameDay, type Claim } from './claims.ts';
import { surveysOf } from './lists.ts';
import { dayFrom, saidDay } from './said-days.ts';

/** How many people have answered this survey, as the year saw them do it. */
export function answersTo(
  diary: Diary,
  { title, opensOn }: { readonly title: string; readonly opensOn: string },
  until: Date,
): number {
  return new Set(
    diary.acts
      .filter(
        ({ at, day, what, shown }) =>
          at <= until && day >= opensOn && /surveys\.answer/.test(what) && shown.some(line => line.includes(title)),
      )
      .map(({ person }) => person),
  ).size;
}

function surveyOn({ facts, lines, period }: Received) {
  const surveys = surveysOf(facts);
  return (
    surveys.find(({ key }) => key === period) ??
    surveys.toReversed().find(({ title }) => lines.some(line => line.includes(title)))
  );
}

export const ofSurveys: readonly Claim[] = [
  {
    says: new RegExp(`[Oo]pen until (?:the end of )?${saidDay}`),
    but: (match, card) => sameDay(dayFrom(match, card.day), surveyOn(card)?.closesOn),
  },
  {
    says: new RegExp(`closes at the end of ${saidDay}`),
    but: (match, card) => sameDay(dayFrom(match, card.day), surveyOn(card)?.closesOn),
  },
  {
    says: /^(\d+) (?:person|people) answered\b/,
    but: ([, count], card, diary) => {
      const survey = surveyOn(card);
      return survey?.key.startsWith('year-') ? equal(count, answersTo(diary, survey, card.at)) : undefined;
    },
  },
  {
    says: /nobody sees what they said/,
    but: (_match, card) => (surveyOn(card)?.anonymous === false ? 'the coordinators can read its answers' : undefined),
  },
];
