import type { OverviewView } from '../../../domain/overview/api.ts';
import type { Coming } from '../../../domain/overview/overview.ts';
import { timeZoneOf, type Community } from '../../../domain/community.ts';
import { shortened } from '../../../domain/text.ts';
import { cardMarkdown } from '../../documents/write-card.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import { clockTime, nearDay, onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import template from './cards/overview.card.json' with { type: 'json' };

/** In characters; together they keep the fullest card under 25 KB, in any script. */
const longestName = 80;
const longestPurpose = 600;
const longestTitle = 100;
const mostRoles = 5;

export function overviewCard(shown: OverviewShown, t: Translate): Card {
  return renderCard(template, cardData(shown, t));
}

export interface OverviewShown {
  readonly community: Community;
  readonly view: OverviewView;
  readonly link: string;
}

/** What the template is filled with; `overview.sample.json` is an example. */
function cardData({ community, view, link }: OverviewShown, t: Translate) {
  const { purpose, waiting, coming } = view;
  const name = shortened(community.name, longestName);
  return {
    fallback: t('fallback', { community: name }),
    title: plain(name),
    purpose: purpose ? cardMarkdown(purpose.text, longestPurpose) : t('unwritten'),
    written: purpose !== null,
    waitingTitle: t('waitingTitle'),
    waiting: waiting.map(({ kind, count, names = [] }) => ({
      text: t(`waiting.${kind}`, { count, names: names.map(one => plain(shortened(one, longestTitle))).join('; ') }),
    })),
    comingTitle: t('comingTitle'),
    coming: coming.map(one => ({
      text: t('line', { ...onDay(one.on, nearDay), what: comingLine(one, timeZoneOf(community), t) }),
    })),
    facts: factsOf(view, t),
    open: t('open'),
    link,
  };
}

/** "15:00 Chart surgery. You come.", "Due: Book a room" */
function comingLine({ kind, title, event }: Coming, timeZone: string, t: Translate): string {
  const what = t(`coming.${kind}`, {
    title: plain(shortened(title, longestTitle)),
    ...(event ? { at: new Date(event.startsAt), formatParams: { at: { ...clockTime, timeZone } } } : {}),
  });
  return event?.says ? t('coming.answered', { what, said: t(`coming.said.${event.says}`) }) : what;
}

function factsOf(
  { plan, roles, survey, digest }: OverviewView,
  t: Translate,
): readonly { readonly title: string; readonly value: string }[] {
  const { total, done, overdue } = plan;
  const progress = [
    t('plan.done', { done, total }),
    ...(overdue > 0 ? [t('plan.overdue', { count: overdue })] : []),
  ].join(', ');
  const free = roles.free
    .slice(0, mostRoles)
    .map(({ title }) => plain(title))
    .join(', ');
  return [
    { title: t('plan.title'), value: total === 0 ? t('plan.none') : progress },
    {
      title: t('roles.title'),
      value: t(roles.free.length === 0 ? 'roles.all' : 'roles.some', {
        filled: roles.filled,
        total: roles.total,
        roles: free,
      }),
    },
    ...(survey
      ? [
          {
            title: t('survey.title'),
            value: t(`survey.${survey.phase}`, {
              title: plain(shortened(survey.title, longestTitle)),
              ...onDay(survey.closesOn, nearDay),
            }),
          },
        ]
      : []),
    ...(digest ? [{ title: t('digest.title'), value: t(`digest.${digest.audience}`, onDay(digest.on, nearDay)) }] : []),
  ];
}
