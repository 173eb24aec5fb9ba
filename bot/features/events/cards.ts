import type { ReadyCommunity } from '../../../domain/community.ts';
import { appetites, countsOf, isLikelyThere, whoSaid, type Attendance } from '../../../domain/events/attendance.ts';
import { beginnings } from '../../../domain/events/agenda.ts';
import { longestSaid, takesAnswers, type KeptEvent } from '../../../domain/events/event.ts';
import { sixPs, type PsId } from '../../../domain/events/method.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, plainChoice, renderCard, type Card } from '../../cards.ts';
import type { Translate } from '../../text.ts';
import afterTemplate from './cards/after.card.json' with { type: 'json' };
import eventTemplate from './cards/event.card.json' with { type: 'json' };
import noteTemplate from './cards/note.card.json' with { type: 'json' };
import prepareTemplate from './cards/prepare.card.json' with { type: 'json' };
import type { EventsParts } from './parts.ts';
import type { PlannedEvent } from './store.ts';
import { whenOf } from './when.ts';

/** In characters and rows; together they keep the fullest card under 25 KB. */
const longestCommunity = 60;
const longestName = 30;
const longestLine = 120;
const longestWords = 400;
const mostNames = 8;
const mostLines = 10;
/** More are ticked on the page of the event, where they can be searched for. */
export const mostTicked = 40;
export const longestGuests = 2_000;
export const longestNext = 2_000;

interface Where {
  readonly community: ReadyCommunity;
  readonly event: PlannedEvent;
  readonly links: EventsParts['links'];
}

interface EventShown extends Where {
  readonly rows: readonly Attendance[];
  readonly now: Date;
  /** Above it, in somebody's own chat: why they see it now, or what they have just said. */
  readonly lead?: string;
  /** In somebody's own chat: says why it comes. */
  readonly inChat?: boolean;
}

/** An event, and the three buttons with which one says whether one comes, as long as that can be said. */
export function eventCard(shown: EventShown, t: Translate): Card {
  return renderCard(eventTemplate, eventData(shown, t));
}

/** `event.sample.json` is an example. */
function eventData({ community, event, rows, now, links, lead = '', inChat = false }: EventShown, t: Translate) {
  const { id, state, title, kind } = event;
  const isOpen = takesAnswers(event, now);
  const name = shortened(community.name, longestCommunity);
  const launches = isOpen && kind === 'launch';
  return {
    community: community.id,
    event: id,
    fallback: t('card.fallback', { title, ...whenOf(event, community) }),
    eyebrow: t('card.eyebrow', { kind: t(`method.kind.${kind}.title`), community: plain(name) }),
    title: plain(title),
    state: isOpen || state === 'announced' ? '' : t(`card.state.${state}`),
    lead,
    facts: factsOf(event, community, t),
    agenda: agendaLines(event, t),
    said: state === 'cancelled' ? '' : saidBy(rows, event, t),
    appetite: launches
      ? {
          label: t('card.appetite.label'),
          choices: appetites.map(one => ({ title: t(`card.appetite.${one}`), value: one })),
        }
      : { label: '', choices: [] },
    buttons: isOpen
      ? (['coming', 'maybe', 'not'] as const).map(says => ({
          title: t(`card.${says}`),
          style: says === 'coming' ? 'positive' : 'default',
          inputs: launches ? 'auto' : 'none',
          data: { community: community.id, event: id, says },
        }))
      : [],
    join: isOpen && event.link !== null ? t('card.join') : '',
    address: event.link ?? '',
    why: inChat ? t('card.why', { community: plain(name) }) : '',
    open: t('open'),
    link: links.tab(community.id, 'events'),
  };
}

function factsOf(event: KeptEvent, community: ReadyCommunity, t: Translate) {
  const { place, mode, hosts, announcedBy } = event;
  const where = place === '' ? t(`mode.${mode}`) : plain(shortened(place, longestLine));
  return [
    { title: t('card.when'), value: t('when', whenOf(event, community)) },
    { title: t('card.where'), value: where },
    ...(hosts.length > 0
      ? [{ title: t('card.hosts'), value: t('names', { names: hosts.map(({ name }) => nameOf(name)) }) }]
      : []),
    ...(announcedBy ? [{ title: t('card.by'), value: nameOf(announcedBy.name) }] : []),
  ];
}

function agendaLines({ agenda }: KeptEvent, t: Translate): readonly { readonly text: string }[] {
  const begins = beginnings(agenda);
  const shown = agenda.slice(0, mostLines).map(({ title, minutes, who }, place) => {
    const words = { title: plain(shortened(title, longestLine)), who: nameOf(who) };
    const at = begins[place];
    const isTimed = minutes > 0 && at !== null && at !== undefined;
    const line = who === '' ? words.title : t('card.line', words);
    return { text: isTimed ? t('card.timed', { line, count: minutes }) : line };
  });
  const more = agenda.length - shown.length;
  return more > 0 ? [...shown, { text: t('card.moreLines', { count: more }) }] : shown;
}

/** "5 come: Gwen, Amara and 3 more. 2 may come." Who was there is told once a host has said so. */
function saidBy(rows: readonly Attendance[], event: KeptEvent, t: Translate): string {
  if (event.state === 'held') return event.there === null ? '' : t('card.there', { count: event.there });
  const { coming, maybe } = countsOf(rows);
  const names = whoSaid(rows, 'coming')
    .slice(0, mostNames)
    .map(({ person }) => nameOf(person?.name ?? ''));
  const more = coming - names.length;
  const all = more > 0 ? [...names, t('card.moreNames', { count: more })] : names;
  return [
    coming === 0 ? t('card.nobodyYet') : t('card.come', { count: coming, names: all }),
    ...(maybe > 0 ? [t('card.mayCome', { count: maybe })] : []),
  ].join(' ');
}

