import {
  TimeZone,
  type Community,
  type Destination,
  type Member,
  type Person,
  type ReadyCommunity,
  type Settings,
} from '../../../domain/community.ts';
import { commonTimeZones } from '../../../domain/time-zones.ts';
import { shortened } from '../../../domain/text.ts';
import { byProblem, type LineForIt } from './problems.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import type { Translate } from '../../text.ts';
import type { SettingsForm } from './form-data.ts';
import doneTemplate from './cards/done.card.json' with { type: 'json' };
import formTemplate from './cards/form.card.json' with { type: 'json' };
import type { SettingsParts } from './parts.ts';
import installedTemplate from './cards/installed.card.json' with { type: 'json' };
import movedTemplate from './cards/moved.card.json' with { type: 'json' };
import troubleTemplate from './cards/trouble.card.json' with { type: 'json' };

/** In characters. */
const longestName = 60;
const longestProblem = 600;
/** More people than this are found in the tab, which can search. */
const mostPeople = 60;
/**
 * In bytes of JSON, for each of the two lists of people: it keeps the form under 25 KB whatever script names are in.
 * Forty people, as many as can be chosen, always fit: 149 bytes each with the longest choice.
 */
const mostPeopleBytes = 6_500;
const longestChoice = 30;
const mostNames = 5;

/** The offer in the channel after the app was added. */
export function installedCard(community: Community, t: Translate): Card {
  return renderCard(installedTemplate, installedData(community, t));
}

/** `installed.sample.json` is an example. */
function installedData({ id, name, installedBy, setUp }: Community, t: Translate) {
  const community = plain(shortened(name, longestName));
  const by = plain(shortened(installedBy?.name ?? '', longestName));
  return {
    community: id,
    fallback: t('installed.fallback', { community: shortened(name, longestName) }),
    title: t('installed.title'),
    who: t(by === '' ? 'installed.added' : 'installed.addedBy', { by, community }),
    what: t('installed.what'),
    may: t(
      setUp?.by === 'administrators'
        ? 'installed.mayAdministrator'
        : by === '' || setUp?.by === 'owners'
          ? 'installed.may'
          : 'installed.mayToo',
      { by },
    ),
    begin: t('installed.begin'),
  };
}

/** For those who coordinate, after the community's channel was deleted. */
/** Where messages for the whole community go since their channel was deleted, or since it came back. */
export function movedCard(
  what: 'gone' | 'back',
  { id, name }: Community,
  links: SettingsParts['links'],
  t: Translate,
): Card {
  const community = shortened(name, longestName);
  return renderCard(movedTemplate, {
    fallback: t(`moved.${what}.fallback`, { community }),
    title: t(`moved.${what}.title`),
    what: t(`moved.${what}.what`, { community: plain(community) }),
    do: t(`moved.${what}.do`),
    open: t(`moved.${what}.open`),
    link: links.tab(id, 'settings'),
  });
}

export interface Form {
  readonly community: Community;
  /** What the inputs show at first. */
  readonly settings: Settings;
  readonly members: readonly Member[];
  /** The zone of the person's device, to be among the choices. */
  readonly ownZone?: string | null;
  readonly links: SettingsParts['links'];
}

/** Everything there is to choose, with good defaults: pressing Save at once is fine. */
export function formCard(form: Form, t: Translate): Card {
  return renderCard(formTemplate, formData(form, t));
}

/** `form.sample.json` is an example. */
function formData({ community, settings, members, ownZone = null, links }: Form, t: Translate) {
  const {
    coordinators,
    facilitation: { day, time, facilitators, destination },
  } = settings;
  const name = shortened(community.name, longestName);
  const isHere = ({ id }: Person): boolean => members.some(member => member.id === id);
  const people = peopleToChoose([...facilitators, ...coordinators].filter(isHere), members);
  return {
    community: community.id,
    fallback: t('form.fallback', { community: name }),
    title: t('form.title', { community: plain(name) }),
    intro: t('form.intro'),
    dayLabel: t('form.day'),
    dayError: t('invalid.day'),
    day: String(day),
    days: [1, 2, 3, 4, 5, 6, 7].map(number => ({ title: t(`weekday.${number}`), value: String(number) })),
    timeLabel: t('form.time'),
    timeError: t('invalid.time'),
    time,
    zoneLabel: t('form.timeZone'),
    zoneError: t('invalid.timeZone'),
    zonePlaceholder: t('form.zonePlaceholder'),
    zone: settings.timeZone,
    zones: zonesToChoose(settings.timeZone, ownZone),
    destinationLabel: t('form.destination'),
    destination,
    destinations: (['chats', 'channel'] satisfies Destination[]).map(value => ({
      title: t(`form.to.${value}`),
      value,
    })),
    roles: [role('facilitators', facilitators, isHere, t), role('coordinators', coordinators, isHere, t)],
    people,
    more: people.length < members.length ? t('form.more', { count: people.length }) : '',
    save: t('form.save'),
    open: t('form.open'),
    link: links.tab(community.id, 'settings'),
  };
}

/** Who has left the team is said to have, and is out of it with the next save. */
function role(
  id: 'facilitators' | 'coordinators',
  chosen: readonly Person[],
  isHere: (person: Person) => boolean,
  t: Translate,
) {
  const said = chosen.map(person =>
    isHere(person) ? person : { ...person, name: t('form.left', { name: shortened(person.name, longestName / 2) }) },
  );
  const now = chosen.length === 0 ? t('form.nobody') : namesOf(said, t);
  return {
    id,
    label: t(`form.${id}`),
    hint: t(`form.${id}Hint`),
    now,
    fold: t('form.choose', { role: t(`form.${id}`), now }),
    value: chosen
      .filter(isHere)
      .map(person => person.id)
      .join(','),
  };
}

