import type { Community, Member, Person, ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { coordinatorRole } from '../../../domain/roles/method.ts';
import { holderBefore } from '../../../domain/roles/hand-over.ts';
import { addMonths } from '../../../domain/schedule.ts';
import { can, mustBeAbleToAccept, mustBeAbleWith } from '../../../domain/permissions.ts';
import {
  accepted,
  ended,
  given,
  holdingKey,
  mayBeOutside,
  mayBeReopened,
  offered,
  outsider,
  renewed,
  reopened,
  type Candidate,
  type Change,
  type Holder,
  type Holding,
  type Term,
} from '../../../domain/roles/roles.ts';
import { change, VersionConflict } from '../../lists/list.ts';
import type { CommunityLists } from '../../lists/model.ts';
import { tellHandOver } from './hand-over.ts';
import { noteAccepted, noteEnded } from './acceptances.ts';
import { nextTermEnd, readBoard, roleOf, type Board } from './board.ts';
import type { RolesParts } from './parts.ts';
import { showOfferNow, tellCoordinators, tellVolunteer, type About } from './messages.ts';

/** Who changes what, where. With the person's token SharePoint's history names them; a card brings none. */
export interface By {
  readonly who: Member;
  readonly community: ReadyCommunity;
  readonly onBehalfOf: string | null;
}

/** The community afterwards: its coordinators may be others. */
type Changed = Promise<ReadyCommunity>;

/**
 * A member offers to take on a role. One who may give roles takes it on at once. Without a note the offer keeps the one
 * it has.
 */
export async function volunteer(
  parts: RolesParts,
  by: By,
  { role: id, note }: { readonly role: string; readonly note?: string | undefined },
): Changed {
  const { community, who } = by;
  const board = await readBoard(parts, community);
  const role = roleOf(board, id);
  if (can(who, 'roles.manage', community)) {
    const held = board.holdings.find(({ key }) => key === openKey(board, id, who.id));
    if (held?.state === 'accepted') {
      const ready = await coordinate(parts, by, id, memberHolder(who), true);
      await showDecided(parts, by, ready, { role, holding: held });
      return ready;
    }
    return give(parts, by, {
      role: id,
      person: { id: who.id },
      term: { since: board.today, until: board.termEnd, note: note ?? held?.note ?? '' },
    });
  }
  if (role.holders.some(({ person }) => person.id === who.id)) return community;

  const key = openKey(board, id, who.id) ?? holdingKey(id, who.id, board.today);
  const wish = { key, role: id, person: memberHolder(who), note: note ?? '' };
  const row = await change(listsOf(parts, by).offers, key, current =>
    offered(current, wish, changeOf(parts, by, board)),
  );
  if (row?.value.state === 'volunteered') await tellCoordinators(parts, community, { role, holding: row.value });
  return community;
}

/** A holder gives a role up; a volunteer takes the offer back. No coordinator needs to agree. */
export async function stepDown(parts: RolesParts, by: By, { role }: { readonly role: string }): Changed {
  return end(parts, by, { role, person: by.who.id });
}

/** A coordinator accepts an offer. When it was taken back meanwhile, nothing happens. */
export async function accept(
  parts: RolesParts,
  by: By,
  { role: id, person }: { readonly role: string; readonly person: string },
): Changed {
  mustBeAbleToAccept(by.who, id, by.community);
  const board = await readBoard(parts, by.community);
  const role = roleOf(board, id);
  const { roles, offers, acceptances } = listsOf(parts, by);
  const key = openKey(board, id, person);
  const offer = key === undefined ? undefined : (await offers.find(key))?.value;
  if (!key || !offer || offer.state === 'ended') return by.community;
  const volunteerNow = await holderFrom(parts, by.community, id, { id: person });

  // First the settings, which count; then the offer, whoever saves it first; then what the role lets them do; last it
  // goes, as the holding stands in the list of the team. Whatever breaks in between, pressing again completes it.
  const community = await coordinate(parts, by, id, volunteerNow, true);
  const answer = (await change(offers, key, current => accepted(current, board.termEnd, changeOf(parts, by, board))))
    ?.value;
  if (answer?.state !== 'accepted') return community;
  await noteAccepted({ ...parts, acceptances }, by, { role: id, person: volunteerNow });
  const row = await change(roles, key, current =>
    current && current.changedAt >= answer.changedAt ? undefined : answer,
  );
  if (row?.value.state === 'accepted') {
    const before = holderBefore(board.holdings, { role: id, person, yearAgo: addMonths(board.today, -12) });
    await tellVolunteer(parts, community, { role, holding: row.value }, before);
    await showDecided(parts, by, community, { role, holding: row.value });
  }
  return community;
}

/** A coordinator gives a role to a person. */
export async function give(
  parts: RolesParts,
  by: By,
  { role: id, person: candidate, term }: { readonly role: string; readonly person: Candidate; readonly term: Term },
): Changed {
  const board = await readBoard(parts, by.community);
  const role = roleOf(board, id);
  const person = await holderFrom(parts, by.community, id, candidate);
  const key = openKey(board, id, person.id) ?? holdingKey(id, person.id, board.today);

  const community = await coordinate(parts, by, id, person, true);
  const { roles, acceptances } = listsOf(parts, by);
  await noteAccepted({ ...parts, acceptances }, by, { role: id, person });
  const row = await change(roles, key, current => ({
    ...given(current, { role: id, person, term }, changeOf(parts, by, board)),
    key,
  }));
  if (row) await showDecided(parts, by, community, { role, holding: row.value });
  return community;
}

/** Ends a holding, or declines an offer. One's own needs no permission. */
export async function end(
  parts: RolesParts,
  by: By,
  { role: id, person }: { readonly role: string; readonly person: string },
): Changed {
  const { who } = by;
  const isTheirs = person === who.id;
  if (!can(who, 'roles.accept', by.community)) mustBeAbleWith(who, 'holding', isTheirs, by.community);
  const board = await readBoard(parts, by.community);
  const role = roleOf(board, id);
  const key = openKey(board, id, person);
  const last = key ? board.holdings.find(holding => holding.key === key) : latestOf(board, id, person);
  const isOffer = last?.state === 'volunteered';
  if (!isTheirs && isOffer) mustBeAbleToAccept(who, id, by.community);
  else mustBeAbleWith(who, 'holding', isTheirs, by.community);

  const gone = { id: person, name: '', mail: null };
  const community = isOffer ? by.community : await coordinate(parts, by, id, gone, false);
  if (!isOffer)
    await noteEnded({ ...parts, acceptances: listsOf(parts, by).acceptances }, by, { role: id, person: gone });
  if (last) await endAndShow(parts, by, board, { role, holding: last });
  return community;
}

/** What was ended by mistake stands again, on the same day. */
export async function reopen(
  parts: RolesParts,
  by: By,
  { role: id, person, until }: { readonly role: string; readonly person: string; readonly until: string },
): Changed {
  const board = await readBoard(parts, by.community);
  roleOf(board, id);
  const last = latestOf(board, id, person);
  if (!last || !mayBeReopened(last, board.today, by.community.settings.timeZone)) return by.community;
  const community = await coordinate(parts, by, id, last.person, true);
  const { roles, acceptances } = listsOf(parts, by);
  await noteAccepted({ ...parts, acceptances }, by, { role: id, person: last.person });
  await change(roles, last.key, current => reopened(current, until, changeOf(parts, by, board)));
  return community;
}

/** A coordinator declines an offer. The same press on an old card ends no term. */
export async function decline(
  parts: RolesParts,
  by: By,
  { role: id, person }: { readonly role: string; readonly person: string },
): Promise<void> {
  mustBeAbleToAccept(by.who, id, by.community);
  const board = await readBoard(parts, by.community);
  const last = latestOf(board, id, person);
  if (last && last.state !== 'accepted') await endAndShow(parts, by, board, { role: roleOf(board, id), holding: last });
}

/** What has ended already is shown once more: the server that ended it may have been stopped before that. */
async function endAndShow(parts: RolesParts, by: By, board: Board, { role, holding }: About): Promise<void> {
  const { roles, offers } = listsOf(parts, by);
  const { key, state } = holding;
  const now =
    state === 'ended'
      ? holding
      : (await change(state === 'volunteered' ? offers : roles, key, row => ended(row, changeOf(parts, by, board))))
          ?.value;
  if (!now) return;
  await showOfferNow(parts, by.community, { role, holding: now });
  await tellHandOver(parts, by.community, { role, holding: now });
}

/** One more term, when the holding still ends on the day that was read. */
export async function renew(
  parts: RolesParts,
  by: By,
  { role, person, until }: { readonly role: string; readonly person: string; readonly until: string },
): Changed {
  const board = await readBoard(parts, by.community);
  const key = openKey(board, role, person);
  if (key)
    await change(listsOf(parts, by).roles, key, current =>
      renewed(current, { from: until, to: nextTermEnd(until, board.today) }, changeOf(parts, by, board)),
    );
  return by.community;
}

export function changeOf({ clock }: Pick<RolesParts, 'clock'>, { who }: By, { today }: Board): Change {
  return { by: { id: who.id, name: who.name }, now: clock(), today };
}

export function listsOf(
  { lists }: RolesParts,
  { community, onBehalfOf }: By,
): Pick<CommunityLists, 'roles' | 'offers' | 'ownRoles' | 'acceptances'> {
  return onBehalfOf === null ? lists.of(community.id) : lists.onBehalfOf(community.id, onBehalfOf);
}

/** The coordinators' copies of an offer say that it was taken up; what was accepted or given is an offer no more. */
async function showDecided(parts: RolesParts, by: By, community: ReadyCommunity, about: About): Promise<void> {
  await showOfferNow(parts, community, about);
  await settleOffer(listsOf(parts, by).offers, about.holding.key);
}

/**
 * What was accepted or given is an offer no more, and the word that came with it goes. Whoever took it back meanwhile
 * was quicker.
 */
async function settleOffer(offers: CommunityLists['offers'], key: string): Promise<void> {
  const offer = await offers.find(key);
  try {
    if (offer) await offers.remove(offer);
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
  }
}

/** The key of the open row of this person in this role, the newest where there are several. */
export function openKey({ holdings }: Board, role: string, person: string): string | undefined {
  return latestOf({ holdings: holdings.filter(({ state }) => state !== 'ended') }, role, person)?.key;
}

/** The newest row of this person in this role, also when it has ended. */
export function latestOf({ holdings }: Pick<Board, 'holdings'>, role: string, person: string): Holding | undefined {
  return holdings
    .filter(holding => holding.role === role && holding.person.id === person)
    .toSorted((one, other) => one.changedAt.localeCompare(other.changedAt))
    .at(-1);
}

/**
 * The role of coordinator is what the settings say. They are told of also when they say so already: see {@link accept}.
 */
async function coordinate(
  parts: RolesParts,
  { community, onBehalfOf }: By,
  role: string,
  { id, name }: Holder,
  wanted: boolean,
): Changed {
  if (role !== coordinatorRole) return community;
  return parts.changeCoordinators({ community, onBehalfOf }, coordinators => {
    if (coordinators.some(one => one.id === id) === wanted) return coordinators;
    return wanted ? [...coordinators, { id, name }] : coordinators.filter(one => one.id !== id);
  });
}

async function holderFrom(
  { roster }: RolesParts,
  community: Community,
  role: string,
  candidate: Candidate,
): Promise<Holder> {
  if ('mail' in candidate) {
    if (mayBeOutside(role)) return outsider(candidate);
    throw new CommunityError(
      'invalid',
      `role ${role} is for people of the team; only the sponsor may be somebody outside`,
      { fields: ['person'] },
    );
  }
  const member = await roster.member(community.id, candidate.id);
  if (member) return memberHolder(member);
  throw new CommunityError(
    'invalid',
    `person ${candidate.id} is not in the team ${community.id}: choose one of its members`,
    { fields: ['person'] },
  );
}

function memberHolder({ id, name }: Person): Holder {
  return { id, name, mail: null };
}
