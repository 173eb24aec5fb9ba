import { api } from '../../../domain/api.ts';
import type { QuestionView } from '../../../domain/agenda/api.ts';
import { ann, people, priya, type World } from '../../support/breaking-world.ts';
import type { Scene } from './scene.ts';

const ben = people[1]!;
const question = 'spc-template';
const event = 'chart-surgery-1';
const template = { title: 'Who has a template for SPC charts?', details: '', topics: ['SPC'] };
const surgery = {
  ...{ title: 'Chart surgery', kind: 'learning', activity: null, day: '2026-11-26', time: '15:00', minutes: 60 },
  ...{ mode: 'online', place: '', link: null, audience: 'everybody', named: [], hosts: [], agenda: [] },
  ...{ keep: '', change: '', summary: '', recording: null },
};

/** Ann asks, and Ben can help. */
async function asked(world: World): Promise<string> {
  await world.asks(api.saveQuestion, { who: ann, params: { question }, body: template, ifMatch: null });
  await world.asks(api.voiceQuestion, { who: ben, params: { question }, body: { says: 'can-help' } });
  const view = (await world.asks(api.moveQuestion, {
    who: ann,
    params: { question },
    body: { to: 'parked' },
  })) as QuestionView;
  return view.etag;
}

/** There is something to choose from. */
async function several(world: World): Promise<void> {
  await asked(world);
  const body = { title: 'Which software?', details: '', topics: [] };
  await world.asks(api.saveQuestion, { who: ben, params: { question: 'another-one' }, body, ifMatch: null });
}

export const agendaScenes: readonly Scene[] = [
  {
    of: 'job morning.wishes',
    when: 'somebody can help with a question, and it has an answer',
    async prepare(world) {
      await asked(world);
      await world.asks(api.answerQuestion, {
        who: ben,
        params: { question },
        body: { answer: 'It is in Files', resource: null },
      });
      return () => world.job('morning.wishes', '2026-11-25T09:00:00Z');
    },
  },
  {
    of: 'press agenda.voice',
    when: 'somebody else asks the same',
    async prepare(world) {
      await asked(world);
      return () => world.press('agenda.voice', priya, { question, says: 'me-too' });
    },
  },
  {
    of: 'press agenda.park',
    when: 'the bot knows no answer',
    prepare: async world => () => world.press('agenda.park', ann, { question: 'Who knows Excel?' }),
  },
  {
    of: 'press agenda.park',
    when: 'somebody else has asked it',
    async prepare(world) {
      await asked(world);
      return () => world.press('agenda.park', priya, { question: template.title });
    },
  },
  {
    of: 'press agenda.answer',
    when: 'it is open',
    async prepare(world) {
      await asked(world);
      return () => world.press('agenda.answer', ben, { question, answer: 'It is in Files' });
    },
  },
  {
    of: 'press agenda.ask',
    when: 'there is something to choose from',
    async prepare(world) {
      await several(world);
      const month = world.clock.now().toISOString().slice(0, 7);
      return () => world.press('agenda.ask', priya, { month });
    },
  },
  {
    of: 'press agenda.stop',
    when: 'somebody offered to help',
    prepare: async world => () => world.press('agenda.stop', ann),
  },
  {
    of: 'press agenda.resume',
    when: 'messages were stopped',
    async prepare(world) {
      await world.press('agenda.stop', ann);
      return () => world.press('agenda.resume', ann);
    },
  },
  {
    of: 'submit agenda.keep',
    when: 'a message asks something',
    prepare: async world => () =>
      world.submit('agenda.keep', {
        who: ann,
        message: { text: 'Who has a template?', author: 'Ben', link: 'https://teams.example/1' },
        data: { question, title: 'Who has a template?' },
      }),
  },
  {
    of: 'ask saveQuestion',
    when: 'it is new',
    prepare: async world => () =>
      world.asks(api.saveQuestion, { who: ann, params: { question }, body: template, ifMatch: null }),
  },
  {
    of: 'ask saveQuestion',
    when: 'it gets other words',
    async prepare(world) {
      const ifMatch = await asked(world);
      const body = { ...template, title: 'Who has an SPC template?' };
      return () => world.asks(api.saveQuestion, { who: ann, params: { question }, body, ifMatch });
    },
  },
  {
    of: 'ask moveQuestion',
    when: 'it is parked',
    async prepare(world) {
      await asked(world);
      return () => world.asks(api.moveQuestion, { who: ann, params: { question }, body: { to: 'next' } });
    },
  },
  {
    of: 'ask planQuestion',
    when: 'an event is to come',
    async prepare(world) {
      await asked(world);
      await world.asks(api.saveEvent, { who: priya, params: { event }, body: surgery, ifMatch: null });
      return () => world.asks(api.planQuestion, { who: priya, params: { question }, body: { event } });
    },
  },
  {
    of: 'ask sendScouts',
    when: 'it is open',
    async prepare(world) {
      await asked(world);
      const body = { scouts: [ben.id], backOn: '2026-12-01' };
      return () => world.asks(api.sendScouts, { who: ann, params: { question }, body });
    },
  },
  {
    of: 'ask answerQuestion',
    when: 'it is open',
    async prepare(world) {
      await asked(world);
      const body = { answer: 'It is in Files', resource: null };
      return () => world.asks(api.answerQuestion, { who: ben, params: { question }, body });
    },
  },
  {
    of: 'ask voiceQuestion',
    when: 'somebody takes back that they can help',
    async prepare(world) {
      await asked(world);
      return () => world.asks(api.voiceQuestion, { who: ben, params: { question }, body: { says: null } });
    },
  },
  {
    of: 'ask removeQuestion',
    when: 'somebody else asked it',
    async prepare(world) {
      const ifMatch = await asked(world);
      return () => world.asks(api.removeQuestion, { who: priya, params: { question }, ifMatch });
    },
  },
];
