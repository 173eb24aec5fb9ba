import { z } from 'zod';
import { Day, Person } from '../community.ts';
import { endpoint, community, FileAnswer } from '../endpoint.ts';
import { identifier } from '../text.ts';
import { Trend } from './trend.ts';
import { Questions, Audience, Sheet, Results, SurveyDraft } from './survey.ts';

/** One survey, as the person who asks may see it. */
export const SurveyView = z.object({
  id: z.string(),
  title: z.string(),
  intro: z.string(),
  questions: Questions,
  anonymous: z.boolean(),
  audience: Audience,
  /** The event it is feedback on. */
  event: z.string().nullable(),
  tellsResults: z.boolean(),
  everyQuarter: z.boolean(),
  repeats: z.string().nullable(),
  /** For coordinators, of one that is repeated: the day from which it is proposed anew, unless that was done. */
  againOn: Day.nullable(),
  /** Beside what came of the one that it repeats; null where it repeats none, or is not closed. */
  trend: Trend.nullable(),
  opensOn: Day,
  closesOn: Day,
  phase: z.enum(['planned', 'open', 'closed']),
  /** How many have answered so far. */
  answered: z.number().int(),
  /**
   * For coordinators, of one in people's own chats: for how many it is, how many have been sent it by now or by its
   * close, and the next morning on which it can come; null when none is left before it closes.
   */
  asked: z.number().int().nullable(),
  sent: z.number().int().nullable(),
  arrives: Day.nullable(),
  /** For coordinators: who was not sent it, because they had enough surveys this month. */
  spared: z.array(Person),
  /** Whether I have answered; my answers come along only when they carry my name. */
  mine: z.object({ answered: z.boolean(), sheet: Sheet.nullable() }),
  results: Results,
  /** For coordinators, of a survey with names: what each answered. */
  named: z.array(z.object({ person: Person, sheet: Sheet })),
  etag: z.string(),
});

export type SurveyView = z.infer<typeof SurveyView>;

/** How many people an audience has, and how many of them may be asked once more this month. */
const Reach = z.object({ people: z.number().int(), free: z.number().int() });

/**
 * Planned ones come only to those who may plan. `today` is the day in the community's zone, `perMonth` how many surveys
 * a member is sent at most, `reach` whom each audience in people's own chats would reach; empty for who may not plan.
 */
export const SurveysView = z.object({
  today: Day,
  perMonth: z.number().int(),
  reach: z.partialRecord(Audience, Reach),
  surveys: z.array(SurveyView),
});

export type SurveysView = z.infer<typeof SurveysView>;

/** `token` is what an anonymous answer can be changed with; only whoever answered ever has it. */
export const AnswerView = z.object({ token: z.string().nullable() });

export type AnswerView = z.infer<typeof AnswerView>;

export const surveysApi = {
  surveys: endpoint({
    method: 'GET',
    path: `${community}/surveys`,
    summary: 'The surveys, newest first, with the results I may see',
    answer: SurveysView,
  }),
  planSurvey: endpoint({
    method: 'PUT',
    path: `${community}/surveys/{survey}`,
    summary: 'Plan a survey; the id is new and chosen by who asks, so that it may be repeated',
    body: SurveyDraft,
    answer: SurveyView,
  }),
  changeSurvey: endpoint({
    method: 'PUT',
    path: `${community}/surveys/{survey}/plan`,
    summary: 'Change a survey that has not opened yet',
    body: SurveyDraft,
    answer: SurveyView,
    conditional: true,
  }),
  previewSurvey: endpoint({
    method: 'POST',
    path: `${community}/surveys/{survey}/preview`,
    summary: 'The card that this draft would make; nothing is kept',
    body: SurveyDraft,
    answer: z.object({ card: z.record(z.string(), z.unknown()) }),
  }),
  trySurvey: endpoint({
    method: 'POST',
    path: `${community}/surveys/{survey}/try`,
    summary: 'Send the card of this draft to me alone, marked as a trial; what is answered to it counts nowhere',
    body: SurveyDraft,
    answer: z.object({
      /** False for whoever wants no messages of this community. */
      sent: z.boolean(),
    }),
  }),
  repeatSurvey: endpoint({
    method: 'PUT',
    path: `${community}/surveys/{survey}/repeat`,
    summary: 'Propose this survey anew when a quarter has passed, or no more',
    body: z.object({ everyQuarter: z.boolean() }),
    answer: SurveysView,
  }),
  closeSurvey: endpoint({
    method: 'POST',
    path: `${community}/surveys/{survey}/close`,
    summary: 'Close a survey before its time, or take back one that has not opened',
    answer: SurveysView,
  }),
  answerSurvey: endpoint({
    method: 'PUT',
    path: `${community}/surveys/{survey}/answer`,
    summary: 'Answer, or answer again',
    unnamed: true,
    body: z.object({ sheet: Sheet, token: identifier(100).nullable() }),
    answer: AnswerView,
  }),
  shareSurvey: endpoint({
    method: 'POST',
    path: `${community}/surveys/{survey}/share`,
    summary: 'Show the results in the channel, once',
    answer: z.object({}),
  }),
  exportSurvey: endpoint({
    method: 'GET',
    path: `${community}/surveys/{survey}/export`,
    summary: 'The results as CSV, safe to open in a spreadsheet',
    answer: FileAnswer,
    file: true,
  }),
};
