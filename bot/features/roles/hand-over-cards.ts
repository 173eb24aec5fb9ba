import type { Community, Person } from '../../../domain/community.ts';
import type { HandOver } from '../../../domain/roles/hand-over.ts';
import { inWords, titleOf, type BoardRole, type Holding } from '../../../domain/roles/roles.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import { onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import handOverTemplate from './cards/hand-over.card.json' with { type: 'json' };
import thanksTemplate from './cards/thanks.card.json' with { type: 'json' };
import type { RolesParts } from './parts.ts';

const longestName = 40;
const longestCommunity = 60;
const longestTitle = 100;
const mostActions = 5;
const mostQuestions = 3;

export interface HandOverShown {
  readonly community: Community;
  readonly role: BoardRole;
  readonly holding: Holding;
  readonly leaves: HandOver;
  readonly thankedBy: Person | null;
  readonly links: RolesParts['links'];
}

/** For those who decide: what somebody leaves who gave a role up, and a way to thank them. */
export function handOverCard(shown: HandOverShown, t: Translate): Card {
  return renderCard(handOverTemplate, handOverData(shown, t));
}

/** `hand-over.sample.json` is an example. */
function handOverData({ community, role, holding, leaves, thankedBy, links }: HandOverShown, t: Translate) {
  const name = nameOf(holding.person.name);
  const { title, questions } = inWords(role, t);
  return {
    fallback: t('handOver.fallback', { community: shortened(community.name, longestCommunity) }),
    title: t('handOver.title', { name, role: plain(title) }),
    since: t('handOver.since', onDay(holding.since)),
    openTitle: t('handOver.open', { name }),
    open: listed(leaves.open, t),
    nothing: leaves.open.length === 0 ? t('handOver.nothing', { name }) : '',
    doneTitle: t('handOver.done', { name }),
    done: listed(leaves.done, t),
    questionsTitle: t('handOver.questions'),
    questions: questions.slice(0, mostQuestions).map(question => ({ text: `- ${plain(question)}` })),
    thanked: thankedBy === null ? '' : t('handOver.thanked', { by: nameOf(thankedBy.name), name }),
    thank: thankedBy === null ? t('handOver.thank', { name: shortened(holding.person.name, longestName) }) : '',
    data: { community: community.id, role: role.id, holding: holding.key },
    openRoles: t('open'),
    link: links.tab(community.id, 'roles'),
  };
}

export interface ThanksShown {
  readonly community: Community;
  readonly role: BoardRole;
  readonly by: Person;
  readonly leaves: HandOver;
}

/** For whoever gave the role up, in the name of who pressed. */
export function thanksCard(shown: ThanksShown, t: Translate): Card {
  return renderCard(thanksTemplate, thanksData(shown, t));
}

/** `thanks.sample.json` is an example. */
function thanksData({ community, role, by, leaves }: ThanksShown, t: Translate) {
  const name = shortened(community.name, longestCommunity);
  return {
    fallback: t('thanks.fallback', { community: name }),
    title: t('thanks.title', { role: plain(titleOf(role, t)) }),
    text: t('thanks.text', { by: nameOf(by.name), community: plain(name) }),
    doneTitle: t('thanks.done'),
    done: listed(leaves.done, t),
  };
}

function listed(titles: readonly string[], t: Translate): readonly { readonly text: string }[] {
  const shown = titles.slice(0, mostActions).map(title => ({ text: `- ${plain(shortened(title, longestTitle))}` }));
  const more = titles.length - shown.length;
  return more > 0 ? [...shown, { text: t('others', { count: more }) }] : shown;
}

function nameOf(name: string): string {
  return plain(shortened(name, longestName));
}
