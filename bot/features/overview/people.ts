import type { Community, Member } from '../../../domain/community.ts';
import { titleOf, type BoardRole } from '../../../domain/roles/roles.ts';
import { shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import type { Ask, CardReply } from '../../feature.ts';
import { readOpenActions } from '../../lists/plan.ts';
import { readRoles } from '../../lists/roles.ts';
import { answerCard, answerLines } from '../../shared/answer.ts';
import { todayIn } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import type { OverviewParts } from './parts.ts';

/** In characters and rows; together they keep the fullest card under 25 KB. */
const longestName = 40;
const longestTitle = 90;
const mostMembers = 60;
const mostPeople = 4;
const mostActions = 5;

/** `people Gwen`: what somebody does here, as everybody in the team may see it. Without a name: who there is. */
export async function showPeople(parts: OverviewParts, ask: Ask): Promise<CardReply> {
  const { community, found, t } = ask;
  const people = (found?.people ?? []).slice(0, mostPeople);
  if (people.length === 0) return showMembers(parts, ask);
  const [{ roles }, rows] = await Promise.all([
    readRoles(parts, community, todayIn(parts, community)),
    readOpenActions(parts, community),
  ]);
  const actions = rows.map(({ value }) => value);
  return {
    card: answerCard({
      community,
      title: t('who.title', { names: people.map(({ name }) => plain(name)) }),
      text: answerLines(
        people.map(person => ({
          title: plain(person.name),
          value: [
            rolesOf(person, roles, t),
            actionsOf(
              actions.filter(({ owners }) => owners.some(({ id }) => id === person.id)).map(({ title }) => title),
              t,
            ),
          ].join(' '),
        })),
      ),
      page: page(parts, community, t),
    }),
  };
}

function rolesOf({ id, owner }: Member, roles: readonly BoardRole[], t: Translate): string {
  const held = roles.filter(({ holders }) => holders.some(({ person }) => person.id === id));
  const titles = held.map(role => plain(titleOf(role, t)));
  if (owner) titles.push(t('who.owner'));
  return titles.length === 0 ? t('who.noRole') : t('who.roles', { roles: titles });
}

function actionsOf(titles: readonly string[], t: Translate): string {
  const shown = titles.slice(0, mostActions).map(title => plain(shortened(title, longestTitle)));
  return t('who.actions', { count: titles.length, titles: shown.join('; ') });
}

/** How many there are, and their names. */
async function showMembers(parts: OverviewParts, { community, t }: Ask): Promise<CardReply> {
  const members = await parts.roster.members(community.id);
  const names = members
    .map(({ name }) => plain(shortened(name, longestName)))
    .toSorted((one, other) => one.localeCompare(other));
  return {
    card: answerCard({
      community,
      title: t('who.members', { count: members.length, community: plain(community.name) }),
      text: names.length > mostMembers ? `${names.slice(0, mostMembers).join(', ')} …` : names.join(', '),
      page: page(parts, community, t),
    }),
  };
}

function page({ links }: OverviewParts, community: Community, t: Translate) {
  return { open: t('open'), link: links.tab(community.id, 'overview') };
}
