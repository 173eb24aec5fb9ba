import { randomUUID } from 'node:crypto';
import { periodsOf } from '../../domain/attention/mornings.ts';
import type { Community, Member, Person, ReadyCommunity, Settings } from '../../domain/community.ts';
import type { Card } from '../../bot/cards.ts';
import { isStopped, type Stopped, type Topic } from '../../domain/messages/topics.ts';
import type { FileAnswer } from '../../domain/endpoint.ts';
import type { CardReply, Feature, Found } from '../../bot/feature.ts';
import type { Clock, Communities, Files, Log, Messenger, OutgoingMessage, Recipient, Roster } from '../../bot/ports.ts';
import { methodText } from './method-text.ts';
import { createTexts, type Texts, type Translate } from '../../bot/text.ts';
import { sharedText } from '../../bot/shared/quiet.ts';

/** Ids are made from names, so that a test reads: `member('Priya Raman').id` is `priya-raman`. */
export function member(name: string, { owner = false }: { readonly owner?: boolean } = {}): Member {
  return { ...person(name), owner };
}

export function person(name: string): Person {
  return {
    id: name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, ''),
    name,
  };
}

export interface SettingsChoices extends Partial<Omit<Settings, 'facilitation'>> {
  readonly facilitation?: Partial<Settings['facilitation']>;
}

/** Monday 09:00 in London; Priya Raman coordinates, she and Tomasz Nowak facilitate, each in their own chat. */
export function settings({ facilitation = {}, ...choices }: SettingsChoices = {}): Settings {
  return {
    timeZone: 'Europe/London',
    coordinators: [person('Priya Raman')],
    ...choices,
    facilitation: {
      day: 1,
      time: '09:00',
      facilitators: [person('Priya Raman'), person('Tomasz Nowak')],
      destination: 'chats',
      ...facilitation,
    },
  };
}

/** A community that is set up. */
export function community(choices: Partial<ReadyCommunity> = {}): ReadyCommunity {
  return {
    id: '5d9c1a52-3e5f-4c58-8a3e-0a6f1f6f2a10',
    name: 'Data Storytellers',
    settings: settings(),
    installedBy: person('Priya Raman'),
    ...choices,
  };
}

/** A community where the app was added and nobody has set it up yet. */
export function newCommunity(choices: Partial<Community> = {}): Community {
  return { ...community(), settings: null, ...choices };
}

/** A clock that stands still until a test moves it. */
export interface TestClock {
  readonly now: Clock;
  moveTo(moment: string): void;
}

export function clockAt(moment: string): TestClock {
  let now = instant(moment);
  return { now: () => new Date(now), moveTo: later => void (now = instant(later)) };
}

function instant(moment: string): Date {
  const date = new Date(moment);
  if (!/(Z|[+-]\d\d:\d\d)$/.test(moment) || Number.isNaN(date.getTime()))
    throw new Error(`clock: ${moment} is no instant; expected one with its zone, such as 2026-11-23T09:00:00Z`);
  return date;
}

/** The real sentences of these features, and what the method says. */
export function textsOf(...features: readonly Pick<Feature, 'name' | 'text'>[]): Texts {
  const own = Object.fromEntries(features.map(feature => [feature.name, feature.text]));
  return createTexts({ ...methodText, ...sharedText, ...own });
}

/** The real sentences of one feature, for a person with this locale. */
export function translateFor(feature: Pick<Feature, 'name' | 'text'>, locale = 'en-GB'): Translate {
  return textsOf(feature).for(feature.name, locale);
}

/** One copy of a message: what one recipient has in front of them. */
interface Copy {
  readonly community: string;
  readonly kind: string;
  readonly period: string;
  /** Person id, or `channel`. */
  readonly to: string;
  readonly card: Card;
  readonly summary: string;
  readonly expires: string | null;
}

interface Refresh {
  readonly community: string;
  readonly kind: string;
  readonly period: string;
  /** In the language of `locale`, also when no copy was sent. */
  readonly card: Card;
}

