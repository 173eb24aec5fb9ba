import { forgotten } from '../../../domain/agenda/days.ts';
import { isOpen, movesOf } from '../../../domain/agenda/question.ts';
import type { AgendaView, QuestionView } from '../../../domain/agenda/api.ts';
import { byWeight, gapsIn, heard } from '../../../domain/agenda/voices.ts';
import type { Member, ReadyCommunity } from '../../../domain/community.ts';
import { can } from '../../../domain/permissions.ts';
import { localDay } from '../../../domain/schedule.ts';
import { usedTopics } from '../../../domain/topics.ts';
import { whenThere } from '../../lists/list.ts';
import type { EventRow, ResourceRow } from '../../lists/model.ts';
import { todayIn } from '../../shared/days.ts';
import type { AgendaParts } from './parts.ts';
import { asPerson, isOwn, mayAnswerIt, mayChangeIt, readAgenda, type Heard } from './store.ts';

interface Viewed {
  readonly community: ReadyCommunity;
  readonly who: Member;
}

/** What questions lead to. */
interface Around {
  readonly events: ReadonlyMap<string, EventRow>;
  readonly library: ReadonlyMap<string, ResourceRow>;
}

async function readAround({ lists }: Pick<AgendaParts, 'lists'>, { id }: ReadyCommunity): Promise<Around> {
  const of = lists.of(id);
  const [events, library] = await Promise.all([whenThere(() => of.events.all()), whenThere(() => of.library.all())]);
  return {
    events: new Map(events.map(({ value }) => [value.key, value])),
    library: new Map(library.map(({ value }) => [value.key, value])),
  };
}

export async function agendaView(parts: AgendaParts, { community, who }: Viewed): Promise<AgendaView> {
  const [agenda, around] = await Promise.all([readAgenda(parts, community), readAround(parts, community)]);
  const today = todayIn(parts, community);
  const mayEdit = can(who, 'agenda.edit', community);
  const items = [...around.library.values()];
  return {
    today,
    questions: agenda
      .map(one => viewOf(one, { community, who }, around))
      .toSorted((one, other) => answeredLast(other).localeCompare(answeredLast(one)) || byWeight(one, other)),
    topics: usedTopics([...agenda.map(({ question }) => question), ...items]),
    gaps: gapsIn(
      agenda.map(({ question }) => question),
      items.filter(({ state }) => state === 'checked').flatMap(({ topics }) => topics),
    ),
    forgotten: mayEdit ? forgotten(agenda, today, community.settings.timeZone).map(({ id }) => id) : [],
    mayEdit,
  };
}

/** When it was answered; one that is asked anew waits among the others. */
function answeredLast({ state, answeredAt }: Pick<QuestionView, 'state' | 'answeredAt'>): string {
  return state === 'answered' ? (answeredAt ?? '') : '';
}

/** One question, as this person may see and change it. */
export async function questionView(parts: AgendaParts, viewed: Viewed, one: Heard): Promise<QuestionView> {
  return viewOf(one, viewed, await readAround(parts, viewed.community));
}

function viewOf({ question, voices }: Heard, { community, who }: Viewed, { events, library }: Around): QuestionView {
  const { id, etag, title, details, topics, state, askedBy, askedAt, link, answer, answeredBy, answeredAt } = question;
  const { byHand, backOn, changedBy, changedAt } = question;
  const { meToo, helpers } = heard(voices);
  const mayChange = mayChangeIt(question, who, community);
  const event = events.get(question.event ?? '');
  const resource = library.get(question.resource ?? '');
  return {
    ...{ id, etag, title, details, topics, state, askedAt, link, answer, answeredAt, backOn },
    askedBy: byHand ? null : askedBy,
    answeredBy: byHand ? null : answeredBy,
    event: event
      ? {
          id: event.key,
          title: event.title,
          day: localDay(new Date(event.startsAt), community.settings.timeZone),
          held: event.state === 'held',
        }
      : null,
    resource: resource ? { id: resource.key, title: resource.title, url: resource.url } : null,
    scouts: question.scouts.map(asPerson),
    meToo: meToo.length,
    helpers: helpers.map(asPerson),
    mine: voices.find(({ person }) => person.id === who.id)?.says ?? null,
    isMine: isOwn(question, who),
    moves: mayChange ? [...movesOf(question)] : [],
    mayChange,
    mayAnswer: mayAnswerIt(question, who, community) && (isOpen(question) || state === 'answered'),
    changed: { by: changedBy, at: changedAt },
  };
}
