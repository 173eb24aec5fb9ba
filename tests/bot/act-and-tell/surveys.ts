import { api } from '../../../domain/api.ts';
import { templates } from '../../support/method-text.ts';
import type { SurveyDraft } from '../../../domain/surveys/survey.ts';
import { failureOf } from '../../support/requests.ts';
import { ann, here, people, priya, type World } from '../../support/breaking-world.ts';
import { morning, type Scene } from './scene.ts';

const survey = 'pulse-2026-11';
const { title, intro, questions } = templates.find(({ id }) => id === 'pulse')!;
const draft: SurveyDraft = {
  title,
  intro,
  questions: [...questions],
  anonymous: true,
  audience: 'members',
  event: null,
  tellsResults: false,
  everyQuarter: false,
  repeats: null,
  opensOn: '2026-11-23',
  closesOn: '2026-11-29',
};
const sheet = { worth: 4, safe: 5, change: 1 };
const inputs = { 'q-worth': '4', 'q-safe': '5', 'q-change': '1' };
const check = (world: World, moment: string) => () => world.job('surveys.check', moment);

const morningOf = (world: World, moment: string) => {
  world.clock.moveTo(moment);
  return () => world.job('morning.wishes', moment);
};

/** It is Monday, and the survey is open. */
async function opened(world: World, change: Partial<SurveyDraft> = {}): Promise<void> {
  await world.asks(api.planSurvey, { who: priya, params: { survey }, body: { ...draft, ...change } });
}
async function answered(world: World): Promise<void> {
  for (const who of people)
    await world.asks(api.answerSurvey, { who, params: { survey }, body: { sheet, token: null } });
}
async function closed(world: World): Promise<void> {
  await opened(world);
  await answered(world);
  world.clock.moveTo('2026-11-30T09:00:00Z');
  await world.job('surveys.check', '2026-11-30T09:00:00Z');
}

const kinds = [
  ['anonymous', true],
  ['with names', false],
] as const;

