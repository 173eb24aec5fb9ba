import { z } from 'zod';
import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import { ownersWithout } from '../../../domain/departures/held.ts';
import { ActionId } from '../../../domain/plan/plan.ts';
import { identifier } from '../../../domain/text.ts';
import { cardAction, type CardReply, type Press } from '../../feature.ts';
import { enteredLine } from '../../shared/inputs.ts';
import { leftCard } from './cards.ts';
import { readDepartures } from './departures.ts';
import type { DeparturesParts } from './parts.ts';
import { showDeparture } from './wishes.ts';

const FreeData = z.object({ person: identifier(100).min(1), action: ActionId });
const PassData = FreeData.extend({ to: enteredLine(100) });
type FreeData = z.infer<typeof FreeData>;
type PassData = z.infer<typeof PassData>;
type Pressed<Data> = Press<Data, ReadyCommunity>;

/** What somebody who left owned goes to whoever was chosen. */
async function onPass(parts: DeparturesParts, press: Pressed<PassData>): Promise<CardReply> {
  const { data, community, t } = press;
  const member = data.to ? await parts.roster.member(community.id, data.to) : undefined;
  if (!member) return { notice: t('notice.whom') };
  return changeOwner(parts, press, { id: member.id, name: member.name });
}

/** Pressed again it changes nothing, and shows the same. */
async function changeOwner(
  parts: DeparturesParts,
  { data: { person, action }, who, community, t }: Pressed<FreeData>,
  instead: Person | null,
): Promise<CardReply> {
  const before = (await readDepartures(parts, community)).departures.find(one => one.person === person);
  if (!before) return { notice: t('notice.over') };
  await parts.changeOwners(community, who, action, owners => ownersWithout(owners, person, instead));
  const { departures, members } = await readDepartures(parts, community);
  const departure = departures.find(one => one.person === person) ?? before;
  await showDeparture(parts, community, { departure, members });
  return { card: leftCard({ community, departure, members, links: parts.links }, t) };
}

export function departuresActions(parts: DeparturesParts) {
  const planning = { may: 'plan.edit', ready: true } as const;
  return {
    pass: cardAction(planning, { data: PassData, run: press => onPass(parts, press) }),
    free: cardAction(planning, { data: FreeData, run: press => changeOwner(parts, press, null) }),
  };
}
