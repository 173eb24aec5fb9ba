import { api } from '../../../domain/api.ts';
import type { RolesView } from '../../../domain/roles/api.ts';
import { ann, here, omar, people, priya, type World } from '../../support/breaking-world.ts';
import type { Scene } from './scene.ts';

const role = 'member-support';
const term = { since: '2026-01-01', until: '2026-12-10', note: 'Fridays' };
const ben = people[1]!;

async function offered(world: World, of = role): Promise<void> {
  await world.press('roles.volunteer', ann, { role: of, note: 'I can.' });
  world.clock.moveTo('2026-11-24T10:00:00Z');
}
async function held(world: World, of = role): Promise<void> {
  await world.asks(api.giveRole, { who: priya, params: { role: of }, body: { person: { id: ann.id }, term } });
  world.clock.moveTo('2026-11-25T09:00:00Z');
}
/** It ends in two weeks, and those who decide have been asked. */
async function ending(world: World): Promise<void> {
  await held(world);
  await world.job('morning.wishes', '2026-11-25T09:00:00Z');
  world.clock.moveTo('2026-11-25T10:00:00Z');
}
async function ownRole(world: World): Promise<string | null> {
  const body = { title: 'Tea', purpose: 'Hot.' };
  const { roles } = (await world.asks(api.addRole, { who: priya, body })) as RolesView;
  world.clock.moveTo('2026-11-24T10:00:00Z');
  return roles.find(({ id }) => id === 'own-tea')?.etag ?? null;
}

const offer = { role, person: ann.id };
const end = { ...offer, until: term.until };
/** The copy of the settings in SharePoint decides nothing; where it could not be written, the daily check does. */
const copied = { later: async (world: World) => world.job('settings.copy', '2026-11-26T03:00:00Z') };
const roles = [
  [role, 'a role'],
  ['coordinator', 'the role of coordinator'],
] as const;

