import type { ReadyCommunity } from '../../../domain/community.ts';
import { promptsFor, titleOf, type Prompt } from '../../../domain/roles/roles.ts';
import { addMonths, localDay } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import { onDay } from '../../shared/days.ts';
import type { Morning, Wish } from '../../feature.ts';
import { openKey } from './changes.ts';
import { readBoard, type Board } from './board.ts';
import { offerCard, termCard, vacantCard } from './cards.ts';
import type { RolesParts } from './parts.ts';
import { decidersOf, offerKind, type About } from './messages.ts';

/** In characters, on a line among others. */
const longestName = 60;

export const vacantKind = 'roles.vacant';
export const termKind = 'roles.term';

/**
 * Those who decide are asked about key roles without anybody, terms that end within a month, and offers that nobody has
 * answered: three times at most, each vacancy, term and offer by its period.
 */
export function rolesWishes(parts: RolesParts): (morning: Morning) => Promise<readonly Wish[]> {
  return async ({ community, today }) => {
    const board = await readBoard(parts, community);
    const prompts = promptsFor(board.roles, board.holdings);
    const offers = offersIn(board);
    if (prompts.length + offers.length === 0) return [];
    const to = await decidersOf(parts, community);
    if (to.length === 0)
      parts.log.warn({ community: community.id }, 'roles not asked about: the community has nobody to ask');
    // As long as it is so; what is settled is not wished any more.
    const until = addMonths(today, 1);
    const sinceOf = await departureDays(parts, community, prompts);
    return to.flatMap(recipient => [
      ...offers.map(
        (about): Wish => ({
          kind: offerKind,
          period: about.holding.key,
          to: recipient,
          urgency: 'soon',
          until,
          // Those who decide heard of it when it was made.
          again: { since: about.holding.since },
          card: t => offerCard({ community, ...about, links: parts.links }, t),
          summary: t => t('offer.summary', { name: about.holding.person.name, role: titleOf(about.role, t) }),
          line: t =>
            t('roles:wish.offer', {
              name: shortened(about.holding.person.name, longestName),
              role: titleOf(about.role, t),
            }),
        }),
      ),
      ...prompts.map(
        (prompt): Wish => ({
          period: prompt.period,
          to: recipient,
          urgency: prompt.kind === 'term' ? 'soon' : 'sometime',
          until,
          again: { since: sinceOf(prompt) },
          ...messageOf(parts, community, board, prompt),
        }),
      ),
    ]);
  };
}

/**
 * The day on which somebody left with a role in hand: those who decide hear of that with everything else they held, so
 * that it counts as the first time.
 */
async function departureDays(
  { departed }: RolesParts,
  { id, settings }: ReadyCommunity,
  prompts: readonly Prompt[],
): Promise<(prompt: Prompt) => string | null> {
  const hasLeavers = prompts.some(prompt => prompt.kind === 'vacant' && prompt.left !== null);
  const left = hasLeavers ? await departed.since(id, new Date(0)) : [];
  return prompt => {
    const person = prompt.kind === 'vacant' ? prompt.left : null;
    const found = left.find(one => one.person === person);
    return found ? localDay(found.at, settings.timeZone) : null;
  };
}

/** Offers of people in the team that nobody has answered. */
export function offersIn(board: Board): readonly About[] {
  const members = new Set(board.members.map(({ id }) => id));
  return board.roles.flatMap(role =>
    board.holdings
      .filter(one => one.role === role.id && one.state === 'volunteered' && members.has(one.person.id))
      .map(holding => ({ role, holding })),
  );
}

function messageOf(
  { links }: RolesParts,
  community: ReadyCommunity,
  board: Board,
  prompt: Prompt,
): Pick<Wish, 'kind' | 'card' | 'summary' | 'line'> {
  const { today } = board;
  if (prompt.kind === 'vacant') {
    const { roles } = prompt;
    return {
      kind: vacantKind,
      card: t => vacantCard({ community, roles, today, links }, t),
      summary: t =>
        t('vacant.summary', {
          count: roles.length,
          role: roles[0] ? titleOf(roles[0], t) : '',
          community: community.name,
        }),
      line: t => t('roles:wish.vacant', { count: roles.length, role: roles[0] ? titleOf(roles[0], t) : '' }),
    };
  }
  const {
    role,
    holding: { person, until },
  } = prompt;
  const key = openKey(board, role.id, person.id);
  const now = board.holdings.find(holding => holding.key === key);
  return {
    kind: termKind,
    card: t => termCard({ community, role, person, until, now, today, links }, t),
    summary: t => t('term.summary', { name: person.name, role: titleOf(role, t) }),
    line: t =>
      t(until < today ? 'roles:wish.termOver' : 'roles:wish.term', {
        name: shortened(person.name, longestName),
        role: titleOf(role, t),
        ...onDay(until),
      }),
  };
}
