import { timeZoneOf, type Community } from '../../../domain/community.ts';
import { coordinatorRole } from '../../../domain/roles/method.ts';
import {
  findHolding,
  inWords,
  isOutside,
  mayBeReopened,
  longestNote,
  titleOf,
  type Holder,
  type Holding,
  type HoldingOnBoard,
  type BoardRole,
} from '../../../domain/roles/roles.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import { onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import acceptedTemplate from './cards/accepted.card.json' with { type: 'json' };
import boardTemplate from './cards/board.card.json' with { type: 'json' };
import type { RolesParts } from './parts.ts';
import offerTemplate from './cards/offer.card.json' with { type: 'json' };
import termTemplate from './cards/term.card.json' with { type: 'json' };
import vacantTemplate from './cards/vacant.card.json' with { type: 'json' };

/** In characters; together they keep the fullest card under 25 KB. */
const longestName = 40;
const longestCommunity = 60;
const mostNames = 3;
/** To begin with; the tab has them all. */
const mostQuestions = 3;
/** Each of one's own roles takes two buttons, and Teams shows six. The tab has them all. */
const mostMine = 2;

interface Where {
  readonly community: Community;
  readonly links: RolesParts['links'];
}

export interface Shown extends Where {
  readonly roles: readonly BoardRole[];
  /** Whose offers and roles the card is about; null where everybody reads the same copy. */
  readonly me: string | null;
  /** What has just been done; empty for nothing. */
  readonly notice: string;
}

/** All roles at a glance, and the way to take one on or give one up. */
export function boardCard(shown: Shown, t: Translate): Card {
  return renderCard(boardTemplate, boardData(shown, t));
}

/** `board.sample.json` is an example. */
function boardData({ community, roles, me, notice, links }: Shown, t: Translate) {
  const name = shortened(community.name, longestCommunity);
  const listed = roles.filter(role => role.kind === 'key' || !role.vacant || role.volunteers.length > 0);
  const free = roles.filter(role => !listed.includes(role));
  const mine = me === null ? [] : roles.flatMap(role => (findHolding(role, me) ? [role] : []));
  const offered = roles.filter(role => !mine.includes(role));
  return {
    community: community.id,
    fallback: t('board.fallback', { community: name }),
    title: t('board.title', { community: plain(name) }),
    notice,
    rows: listed.map(role => ({
      title: plain(titleOf(role, t)),
      who: whoHolds(role, t),
      color: role.vacant ? 'Warning' : 'Default',
    })),
    free: free.length === 0 ? '' : t('board.free', { roles: free.map(role => plain(titleOf(role, t))) }),
    mine: mine.slice(0, mostMine).map(role => myRole(role, me ?? '', community, t)),
    more: mine.length > mostMine ? t('board.more', { count: mine.length - mostMine }) : '',
    roleLabel: t('board.role'),
    placeholder: t('board.placeholder'),
    missing: t('board.missing'),
    choices: offered.map(role => ({ title: titleOf(role, t), value: role.id })),
    noteLabel: t('board.note'),
    longest: longestNote,
    volunteer: t('board.volunteer'),
    open: t('open'),
    link: links.tab(community.id, 'roles'),
  };
}

function myRole(role: BoardRole, me: string, community: Community, t: Translate) {
  const holds = role.holders.some(({ person }) => person.id === me);
  const isLast = role.id === coordinatorRole && role.holders.every(({ person, left }) => left || person.id === me);
  const title = plain(titleOf(role, t));
  return {
    text: t(holds ? 'board.yours' : 'board.yourOffer', { role: title }),
    step: t(holds ? 'board.stepDown' : 'board.takeBack'),
    sure: t(!holds ? 'board.sureOffer' : isLast ? 'board.sureLast' : 'board.sure', { role: title }),
    yes: t(holds ? 'board.yes' : 'board.yesOffer'),
    data: { community: community.id, role: role.id },
  };
}

export interface OfferShown extends Where {
  readonly role: BoardRole;
  readonly holding: Holding;
}

/** For those who decide: who offers what, and what became of it. */
export function offerCard(shown: OfferShown, t: Translate): Card {
  return renderCard(offerTemplate, offerData(shown, t));
}

/** `offer.sample.json` is an example. */
function offerData({ community, role, holding, links }: OfferShown, t: Translate) {
  const name = plainName(holding.person.name);
  const note = holding.note.trim();
  const { title, purpose } = inWords(role, t);
  return {
    fallback: t('offer.fallback', { role: title, community: shortened(community.name, longestCommunity) }),
    title: t('offer.title', { name, role: plain(title) }),
    purpose: plain(purpose),
    note: note === '' ? '' : t('offer.note', { note: plain(note) }),
    outcome: outcomeOf(holding, t),
    waiting: holding.state === 'volunteered',
    accept: t('offer.accept'),
    decline: t('offer.decline'),
    hint: t('offer.hint'),
    data: { community: community.id, role: role.id, person: holding.person.id },
    open: t('open'),
    link: links.tab(community.id, 'roles'),
  };
}

function outcomeOf(holding: Holding, t: Translate): string {
  const by = plainName(holding.changedBy.name);
  if (holding.state === 'accepted')
    return t(holding.until === null ? 'offer.acceptedOpen' : 'offer.accepted', { by, ...onDay(holding.until) });
  if (holding.state === 'volunteered') return '';
  if (holding.until !== null) return t('offer.over', onDay(holding.until));
  return holding.changedBy.id === holding.person.id ? t('offer.takenBack', { by }) : t('offer.declined', { by });
}

