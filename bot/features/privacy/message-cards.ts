import type { Community } from '../../../domain/community.ts';
import type { Stopped, Topic } from '../../../domain/messages/topics.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, type Card } from '../../cards.ts';
import { answerCard } from '../../shared/answer.ts';
import type { Translate } from '../../text.ts';
import type { PrivacyParts } from './parts.ts';

const longestName = 60;

interface Where {
  readonly community: Community;
  readonly links: PrivacyParts['links'];
}

interface Changed extends Where {
  readonly after: Stopped;
  /** What was named; empty for everything. */
  readonly named: readonly Topic[];
  /** Null when nothing has changed. */
  readonly undo: { readonly before: string; readonly after: string } | null;
}

/** What does not come any more. */
export function stoppedCard({ after, named, undo, ...where }: Changed, t: Translate): Card {
  const community = nameOf(where.community);
  const words =
    named.length === 0
      ? { title: t('stop.all'), text: t('stop.allText', { community }) }
      : after.all
        ? { title: t('stop.already', { community }) }
        : {
            title: t('stop.some', { community, topics: named.map(topic => t(`topic.${topic}`)) }),
            text: t('stop.someText'),
          };
  return answer(where, words, undo, t);
}

/** What comes again. */
export function startedCard({ after, named, undo, ...where }: Changed, t: Translate): Card {
  const community = nameOf(where.community);
  const words =
    named.length === 0
      ? { title: t('start.all'), text: t('start.allText', { community }) }
      : {
          title: t('start.some', { community, topics: named.map(topic => t(`topic.${topic}`)) }),
          text: after.topics.length === 0 ? '' : t('start.someOnly'),
        };
  return answer(where, words, undo, t);
}

export function undoneCard(where: Where, t: Translate): Card {
  return answer(where, { title: t('undone.title') }, null, t);
}

function answer(
  where: Where,
  words: { readonly title: string; readonly text?: string },
  undo: Changed['undo'],
  t: Translate,
): Card {
  return answerCard({
    community: where.community,
    ...words,
    others: undo ? [{ title: t('stop.undo'), verb: 'privacy.undo', data: undo }] : [],
    page: { open: t('stop.page'), link: where.links.tab(where.community.id, 'privacy') },
  });
}

/** No card has more buttons that every host shows. */
const mostChoices = 5;

/** What may be stopped, or started, each a button, with no room for the page; the text says how to do it to everything. */
export function whichCard(
  {
    community,
    way,
    offered,
  }: { readonly community: Community; readonly way: 'stop' | 'start'; readonly offered: readonly Topic[] },
  t: Translate,
): Card {
  return answerCard({
    community,
    title: t(way === 'stop' ? 'stop.which' : 'start.which'),
    text: t(way === 'stop' ? 'stop.whichText' : 'start.whichText'),
    others: [
      ...offered.map(topic => ({ title: upper(t(`topic.${topic}`)), verb: `privacy.${way}`, data: { what: topic } })),
      { title: t('stop.everything'), verb: `privacy.${way}`, data: { what: 'all' } },
    ].slice(0, mostChoices),
  });
}

/** What leaving is, and what is kept then; whoever coordinates hands that over first. */
export function leaveCard({ coordinates, ...where }: Where & { readonly coordinates: boolean }, t: Translate): Card {
  const community = nameOf(where.community);
  return answerCard({
    community: where.community,
    title: t('leave.title'),
    text: coordinates ? `${t('leave.text')} ${t('first.coordinator', { community })}` : t('leave.text'),
    facts: (['messages', 'team', 'kept'] as const).map(part => ({
      title: t(`leave.${part}`),
      value: t(`leave.${part}Text`),
    })),
    primary: { title: t('leave.stop'), verb: 'privacy.stop', data: { what: 'all' } },
    page: { open: t('open'), link: where.links.tab(where.community.id, 'privacy') },
  });
}

function nameOf({ name }: Community): string {
  return plain(shortened(name, longestName));
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
