import { z } from 'zod';
import type { Community, Member } from '../../../domain/community.ts';
import { line, prose, shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import type { SharedMessage } from '../../feature.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import { enteredDay } from '../../shared/inputs.ts';
import type { Translate } from '../../text.ts';
import addedTemplate from './cards/from-message-added.card.json' with { type: 'json' };
import formTemplate from './cards/from-message.card.json' with { type: 'json' };
import type { PlanParts } from './parts.ts';
import type { PlannedAction } from './store.ts';
import { ActionId } from '../../../domain/plan/plan.ts';

/** The choice of no owner. A list to choose from has no way back to nothing. */
export const nobody = 'nobody';

/** What the form brings back: taken as it comes, so that all that was typed can be shown again. */
export const FromMessage = z.object({
  /** Chosen when the dialog opens: who presses twice adds one action. */
  action: ActionId,
  /** What the title was at first: an input that did not come back shows it again. */
  suggested: prose(5000).default(''),
  title: prose(5000).optional(),
  /** A person's id, or {@link nobody}. */
  owner: line(100).optional(),
  /** A day; empty for none yet. */
  due: enteredDay().default(''),
});

export type FromMessage = z.infer<typeof FromMessage>;

/** Most people to choose from, besides oneself: with them the card stays under 25 KB. */
export const mostOffered = 100;
/** In characters. */
const longestName = 60;

export interface FormShown {
  readonly community: Community;
  readonly who: Member;
  readonly members: readonly Member[];
  readonly message: SharedMessage;
  readonly typed: FromMessage;
  /** Why it was not taken; empty for nothing. */
  readonly problem: string;
}

/** The form that makes an action of a message: what, who, until when. */
export function formCard({ community, who, members, message, typed, problem }: FormShown, t: Translate): Card {
  const others = members.filter(({ id }) => id !== who.id).toSorted((one, other) => one.name.localeCompare(other.name));
  const offered = others.slice(0, mostOffered);
  const chosen = others.slice(mostOffered).filter(({ id }) => id === typed.owner);
  return renderCard(formTemplate, {
    problem,
    intro: t('message.into', { community: plain(shortened(community.name, longestName)) }),
    titleLabel: t('message.what'),
    title: typed.title ?? typed.suggested,
    titleMissing: t('message.what-missing'),
    ownerLabel: t('message.owner'),
    owner: (typed.owner ?? who.id) || nobody,
    people: [
      { title: t('message.me', { name: shortened(who.name, longestName) }), value: who.id },
      { title: t('message.owner-nobody'), value: nobody },
      ...[...chosen, ...offered].map(({ id, name }) => ({ title: shortened(name, longestName), value: id })),
    ],
    cut: others.length > offered.length ? t('message.owners-cut', { count: mostOffered }) : '',
    dueLabel: t('message.due'),
    due: typed.due,
    keeps:
      message.link === null
        ? ''
        : message.author === null
          ? t('message.keeps-link')
          : t('message.keeps-author', { author: plain(shortened(message.author, longestName)) }),
    add: t('message.add'),
    // Its words have become the title by now; the rest is for the notes.
    data: {
      community: community.id,
      message: { ...message, text: '' },
      action: typed.action,
      suggested: typed.suggested,
    },
  });
}

/** What was kept, with the way to it. */
export function addedFromMessageCard(
  {
    community,
    action,
    links,
  }: { readonly community: Community; readonly action: PlannedAction; readonly links: PlanParts['links'] },
  t: Translate,
): Card {
  const owners = action.owners.map(({ name }) => plain(name)).join(', ');
  return renderCard(addedTemplate, {
    heading: t('message.added'),
    title: plain(action.title),
    facts: [
      { title: t('message.added-owner'), value: owners || t('message.nobody') },
      {
        title: t('message.added-due'),
        value:
          action.due === null
            ? t('message.no-day')
            : t('message.day', onDay(action.due, { ...nearDay, year: 'numeric' })),
      },
    ],
    open: t('message.open'),
    link: links.tab(community.id, 'plan'),
  });
}
