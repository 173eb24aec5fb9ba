import { api } from '../../../domain/api.ts';
import type { ResourceView } from '../../../domain/library/api.ts';
import { ann, priya, type World } from '../../support/breaking-world.ts';
import type { Scene } from './scene.ts';

const template = {
  title: 'Template for SPC charts',
  url: 'https://example.org/spc',
  when: 'When a board asks whether it got better',
  topics: ['SPC'],
};

/** On Mondays the card of the week comes, and nothing beside it. */
const tuesday = '2027-01-05T09:00:00Z';

async function added(world: World): Promise<ResourceView> {
  const answer = await world.asks(api.addResource, { who: ann, body: template });
  return (answer as { readonly resource: ResourceView }).resource;
}

/** Those who coordinate have been asked whether it is still right. */
async function askedAbout(world: World): Promise<ResourceView> {
  const resource = await added(world);
  world.clock.moveTo(tuesday);
  await world.job('morning.wishes', tuesday);
  return resource;
}

export const libraryScenes: readonly Scene[] = [
  {
    of: 'job morning.wishes',
    when: 'something in the library is to be looked at',
    async prepare(world) {
      await added(world);
      world.clock.moveTo(tuesday);
      return () => world.job('morning.wishes', tuesday);
    },
  },
  {
    of: 'press library.check',
    when: 'somebody was asked whether it is right',
    async prepare(world) {
      const { id } = await askedAbout(world);
      return () => world.press('library.check', priya, { resource: id, still: 'right', month: '2027-01' });
    },
  },
  {
    of: 'press library.stop',
    when: 'somebody was asked',
    prepare: async world => () => world.press('library.stop', priya),
  },
  {
    of: 'press library.resume',
    when: 'messages were stopped',
    async prepare(world) {
      await world.press('library.stop', priya);
      return () => world.press('library.resume', priya);
    },
  },
  {
    of: 'submit library.add',
    when: 'a message has a link',
    prepare: async world => () =>
      world.submit('library.add', {
        who: ann,
        message: { text: template.url, author: 'Ben', link: 'https://teams.example/1' },
        data: { urls: template.url, title: template.title, when: template.when },
      }),
  },
  { of: 'ask addResource', when: 'it is new', prepare: async world => () => added(world) },
  {
    of: 'ask saveResource',
    when: 'it gets other words',
    async prepare(world) {
      const { id, etag } = await added(world);
      const body = { title: 'SPC template', when: template.when, topics: [] };
      return () => world.asks(api.saveResource, { who: ann, params: { resource: id }, body, ifMatch: etag });
    },
  },
  {
    of: 'ask checkResource',
    when: 'it is new',
    async prepare(world) {
      const { id } = await added(world);
      return () => world.asks(api.checkResource, { who: ann, params: { resource: id }, body: { still: 'right' } });
    },
  },
  {
    of: 'ask removeResource',
    when: 'it was opened before',
    async prepare(world) {
      const { id, etag } = await added(world);
      await world.asks(api.useResource, { who: priya, params: { resource: id } });
      return () => world.asks(api.removeResource, { who: ann, params: { resource: id }, ifMatch: etag });
    },
  },
];