export interface AcceptedShown extends OfferShown {
  /** Who had the role before, whom they may ask. */
  readonly before: Holding | undefined;
}

/** For the volunteer: the role is theirs now, and how to begin. */
export function acceptedCard(shown: AcceptedShown, t: Translate): Card {
  return renderCard(acceptedTemplate, acceptedData(shown, t));
}

/** `accepted.sample.json` is an example. */
function acceptedData({ community, role, holding, before, links }: AcceptedShown, t: Translate) {
  const name = shortened(community.name, longestCommunity);
  const { title, purpose, questions } = inWords(role, t);
  return {
    fallback: t('accepted.fallback', { role: title, community: name }),
    title: t('accepted.title', { role: plain(title) }),
    text: t(holding.until === null ? 'accepted.open' : 'accepted.until', {
      by: plainName(holding.changedBy.name),
      community: plain(name),
      ...onDay(holding.until),
    }),
    purpose: plain(purpose),
    before: before ? t('accepted.before', { name: plainName(before.person.name), ...onDay(before.until) }) : '',
    questionsTitle: t('accepted.questions'),
    questions: questions.slice(0, mostQuestions).map(question => ({ text: `- ${plain(question)}` })),
    open: t('open'),
    link: links.tab(community.id, 'roles'),
  };
}

export interface VacantShown extends Where {
  readonly roles: readonly BoardRole[];
  readonly today: string;
}

/** For those who decide: key roles that are vacant. */
export function vacantCard(shown: VacantShown, t: Translate): Card {
  return renderCard(vacantTemplate, vacantData(shown, t));
}

/** `vacant.sample.json` is an example. */
function vacantData({ community, roles, today, links }: VacantShown, t: Translate) {
  const name = shortened(community.name, longestCommunity);
  const worded = roles.map(role => inWords(role, t));
  return {
    fallback: t('vacant.fallback', { count: roles.length, community: name }),
    title: t('vacant.title', { count: roles.length, role: plain(worded[0]?.title ?? ''), community: plain(name) }),
    roles: worded.map(({ title, purpose }) => ({ title: plain(title), purpose: plain(purpose) })),
    hint: t('vacant.hint'),
    footer: t('vacant.footer', onDay(today)),
    open: t('open'),
    link: links.tab(community.id, 'roles'),
  };
}

export interface TermShown extends Where {
  readonly role: BoardRole;
  /** Who holds it, and until when as it was when the question was asked. */
  readonly person: Holder;
  readonly until: string;
  /** The row as it is now; undefined when it is gone. */
  readonly now: Holding | undefined;
  readonly today: string;
  /** Somebody wants to end it, and is asked whether they are sure. */
  readonly asking?: boolean;
}

/** For those who decide: a term ends. One more, or another person? */
export function termCard(shown: TermShown, t: Translate): Card {
  return renderCard(termTemplate, termData(shown, t));
}

/** `term.sample.json` is an example. */
function termData({ community, role, person, until, now, today, asking = false, links }: TermShown, t: Translate) {
  const decided = now?.state !== 'accepted' || now.until !== until;
  const name = isOutside(person) ? t('outside', { name: plainName(person.name) }) : plainName(person.name);
  const title = titleOf(role, t);
  const values = { name, role: plain(title), ...onDay(until) };
  const data = { community: community.id, role: role.id, person: person.id, until };
  return {
    fallback: t('term.fallback', { role: title, community: shortened(community.name, longestCommunity) }),
    title: t(until < today ? 'term.titleOver' : 'term.title', values),
    text: t(asking ? 'term.sure' : 'term.text', values),
    outcome: decided ? termOutcome(now, t) : '',
    waiting: !decided,
    renew: t('term.renew'),
    // The button that is meant by most stands out, and never the one that ends something.
    renewStyle: asking ? 'default' : 'positive',
    end: t(asking ? 'term.yes' : 'term.end'),
    endStyle: asking ? 'destructive' : 'default',
    renewData: data,
    endData: { ...data, sure: asking ? 'yes' : '' },
    undo: now && mayBeReopened(now, today, timeZoneOf(community)) ? t('term.undo') : '',
    open: t('open'),
    link: links.tab(community.id, 'roles'),
  };
}

function termOutcome(now: Holding | undefined, t: Translate): string {
  if (now?.state !== 'accepted') return t('term.ended', { by: plainName(now?.changedBy.name ?? '') });
  return t(now.until === null ? 'term.renewedOpen' : 'term.renewed', {
    by: plainName(now.changedBy.name),
    ...onDay(now.until),
  });
}

function whoHolds(role: BoardRole, t: Translate): string {
  const here = role.holders.filter(({ left }) => !left);
  const offers = role.volunteers.length === 0 ? '' : t('board.offers', { names: namesOf(role.volunteers, t) });
  const held = here.length === 0 ? t('board.nobody') : t('board.held', { names: namesOf(here, t) });
  return offers === '' ? held : `${held} ${offers}`;
}

function namesOf(holdings: readonly HoldingOnBoard[], t: Translate): readonly string[] {
  const names = holdings
    .slice(0, mostNames)
    .map(({ person }) => (isOutside(person) ? t('outside', { name: plainName(person.name) }) : plainName(person.name)));
  const more = holdings.length - names.length;
  return more > 0 ? [...names, t('others', { count: more })] : names;
}

function plainName(name: string): string {
  return plain(shortened(name, longestName));
}