/**
 * Those who are chosen already come first, so that saving loses none of them. Names stay as they are: Teams shows the
 * titles of such choices as plain text, and would show our escapes.
 */
function peopleToChoose(chosen: readonly Person[], members: readonly Member[]) {
  const everybody = new Map(
    [...chosen, ...members.toSorted((one, other) => one.name.localeCompare(other.name))].map(person => [
      person.id,
      person,
    ]),
  );
  const choices: { title: string; value: string }[] = [];
  let bytes = 0;
  for (const { id, name } of everybody.values()) {
    const choice = { title: shortened(name.replace(/\s+/g, ' ').trim() || id, longestChoice), value: id };
    bytes += new TextEncoder().encode(JSON.stringify(choice)).length;
    if (choices.length >= mostPeople || bytes > mostPeopleBytes) break;
    choices.push(choice);
  }
  return choices.toSorted((one, other) => one.title.localeCompare(other.title));
}

function zonesToChoose(present: string, own: string | null) {
  const ownZone = TimeZone.safeParse(own);
  const zones = new Set([...(ownZone.success ? [ownZone.data] : []), present, ...commonTimeZones]);
  // Title and value are one: a filtered list shows, and perhaps sends, what is typed into it.
  return [...zones].map(value => ({ title: value, value }));
}

export interface Trouble {
  readonly community: Community;
  readonly failures: readonly { readonly name: string; readonly problem: string }[];
  /** What was entered: trying again must not ask for it again. */
  readonly data: SettingsForm;
  /** What to send to IT, where only they can help. */
  readonly forIt?: readonly LineForIt[];
  /** The tab, where opening it helps. */
  readonly link?: string;
}

/** Which list could not be made, what Microsoft 365 said and what to do. */
export function troubleCard(trouble: Trouble, t: Translate): Card {
  return renderCard(troubleTemplate, troubleData(trouble, t));
}

/** `trouble.sample.json` is an example. */
function troubleData({ community, failures, data, forIt = [], link = '' }: Trouble, t: Translate) {
  return {
    fallback: t('trouble.fallback'),
    title: t('trouble.title'),
    // Until the app knows the site there is one thing to do; which lists wait for it tells nobody anything.
    intro: link === '' ? t('trouble.intro', { count: failures.length }) : t('trouble.unknown'),
    failures: byProblem(link === '' ? failures : []).map(({ names, problem }) => ({
      name: plain(names.join(', ')),
      problem: plain(shortened(problem, longestProblem)),
    })),
    forItTitle: t('forIt.title'),
    forIt: forIt.map(({ text, isCode }) => ({ text: plain(text), font: isCode ? 'Monospace' : 'Default' })),
    forItHint: t('forIt.hint'),
    link,
    tab: t('trouble.tab'),
    again: t('trouble.again'),
    againStyle: link === '' ? 'positive' : 'default',
    back: t('trouble.back'),
    data: { community: community.id, ...data },
  };
}

export interface Done {
  readonly community: ReadyCommunity;
  readonly links: SettingsParts['links'];
  /** When the next week's card goes out; null on a card that stays. */
  readonly next: Date | null;
  readonly mayChange: boolean;
  /** Whether to offer this week's card; in a channel, where all read the same, it is. */
  readonly mayStart: boolean;
}

/** What is set up. */
export function doneCard(done: Done, t: Translate): Card {
  return renderCard(doneTemplate, doneData(done, t));
}

/** `done.sample.json` is an example. */
function doneData({ community, links, next, mayChange, mayStart }: Done, t: Translate) {
  const {
    timeZone,
    coordinators,
    facilitation: { day, time, facilitators, destination },
    country,
  } = community.settings;
  const name = shortened(community.name, longestName);
  const facts = [
    {
      title: t('done.week'),
      value: t('done.every', { dayName: t(`weekday.${day}`), time, timeZone: plain(timeZone) }),
    },
    ...(next
      ? [
          {
            title: t('done.next'),
            value: t('done.moment', {
              when: next,
              formatParams: {
                when: { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone },
              },
            }),
          },
        ]
      : []),
    { title: t('done.facilitators'), value: facilitators.length === 0 ? t('done.owners') : namesOf(facilitators, t) },
    { title: t('done.where'), value: t(`done.to.${destination}`) },
    { title: t('done.coordinators'), value: coordinators.length === 0 ? t('done.owners') : namesOf(coordinators, t) },
    {
      title: t('done.holidays'),
      value: country ? t('done.holidaysOf', { country: country.code }) : t('done.noHolidays'),
    },
  ];
  return {
    community: community.id,
    fallback: t('done.fallback', { community: name }),
    title: t('done.title', { community: plain(name) }),
    intro: t(destination === 'chats' ? 'done.introChats' : 'done.introChannel'),
    facts,
    tab: community.tab ? '' : t('done.tab'),
    open: t('done.open'),
    link: links.tab(community.id, 'charter'),
    now: mayStart ? t('done.now') : '',
    change: mayChange ? t('done.change') : '',
  };
}

function namesOf(people: readonly Person[], t: Translate): string {
  const names = people.slice(0, mostNames).map(({ name }) => plain(shortened(name, longestName)));
  const more = people.length - names.length;
  return t('names', { names: more > 0 ? [...names, t('others', { count: more })] : names });
}
