import type { Card } from '../../../../bot/cards.ts';
import { departures } from '../../../../bot/features/departures/index.ts';
import { planOwners } from '../../../../bot/features/plan/index.ts';
import type { CardReply } from '../../../../bot/feature.ts';
import type { PlanRow } from '../../../../bot/lists/model.ts';
import type { ReadyCommunity } from '../../../../domain/community.ts';
import { cardOf, community, member, person, press, settings, textsOf } from '../../../support/feature-parts.ts';
import { sceneOf, type FeatureScene } from '../../../support/feature-scene.ts';
import { restWith } from '../../../support/rest.ts';
import type { Wish } from '../../../../bot/feature.ts';

export const priya = member('Priya Raman');
export const amara = member('Amara Okafor');
export const gone = person('Tomasz Nowak');
export const leftOn = '2026-11-20';
const chosen = settings({ coordinators: [person('Priya Raman')] });
/** He is named nowhere in its settings. */
export const here = community({
  settings: { ...chosen, facilitation: { ...chosen.facilitation, facilitators: [person('Priya Raman')] } },
});
export const room = 'book-a-room';

export interface Scene extends FeatureScene<ReturnType<typeof departures>> {
  /** Adds an action of his, from the tab of another time. */
  owns(id: string, change?: Partial<PlanRow>): Promise<void>;
  wishes(day?: string, where?: ReadyCommunity): Promise<readonly Wish[]>;
  presses(verb: 'pass' | 'free', data: object, who?: typeof priya): Promise<CardReply>;
}

/** Tomasz left on Friday; it is Monday. */
export function scene(at = new Date(`${leftOn}T15:00:00Z`)): Scene {
  const made = sceneOf(
    parts =>
      departures({
        ...parts,
        departed: { since: async (_community, moment) => (at >= moment ? [{ person: gone.id, at }] : []) },
        changeOwners: planOwners(parts),
      }),
    { members: [priya, amara, member('Omar Haddad', { owner: true })], at: '2026-11-23T09:00:00Z' },
  );
  return {
    ...made,
    async owns(key, change = {}) {
      const added = { addedBy: person('Amara Okafor'), addedAt: '2026-11-02T10:00:00.000Z' };
      await made.lists.of(here.id).plan.create({
        key,
        title: 'Book a room',
        owners: [gone],
        due: '2026-11-27',
        state: 'to-do',
        steps: [],
        links: [],
        weight: 'baseline',
        aim: null,
        notes: '',
        ...added,
        doneAt: null,
        changedBy: added.addedBy,
        changedAt: added.addedAt,
        ...change,
      });
    },
    async wishes(day = '2026-11-23', where = here) {
      const now = new Date(`${day}T09:00:00Z`);
      made.clock.moveTo(now.toISOString());
      return made.feature.wishes!({ community: where, now, today: day, rest: restWith({}) });
    },
    presses: (verb, data, who = priya) =>
      press(made.feature, verb, { who, community: here, data: { person: gone.id, ...data } }),
  };
}

/** The card before somebody in charge, with one action of his. */
export async function told(): Promise<{
  readonly card: Card;
  send(data: object): Promise<CardReply>;
  kept(): Promise<unknown>;
}> {
  const now = scene();
  await now.owns(room);
  await now.owns('another-room', { title: 'Book another room' });
  const first = await now.presses('pass', { action: room, to: amara.id });
  return {
    card: cardOf(first),
    send: data => now.presses('pass', { action: 'another-room', ...data }),
    kept: () => now.lists.of(here.id).plan.all(),
  };
}

export function shownOf(now: Scene, wish: Wish): Card {
  return wish.card(textsOf(now.feature).for('departures', 'en-GB'));
}
