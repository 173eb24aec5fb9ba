import { api } from '../../../domain/api.ts';
import type { EventView } from '../../../domain/events/api.ts';
import type { Event } from '../../../domain/events/event.ts';
import { ann, people, priya, type World } from '../../support/breaking-world.ts';
import type { Scene } from './scene.ts';

const ben = people[1]!;
const event = 'chart-surgery-1';
const rhythm = 'coffee-rhythm';
const surgery: Event = {
  title: 'Chart surgery',
  kind: 'learning',
  activity: null,
  day: '2026-11-26',
  time: '15:00',
  minutes: 60,
  mode: 'online',
  place: '',
  link: null,
  audience: 'everybody',
  named: [],
  hosts: [{ id: ben.id, name: ben.name }],
  agenda: [],
  keep: '',
  change: '',
  summary: '',
  recording: null,
};
const coffee = {
  ...{ title: 'Coffee', kind: 'coffee', rule: { every: 'weeks', weeks: 2, from: '2026-11-26' }, time: '10:00' },
  ...{ minutes: 30, mode: 'online', place: '', link: null, audience: 'everybody', hosts: [], until: null },
};

const saves = (world: World, change: Partial<Event> = {}, ifMatch: string | null = null) =>
  world.asks(api.saveEvent, { who: priya, params: { event }, body: { ...surgery, ...change }, ifMatch });
const moves = (world: World, move: string, who = priya) =>
  world.asks(api.moveEvent, { who, params: { event }, body: { move } });

/** Everybody knows of it, and somebody comes. */
async function announced(world: World): Promise<string> {
  await saves(world);
  await moves(world, 'announce');
  await world.asks(api.answerEvent, { who: ann, params: { event }, body: { says: 'coming', appetite: null } });
  world.clock.moveTo('2026-11-23T10:00:00Z');
  return ((await world.asks(api.event, { who: priya, params: { event } })) as EventView).etag;
}

async function held(world: World): Promise<void> {
  await announced(world);
  world.clock.moveTo('2026-11-26T17:00:00Z');
}

const afterwards = {
  event,
  asked: [ann.id, ben.id].join(','),
  people: ann.id,
  guests: 'A guest, St Mary’s',
  keep: 'Six people, one chart',
  next: 'Share the chart\nAsk Lars',
};

export const eventsScenes: readonly Scene[] = [
  {
    of: 'job morning.wishes',
    when: 'somebody comes to an event tomorrow',
    async prepare(world) {
      await announced(world);
      return () => world.job('morning.wishes', '2026-11-25T09:00:00Z');
    },
  },
  {
    of: 'job events.ahead',
    when: 'something comes again and again',
    async prepare(world) {
      await world.asks(api.saveRhythm, { who: priya, params: { rhythm }, body: coffee, ifMatch: null });
      world.clock.moveTo('2026-12-01T09:00:00Z');
      return () => world.job('events.ahead', '2026-12-01T09:00:00Z');
    },
  },
  {
    of: 'press events.answer',
    when: 'it is announced',
    async prepare(world) {
      await announced(world);
      return () => world.press('events.answer', ben, { event, says: 'maybe' });
    },
  },
  {
    of: 'press events.ready',
    when: 'it is still to come',
    async prepare(world) {
      await announced(world);
      return () => world.press('events.ready', ben, { event, ps: 'place' });
    },
  },
  {
    of: 'press events.announce',
    when: 'it is a draft',
    async prepare(world) {
      await saves(world);
      return () => world.press('events.announce', ben, { event });
    },
  },
  {
    of: 'press events.after',
    when: 'it is over',
    async prepare(world) {
      await held(world);
      return () => world.press('events.after', ben, afterwards);
    },
  },
  {
    of: 'press events.cancel',
    when: 'it did not take place',
    async prepare(world) {
      await held(world);
      return () => world.press('events.cancel', ben, { event });
    },
  },
  {
    of: 'press events.stop',
    when: 'somebody is invited',
    prepare: async world => () => world.press('events.stop', ann),
  },
  {
    of: 'press events.resume',
    when: 'messages were stopped',
    async prepare(world) {
      await world.press('events.stop', ann);
      return () => world.press('events.resume', ann);
    },
  },
  { of: 'ask saveEvent', when: 'it is new', prepare: async world => () => saves(world) },
  {
    of: 'ask saveEvent',
    when: 'it moves, and somebody had said that they come',
    async prepare(world) {
      const etag = await announced(world);
      return () => saves(world, { day: '2026-11-27' }, etag);
    },
  },
  {
    of: 'ask prepareEvent',
    when: 'it is a draft',
    async prepare(world) {
      await saves(world);
      const body = { ps: 'purpose', text: 'Charts that people read', done: true };
      return () => world.asks(api.prepareEvent, { who: ben, params: { event }, body });
    },
  },
  ...(['announce', 'cancel', 'hold'] as const).map(
    (move): Scene => ({
      of: 'ask moveEvent',
      when: `to ${move} it`,
      async prepare(world) {
        if (move === 'announce') await saves(world);
        else if (move === 'cancel') await announced(world);
        else await held(world);
        return () => moves(world, move);
      },
    }),
  ),
  {
    of: 'ask answerEvent',
    when: 'it is announced',
    async prepare(world) {
      await announced(world);
      const body = { says: 'coming', appetite: null };
      return () => world.asks(api.answerEvent, { who: ben, params: { event }, body });
    },
  },
  {
    of: 'ask noteAttendance',
    when: 'it is over',
    async prepare(world) {
      await held(world);
      const body = {
        people: [{ id: ann.id, was: 'yes' }],
        guests: [{ name: 'A guest', organisation: '', was: 'yes' }],
      };
      return () => world.asks(api.noteAttendance, { who: ben, params: { event }, body });
    },
  },
  {
    of: 'ask planSteps',
    when: 'it is over',
    async prepare(world) {
      await held(world);
      const body = { steps: [{ id: 'step-number-1', title: 'Share the chart' }] };
      return () => world.asks(api.planSteps, { who: ben, params: { event }, body });
    },
  },
  {
    of: 'ask saveRhythm',
    when: 'it is new',
    prepare: async world => () =>
      world.asks(api.saveRhythm, { who: priya, params: { rhythm }, body: coffee, ifMatch: null }),
  },
];
