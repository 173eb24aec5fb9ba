import { z } from 'zod';
import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import { handOverOf, type HandOver } from '../../../domain/roles/hand-over.ts';
import { isOutside, titleOf, type BoardRole, type Holding } from '../../../domain/roles/roles.ts';
import { addDays, localDay } from '../../../domain/schedule.ts';
import { identifier } from '../../../domain/text.ts';
import { change } from '../../lists/list.ts';
import { readPlanWhenThere } from '../../lists/plan.ts';
import { cardAction, type CardReply, type Press } from '../../feature.ts';
import { todayIn } from '../../shared/days.ts';
import { readBoard } from './board.ts';
import { handOverCard, thanksCard } from './hand-over-cards.ts';
import { decidersOf, type About } from './messages.ts';
import type { RolesParts } from './parts.ts';
import type { Translate } from '../../text.ts';

const handOverKind = 'roles.handOver';
const thanksKind = 'roles.thanks';
/** An end that lies further back is no news. */
const newsFor = 7;

const ThankData = z.object({ role: identifier(200), holding: identifier(255) });
type Pressed = Press<z.infer<typeof ThankData>, ReadyCommunity>;

/** Those who decide hear what somebody leaves who gave a role up, once, and may send thanks. */
export async function tellHandOver(parts: RolesParts, community: ReadyCommunity, about: About): Promise<void> {
  const { holding, role } = about;
  if (holding.state !== 'ended' || holding.until === null || isOutside(holding.person)) return;
  const endedOn = localDay(new Date(holding.changedAt), community.settings.timeZone);
  if (endedOn < addDays(todayIn(parts, community), -newsFor)) return;
  const card = await cardNow(parts, community, about);
  await parts.messenger.post({
    community: community.id,
    kind: handOverKind,
    period: holding.key,
    to: (await decidersOf(parts, community)).filter(to => 'person' in to && to.person.id !== holding.person.id),
    card,
    summary: t => t('handOver.summary', { name: holding.person.name, role: titleOf(role, t) }),
  });
}

async function cardNow(parts: RolesParts, community: ReadyCommunity, { role, holding }: About) {
  const { lists, links } = parts;
  const of = lists.of(community.id);
  const [leaves, acceptance] = await Promise.all([
    leavesOf(parts, community, holding),
    of.acceptances.find(keyOf(holding)),
  ]);
  const thankedBy = acceptance?.value.thankedBy ?? null;
  return (t: Parameters<typeof handOverCard>[1]) =>
    handOverCard({ community, role, holding, leaves, thankedBy, links }, t);
}

async function leavesOf(parts: RolesParts, community: ReadyCommunity, holding: Holding): Promise<HandOver> {
  const { rows } = await readPlanWhenThere(parts, community, holding.since);
  return handOverOf(
    holding,
    rows.map(({ value }) => value),
  );
}

/** Sent in the name of who presses first; whoever presses after that sees who it was. */
async function onThank(parts: RolesParts, { data, who, community, t }: Pressed): Promise<CardReply> {
  const board = await readBoard(parts, community);
  const role = board.roles.find(({ id }) => id === data.role);
  const holding = board.holdings.find(({ key, role: of }) => key === data.holding && of === data.role);
  if (!role || holding?.state !== 'ended') return { notice: t('notice.gone') };
  const { acceptances } = parts.lists.of(community.id);
  const by = { id: who.id, name: who.name };
  const { id, name } = holding.person;
  const row = await change(acceptances, keyOf(holding), current =>
    current
      ? current.thankedBy === null && !current.held
        ? { ...current, thankedBy: by }
        : undefined
      : {
          key: keyOf(holding),
          role: holding.role,
          person: { id, name },
          held: false,
          changedBy: by,
          changedAt: parts.clock().toISOString(),
          thankedBy: by,
        },
  );
  const thankedBy = row?.value.thankedBy;
  if (!thankedBy) return { notice: t('notice.gone') };
  const leaves = await leavesOf(parts, community, holding);
  await parts.messenger.post({
    community: community.id,
    kind: thanksKind,
    period: holding.key,
    to: [{ person: { id, name } }],
    card: each => thanksCard({ community, role, by: thankedBy, leaves }, each),
    summary: summaryOf(thankedBy, role),
  });
  const card = await cardNow(parts, community, { role, holding });
  await parts.messenger.refresh({ community: community.id, kind: handOverKind, period: holding.key, card });
  return { card: card(t) };
}

function summaryOf({ name }: Person, role: BoardRole): (t: Translate) => string {
  return t => t('thanks.summary', { name, role: titleOf(role, t) });
}

export function handOverActions(parts: RolesParts) {
  return {
    thank: cardAction({ may: 'roles.manage', ready: true }, { data: ThankData, run: press => onThank(parts, press) }),
  };
}

function keyOf({ role, person }: Holding): string {
  return `${role}/${person.id}`;
}
