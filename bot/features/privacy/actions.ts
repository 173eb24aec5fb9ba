import { z } from 'zod';
import type { Community, Person } from '../../../domain/community.ts';
import { cardAction, command, type CardReply, type Command, type Press } from '../../feature.ts';
import { resumedCard } from '../../shared/quiet.ts';
import type { Translate } from '../../text.ts';
import { askCard, dataCard, forgottenCard } from './cards.ts';
import type { PrivacyParts } from './parts.ts';
import { mustNotCoordinate, viewOf } from './view.ts';

const NoData = z.object({});

interface Asking {
  readonly who: Person;
  readonly community: Community;
  readonly t: Translate;
}

/** Every member may ask about themselves. */
export const reading = { may: 'community.read' } as const;

/** `my data` and `forget me`. */
export function privacyCommands(parts: PrivacyParts): readonly Command[] {
  const own = { personal: true } as const;
  return [
    command(reading, { ...own, name: 'my data', about: 'command.data', run: ask => showData(parts, ask) }),
    command(reading, {
      ...own,
      name: 'forget me',
      changes: true,
      about: 'command.forget',
      run: ask => askFirst(parts, ask),
    }),
  ];
}

export function privacyActions(parts: PrivacyParts) {
  const { personalData, messenger, links } = parts;

  async function onForget({ who, community, t }: Press<unknown>): Promise<CardReply> {
    mustNotCoordinate(who, community);
    await personalData.forget(community.id, { id: who.id, name: who.name }, true);
    return { card: forgottenCard({ community, links }, t) };
  }

  async function onResume({ who, community, t }: Press<unknown>): Promise<CardReply> {
    await messenger.optOut(community.id, who.id, false);
    return { card: resumedCard({ community, page: { open: t('open'), link: links.tab(community.id, 'privacy') } }, t) };
  }

  return {
    ask: cardAction(reading, { data: NoData, run: (press: Press<unknown>) => askFirst(parts, press) }),
    forget: cardAction(reading, { data: NoData, run: onForget }),
    resume: cardAction(reading, { data: NoData, run: onResume }),
  };
}

async function showData({ personalData, links }: PrivacyParts, { who, community, t }: Asking): Promise<CardReply> {
  return { card: dataCard({ community, view: await viewOf(personalData, community, who, t), links }, t) };
}

async function askFirst({ personalData, links }: PrivacyParts, { who, community, t }: Asking): Promise<CardReply> {
  return { card: askCard({ community, view: await viewOf(personalData, community, who, t), links }, t) };
}
