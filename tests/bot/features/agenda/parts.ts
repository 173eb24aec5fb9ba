import { agenda } from '../../../../bot/features/agenda/index.ts';
import type { Feature } from '../../../../bot/feature.ts';
import type { AgendaView, QuestionView } from '../../../../domain/agenda/api.ts';
import type { Question, QuestionMove } from '../../../../domain/agenda/question.ts';
import type { Says } from '../../../../domain/agenda/voices.ts';
import { api } from '../../../../domain/api.ts';
import type { Member, ReadyCommunity } from '../../../../domain/community.ts';
import { community, member, type RecordingMessenger, type TestClock } from '../../../support/feature-parts.ts';
import { sceneOf, type SceneParts } from '../../../support/feature-scene.ts';
import type { InMemoryLists } from '../../../support/in-memory-lists.ts';
import { request } from '../../../support/requests.ts';
import { grantWishes } from '../../../support/wishes.ts';

export const priya = member('Priya Raman');
export const gwen = member('Gwen Pritchard');
export const amara = member('Amara Okafor');
export const daniel = member('Daniel Fitzgerald');
export const here = community();
export const id = 'spc-template';

export const template: Question = { title: 'Who has a template for SPC charts?', details: '', topics: ['SPC'] };

/** The feature and everything it stands on, on a Monday morning. */
export interface Scene {
  readonly lists: InMemoryLists;
  readonly messenger: RecordingMessenger;
  readonly clock: TestClock;
  readonly feature: Feature;
  readonly parts: SceneParts;
  /** What was put on the agenda of an event. */
  readonly onEvents: readonly { readonly event: string; readonly id: string; readonly title: string }[];
  /** Keeps a question from the tab, as Amara unless said otherwise. */
  asks(change?: Partial<Question>, choices?: AskChoices): Promise<QuestionView>;
  moves(to: QuestionMove, who?: Member, question?: string): Promise<QuestionView>;
  says(who: Member, says: Says | null, question?: string): Promise<QuestionView>;
  answers(who: Member, answer: string, question?: string): Promise<QuestionView>;
  seesAll(who?: Member): Promise<AgendaView>;
  sees(who?: Member, question?: string): Promise<QuestionView | undefined>;
  asked(
    endpoint: keyof typeof api,
    choices: {
      readonly who: Member;
      readonly question?: string;
      readonly body?: unknown;
      readonly ifMatch?: string | null;
    },
  ): Promise<unknown>;
  /** A morning with room for everything. */
  morning(moment: string, where?: ReadyCommunity): Promise<void>;
}

interface AskChoices {
  readonly who?: Member;
  readonly question?: string;
  readonly ifMatch?: string | null;
}

export function scene(members: readonly Member[] = [priya, gwen, amara, daniel]): Scene {
  const onEvents: { event: string; id: string; title: string }[] = [];
  const { feature, lists, messenger, clock, parts } = sceneOf(
    all =>
      agenda({
        ...all,
        async addToEvent(_community, _who, event, line) {
          if (!onEvents.some(one => one.id === line.id)) onEvents.push({ event, ...line });
        },
      }),
    { members, at: '2026-11-23T09:00:00Z' },
  );

  const now: Scene = {
    lists,
    messenger,
    clock,
    feature,
    parts,
    onEvents,
    async asked(endpoint, { who, question = id, ...choices }) {
      return (await request(feature, api[endpoint], { who, community: here, params: { question }, ...choices })).body;
    },
    async asks(change = {}, { who = amara, question = id, ifMatch = null } = {}) {
      const body = { ...template, ...change };
      return (await now.asked('saveQuestion', { who, question, body, ifMatch })) as QuestionView;
    },
    async moves(to, who = amara, question = id) {
      return (await now.asked('moveQuestion', { who, question, body: { to } })) as QuestionView;
    },
    async says(who, says, question = id) {
      return (await now.asked('voiceQuestion', { who, question, body: { says } })) as QuestionView;
    },
    async answers(who, answer, question = id) {
      return (await now.asked('answerQuestion', { who, question, body: { answer, resource: null } })) as QuestionView;
    },
    async seesAll(who = amara) {
      return (await request(feature, api.agenda, { who, community: here })).body as AgendaView;
    },
    async sees(who = amara, question = id) {
      return (await now.seesAll(who)).questions.find(one => one.id === question);
    },
    async morning(moment, where = here) {
      clock.moveTo(moment);
      await grantWishes(feature, messenger, { community: where, now: clock.now(), members });
    },
  };
  return now;
}
