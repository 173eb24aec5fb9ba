import type { ReadyCommunity } from '../../../domain/community.ts';
import { inWords, titleOf, type BoardRole, type HoldingOnBoard } from '../../../domain/roles/roles.ts';
import { can } from '../../../domain/permissions.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, type Card } from '../../cards.ts';
import { command, type Ask, type CardReply, type Command } from '../../feature.ts';
import { answerCard, mostAnswerButtons } from '../../shared/answer.ts';
import { closest } from '../../shared/closest.ts';
import type { Translate } from '../../text.ts';
import { showOffer, showRoles } from './actions.ts';
import { readBoard } from './board.ts';
import type { RolesParts } from './parts.ts';

/** Of a title or a name on a button, in characters. */
const longestOnButton = 40;

type Asked = Ask<ReadyCommunity>;

/** `volunteer member support`, and for those who decide `accept Amara`. */
export function wordCommands(parts: RolesParts): readonly Command[] {
  return [
    command(
      { may: 'community.read', ready: true },
      { name: 'volunteer', changes: true, about: 'command.volunteer', run: ask => onVolunteer(parts, ask) },
    ),
    command(
      { may: 'roles.accept', ready: true },
      { name: 'accept', changes: true, about: 'command.accept', run: ask => onAccept(parts, ask) },
    ),
  ];
}

/** The one role that is meant is shown, with a button; where none is, all that are free. */
async function onVolunteer(parts: RolesParts, ask: Asked): Promise<CardReply> {
  const { community, who, rest, t } = ask;
  const { roles } = await readBoard(parts, community);
  const { sure, perhaps } = closest(rest, roles, role => titleOf(role, t), smallWords(t));
  const [only, another] = sure;
  if (only && !another) {
    const isTheirs = (some: readonly HoldingOnBoard[]) => some.some(({ person }) => person.id === who.id);
    const role = plain(titleOf(only, t));
    if (isTheirs(only.holders)) return { notice: t('notice.yours', { role }) };
    if (isTheirs(only.volunteers)) return { notice: t('notice.offered', { role }) };
    return { card: offerFirst(parts, ask, only), outcome: 'nothing' };
  }
  const some = sure.length > 0 ? sure : perhaps;
  if (some.length === 0) return { ...(await showRoles(parts, ask)), outcome: 'nothing' };
  return { card: whichRole(parts, ask, some), outcome: 'nothing' };
}

/** Whoever may give roles takes it on at once; everybody else offers. */
function offerFirst({ links }: RolesParts, { community, who, t }: Asked, role: BoardRole): Card {
  const { title, purpose } = inWords(role, t);
  const atOnce = can(who, 'roles.manage', community);
  return answerCard({
    community,
    title: t('word.offer', { role: plain(title) }),
    text: `${plain(purpose)} ${t(atOnce ? 'word.takesOn' : 'word.tells')}`,
    primary: { title: t(atOnce ? 'word.takeOn' : 'word.yes'), verb: 'roles.volunteer', data: { role: role.id } },
    page: { open: t('open'), link: links.tab(community.id, 'roles') },
  });
}

/** Each button offers: to press one is to say which. */
function whichRole({ links }: RolesParts, { community, t }: Asked, roles: readonly BoardRole[]): Card {
  return answerCard({
    community,
    title: t('word.whichRole'),
    text: t('word.whichRoleText'),
    others: roles.slice(0, mostAnswerButtons).map(role => ({
      title: shortened(titleOf(role, t), longestOnButton),
      verb: 'roles.volunteer',
      data: { role: role.id },
    })),
    page: { open: t('open'), link: links.tab(community.id, 'roles') },
  });
}

/** The one offer that is meant is shown, as it was when it was made; of several each is a button. */
async function onAccept(parts: RolesParts, ask: Asked): Promise<CardReply> {
  const { community, rest, t } = ask;
  const { roles } = await readBoard(parts, community);
  const offers = roles.flatMap(role => role.volunteers.map(({ person }) => ({ role, person })));
  if (offers.length === 0) return { notice: t('word.noOffers') };
  const words = ({ role, person }: (typeof offers)[number]) => `${person.name} ${titleOf(role, t)}`;
  const { sure, perhaps } = closest(rest, offers, words, smallWords(t));
  const meant = sure.length > 0 ? sure : perhaps.length > 0 ? perhaps : offers;
  const [only, another] = meant;
  if (only && !another && (sure.length > 0 || rest.trim() === '')) {
    const data = { role: only.role.id, person: only.person.id };
    return { ...(await showOffer(parts, { community, data, t })), outcome: 'nothing' };
  }
  const card = answerCard({
    community,
    title: t('word.whichOffer'),
    others: meant.slice(0, mostAnswerButtons).map(({ role, person }) => ({
      title: shortened(t('word.offerOf', { name: person.name, role: titleOf(role, t) }), longestOnButton),
      verb: 'roles.show',
      data: { role: role.id, person: person.id },
    })),
    page: { open: t('open'), link: parts.links.tab(community.id, 'roles') },
  });
  return { card, outcome: 'nothing' };
}

function smallWords(t: Translate): ReadonlySet<string> {
  return new Set(
    t('words.small')
      .split(',')
      .map(word => word.trim()),
  );
}