/** To whoever had said that they come: that it has moved, with a new answer to give, or does not take place. */
export function changedCard(
  { community, event, what, links }: Where & { readonly what: 'moved' | 'cancelled' },
  t: Translate,
): Card {
  const values = { title: plain(event.title), ...whenOf(event, community) };
  const { id } = event;
  return renderCard(noteTemplate, {
    fallback: t(`changed.${what}`, values),
    title: t(`changed.${what}`, values),
    text: t(`changed.${what}Text`, values),
    buttons:
      what === 'cancelled'
        ? []
        : (['coming', 'maybe', 'not'] as const).map(says => ({
            title: t(`card.${says}`),
            data: { community: community.id, event: id, says },
          })),
    open: t('open'),
    link: links.tab(community.id, 'events'),
  });
}

interface PrepareShown extends Where {
  readonly open: readonly PsId[];
  readonly lastTimes: readonly PlannedEvent[];
  readonly notice?: string;
}

/** To a host: what of the six Ps is still open, and what was said after the last two. */
export function prepareCard(shown: PrepareShown, t: Translate): Card {
  return renderCard(prepareTemplate, prepareData(shown, t));
}

/** `prepare.sample.json` is an example. */
function prepareData({ community, event, open, lastTimes, notice = '', links }: PrepareShown, t: Translate) {
  const { id, title, ps, state } = event;
  const values = { title: plain(title), ...whenOf(event, community) };
  return {
    community: community.id,
    event: id,
    fallback: t('prepare.fallback', { title, ...whenOf(event, community) }),
    title:
      open.length > 0
        ? t('prepare.title', { count: open.length, ...values })
        : t(`prepare.nothing.${state === 'draft' ? 'draft' : 'open'}`, values),
    when: t('when', whenOf(event, community)),
    notice,
    before: lastTimes.flatMap(last => [
      ...wordsIn(last.keep).map(text => ({ text: t('prepare.keep', { text, ...whenOf(last, community) }) })),
      ...wordsIn(last.change).map(text => ({ text: t('prepare.change', { text, ...whenOf(last, community) }) })),
    ]),
    beforeTitle: t('prepare.before'),
    ps: sixPs
      .filter(one => open.includes(one.id))
      .map(one => ({
        title: t(`method.ps.${one.id}.title`),
        questions: one.questions.map(question => ({ text: t(`method.ps.${one.id}.question.${question}`) })),
        text: plain(shortened(ps[one.id]?.text ?? '', longestWords)),
        done: t('prepare.done'),
        label: t('prepare.doneLabel', { title: t(`method.ps.${one.id}.title`) }),
        data: { community: community.id, event: id, ps: one.id },
      })),
    draft: state === 'draft' ? t('prepare.draft') : '',
    announce: state === 'draft' ? t('prepare.announce') : '',
    why: t('prepare.why', { community: plain(shortened(community.name, longestCommunity)) }),
    open: t('openEvent'),
    link: links.tab(community.id, 'events'),
    stop: t('stop'),
  };
}

function wordsIn(text: string): readonly string[] {
  const words = plain(shortened(text.trim(), longestWords));
  return words === '' ? [] : [words];
}

export interface AfterShown extends Where {
  /** Those of the team who are asked about, whom they are. */
  readonly rows: readonly (Attendance & { readonly person: NonNullable<Attendance['person']> })[];
  readonly guests: number;
  readonly notice?: string;
}

/** To a host, when it is over: who was there, what to keep and to change, and what comes next. */
export function afterCard(shown: AfterShown, t: Translate): Card {
  return renderCard(afterTemplate, afterData(shown, t));
}

/** `after.sample.json` is an example. */
function afterData({ community, event, rows, guests, notice = '', links }: AfterShown, t: Translate) {
  const { id, title, keep, change, state } = event;
  const asked = rows.slice(0, mostTicked);
  const values = { title: plain(title), ...whenOf(event, community) };
  return {
    community: community.id,
    event: id,
    asked: asked.map(({ person }) => person.id).join(','),
    fallback: t('after.fallback', { title, ...whenOf(event, community) }),
    title: t('after.title', values),
    when: t('when', whenOf(event, community)),
    notice,
    people: {
      label: t('after.people'),
      value: asked
        .filter(isLikelyThere)
        .map(({ person }) => person.id)
        .join(','),
      choices: asked.map(({ person }) => ({
        title: plainChoice(shortened(person.name, longestName)),
        value: person.id,
      })),
    },
    nobody: asked.length === 0 ? t('after.nobodySaid') : '',
    more: rows.length > asked.length ? t('after.more', { count: rows.length - asked.length }) : '',
    guests: { label: t('after.guests'), placeholder: t('after.guestsPlaceholder'), longest: longestGuests },
    guestsNow: guests > 0 ? t('after.guestsNow', { count: guests }) : '',
    keep: { label: t('after.keep'), value: keep, longest: longestSaid },
    change: { label: t('after.change'), value: change, longest: longestSaid },
    next: { label: t('after.next'), placeholder: t('after.nextPlaceholder'), longest: longestNext },
    reads: t('after.reads'),
    save: t('after.save'),
    not: state === 'held' ? '' : t('after.not'),
    open: t('openEvent'),
    link: links.tab(community.id, 'events'),
  };
}

function nameOf(name: string): string {
  return plain(shortened(name, longestName));
}