export const rolesScenes: readonly Scene[] = [
  {
    of: 'press roles.thank',
    when: 'somebody gave a role up',
    async prepare(world) {
      await held(world);
      await world.press('roles.stepDown', ann, { role });
      const [row] = await world.lists.of(here.id).roles.all();
      return () => world.press('roles.thank', priya, { role, holding: row?.value.key });
    },
  },
  {
    of: 'job morning.wishes',
    when: 'roles are free, and a term ends',
    async prepare(world) {
      await held(world);
      return () => world.job('morning.wishes', '2026-11-25T09:00:00Z');
    },
  },
  {
    of: 'press roles.volunteer',
    when: 'a member offers',
    prepare: async world => () => world.press('roles.volunteer', ann, { role, note: 'I can.' }),
  },
  {
    of: 'press roles.volunteer',
    when: 'a coordinator takes it on',
    prepare: async world => () => world.press('roles.volunteer', priya, { role, note: '' }),
  },
  {
    of: 'press roles.stepDown',
    when: 'an offer is taken back',
    async prepare(world) {
      await offered(world);
      return () => world.press('roles.stepDown', ann, { role });
    },
  },
  {
    of: 'press roles.volunteer',
    when: 'a team owner takes on the role of coordinator',
    ...copied,
    prepare: async world => () => world.press('roles.volunteer', omar, { role: 'coordinator', note: '' }),
  },
  {
    of: 'press roles.stepDown',
    when: 'the settings alone say who coordinates',
    ...copied,
    async prepare(world) {
      await world.happens('appInstalled', { by: priya });
      return () => world.press('roles.stepDown', priya, { role: 'coordinator' });
    },
  },
  ...roles.flatMap(([id, what]): readonly Scene[] => [
    {
      of: 'press roles.stepDown',
      when: `somebody holds ${what}`,
      ...copied,
      async prepare(world) {
        await held(world, id);
        return () => world.press('roles.stepDown', ann, { role: id });
      },
    },
    {
      of: 'press roles.accept',
      when: `somebody offered to take on ${what}`,
      ...copied,
      async prepare(world) {
        await offered(world, id);
        return () => world.press('roles.accept', priya, { ...offer, role: id });
      },
    },
    {
      of: 'ask giveRole',
      when: `somebody offered to take on ${what}`,
      ...copied,
      async prepare(world) {
        await offered(world, id);
        const body = { person: { id: ann.id }, term };
        return () => world.asks(api.giveRole, { who: priya, params: { role: id }, body });
      },
    },
    {
      of: 'ask endHolding',
      when: `somebody holds ${what}`,
      ...copied,
      async prepare(world) {
        await held(world, id);
        return () => world.asks(api.endHolding, { who: priya, params: { ...offer, role: id } });
      },
    },
  ]),
  {
    of: 'press roles.decline',
    when: 'somebody offered',
    async prepare(world) {
      await offered(world);
      return () => world.press('roles.decline', priya, offer);
    },
  },
  {
    of: 'press roles.renew',
    when: 'a term ends',
    async prepare(world) {
      await ending(world);
      return () => world.press('roles.renew', priya, end);
    },
  },
  {
    of: 'press roles.end',
    when: 'a term ends',
    async prepare(world) {
      await ending(world);
      return () => world.press('roles.end', priya, { ...end, sure: 'yes' });
    },
  },
  {
    of: 'press roles.end',
    when: 'a term ends, and it asks whether they are sure',
    onlyShows: true,
    async prepare(world) {
      await ending(world);
      return () => world.press('roles.end', priya, end);
    },
  },
  {
    of: 'press roles.reopen',
    when: 'it was ended by mistake',
    async prepare(world) {
      await ending(world);
      await world.press('roles.end', priya, { ...end, sure: 'yes' });
      return () => world.press('roles.reopen', priya, end);
    },
  },
  {
    of: 'press roles.show',
    when: 'a member has offered',
    onlyShows: true,
    async prepare(world) {
      await offered(world);
      return () => world.press('roles.show', priya, offer);
    },
  },
  {
    of: 'ask volunteer',
    when: 'a member offers',
    prepare: async world => () => world.asks(api.volunteer, { who: ann, params: { role }, body: { note: 'I can.' } }),
  },
  {
    of: 'ask stepDown',
    when: 'somebody holds a role',
    async prepare(world) {
      await held(world);
      return () => world.asks(api.stepDown, { who: ann, params: { role } });
    },
  },
  {
    of: 'ask acceptVolunteer',
    when: 'somebody offered',
    async prepare(world) {
      await offered(world);
      return () => world.asks(api.acceptVolunteer, { who: priya, params: offer });
    },
  },
  {
    of: 'ask endHolding',
    when: 'somebody offered',
    async prepare(world) {
      await offered(world);
      return () => world.asks(api.endHolding, { who: priya, params: offer });
    },
  },
  {
    of: 'ask saveTerm',
    when: 'those who decide have been asked about it',
    async prepare(world) {
      await ending(world);
      const view = (await world.asks(api.roles, { who: priya })) as RolesView;
      const ifMatch = view.roles.find(({ id }) => id === role)?.holders[0]?.etag ?? null;
      const body = { ...term, until: '2027-12-10' };
      return () => world.asks(api.saveTerm, { who: priya, params: offer, body, ifMatch });
    },
  },
  {
    of: 'ask addRole',
    when: 'the community invents one',
    prepare: async world => () => world.asks(api.addRole, { who: priya, body: { title: 'Tea', purpose: 'Hot.' } }),
  },
  {
    of: 'ask changeRole',
    when: 'it is the community’s own',
    async prepare(world) {
      const ifMatch = await ownRole(world);
      const body = { title: 'Tea', purpose: 'Hot and strong.' };
      return () => world.asks(api.changeRole, { who: priya, params: { role: 'own-tea' }, body, ifMatch });
    },
  },
  {
    of: 'ask removeRole',
    when: 'it is the community’s own',
    async prepare(world) {
      await ownRole(world);
      return () => world.asks(api.removeRole, { who: priya, params: { role: 'own-tea' } });
    },
  },
  ...(['confirm', 'put-back'] as const).map(
    (decision): Scene => ({
      of: 'ask settleRolesByHand',
      when: decision,
      async prepare(world) {
        for (const { id, name } of [ann, ben]) {
          await world.lists.byHand(here.id, 'roles', {
            key: `sponsor/${id}/2026-01-01`,
            role: 'sponsor',
            person: { id, name, mail: null },
            ...term,
            state: 'accepted',
            changedBy: { id, name },
            changedAt: '2026-01-01T09:00:00Z',
          });
        }
        const { byHand = [] } = (await world.asks(api.roles, { who: priya })) as RolesView;
        const body = { decision, rows: byHand.map(({ key, etag }) => ({ key, etag })) };
        return () => world.asks(api.settleRolesByHand, { who: priya, body });
      },
    }),
  ),
];
