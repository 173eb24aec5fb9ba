import { api } from '../../../domain/api.ts';
import type { DigestView } from '../../../domain/digest/api.ts';
import { noWords, type DigestAudience, type DigestWords } from '../../../domain/digest/digest.ts';
import { helen, here, priya, there, type World } from '../../support/breaking-world.ts';
import type { Scene } from './scene.ts';

const words: DigestWords = { ...noWords, intro: 'A good month.', ask: 'Open our meeting?', times: ['Tuesday, 14:00'] };
const sent = 'sponsor/now-2026-11-24';
const reply = { digest: sent, choice: 'talk', times: '0', text: 'Gladly.' };
const due = '2026-12-01T09:00:00Z';

async function sponsored(world: World, where = here): Promise<void> {
  await world.asks(
    api.giveRole,
    {
      who: priya,
      params: { role: 'sponsor' },
      body: { person: { id: helen.id }, term: { since: '2026-01-01', until: null, note: '' } },
    },
    where,
  );
}
/** Nobody in the team sponsors: somebody outside does. */
async function sponsoredFromOutside(world: World): Promise<void> {
  const person = { name: 'Sir Humphrey', mail: 'humphrey@example.org' };
  const term = { since: '2026-01-01', until: null, note: '' };
  await world.asks(api.giveRole, { who: priya, params: { role: 'sponsor' }, body: { person, term } });
}
async function written(world: World, change: Partial<DigestWords> = {}): Promise<void> {
  const { drafts } = (await world.asks(api.digest, { who: priya })) as DigestView;
  const ifMatch = drafts.find(({ audience }) => audience === 'sponsor')?.etag ?? null;
  await world.asks(api.saveDigest, {
    who: priya,
    params: { audience: 'sponsor' },
    body: { ...words, ...change },
    ifMatch,
  });
}
async function told(world: World): Promise<void> {
  for (const where of [here, there]) {
    world.clock.moveTo('2026-11-26T09:00:00Z');
    await world.job('digest.check', '2026-11-26T09:00:00Z', where);
  }
}
async function hasGoneOut(world: World): Promise<void> {
  await sponsored(world);
  world.clock.moveTo('2026-11-24T10:00:00Z');
  await written(world);
  await world.asks(api.sendDigest, { who: priya, params: { audience: 'sponsor' } });
  world.clock.moveTo('2026-11-24T11:00:00Z');
}
function check(world: World, moment = due): () => Promise<void> {
  world.clock.moveTo(moment);
  return () => world.job('digest.check', moment);
}

export const digestScenes: readonly Scene[] = [
  {
    of: 'job digest.check',
    when: 'drafts wait for the coordinators',
    async prepare(world) {
      await sponsored(world);
      return check(world, '2026-11-26T09:00:00Z');
    },
  },
  {
    of: 'job digest.check',
    when: 'digests are due',
    async prepare(world) {
      await sponsored(world);
      await told(world);
      await written(world);
      return check(world);
    },
  },
  {
    of: 'job digest.check',
    when: 'digests are due, and the sponsor has two communities',
    // One that cannot be had in time for the card they share comes in a card of its own: each once, in one card or in
    // two.
    matters: world => ({
      told: world.messenger.posted
        .filter(({ kind, to }) => kind === 'digest.sponsor' && to === helen.id)
        .flatMap(({ card }) => [here, there].filter(({ name }) => JSON.stringify(card).includes(name)))
        .map(({ name }) => name)
        .toSorted(),
    }),
    async prepare(world) {
      await sponsored(world);
      await sponsored(world, there);
      await told(world);
      const here = check(world);
      // The other community has its own job, on the same morning.
      return async () => {
        await here();
        await world.job('digest.check', due, there);
      };
    },
  },
  {
    of: 'job digest.check',
    when: 'a digest is due that somebody has to pass on by hand',
    async prepare(world) {
      await sponsoredFromOutside(world);
      await told(world);
      return check(world);
    },
  },
  {
    of: 'job digest.check',
    when: 'somebody chose this day',
    async prepare(world) {
      await sponsored(world);
      await written(world, { sendOn: '2026-11-24' });
      return check(world, '2026-11-24T09:00:00Z');
    },
  },
  {
    of: 'job digest.check',
    when: 'somebody chose this day for what is about to go out',
    async prepare(world) {
      await sponsored(world);
      await written(world, { sendOn: '2026-11-27' });
      return check(world, '2026-11-27T09:00:00Z');
    },
  },
  {
    of: 'press digest.reply',
    when: 'the sponsor answers',
    async prepare(world) {
      await hasGoneOut(world);
      return () => world.press('digest.reply', helen, reply);
    },
  },
  {
    of: 'press digest.reply',
    when: 'the sponsor answers what another community’s card brought along',
    async prepare(world) {
      for (const where of [here, there]) await sponsored(world, where);
      await told(world);
      await check(world)();
      const digest = 'sponsor/2026-11';
      world.clock.moveTo('2026-12-01T10:00:00Z');
      const data = { digest, about: `${there.id} ${digest}`, as: 'word', text: 'Well done.' };
      return () => world.press('digest.reply', helen, data);
    },
  },
  {
    of: 'press digest.again',
    when: 'the sponsor has answered',
    onlyShows: true,
    async prepare(world) {
      await hasGoneOut(world);
      await world.press('digest.reply', helen, reply);
      return () => world.press('digest.again', helen, { digest: sent });
    },
  },
  {
    of: 'press digest.stop',
    when: 'a digest has gone out',
    async prepare(world) {
      await hasGoneOut(world);
      return () => world.press('digest.stop', helen, { digest: sent });
    },
  },
  {
    of: 'press digest.resume',
    when: 'messages were stopped',
    async prepare(world) {
      await hasGoneOut(world);
      await world.press('digest.stop', helen, { digest: sent });
      return () => world.press('digest.resume', helen, { digest: sent });
    },
  },
  {
    of: 'ask previewDigest',
    when: 'somebody types',
    onlyShows: true,
    async prepare(world) {
      await sponsored(world);
      return () => world.asks(api.previewDigest, { who: priya, params: { audience: 'sponsor' }, body: words });
    },
  },
  {
    of: 'ask saveDigest',
    when: 'words are written',
    async prepare(world) {
      await sponsored(world);
      const params = { audience: 'sponsor' };
      return () => world.asks(api.saveDigest, { who: priya, params, body: words, ifMatch: null });
    },
  },
  ...(['sponsor', 'members'] as const).map(
    (audience: DigestAudience): Scene => ({
      of: 'ask sendDigest',
      when: `to the ${audience}`,
      async prepare(world) {
        await sponsored(world);
        await written(world);
        return () => world.asks(api.sendDigest, { who: priya, params: { audience } });
      },
    }),
  ),
  {
    of: 'ask sendDigest',
    when: 'what is about to go out',
    async prepare(world) {
      await sponsored(world);
      await told(world);
      await written(world);
      return () => world.asks(api.sendDigest, { who: priya, params: { audience: 'sponsor' } });
    },
  },
];
