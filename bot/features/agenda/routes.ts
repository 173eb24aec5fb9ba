import type { AgendaView, QuestionView } from '../../../domain/agenda/api.ts';
import {
  answered,
  asked,
  changedFields,
  isOpen,
  moved,
  planned,
  reworded,
  scouted,
  type KeptQuestion,
  type Question,
  type QuestionMove,
} from '../../../domain/agenda/question.ts';
import type { Says } from '../../../domain/agenda/voices.ts';
import { api } from '../../../domain/api.ts';
import type { Member, ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { topicsFrom } from '../../../domain/topics.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import { saveVersion } from '../../lists/conditional-save.ts';
import { VersionConflict, type Stored } from '../../lists/list.ts';
import type { QuestionRow } from '../../lists/model.ts';
import type { AgendaParts } from './parts.ts';
import {
  asPerson,
  byOf,
  changeQuestion,
  changing,
  findHeard,
  findQuestion,
  hears,
  keepVoice,
  listOf,
  mustAnswer,
  mustChange,
  questionId,
  questionOf,
  reading,
  removeQuestion,
  rowOf,
  type AskedQuestion,
} from './store.ts';
import { tellRemoved } from './telling.ts';
import { agendaView, questionView } from './view.ts';

type Asked<Body> = TabRequest<Body, ReadyCommunity>;

async function one(
  parts: AgendaParts,
  request: Asked<unknown>,
  { id }: Pick<AskedQuestion, 'id'>,
): Promise<TabAnswer<QuestionView>> {
  const view = await questionView(parts, request, await findHeard(parts, request.community, id));
  return { body: view, etag: view.etag };
}

async function save(parts: AgendaParts, request: Asked<Question>): Promise<TabAnswer<QuestionView>> {
  const { who, community, ifMatch, body, onBehalfOf } = request;
  const id = idFrom(request);
  const list = listOf(parts, community, onBehalfOf);
  const stored = await list.find(id);
  const before = stored && questionOf(stored);
  // What a person may change is asked of the version they saw; when there is another by now, they see that first.
  if (before && stored.etag === ifMatch) mustChange(before, who, community);
  const words = { ...body, topics: topicsFrom(body.topics) };
  const by = byOf(parts, who);
  const wanted: KeptQuestion = before ? reworded<KeptQuestion>(before, words, by) : asked(words, null, by);
  const saved = await saveVersion(
    list,
    rowOf(id, wanted),
    ifMatch ?? null,
    row => changedFields(questionOf({ ...neverRead, value: row }), words).length === 0,
  );
  if (saved.kind === 'conflict') throw await conflict(parts, request, saved.current);
  return one(parts, request, questionOf(saved.row));
}

const neverRead = { id: '', etag: '', changedAt: '' };

/** Changes a question as `decide` says, by whoever may change it; null where it cannot become so. */
async function changed(
  parts: AgendaParts,
  request: Asked<unknown>,
  decide: (current: AskedQuestion) => KeptQuestion | null,
): Promise<TabAnswer<QuestionView>> {
  const { who, community, onBehalfOf } = request;
  const question = await changeQuestion(parts, community, idFrom(request), {
    onBehalfOf,
    decide(current) {
      mustChange(current, who, community);
      const next = decide(current);
      if (next === null)
        throw new CommunityError('invalid', `a question that is ${current.state} cannot become so`, {
          context: 'question-state',
        });
      return next;
    },
  });
  return one(parts, request, question);
}

function move(parts: AgendaParts, request: Asked<{ to: QuestionMove }>): Promise<TabAnswer<QuestionView>> {
  const { who, body } = request;
  return changed(parts, request, current => moved<KeptQuestion>(current, body.to, byOf(parts, who)));
}

/** First the event, as who may not change it plans nothing; both know the question by its id. */
async function plan(parts: AgendaParts, request: Asked<{ event: string }>): Promise<TabAnswer<QuestionView>> {
  const { who, community, body } = request;
  const question = await findQuestion(parts, community, idFrom(request));
  mustChange(question, who, community);
  if (isOpen(question)) await parts.addToEvent(community, who, body.event, { id: question.id, title: question.title });
  return changed(parts, request, current => planned<KeptQuestion>(current, body.event, byOf(parts, who)));
}

async function scout(
  parts: AgendaParts,
  request: Asked<{ scouts: readonly string[]; backOn: string | null }>,
): Promise<TabAnswer<QuestionView>> {
  const { who, community, body } = request;
  const members = await parts.roster.members(community.id);
  const { scouts: known } = await findQuestion(parts, community, idFrom(request));
  const scouts = [...new Set(body.scouts)].map(id => {
    const found = members.find(member => member.id === id) ?? known.find(person => person.id === id);
    if (!found) throw new CommunityError('invalid', 'expected people of the team', { fields: ['scouts'] });
    return asPerson(found);
  });
  const backOn = scouts.length === 0 ? null : body.backOn;
  return changed(parts, request, current => scouted<KeptQuestion>(current, { scouts, backOn }, byOf(parts, who)));
}

/** Everybody answers what is open; whoever may change it says an answer in other words. */
async function answer(
  parts: AgendaParts,
  request: Asked<{ answer: string; resource: string | null }>,
): Promise<TabAnswer<QuestionView>> {
  const { who, community, body, onBehalfOf } = request;
  const { id } = await findQuestion(parts, community, idFrom(request));
  if (body.resource !== null && !(await parts.lists.of(community.id).library.find(body.resource)))
    throw new CommunityError('invalid', 'expected something that is in the library', { fields: ['resource'] });
  const question = await changeQuestion(parts, community, id, {
    onBehalfOf,
    decide: current => answeredBy(parts, { who, community }, current, body),
  });
  return one(parts, request, question);
}

/** The question with somebody's answer. Throws `not-allowed`. */
export function answeredBy(
  parts: Pick<AgendaParts, 'clock'>,
  { who, community }: { readonly who: Member; readonly community: ReadyCommunity },
  current: AskedQuestion,
  said: Pick<KeptQuestion, 'answer' | 'resource'>,
): KeptQuestion {
  const next = answered<KeptQuestion>(current, said, byOf(parts, who));
  if (next !== current) mustAnswer(current, who, community);
  return next;
}

async function voice(parts: AgendaParts, request: Asked<{ says: Says | null }>): Promise<TabAnswer<QuestionView>> {
  const { who, community, body } = request;
  const question = await findQuestion(parts, community, idFrom(request));
  if (!hears(question, who))
    throw new CommunityError('invalid', 'one says something about an open question of somebody else', {
      context: 'question-state',
    });
  await keepVoice(parts, community, question, who, body.says);
  return one(parts, request, question);
}

async function remove(parts: AgendaParts, request: Asked<unknown>): Promise<TabAnswer<Record<string, never>>> {
  const { who, community, ifMatch, onBehalfOf } = request;
  const list = listOf(parts, community, onBehalfOf);
  const stored = await list.find(idFrom(request));
  if (!stored) return { body: {} };
  const question = questionOf(stored);
  mustChange(question, who, community);
  if (stored.etag !== ifMatch) throw await conflict(parts, request, stored);
  await tellRemoved(parts, community, question, who);
  try {
    await removeQuestion(parts, community, stored);
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    throw await conflict(parts, request, await list.find(question.id));
  }
  return { body: {} };
}

/** What is saved here is saved on behalf of the person, so that SharePoint's version history names them. */
export function agendaRoutes(parts: AgendaParts): readonly Route[] {
  return [
    route(
      api.agenda,
      reading,
      async (request): Promise<TabAnswer<AgendaView>> => ({
        body: await agendaView(parts, request),
      }),
    ),
    route(api.saveQuestion, changing, request => save(parts, request)),
    route(api.moveQuestion, changing, request => move(parts, request)),
    route(api.planQuestion, changing, request => plan(parts, request)),
    route(api.sendScouts, changing, request => scout(parts, request)),
    route(api.answerQuestion, changing, request => answer(parts, request)),
    route(api.voiceQuestion, reading, request => voice(parts, request)),
    route(api.removeQuestion, changing, request => remove(parts, request)),
  ];
}

async function conflict(
  parts: AgendaParts,
  request: Asked<unknown>,
  current: Stored<QuestionRow> | undefined,
): Promise<CommunityError> {
  return new CommunityError(
    'version-conflict',
    'this question has changed since it was read: look at what is stored now and save with its ETag',
    {
      current: current
        ? await questionView(parts, request, await findHeard(parts, request.community, current.value.key))
        : null,
      etag: current?.etag,
    },
  );
}

function idFrom({ params }: Pick<Asked<unknown>, 'params'>): string {
  return questionId(params['question']);
}