export const surveysScenes: readonly Scene[] = [
  {
    of: 'job surveys.check',
    when: 'one opens',
    async prepare(world) {
      world.clock.moveTo('2026-11-22T09:00:00Z');
      await opened(world);
      world.clock.moveTo(morning);
      return check(world, morning);
    },
  },
  {
    of: 'job surveys.check',
    when: 'one in the channel closes before the next open day is over',
    async prepare(world) {
      await opened(world, { audience: 'channel' });
      world.clock.moveTo('2026-11-27T09:00:00Z');
      return check(world, '2026-11-27T09:00:00Z');
    },
  },
  {
    of: 'job morning.wishes',
    when: 'a survey comes into people’s chats',
    async prepare(world) {
      world.clock.moveTo('2026-11-22T09:00:00Z');
      await opened(world, { opensOn: '2026-11-24' });
      return morningOf(world, '2026-11-24T09:00:00Z');
    },
  },
  {
    of: 'job morning.wishes',
    when: 'a survey reminds',
    async prepare(world) {
      await opened(world);
      await morningOf(world, '2026-11-24T09:00:00Z')();
      return morningOf(world, '2026-11-27T09:00:00Z');
    },
  },
  {
    of: 'job morning.wishes',
    when: 'a survey has been counted',
    async prepare(world) {
      await closed(world);
      return morningOf(world, '2026-12-01T09:00:00Z');
    },
  },
  ...kinds.map(
    ([kind, anonymous]): Scene => ({
      of: 'job surveys.check',
      when: `one that is ${kind} has closed`,
      async prepare(world) {
        await opened(world, { anonymous });
        await answered(world);
        world.clock.moveTo('2026-11-30T09:00:00Z');
        return check(world, '2026-11-30T09:00:00Z');
      },
    }),
  ),
  {
    of: 'job surveys.check',
    when: 'the answers of an open one are lost',
    async prepare(world) {
      await opened(world);
      await answered(world);
      await world.box.destroy(here.id, survey);
      world.clock.moveTo('2026-11-25T09:00:00Z');
      return check(world, '2026-11-25T09:00:00Z');
    },
  },
  ...kinds.map(
    ([kind, anonymous]): Scene => ({
      of: 'press surveys.answer',
      when: `it is ${kind}`,
      async prepare(world) {
        await opened(world, { anonymous });
        return () => world.press('surveys.answer', ann, { survey, ...inputs });
      },
    }),
  ),
  {
    of: 'press surveys.change',
    when: 'it carries a name',
    onlyShows: true,
    async prepare(world) {
      await opened(world, { anonymous: false });
      await answered(world);
      return () => world.press('surveys.change', ann, { survey });
    },
  },
  {
    of: 'press surveys.share',
    when: 'it has closed',
    async prepare(world) {
      await closed(world);
      return () => world.press('surveys.share', priya, { survey });
    },
  },
  {
    of: 'press surveys.write',
    when: 'it is to open tomorrow',
    async prepare(world) {
      world.clock.moveTo(morning);
      return () => world.press('surveys.write', priya, { survey, template: 'pulse', opensOn: '2026-11-24' });
    },
  },
  {
    of: 'press surveys.again',
    when: 'a quarter has passed',
    async prepare(world) {
      await opened(world, { everyQuarter: true });
      await check(world, '2026-11-30T09:00:00Z')();
      world.clock.moveTo('2027-02-23T09:00:00Z');
      return () => world.press('surveys.again', priya, { survey, opensOn: '2027-02-24' });
    },
  },
  {
    of: 'ask repeatSurvey',
    when: 'it was to be asked every quarter',
    async prepare(world) {
      await opened(world, { everyQuarter: true });
      return () => world.asks(api.repeatSurvey, { who: priya, params: { survey }, body: { everyQuarter: false } });
    },
  },
  {
    of: 'press surveys.stop',
    when: 'a survey is open',
    async prepare(world) {
      await opened(world);
      return () => world.press('surveys.stop', ann);
    },
  },
  {
    of: 'press surveys.resume',
    when: 'messages were stopped',
    async prepare(world) {
      await world.press('surveys.stop', ann);
      return () => world.press('surveys.resume', ann);
    },
  },
  {
    of: 'ask planSurvey',
    when: 'it opens today',
    async prepare(world) {
      return () => opened(world);
    },
  },
  {
    of: 'ask changeSurvey',
    when: 'it is to open today',
    async prepare(world) {
      const body = { ...draft, opensOn: '2026-11-24' };
      const { etag } = (await world.asks(api.planSurvey, { who: priya, params: { survey }, body })) as { etag: string };
      return () => world.asks(api.changeSurvey, { who: priya, params: { survey }, body: draft, ifMatch: etag });
    },
  },
  ...kinds.map(
    ([kind, anonymous]): Scene => ({
      of: 'ask closeSurvey',
      when: `it is ${kind}`,
      async prepare(world) {
        await opened(world, { anonymous });
        await answered(world);
        world.clock.moveTo('2026-11-25T09:00:00Z');
        return () => world.asks(api.closeSurvey, { who: priya, params: { survey } });
      },
    }),
  ),
  {
    of: 'ask closeSurvey',
    when: 'it is planned, which takes it back',
    async prepare(world) {
      await opened(world, { opensOn: '2026-11-24' });
      return () => world.asks(api.closeSurvey, { who: priya, params: { survey } });
    },
  },
  {
    of: 'ask answerSurvey',
    when: 'it carries a name',
    async prepare(world) {
      await opened(world, { anonymous: false });
      return () => world.asks(api.answerSurvey, { who: ann, params: { survey }, body: { sheet, token: null } });
    },
  },
  {
    of: 'ask answerSurvey',
    when: 'it is anonymous',
    async prepare(world) {
      await opened(world);
      const answer = () => world.asks(api.answerSurvey, { who: ann, params: { survey }, body: { sheet, token: null } });
      // Who answered is known, what they answered is not: an answer that was kept already is neither kept twice nor
      // shown.
      return async () => {
        const { voters } = (await world.box.look(here.id, survey)) as { readonly voters: ReadonlySet<string> };
        return voters.has(ann.id) ? failureOf(answer()) : answer();
      };
    },
  },
  {
    of: 'ask trySurvey',
    when: 'it is a draft',
    async prepare(world) {
      return () => world.asks(api.trySurvey, { who: priya, params: { survey }, body: draft });
    },
  },
  {
    of: 'ask shareSurvey',
    when: 'it has closed',
    async prepare(world) {
      await closed(world);
      return () => world.asks(api.shareSurvey, { who: priya, params: { survey } });
    },
  },
];
