import { api } from '../../domain/api.ts';
import type { CharterView } from '../../domain/charter/api.ts';
import type { DigestView } from '../../domain/digest/api.ts';
import type { SettingsView } from '../../domain/settings/api.ts';
import { surveyTemplates, templateIn, type SurveyTemplate } from '../../domain/surveys/method.ts';
import surveyWords from '../../domain/surveys/text.en.json' with { type: 'json' };
import { createTexts } from '../../bot/text.ts';
import { isMember } from '../local/directory.ts';
import { sampleTeam } from '../local/sample-people.ts';
import { actorNamed } from './cast.ts';
import { later, quietTimes } from './days.ts';
import type { DiaryKeeper } from './diary.ts';
import type { World } from './world.ts';
import type { AnyEndpoint } from '../../domain/endpoint.ts';

/** Actions that come up in the year: in which week, whose they are, and how many days later they are due. */
const plannedActions = [
  [4, 'Send round the dates of the spring meetings', 'Gwen', 12],
  [6, 'Draw the falls report as one line for the January meeting', 'Daniel', 25],
  [9, 'Put three before-and-after examples on the shelf', 'Mei-Ling', 18],
  [11, 'Ask Jonas what was hard about his first chart', 'Nadia', 6],
  [15, 'Write up the bed report story', 'Sofía', 20],
  [18, 'Find somebody who can show a funnel plot', 'Aroha', 10],
  [22, 'Print the sketch sheets for the summer meeting', 'Yusuf', 14],
  [26, 'Invite two wards to the June meeting', 'Elena', 16],
  [31, 'Check which examples on the shelf are still right', 'Kofi', 21],
  [36, 'Draft the autumn letter to everybody', 'Nadia', 19],
  [43, 'Choose the report to redraw in the new year', 'Amara', 23],
] as const;

/** Surveys of the year: in which week, from which template, and how many days after Sunday it opens. */
const plannedSurveys = [
  [6, 'energy', 6],
  [13, 'event', 4],
  [20, 'pulse', 2],
  [30, 'tools', 1],
  [45, 'pulse', 3],
] as const satisfies readonly (readonly [number, SurveyTemplate['id'], number])[];

/** When the coordinator writes a section that nobody has written yet. */
const sectionsWrittenIn = [10, 29];

/** Weeks in which the coordinator looks at the sponsor's draft and asks for something. */
const wordsWrittenIn = [31];

/** What the coordinator does in the tab in the course of the year. */
export interface Programme {
  begin(): Promise<void>;
  /** On the first day of a week, a Sunday. */
  week(week: number, day: string): Promise<void>;
}

export function createProgramme(world: World, diary: DiaryKeeper): Programme {
  const priya = actorNamed('Priya');

  async function must<Answer>(endpoint: AnyEndpoint, options: Parameters<World['ask']>[2]): Promise<Answer> {
    const { status, body } = await world.ask<Answer>(priya.id, endpoint, options);
    if (status !== 200) throw new Error(`${endpoint.method} ${endpoint.path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }
  function isThere(name: string): boolean {
    const team = world.microsoft365.directory.team(sampleTeam.id);
    return team !== undefined && isMember(team, actorNamed(name).id);
  }
  async function told(what: string): Promise<void> {
    await world.settled();
    diary.note(priya.id, what);
    await diary.collect('act', priya.id);
  }

  async function addAction(index: number, day: string): Promise<void> {
    const [, title, name, days] = plannedActions[index]!;
    const owner = actorNamed(name);
    await must(api.saveAction, {
      params: { action: `year-${String(index).padStart(4, '0')}` },
      etag: null,
      body: {
        title,
        owners: isThere(name) ? [{ id: owner.id, name: owner.fullName }] : [],
        due: later(day, days),
        state: 'to-do',
        weight: 'baseline',
        aim: null,
        notes: '',
      },
    });
    await told(`adds the action ${title}`);
  }

  async function planSurvey(index: number, day: string): Promise<void> {
    const [, id, days] = plannedSurveys[index]!;
    const t = createTexts({ surveys: { en: surveyWords } }).for('surveys', 'en');
    const template = surveyTemplates.find(one => one.id === id)!;
    const { title, intro, questions, anonymous, audience } = templateIn(t, template);
    const opensOn = later(day, days);
    await must(api.planSurvey, {
      params: { survey: `year-${index}-${id}` },
      body: {
        title,
        intro,
        questions,
        anonymous,
        audience,
        tellsResults: true,
        opensOn,
        closesOn: later(opensOn, template.days),
      },
    });
    await told(`plans the survey ${title}`);
  }

  async function writeSection(): Promise<void> {
    const { sections } = await must<CharterView>(api.charter, {});
    const empty = sections.find(({ text }) => text === '');
    if (!empty) return;
    await must(api.saveSection, {
      params: { section: empty.id },
      etag: empty.etag,
      body: { text: 'We wrote this together in a meeting, and we will look at it again next year.' },
    });
    await told(`writes the section ${empty.id}`);
  }

  async function writeDigestWords(): Promise<void> {
    const { drafts } = await must<DigestView>(api.digest, {});
    const draft = drafts.find(({ audience }) => audience === 'sponsor');
    await must(api.saveDigest, {
      params: { audience: 'sponsor' },
      etag: draft?.etag ?? null,
      body: {
        intro: 'Two wards asked us for help this quarter.',
        ask: 'Would you come to a meeting in the autumn for half an hour?',
        story: '',
        times: ['Tuesday, 14:00', 'Thursday, 10:00'],
        sendOn: null,
      },
    });
    await told('writes words for the sponsor’s digest');
  }

  return {
    async begin() {
      const { body } = await world.ask<SettingsView & { readonly etag: string | null }>(priya.id, api.settings);
      await must(api.saveSettings, {
        etag: body.etag,
        body: {
          ...body.settings,
          country: { code: 'GB', region: 'ENG' },
          quiet: quietTimes,
          digest: { sponsor: 'quarterly', members: 'monthly' },
        },
      });
      await told('says when it is quiet, and chooses a monthly digest for the members');
    },
    async week(week, day) {
      for (const [index, [when]] of plannedActions.entries()) if (when === week) await addAction(index, day);
      for (const [index, [when]] of plannedSurveys.entries()) if (when === week) await planSurvey(index, day);
      if (sectionsWrittenIn.includes(week)) await writeSection();
      if (wordsWrittenIn.includes(week)) await writeDigestWords();
    },
  };
}