export interface RecordingMessenger extends Messenger {
  /** Every copy, once per key as the outbox does it; a refresh changes their cards in place. */
  readonly posted: readonly Copy[];
  readonly refreshed: readonly Refresh[];
  /** `kind period recipient` of what was noted as missed. */
  readonly missedOnes: readonly string[];
  /** `community person` of everybody who asked for no more messages. */
  readonly optedOut: ReadonlySet<string>;
  /** By `community person`, what they want no messages about. */
  readonly stoppedTopics: ReadonlyMap<string, readonly Topic[]>;
}

/**
 * Keeps what would be sent, with cards and summaries rendered at once, in the language of `localeOf`.
 * Hand it the features' texts: `recordingMessenger(() => textsOf(feature))`; they are read when a message comes.
 */
export function recordingMessenger(
  texts: () => Texts,
  localeOf: (to: Recipient) => string = () => 'en-GB',
): RecordingMessenger {
  const posted: Copy[] = [];
  const locales = new Map<Copy, string>();
  const refreshed: Refresh[] = [];
  const optedOut = new Set<string>();
  const stoppedTopics = new Map<string, readonly Topic[]>();
  const missedOnes: string[] = [];
  const translate = (kind: string, locale: string) => texts().for(kind.slice(0, kind.indexOf('.')), locale);

  function send(message: OutgoingMessage, recipient: Recipient): void {
    const to = 'person' in recipient ? recipient.person.id : 'channel';
    const known = posted.some(copy => copy.to === to && isCopyOf(copy, message));
    if (known || isStopped(message.kind, stoppedBy(message.community, to))) return;
    const locale = localeOf(recipient);
    const t = translate(message.kind, locale);
    const { community: communityId, kind, period } = message;
    const copy: Copy = {
      community: communityId,
      kind,
      period,
      to,
      card: message.card(t),
      summary: message.summary(t),
      expires: message.expires?.toISOString() ?? null,
    };
    posted.push(copy);
    locales.set(copy, locale);
  }

  function stoppedBy(communityId: string, personId: string): Stopped {
    const one = `${communityId} ${personId}`;
    return { all: optedOut.has(one), topics: stoppedTopics.get(one) ?? [] };
  }

  function setAll(communityId: string, personId: string, out: boolean): void {
    if (out) optedOut.add(`${communityId} ${personId}`);
    else optedOut.delete(`${communityId} ${personId}`);
  }

  return {
    posted,
    refreshed,
    optedOut,
    stoppedTopics,
    missedOnes,
    async missed({ kind, period, to }) {
      for (const recipient of to)
        missedOnes.push(`${kind} ${period} ${'person' in recipient ? recipient.person.id : 'channel'}`);
    },
    async post(message) {
      for (const recipient of message.to) send(message, recipient);
    },
    async refresh(message) {
      for (const [index, copy] of posted.entries()) {
        if (!periodsOf(message.period).some(period => isCopyOf(copy, { ...message, period }))) continue;
        if (
          message.to &&
          !message.to.some(recipient => copy.to === ('person' in recipient ? recipient.person.id : 'channel'))
        )
          continue;
        const locale = locales.get(copy) ?? 'en-GB';
        const renewed = { ...copy, card: message.card(translate(copy.kind, locale)) };
        posted[index] = renewed;
        locales.set(renewed, locale);
      }
      const { community: communityId, kind, period } = message;
      refreshed.push({ community: communityId, kind, period, card: message.card(translate(kind, 'en-GB')) });
    },
    optOut: async (communityId, personId, out) => setAll(communityId, personId, out),
    async stopped(communityId, people) {
      return new Map(people.map(personId => [personId, stoppedBy(communityId, personId)]));
    },
    async stop(communityId, personId, { all, topics }) {
      setAll(communityId, personId, all);
      stoppedTopics.set(`${communityId} ${personId}`, topics);
    },
  };
}

function isCopyOf(copy: Copy, message: Pick<OutgoingMessage, 'community' | 'kind' | 'period'>): boolean {
  return copy.community === message.community && copy.kind === message.kind && copy.period === message.period;
}

