import type { Member, ReadyCommunity } from '../../../domain/community.ts';
import { memberWeekOf, type MemberWeek } from '../../../domain/facilitation/member-week.ts';
import { freeKeyRoles, titleOf } from '../../../domain/roles/roles.ts';
import { nameOf, phaseOf } from '../../../domain/surveys/survey.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import { whenThere } from '../../lists/list.ts';
import { readOpenActions } from '../../lists/plan.ts';
import { readRoles } from '../../lists/roles.ts';
import { nearDay, onDay, todayIn } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import template from './cards/member.card.json' with { type: 'json' };
import type { FacilitationParts } from './parts.ts';

/** In characters. */
const longestTitle = 100;
const longestName = 60;

/** What is on for somebody who does not facilitate, read for them alone. */
export async function readMemberWeek(
  parts: FacilitationParts,
  community: ReadyCommunity,
  { id }: Member,
): Promise<MemberWeek> {
  const today = todayIn(parts, community);
  const of = parts.lists.of(community.id);
  const [plan, surveys, { roles }] = await Promise.all([
    readOpenActions(parts, community),
    whenThere(() => of.surveys.all()),
    readRoles(parts, community, today),
  ]);
  const open = surveys.filter(({ value }) => phaseOf(value, today) === 'open');
  const answers = await Promise.all(open.map(({ value }) => whenThere(() => of.answers.all({ survey: value.key }))));
  const answered = new Set(answers.flat().flatMap(({ value }) => (value.person?.id === id ? [value.survey] : [])));
  return memberWeekOf({
    person: id,
    today,
    actions: plan.map(({ value }) => value),
    openSurveys: open.map(({ value }) => ({
      title: nameOf(value),
      closesOn: value.closesOn,
      answered: answered.has(value.key),
    })),
    vacant: freeKeyRoles(roles).map(role => role.id),
    offered: roles.flatMap(role => (role.volunteers.some(({ person }) => person.id === id) ? [role.id] : [])),
  });
}

/** `member.sample.json` is an example. */
export function memberCard(
  {
    community,
    week,
    links,
  }: {
    readonly community: ReadyCommunity;
    readonly week: MemberWeek;
    readonly links: FacilitationParts['links'];
  },
  t: Translate,
): Card {
  const name = shortened(community.name, longestName);
  return renderCard(template, {
    fallback: t('member.fallback', { community: name }),
    title: t('member.title', { community: plain(name) }),
    sections: sectionsOf(week, t),
    footer: t('member.footer'),
    buttons: [
      ...(week.actions.length > 0 ? [{ title: t('member.plan'), url: links.tab(community.id, 'plan') }] : []),
      ...(week.surveys.length > 0 ? [{ title: t('member.surveys'), url: links.tab(community.id, 'surveys') }] : []),
      ...(week.freeRoles.length > 0 ? [{ title: t('member.roles'), url: links.tab(community.id, 'roles') }] : []),
    ],
  });
}

interface Section {
  readonly title: string;
  readonly lines: readonly { readonly text: string }[];
}

function sectionsOf(week: MemberWeek, t: Translate): readonly Section[] {
  const asTitle = (text: string): string => plain(shortened(text, longestTitle));
  const asRole = (id: string): string => titleOf({ id, own: null }, t);
  const own = [
    ...week.actions.map(({ title, due, overdue }) =>
      t(overdue ? 'member.overdue' : 'member.due', { title: asTitle(title), ...onDay(due, nearDay) }),
    ),
    ...week.offered.map(role => t('member.offered', { role: asRole(role) })),
  ];
  const sections = [
    { title: t('member.own'), lines: own },
    {
      title: t('member.open'),
      lines: week.surveys.map(({ title, closesOn }) =>
        t('member.survey', { title: asTitle(title), ...onDay(closesOn, nearDay) }),
      ),
    },
    { title: t('member.free'), lines: week.freeRoles.map(asRole) },
    {
      title: t('member.small'),
      lines: week.contributions.map(({ id, minutes }) =>
        minutes === 0
          ? t(`method.contribution.${id}`)
          : t('member.contribution', { what: t(`method.contribution.${id}`), minutes }),
      ),
    },
  ];
  return sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }) => ({ title, lines: lines.map(text => ({ text })) }));
}
