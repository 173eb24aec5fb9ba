import { z } from 'zod';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { findHolding, longestNote, termPeriod, titleOf } from '../../../domain/roles/roles.ts';
import { identifier } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { cardAction, type Ask, type CardReply, type Press } from '../../feature.ts';
import { enteredLine, enteredRemark } from '../../shared/inputs.ts';
import { readBoard, type Board } from './board.ts';
import { boardCard, offerCard, termCard, type TermShown } from './cards.ts';
import { accept, decline, end, latestOf, renew, reopen, stepDown, volunteer, type By } from './changes.ts';
import type { RolesParts } from './parts.ts';
import { answerAboutRoles } from './questions.ts';
import { termKind } from './wishes.ts';

const id = identifier(200);
const Wish = z.object({ role: enteredLine(200), note: enteredRemark(longestNote) });
const RoleData = z.object({ role: id });
const OfferData = RoleData.extend({ person: id });
const TermData = OfferData.extend({ until: z.iso.date() });
/** Pressed once it asks, pressed there it is done. */
const EndData = TermData.extend({ sure: z.enum(['', 'yes']).default('') });
type Wish = z.infer<typeof Wish>;
type RoleData = z.infer<typeof RoleData>;
type OfferData = z.infer<typeof OfferData>;
type TermData = z.infer<typeof TermData>;
type EndData = z.infer<typeof EndData>;
type Pressed<Data> = Press<Data, ReadyCommunity>;
const managing = { may: 'roles.manage', ready: true } as const;
const accepting = { may: 'roles.accept', ready: true } as const;

async function onVolunteer(parts: RolesParts, press: Pressed<Wish>): Promise<CardReply> {
  const { who, t } = press;
  const { role, note } = press.data;
  if (role === undefined || role === '') return { notice: t('notice.choose') };
  const found = await roleNamed(parts, press, role);
  if (!found) return { notice: t('notice.gone') };

  return orNotice(press, async () => {
    const community = await volunteer(parts, byOf(press), { role, note });
    const after = await readBoard(parts, community);
    const holds = after.roles.find(one => one.id === role)?.holders.some(({ person }) => person.id === who.id);
    return showBoard(
      parts,
      { ...press, community },
      after,
      t(holds ? 'notice.yours' : 'notice.offered', { role: plain(titleOf(found, t)) }),
    );
  });
}

async function onStepDown(parts: RolesParts, press: Pressed<RoleData>): Promise<CardReply> {
  const {
    data: { role },
    who,
    t,
  } = press;
  const found = await roleNamed(parts, press, role);
  if (!found) return { notice: t('notice.gone') };

  const held = found.holders.some(({ person }) => person.id === who.id);
  // Also when it is not theirs any more: the press before may have broken half-way.
  const community = await stepDown(parts, byOf(press), { role });
  if (!findHolding(found, who.id))
    return { notice: t('notice.notYours', { role: plain(titleOf(found, t)) }), outcome: 'refused' };
  return showBoard(
    parts,
    { ...press, community },
    await readBoard(parts, community),
    t(held ? 'notice.given' : 'notice.takenBack', { role: plain(titleOf(found, t)) }),
  );
}

async function onAccept(parts: RolesParts, press: Pressed<OfferData>): Promise<CardReply> {
  return orNotice(press, async () => {
    await accept(parts, byOf(press), press.data);
    return showOffer(parts, press);
  });
}

async function onDecline(parts: RolesParts, press: Pressed<OfferData>): Promise<CardReply> {
  await decline(parts, byOf(press), press.data);
  return showOffer(parts, press);
}

async function onRenew(parts: RolesParts, press: Pressed<TermData>): Promise<CardReply> {
  await renew(parts, byOf(press), press.data);
  return showTerm(parts, press);
}

/** Only the term that the card asks about is ended: who was renewed meanwhile stays. */
async function onEnd(parts: RolesParts, press: Pressed<EndData>): Promise<CardReply> {
  const { role, person, until, sure } = press.data;
  if (sure === '') return { ...(await showTerm(parts, press, true)), outcome: 'nothing' };
  const board = await readBoard(parts, press.community);
  const holding = board.roles.find(({ id }) => id === role)?.holders.find(one => one.person.id === person);
  // Also what has ended: the server that ended it may have been stopped before it told anybody.
  const hasEnded = latestOf(board, role, person)?.state === 'ended';
  if (hasEnded || holding?.until === until) await end(parts, byOf(press), press.data);
  return showTerm(parts, press);
}

