import { z } from 'zod';
import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import { mustBeAbleWith } from '../../../domain/permissions.ts';
import { ActionId, mostOwners, reachOf } from '../../../domain/plan/plan.ts';
import { cleanLine, line, shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { cardAction, command, type Ask, type CardReply, type Command, type Press } from '../../feature.ts';
import { closest, wordsOf } from '../../shared/closest.ts';
import type { Asking } from './acts.ts';
import { tellCard } from './act-cards.ts';
import { gaveCard, giveCard, whichToGiveCard, whomCard } from './assign-cards.ts';
import type { PlanParts } from './parts.ts';
import { showReminders, showWithout } from './reminders.ts';
import { changeAction, changing, findAction, membersNamed, readOpen, type PlannedAction } from './store.ts';

const longestId = 100;
/** Of what somebody said, when it is said back, in characters. */
const longestShown = 80;
/** People by their ids, with commas between them; empty for nobody. */
const People = line(mostOwners * (longestId + 1)).transform(text => text.split(',').filter(id => id !== ''));
/** Whom an action is to be given to: one, or some of whom one is meant. */
const Assigned = z.object({ action: ActionId, to: People });
/** Who had it when that was shown: only that is changed. */
const Given = Assigned.extend({ shown: People });

type Pressed<Data> = Press<Data, ReadyCommunity>;

export function assignCommand(parts: PlanParts): Command {
  return command(changing, {
    name: 'assign',
    changes: true,
    showsFirst: true,
    about: 'command.assign',
    offeredTo: 'plan.edit',
    run: ask => onAssign(parts, ask),
  });
}

export function assignActions(parts: PlanParts) {
  return {
    assign: cardAction(changing, {
      data: Assigned,
      async run(press: Pressed<z.infer<typeof Assigned>>) {
        const action = await findAction(parts, press.community, press.data.action);
        mustReachAll(press, action);
        return showGift(parts, press, action, press.data.to);
      },
    }),
    give: cardAction(changing, { data: Given, run: press => onGive(parts, press) }),
  };
}

/** `assign leaflet to Daniel`. It becomes somebody else's, so it is always shown first. */
async function onAssign(parts: PlanParts, ask: Ask<ReadyCommunity>): Promise<CardReply> {
  const { community, who, found, t } = ask;
  const rest = cleanLine(ask.rest);
  const people = namesMe(rest, ask) ? [who] : (found?.people ?? []).slice(0, mostOwners);
  if (people.length === 0) return { notice: t('assign.whom') };
  const open = await readOpen(parts, community);
  const skip = new Set([...smallWords(ask), ...people.flatMap(({ name }) => wordsOf(name))]);
  const { sure, perhaps } = closest(rest, open, ({ title }) => title, skip);
  const [only] = sure;
  const to = people.map(({ id }) => id);
  if (only && sure.length === 1) return showGift(parts, ask, only, to);
  const actions = sure.length > 1 ? sure : perhaps;
  if (actions.length === 0) {
    const words = plain(shortened(rest, longestShown));
    return {
      card: tellCard({ community, text: t('act.notFound', { words }), links: parts.links }, t),
      outcome: 'nothing',
    };
  }
  return { card: whichToGiveCard({ community, actions, to, links: parts.links }, t), outcome: 'nothing' };
}

/** Whose it would be, before it is; of several people with that name, one is to be chosen first. */
async function showGift(
  parts: PlanParts,
  { community, who, t }: Asking,
  action: PlannedAction,
  to: readonly string[],
): Promise<CardReply> {
  const shown = { community, action, links: parts.links };
  if (reachOf(action, who, community) !== 'everything') {
    const text = t('assign.notYours', { title: plain(action.title), name: plain(action.addedBy.name) });
    return { card: tellCard({ community, text, links: parts.links }, t), outcome: 'refused' };
  }
  const people: readonly Person[] = await membersNamed(
    parts,
    community,
    to.map(id => ({ id })),
  );
  const [person] = people;
  if (!person) return { notice: t('assign.whom') };
  const card = people.length > 1 ? whomCard({ ...shown, people }, t) : giveCard({ ...shown, person }, t);
  return { card, outcome: 'nothing' };
}

/** Pressed twice it is given once; where somebody has given it to others since, it stays theirs. */
async function onGive(
  parts: PlanParts,
  { data, who, community, t }: Pressed<z.infer<typeof Given>>,
): Promise<CardReply> {
  const before = await findAction(parts, community, data.action);
  mustReachAll({ who, community }, before);
  const owners = await membersNamed(
    parts,
    community,
    data.to.map(id => ({ id })),
    before.owners,
  );
  const title = plain(before.title);
  if (!isSame(before.owners, data.to) && !isSame(before.owners, data.shown))
    return { notice: t('act.changedSince', { title }) };
  const losing = before.owners.filter(({ id }) => !data.to.includes(id));
  await showWithout(parts, community, before, losing);
  const action = await changeAction(parts, community, who, data.action, ({ owners: current }) =>
    isSame(current, data.shown) && !isSame(current, data.to) ? { owners } : undefined,
  );
  await showReminders(parts, community, action.owners);
  return { card: gaveCard({ community, action, before: data.shown, links: parts.links }, t) };
}

/** Whoever may not give an action to others is refused before they read what became of it. */
function mustReachAll({ who, community }: Pick<Asking, 'who' | 'community'>, action: PlannedAction): void {
  mustBeAbleWith(who, 'action', reachOf(action, who, community) === 'everything', community);
}

function isSame(people: readonly Person[], ids: readonly string[]): boolean {
  return people.length === ids.length && people.every(({ id }) => ids.includes(id));
}

function namesMe(rest: string, { t }: Ask): boolean {
  const me = wordsOf(t('words.me'));
  return wordsOf(rest).some(word => me.includes(word));
}

function smallWords({ t }: Ask): readonly string[] {
  return [...wordsOf(t('words.small')), ...wordsOf(t('words.assign'))];
}
