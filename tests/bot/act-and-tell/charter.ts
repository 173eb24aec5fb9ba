import { api } from '../../../domain/api.ts';
import type { SectionView } from '../../../domain/charter/api.ts';
import { ann, priya, type World } from '../../support/breaking-world.ts';
import type { Scene } from './scene.ts';

const tuesday = '2026-11-24T09:00:00Z';
const purpose = { section: 'purpose' };
const asked = { period: 'start', section: 'purpose', question: 'lunch' };
const remark = { ...purpose, comment: 'c0ffee00' };

async function written(world: World): Promise<string | null> {
  const body = { text: 'We help each other.' };
  const view = await world.asks(api.saveSection, { who: priya, params: purpose, body, ifMatch: null });
  return (view as SectionView).etag;
}
async function roundBegan(world: World): Promise<string | null> {
  const etag = await written(world);
  await world.asks(api.askForConsent, { who: priya, body: { until: '2026-11-30' } });
  return etag;
}
async function said(world: World): Promise<void> {
  await world.asks(api.comment, { who: ann, params: purpose, body: { id: remark.comment, text: 'Well said' } });
}
/** It is a line beside the free roles, and shown from there. */
async function questionAsked(world: World): Promise<void> {
  world.clock.moveTo(tuesday);
  await world.job('morning.wishes', tuesday);
  await world.press('morning.show', priya, { wish: 'charter.question', period: asked.period });
}
async function answered(world: World): Promise<void> {
  await questionAsked(world);
  await world.press('charter.answer', priya, { ...asked, answer: 'To learn' });
}
const draft = { draft: `purpose/lunch/${priya.id}` };

export const charterScenes: readonly Scene[] = [
  {
    of: 'job morning.wishes',
    when: 'a section is empty',
    async prepare(world) {
      world.clock.moveTo(tuesday);
      return () => world.job('morning.wishes', tuesday);
    },
  },
  {
    of: 'press charter.answer',
    when: 'a question was asked',
    async prepare(world) {
      await questionAsked(world);
      return () => world.press('charter.answer', priya, { ...asked, answer: 'To learn' });
    },
  },
  {
    of: 'press charter.another',
    when: 'a question was asked',
    async prepare(world) {
      await questionAsked(world);
      return () => world.press('charter.another', priya, asked);
    },
  },
  {
    of: 'press charter.later',
    when: 'a question was asked',
    async prepare(world) {
      await questionAsked(world);
      return () => world.press('charter.later', priya, asked);
    },
  },
  {
    of: 'ask putDraftIn',
    when: 'somebody answered in a card',
    async prepare(world) {
      await answered(world);
      return () => world.asks(api.putDraftIn, { who: priya, params: purpose, body: draft, ifMatch: null });
    },
  },
  {
    of: 'ask dropDraft',
    when: 'somebody answered in a card',
    async prepare(world) {
      await answered(world);
      return () => world.asks(api.dropDraft, { who: priya, params: purpose, body: draft });
    },
  },
  {
    of: 'ask askForConsent',
    when: 'a section is written',
    async prepare(world) {
      await written(world);
      return () => world.asks(api.askForConsent, { who: priya, body: { until: '2026-11-30' } });
    },
  },
  {
    of: 'ask seeCharter',
    when: 'everybody was asked',
    async prepare(world) {
      await roundBegan(world);
      return () => world.asks(api.seeCharter, { who: ann });
    },
  },
  {
    of: 'ask agree',
    when: 'everybody was asked',
    async prepare(world) {
      const ifMatch = await roundBegan(world);
      return () => world.asks(api.agree, { who: ann, params: purpose, body: { agrees: true }, ifMatch });
    },
  },
  {
    of: 'press charter.agree',
    when: 'everybody was asked',
    async prepare(world) {
      await roundBegan(world);
      const [copy] = world.messenger.posted.filter(({ kind }) => kind === 'charter.round');
      const { version } = /"version":"(?<version>[0-9a-f]{64})"/.exec(JSON.stringify(copy?.card))!.groups!;
      return () => world.press('charter.agree', ann, { round: copy?.period, version });
    },
  },
  {
    of: 'press charter.say',
    when: 'everybody was asked',
    async prepare(world) {
      await roundBegan(world);
      const round = world.messenger.posted.find(({ kind }) => kind === 'charter.round')?.period;
      return () => world.press('charter.say', ann, { round, ...purpose, text: 'Well said' });
    },
  },
  {
    of: 'ask comment',
    when: 'there is none',
    prepare: async world => () => said(world),
  },
  {
    of: 'ask removeComment',
    when: 'it is their own',
    async prepare(world) {
      await said(world);
      return () => world.asks(api.removeComment, { who: ann, params: remark });
    },
  },
  {
    of: 'ask settleComment',
    when: 'somebody said something',
    async prepare(world) {
      await said(world);
      return () => world.asks(api.settleComment, { who: priya, params: remark });
    },
  },
];
