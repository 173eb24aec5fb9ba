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

/** Who had been sent this survey by then, as a card or as a line of one. */
function sentTo(diary: Diary, { key, title }: { readonly key: string; readonly title: string }, until: Date): number {
  return new Set(
    diary.received
      .filter(
        ({ kind, period, at, edit, lines }) =>
          at <= until &&
          !edit &&
          ((kind === 'surveys.ask' && period === key) ||
            (kind === 'morning.several' &&
              lines.some(line => line.startsWith('A short survey, open') && line.endsWith(title)))),
      )
      .map(({ to }) => to),
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
    says: /It was sent to (\d+) of the (\d+) people it was for/,
    but: ([, sent, all], card, diary) => {
      const survey = surveyOn(card);
      if (!survey?.key.startsWith('year-')) return undefined;
      return equal(sent, sentTo(diary, survey, card.at)) ?? (Number(sent) < Number(all) ? undefined : 'that is all');
    },
  },
  {
    says: new RegExp(`The last time was until ${saidDay}`),
    but: (match, card) => {
      const repeated = surveyOn(card)?.repeats;
      const before = surveysOf(card.facts).find(({ key }) => key === repeated);
      return sameDay(dayFrom(match, card.day), before?.closedOn ?? before?.closesOn);
    },
  },
  {
    says: /nobody sees what they said/,
    but: (_match, card) => (surveyOn(card)?.anonymous === false ? 'the coordinators can read its answers' : undefined),
  },
];
