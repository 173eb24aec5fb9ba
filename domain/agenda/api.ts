import { z } from 'zod';
import { Day, Person } from '../community.ts';
import { Change, community, endpoint } from '../endpoint.ts';
import { identifier, remark } from '../text.ts';
import { longestAnswer, mostScouts, Question, questionMoves, questionStates } from './question.ts';
import { Says } from './voices.ts';

/** An event that takes a question up. */
const TakenUpAt = z.object({ id: z.string(), title: z.string(), day: Day, held: z.boolean() });

/** What is in the library about a question. */
const Found = z.object({ id: z.string(), title: z.string(), url: z.string() });

export const QuestionView = Question.extend({
  id: z.string(),
  etag: z.string(),
  state: z.enum(questionStates),
  /** Null where somebody wrote it in SharePoint itself, and nobody knows who asked. */
  askedBy: Person.nullable(),
  askedAt: z.iso.datetime(),
  /** The message it was kept from. */
  link: z.string().nullable(),
  event: TakenUpAt.nullable(),
  answer: z.string(),
  answeredBy: Person.nullable(),
  answeredAt: z.iso.datetime().nullable(),
  resource: Found.nullable(),
  scouts: z.array(Person),
  backOn: Day.nullable(),
  /** How many others ask the same. */
  meToo: z.number().int(),
  /** Who can help, in the order in which they said so. */
  helpers: z.array(Person),
  /** What I said about it; null for nothing. */
  mine: Says.nullable(),
  /** Whether it is my own question, which I say nothing about. */
  isMine: z.boolean(),
  /** Where it can go by a press, as far as I may. */
  moves: z.array(z.enum(questionMoves)),
  /** Whether I may reword it, plan it, send scouts and take it away. */
  mayChange: z.boolean(),
  /** Whether I may answer it, or say the answer in other words. */
  mayAnswer: z.boolean(),
  changed: Change,
});
export type QuestionView = z.infer<typeof QuestionView>;

const UsedTopic = z.object({ topic: z.string(), count: z.number().int() });

export const AgendaView = z.object({
  /** The day it is in the community's zone. */
  today: Day,
  /** What most ask first; what is answered, the latest first. */
  questions: z.array(QuestionView),
  /** Topics of questions and of the library, the most frequent first. */
  topics: z.array(UsedTopic),
  /** Topics that several open questions are about and nothing in the library that was checked. */
  gaps: z.array(UsedTopic),
  /** The ids of questions that nobody else ever asked, which may be let go; empty for who does not look after them. */
  forgotten: z.array(z.string()),
  /** Whether I look after the agenda. */
  mayEdit: z.boolean(),
});
export type AgendaView = z.infer<typeof AgendaView>;

export const agendaApi = {
  agenda: endpoint({
    method: 'GET',
    path: `${community}/agenda`,
    summary: 'The questions that the community keeps, with who asks the same and who can help',
    answer: AgendaView,
    kept: view => view,
  }),
  saveQuestion: endpoint({
    method: 'PUT',
    path: `${community}/agenda/{question}`,
    summary: 'Keep a question, whose id is chosen by who asks so that it may be repeated, or say it in other words',
    body: Question,
    answer: QuestionView,
    conditional: true,
  }),
  moveQuestion: endpoint({
    method: 'POST',
    path: `${community}/agenda/{question}/state`,
    summary: 'Park a question, take it up next, or let it go; may be repeated',
    body: z.object({ to: z.enum(questionMoves) }),
    answer: QuestionView,
  }),
  planQuestion: endpoint({
    method: 'POST',
    path: `${community}/agenda/{question}/event`,
    summary: 'Put a question on the agenda of an event; may be repeated',
    body: z.object({ event: identifier(64).min(8) }),
    answer: QuestionView,
  }),
  sendScouts: endpoint({
    method: 'POST',
    path: `${community}/agenda/{question}/scouts`,
    summary: 'Say who goes and looks for an answer, and until when; may be repeated',
    body: z.object({ scouts: z.array(identifier(100).min(1)).max(mostScouts), backOn: Day.nullable() }),
    answer: QuestionView,
  }),
  answerQuestion: endpoint({
    method: 'POST',
    path: `${community}/agenda/{question}/answer`,
    summary: 'Answer a question, in words or with something in the library; may be repeated',
    body: z
      .object({ answer: remark(longestAnswer), resource: identifier(64).min(8).nullable() })
      .refine(({ answer, resource }) => answer !== '' || resource !== null, {
        error: 'expected words, or something in the library',
        path: ['answer'],
      }),
    answer: QuestionView,
  }),
  voiceQuestion: endpoint({
    method: 'PUT',
    path: `${community}/agenda/{question}/voice`,
    summary: 'Say that I ask the same, or that I can help, or take it back',
    body: z.object({ says: Says.nullable() }),
    answer: QuestionView,
  }),
  removeQuestion: endpoint({
    method: 'POST',
    path: `${community}/agenda/{question}/remove`,
    summary: 'Take a question away, with all that was said about it; may be repeated',
    answer: z.object({}),
    conditional: true,
  }),
};
