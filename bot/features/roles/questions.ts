import { peopleInCharge, type Community, type Member, type ReadyCommunity } from '../../../domain/community.ts';
import {
  findHolding,
  freeKeyRoles,
  inWords,
  type BoardRole,
  type HoldingOnBoard,
} from '../../../domain/roles/roles.ts';
import { coordinatorRole } from '../../../domain/roles/method.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, type Card } from '../../cards.ts';
import type { Ask, Passage } from '../../feature.ts';
import { answerCard, answerLines, mostAnswerButtons, type Answer } from '../../shared/answer.ts';
import { onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import { readBoard } from './board.ts';
import type { RolesParts } from './parts.ts';

/** In characters and rows; together they keep the fullest card under 25 KB. */
const longestName = 40;
const longestPurpose = 400;
const mostNames = 8;
const mostRoles = 20;

type Asked = Pick<Ask<ReadyCommunity>, 'community' | 'rest' | 'found' | 't' | 'who' | 'place'>;

/** What is answered about one role, about what somebody holds, or about those that are free; undefined for all roles. */
export async function answerAboutRoles(parts: RolesParts, ask: Asked): Promise<Card | undefined> {
  const rest = ask.rest.trim().toLowerCase();
  if (rest === '') return undefined;
  const { roles } = await readBoard(parts, ask.community);
  if (rest === 'free') return freeRoles(parts, ask, roles);
  const named = ask.found?.named.find(({ kind }) => kind === 'role');
  const role = roles.find(({ id }) => id === named?.id);
  if (role) return aboutRole(parts, ask, role);
  const [person] = ask.found?.people ?? [];
  return person && heldBy(parts, ask, roles, person);
}

/** Who coordinates, or whom to ask while nobody does. */
export async function showCoordinators(parts: RolesParts, ask: Asked): Promise<Card> {
  const { community, t } = ask;
  const people = peopleInCharge(community, await parts.roster.members(community.id));
  const isCoordinated = people.some(({ id }) => community.settings.coordinators.some(one => one.id === id));
  const role = (await readBoard(parts, community)).roles.find(({ id }) => id === coordinatorRole);
  return answerCard({
    ...frame(parts, ask),
    title: t(isCoordinated ? 'question.coordinators' : 'question.owners', {
      count: people.length,
      names: namesOf(people, t),
      community: plain(community.name),
    }),
    text: role ? plain(inWords(role, t).purpose) : '',
  });
}

function freeRoles(parts: RolesParts, ask: Asked, roles: readonly BoardRole[]): Card {
  const { community, t } = ask;
  const free = freeKeyRoles(roles).map(role => ({ ...inWords(role, t), id: role.id }));
  // What the community may do without is named, and not counted among what is missing.
  const others = roles
    .filter(({ kind, vacant }) => kind !== 'key' && vacant)
    .map(role => ({ ...inWords(role, t), id: role.id }));
  const titles = others.slice(0, mostRoles).map(({ title }) => plain(title));
  return answerCard({
    ...frame(parts, ask),
    title: t('question.free', { count: free.length, community: plain(community.name) }),
    text: [
      answerLines(
        free.map(({ title, purpose }) => ({
          title: plain(title),
          value: plain(shortened(purpose, longestPurpose / 2)),
        })),
      ),
      ...(titles.length === 0 ? [] : [t('board.free', { roles: titles })]),
    ].join('\n\n'),
    others: (ask.place === 'chat' ? [...free, ...others] : [])
      .slice(0, mostAnswerButtons)
      .map(({ id, title }) => ({ title: t('question.take', { role: title }), ...offering(id) })),
  });
}

function aboutRole(parts: RolesParts, ask: Asked, role: BoardRole): Card {
  const { who, place, t } = ask;
  const { title, purpose, questions } = inWords(role, t);
  const holders = role.holders.filter(({ left }) => !left);
  const facts = [
    {
      title: t('question.holders'),
      value: holders.length === 0 ? t('board.nobody') : holders.map(one => termOf(one, t)).join('; '),
    },
    ...(role.volunteers.length === 0
      ? []
      : [
          {
            title: t('question.offers'),
            value: namesOf(
              role.volunteers.map(({ person }) => person),
              t,
            ).join(', '),
          },
        ]),
  ];
  // In a channel everybody has the same copy before them.
  const mayOffer = place === 'chat' && !findHolding(role, who.id);
  return answerCard({
    ...frame(parts, ask),
    title: plain(title),
    text: [
      answerLines(facts),
      plain(shortened(purpose, longestPurpose)),
      questions.map(question => `- ${plain(question)}`).join('\n'),
    ].join('\n\n'),
    others: mayOffer ? [{ title: t('board.volunteer'), ...offering(role.id) }] : [],
  });
}

function heldBy(parts: RolesParts, ask: Asked, roles: readonly BoardRole[], person: Member): Card {
  const { t } = ask;
  const held = roles.filter(({ holders }) => holders.some(holding => holding.person.id === person.id));
  const offered = roles.filter(({ volunteers }) => volunteers.some(holding => holding.person.id === person.id));
  const name = plain(person.name);
  const titles = (some: readonly BoardRole[]): readonly string[] => some.map(role => plain(inWords(role, t).title));
  return answerCard({
    ...frame(parts, ask),
    title: held.length === 0 ? t('question.holdsNone', { name }) : t('question.holds', { name, roles: titles(held) }),
    text: offered.length === 0 ? '' : t('question.offered', { name, roles: titles(offered) }),
  });
}

/** "Lars Bergström until 22 September 2027". */
function termOf({ person, until }: HoldingOnBoard, t: Translate): string {
  const name = plain(shortened(person.name, longestName));
  return until === null ? name : t('question.until', { name, ...onDay(until) });
}

function namesOf(people: readonly { readonly name: string }[], t: Translate): readonly string[] {
  const names = people.slice(0, mostNames).map(({ name }) => plain(shortened(name, longestName)));
  return people.length > mostNames ? [...names, t('others', { count: people.length - mostNames })] : names;
}

function offering(role: string) {
  return { verb: 'roles.volunteer', data: { role } };
}

function frame({ links }: RolesParts, { community, t }: Asked): Pick<Answer, 'community' | 'page'> {
  return { community, page: { open: t('open'), link: links.tab(community.id, 'roles') } };
}

/** Roles by what they are called and what they are for. */
export function rolePassages(parts: Pick<RolesParts, 'lists' | 'roster' | 'clock'>) {
  return async ({
    community,
    t,
  }: {
    readonly community: Community;
    readonly t: Translate;
  }): Promise<readonly Passage[]> =>
    (await readBoard(parts, community)).roles.map(role => {
      const { id, title, purpose } = inWords(role, t);
      return { kind: 'role', id, title, text: purpose, typed: `roles ${title}` };
    });
}