async function onReopen(parts: RolesParts, press: Pressed<TermData>): Promise<CardReply> {
  await reopen(parts, byOf(press), press.data);
  return showTerm(parts, press);
}

async function roleNamed(parts: RolesParts, { community }: Pressed<unknown>, role: string) {
  return (await readBoard(parts, community)).roles.find(one => one.id === role);
}

function showBoard(
  parts: RolesParts,
  { community, who, t }: Pressed<unknown>,
  { roles }: Board,
  notice: string,
): CardReply {
  return { card: boardCard({ community, roles, me: who.id, notice, links: parts.links }, t) };
}

/** An offer as it stands, for those who decide. */
export async function showOffer(
  parts: RolesParts,
  { community, data, t }: Pick<Pressed<OfferData>, 'community' | 'data' | 't'>,
): Promise<CardReply> {
  const board = await readBoard(parts, community);
  const [role, holding] = [board.roles.find(one => one.id === data.role), latestOf(board, data.role, data.person)];
  if (!role || !holding) return { notice: t('notice.gone') };
  return { card: offerCard({ community, role, holding, links: parts.links }, t) };
}

async function showTerm(
  parts: RolesParts,
  { community, data, automatic, t }: Pressed<TermData>,
  asking = false,
): Promise<CardReply> {
  const board = await readBoard(parts, community);
  const [role, now] = [board.roles.find(one => one.id === data.role), latestOf(board, data.role, data.person)];
  if (!role || !now) return { notice: t('notice.gone') };
  const shown: TermShown = {
    community,
    role,
    person: now.person,
    until: data.until,
    now,
    today: board.today,
    links: parts.links,
  };
  // Whoever is asked whether they are sure has changed nothing for the others.
  if (asking) return { card: termCard({ ...shown, asking }, t) };
  if (!automatic)
    await parts.messenger.refresh({
      community: community.id,
      kind: termKind,
      period: termPeriod(role.id, { person: now.person, until: data.until }),
      card: translate => termCard(shown, translate),
    });
  return { card: termCard(shown, t) };
}

export function rolesActions(parts: RolesParts) {
  return {
    volunteer: cardAction(
      { may: 'community.read', ready: true },
      { data: Wish, run: press => onVolunteer(parts, press) },
    ),
    stepDown: cardAction(
      { may: 'community.read', ready: true },
      { data: RoleData, run: press => onStepDown(parts, press) },
    ),
    accept: cardAction(accepting, { data: OfferData, run: press => onAccept(parts, press) }),
    decline: cardAction(accepting, { data: OfferData, run: press => onDecline(parts, press) }),
    renew: cardAction(managing, { data: TermData, run: press => onRenew(parts, press) }),
    end: cardAction(managing, { data: EndData, run: press => onEnd(parts, press) }),
    show: cardAction(accepting, { data: OfferData, run: press => showOffer(parts, press) }),
    reopen: cardAction(managing, { data: TermData, run: press => onReopen(parts, press) }),
  };
}

/** What `roles`, typed to the bot, is answered with. */
export async function showRoles(parts: RolesParts, ask: Ask<ReadyCommunity>): Promise<CardReply> {
  const some = await answerAboutRoles(parts, ask);
  if (some) return { card: some };
  const { community, who, place, t } = ask;
  const { roles } = await readBoard(parts, community);
  // In a channel everybody has the same copy before them.
  return {
    card: boardCard({ community, roles, me: place === 'chat' ? who.id : null, notice: '', links: parts.links }, t),
  };
}

function byOf({ who, community }: Pressed<unknown>): By {
  return { who, community, onBehalfOf: null };
}

/** The two refusals that a person can do something about, in their own sentence. */
async function orNotice({ t }: Pressed<unknown>, act: () => Promise<CardReply>): Promise<CardReply> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof CommunityError) || error.code !== 'invalid') throw error;
    return { notice: t(error.details['fields'] === undefined ? 'notice.full' : 'notice.notInTeam') };
  }
}