/** The same people in every community. */
export function rosterOf(...members: readonly Member[]): Roster {
  return {
    members: async () => members,
    member: async (_community, id) => members.find(candidate => candidate.id === id),
  };
}

export interface RecordingFiles extends Files {
  /** Every file that was put there, and with whose token. */
  readonly published: readonly { readonly community: string; readonly onBehalfOf: string; readonly file: FileAnswer }[];
}

/** Keeps what is published; with `refuse` it says no, and keeps nothing. */
export function recordingFiles(refuse?: 'no-folder' | 'not-allowed' | 'locked' | 'full'): RecordingFiles {
  const published: RecordingFiles['published'][number][] = [];
  return {
    published,
    async publish(publication) {
      const { name } = publication.file;
      if (refuse) return { outcome: refuse, name };
      published.push(publication);
      return { outcome: 'published', name, url: `https://files.example/${encodeURIComponent(name)}` };
    },
  };
}

/** Communities by their id, and the ids of those that were planned anew. */
export function communitiesOf(...known: readonly Community[]): Communities & { readonly planned: readonly string[] } {
  const byId = new Map(known.map(one => [one.id, one]));
  const planned: string[] = [];
  return {
    planned,
    find: async id => byId.get(id),
    perhapsOf: async () => [...byId.values()],
    candidatesOf: async () => [...byId.values()],
    keepTab: async (id, tab) => void byId.set(id, { ...byId.get(id)!, tab }),
    async forgetTabIn(id, channel) {
      const { tab, ...one } = byId.get(id)!;
      if (tab?.channel === channel) byId.set(id, one);
    },
    keepTeamsApp: async (id, teamsApp) => void byId.set(id, { ...byId.get(id)!, teamsApp }),
    planAnew: async id => void planned.push(id),
  };
}

export interface PressChoices {
  /** As Teams sends it: what the button carries, and the inputs. */
  readonly data: unknown;
  readonly who: Member;
  readonly community: Community;
  readonly automatic?: boolean;
  readonly timeZone?: string | null;
  readonly locale?: string;
}

/**
 * Presses the button `<feature>.<action>` the way the bot does: data goes through the action's schema first, and throws
 * when it does not fit.
 */
export async function press(feature: Feature, action: string, choices: PressChoices): Promise<CardReply> {
  const found = feature.actions?.[action];
  if (!found) throw new Error(`feature ${feature.name} has no action ${action}`);
  return found.run({
    data: found.data.parse(choices.data),
    who: choices.who,
    community: choices.community,
    automatic: choices.automatic ?? false,
    timeZone: choices.timeZone ?? null,
    t: translateFor(feature, choices.locale),
  });
}

export interface AskChoices {
  readonly who: Member;
  readonly community: Community;
  readonly place?: 'channel' | 'chat';
  readonly rest?: string;
  /** Left out, every question is another message. */
  readonly message?: string;
  readonly locale?: string;
  readonly found?: Found;
}

/** Types a command to the bot. */
export async function ask(feature: Feature, command: string, choices: AskChoices): Promise<CardReply> {
  const found = feature.commands?.find(candidate => candidate.name === command);
  if (!found) throw new Error(`feature ${feature.name} has no command ${command}`);
  return found.run({
    who: choices.who,
    community: choices.community,
    place: choices.place ?? 'chat',
    rest: choices.rest ?? '',
    message: choices.message ?? randomUUID(),
    locale: choices.locale ?? null,
    found: choices.found,
    t: translateFor(feature, choices.locale),
  });
}

/** The card of a reply; throws when it is a notice. */
export function cardOf(reply: CardReply): Card {
  if ('card' in reply) return reply.card;
  throw new Error(`expected a card, got the notice "${reply.notice}"`);
}

/** The notice of a reply; throws when it is a card. */
export function noticeOf(reply: CardReply): string {
  if ('notice' in reply) return reply.notice;
  throw new Error('expected a notice, got a card');
}

/** A log that nobody reads. */
export const quietLog: Log = { info: () => undefined, warn: () => undefined };
