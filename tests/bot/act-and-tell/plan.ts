import { api } from '../../../domain/api.ts';
import type { ActionView } from '../../../domain/plan/api.ts';
import type { Action } from '../../../domain/plan/plan.ts';
import { ann, here, people, priya, type World } from '../../support/breaking-world.ts';
import { morning, type Scene } from './scene.ts';

const ben = people[1]!;
const action = 'book-a-room';
const room: Action = {
  title: 'Book a room',
  owners: [ann, ben].map(({ id, name }) => ({ id, name })),
  due: '2026-11-24',
  state: 'to-do',
  weight: 'baseline',
  aim: null,
  notes: '',
};

/** Its owners have their reminder before them. */
async function reminded(world: World, change: Partial<Action> = {}): Promise<string> {
  world.clock.moveTo('2026-11-20T09:00:00Z');
  const view = await world.asks(api.saveAction, {
    who: priya,
    params: { action },
    body: { ...room, ...change },
    ifMatch: null,
  });
  world.clock.moveTo(morning);
  await world.job('morning.wishes', morning);
  world.clock.moveTo('2026-11-23T10:00:00Z');
  return (view as ActionView).etag;
}

const row = { action, due: room.due, from: 'reminder' };

export const planScenes: readonly Scene[] = [
  {
    of: 'job morning.wishes',
    when: 'an action of two people is due tomorrow',
    async prepare(world) {
      await world.asks(api.saveAction, { who: priya, params: { action }, body: room, ifMatch: null });
      return () => world.job('morning.wishes', morning);
    },
  },
  {
    of: 'job morning.wishes',
    when: 'somebody deleted the list, and those who coordinate hear of it',
    matters: world => ({ told: world.messenger.posted.map(({ kind, period, to }) => [kind, period, to]) }),
    async prepare(world) {
      world.lists.missing.add('plan');
      return () => world.job('morning.wishes', morning);
    },
  },
  ...(['reminder', 'plan'] as const).flatMap((from): readonly Scene[] => [
    {
      of: 'press plan.done',
      when: `on the card of the ${from}`,
      async prepare(world) {
        await reminded(world);
        return () => world.press('plan.done', ann, { ...row, from });
      },
    },
    {
      of: 'press plan.reopen',
      when: `on the card of the ${from}`,
      async prepare(world) {
        await reminded(world);
        await world.press('plan.done', ben, row);
        return () => world.press('plan.reopen', ann, { ...row, from });
      },
    },
    {
      of: 'press plan.later',
      when: `on the card of the ${from}`,
      async prepare(world) {
        await reminded(world);
        return () => world.press('plan.later', ann, { ...row, from });
      },
    },
  ]),
  ...(['choose', 'act'] as const).map(
    (press): Scene => ({
      of: `press plan.${press}`,
      when: 'it is one’s own, and its owners were reminded',
      async prepare(world) {
        await reminded(world);
        const wanted = { action, act: 'stuck', due: '', why: 'The booking system is down.' };
        return () => world.press(`plan.${press}`, ann, wanted);
      },
    }),
  ),
  {
    of: 'press plan.undo',
    when: 'it was said to be done, and its owners were reminded',
    async prepare(world) {
      await reminded(world);
      await world.press('plan.act', ann, { action, act: 'done' });
      const taken = { action, state: 'to-do', due: room.due, stateAfter: 'done', dueAfter: room.due };
      return () => world.press('plan.undo', ann, taken);
    },
  },
  {
    of: 'press plan.remind',
    when: 'somebody wants to be reminded',
    prepare: async world => () =>
      world.press('plan.remind', ann, { action, title: 'Call Daniel', due: '2026-11-27', person: ann.id }),
  },
  {
    of: 'press plan.give',
    when: 'its owners were reminded, and it goes to somebody else',
    async prepare(world) {
      await reminded(world);
      return () =>
        world.press('plan.give', priya, { action, to: priya.id, shown: room.owners.map(({ id }) => id).join(',') });
    },
  },
  {
    of: 'press plan.takeBack',
    when: 'it was just added, for two who were reminded',
    async prepare(world) {
      world.clock.moveTo(morning);
      await world.asks(api.saveAction, { who: ann, params: { action }, body: room, ifMatch: null });
      await world.job('morning.wishes', morning);
      return () => world.press('plan.takeBack', ann, { action });
    },
  },
  {
    of: 'press plan.set',
    when: 'somebody else is to do it, another day',
    async prepare(world) {
      await reminded(world);
      const shown = { due: room.due, owner: ann.id };
      return () => world.press('plan.set', priya, { action, shown, due: '2026-11-27', owner: priya.id });
    },
  },
  {
    of: 'press plan.stop',
    when: 'somebody was reminded',
    async prepare(world) {
      await reminded(world);
      return () => world.press('plan.stop', ann);
    },
  },
  {
    of: 'press plan.resume',
    when: 'messages were stopped',
    async prepare(world) {
      await world.press('plan.stop', ann);
      return () => world.press('plan.resume', ann);
    },
  },
  {
    of: 'submit plan.add',
    when: 'a message becomes an action',
    prepare: async world => () =>
      world.submit('plan.add', {
        who: ann,
        message: { text: 'We need a room', author: 'Ben', link: 'https://teams.example/1' },
        data: { action, title: 'Book a room', owner: ben.id, due: '2026-11-24' },
      }),
  },
  {
    of: 'ask saveAction',
    when: 'it is new',
    prepare: async world => () =>
      world.asks(api.saveAction, { who: ann, params: { action }, body: room, ifMatch: null }),
  },
  {
    of: 'ask saveAction',
    when: 'its owners were reminded',
    async prepare(world) {
      const ifMatch = await reminded(world);
      const body = { ...room, state: 'done' };
      return () => world.asks(api.saveAction, { who: priya, params: { action }, body, ifMatch });
    },
  },
  {
    of: 'ask saveAction',
    when: 'it gets other owners, and its owners were reminded',
    async prepare(world) {
      const ifMatch = await reminded(world);
      const body = { ...room, owners: [{ id: priya.id, name: priya.name }] };
      return () => world.asks(api.saveAction, { who: priya, params: { action }, body, ifMatch });
    },
  },
  {
    of: 'ask changeDetail',
    when: 'its owners were reminded',
    async prepare(world) {
      await reminded(world);
      const body = { kind: 'add-step', id: 'ask-first', text: 'Ask who has the key' };
      return () => world.asks(api.changeDetail, { who: priya, params: { action }, body });
    },
  },
  {
    of: 'ask removeAction',
    when: 'its owners were reminded',
    async prepare(world) {
      const ifMatch = await reminded(world);
      return () => world.asks(api.removeAction, { who: priya, params: { action }, ifMatch });
    },
  },
  {
    of: 'job morning.wishes',
    when: 'somebody is mentioned on an action of somebody else',
    async prepare(world) {
      await said(world);
      return () => world.job('morning.wishes', morning);
    },
  },
  { of: 'ask commentOnAction', when: 'there is none', prepare: async world => () => said(world) },
  {
    of: 'ask changeActionComment',
    when: 'those whom it concerns were told',
    async prepare(world) {
      await told(world);
      const body = { text: 'Is it booked?', mentions: [] };
      return () => world.asks(api.changeActionComment, { who: priya, params: remark, body });
    },
  },
  {
    of: 'ask removeActionComment',
    when: 'those whom it concerns were told',
    async prepare(world) {
      await told(world);
      return () => world.asks(api.removeActionComment, { who: priya, params: remark });
    },
  },
  {
    of: 'job plan.comments',
    when: 'the action is gone',
    async prepare(world) {
      await said(world);
      const { find, remove } = world.lists.of(here.id).plan;
      await remove((await find(action))!);
      return () => world.job('plan.comments', '2026-11-29T03:30:00Z');
    },
  },
];

const remark = { action, comment: 'c0ffee00' };

async function said(world: World): Promise<void> {
  await world.asks(api.saveAction, {
    who: priya,
    params: { action },
    body: { ...room, owners: room.owners.slice(0, 1), due: null },
    ifMatch: null,
  });
  const body = { id: remark.comment, text: `Is it there, @${ben.name}?`, mentions: [ben.id] };
  await world.asks(api.commentOnAction, { who: priya, params: { action }, body });
}

async function told(world: World): Promise<void> {
  await said(world);
  world.clock.moveTo(morning);
  await world.job('morning.wishes', morning);
}
