import type { Held } from '../../../domain/departures/held.ts';
import type { Community, Person } from '../../../domain/community.ts';
import { titleOf } from '../../../domain/roles/roles.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import type { PlanRow } from '../../lists/model.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import template from './cards/left.card.json' with { type: 'json' };
import type { Departure } from './departures.ts';
import type { DeparturesParts } from './parts.ts';

/** In characters, rows and people; together they keep the fullest card under 25 KB. */
const longestCommunity = 60;
const longestName = 30;
const longestTitle = 90;
const mostNames = 3;
const mostLines = 6;
const mostActions = 6;
const mostPeople = 60;

export interface LeftShown {
  readonly community: Community;
  readonly departure: Departure;
  /** Who can take something over. */
  readonly members: readonly Person[];
  readonly links: DeparturesParts['links'];
}

/** For those in charge: who has left, what they held, whom to ask, and what becomes of their actions. */
export function leftCard(shown: LeftShown, t: Translate): Card {
  return renderCard(template, leftData(shown, t));
}

/** `left.sample.json` is an example. */
function leftData({ community, departure, members, links }: LeftShown, t: Translate) {
  const { person, held } = departure;
  const name = nameOf(held?.name ?? '', t);
  const values = { name, community: plain(shortened(community.name, longestCommunity)) };
  const lines = held ? linesOf(held, t) : [];
  const actions = held?.actions ?? [];
  const more = actions.length - mostActions;
  return {
    fallback: t('left.fallback', { community: shortened(community.name, longestCommunity) }),
    title: t('left.title', { ...values, ...onDay(departure.on, nearDay) }),
    intro: t(held ? 'left.intro' : 'left.nothing', values),
    lines: lines.slice(0, mostLines).map(line => ({ text: `- ${line}` })),
    actionsTitle: actions.length === 0 ? '' : t('left.actions', { count: actions.length }),
    rows: actions.slice(0, mostActions).map(one => rowOf(one, { community, person }, t)),
    more: more > 0 ? t('left.more', { count: more }) : '',
    whom: t('left.whom'),
    placeholder: t('left.placeholder'),
    people: members
      .map(one => ({ title: shortened(one.name.replace(/\s+/g, ' ').trim() || one.id, longestName), value: one.id }))
      .toSorted((one, other) => one.title.localeCompare(other.title))
      .slice(0, mostPeople),
    links: linksOf(community, held, links, t),
  };
}

function linesOf({ coordinates, facilitates, roles, surveys, drafts }: Held<PlanRow>, t: Translate): readonly string[] {
  const withOthers = (key: 'coordinated' | 'facilitated', others: readonly Person[] | null): readonly string[] => {
    if (others === null) return [];
    return [others.length === 0 ? t(`left.${key}.alone`) : t(`left.${key}.others`, namesOf(others, t))];
  };
  return [
    ...withOthers('coordinated', coordinates),
    ...withOthers('facilitated', facilitates),
    ...roles.map(({ role, others }) => {
      const title = plain(shortened(titleOf(role, t), longestTitle));
      return others.length === 0
        ? t('left.role.alone', { role: title })
        : t('left.role.others', { role: title, ...namesOf(others, t) });
    }),
    ...surveys.map(title => t('left.survey', { title: plain(shortened(title, longestTitle)) })),
    ...(drafts > 0 ? [t('left.drafts', { count: drafts })] : []),
  ];
}

function rowOf(
  { action, others, leftBehind }: Held<PlanRow>['actions'][number],
  { community, person }: { readonly community: Community; readonly person: string },
  t: Translate,
) {
  const title = shortened(action.title, longestTitle);
  const day = action.due === null ? t('left.noDay') : t('left.due', onDay(action.due, nearDay));
  const ask = leftBehind
    ? t('left.addedBy', { name: nameOf(action.addedBy.name, t) })
    : t('left.also', namesOf(others, t));
  const data = { community: community.id, person, action: action.key };
  return {
    title: plain(title),
    detail: `${day} · ${ask}`,
    buttons: (['pass', 'free'] as const).map(verb => ({
      verb: `departures.${verb}`,
      inputs: verb === 'pass' ? 'auto' : 'none',
      text: t(`left.${verb}`),
      label: t(`left.${verb}Label`, { title }),
      data,
    })),
  };
}

function linksOf(community: Community, held: Held<PlanRow> | null, links: LeftShown['links'], t: Translate) {
  const screens = [
    ...(held?.actions.length ? ['plan'] : []),
    ...(held?.roles.length ? ['roles'] : []),
    ...(held?.coordinates || held?.facilitates ? ['settings'] : []),
  ] as const;
  return (screens.length === 0 ? (['overview'] as const) : screens).map(screen => ({
    title: t(`left.open.${screen}`),
    url: links.tab(community.id, screen),
  }));
}

export function nameOf(name: string, t: Translate): string {
  return plain(shortened(name, longestName)) || t('left.somebody');
}

/** Those who are named, and how many they are, which decides the verb. */
function namesOf(people: readonly Person[], t: Translate) {
  return { names: people.slice(0, mostNames).map(({ name }) => nameOf(name, t)), count: people.length };
}
