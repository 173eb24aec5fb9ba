import type { QuestionView } from '../../domain/agenda/api.ts';
import { api } from '../../domain/api.ts';
import type { CharterView, SectionView } from '../../domain/charter/api.ts';
import type { DeliveryView } from '../../domain/delivery/api.ts';
import type { DigestView } from '../../domain/digest/api.ts';
import type { EventsView, EventView } from '../../domain/events/api.ts';
import type { Event } from '../../domain/events/event.ts';
import type { ResourceView } from '../../domain/library/api.ts';
import type { PlanView, WantedAction } from '../../domain/plan/api.ts';
import type { SettingsView } from '../../domain/settings/api.ts';
import type { SurveysView } from '../../domain/surveys/api.ts';
import type { SectionId } from '../../domain/charter/charter.ts';
import type { Person, Settings } from '../../domain/community.ts';
import type { DigestWords } from '../../domain/digest/digest.ts';
import { surveyTemplates, templateIn } from '../../domain/surveys/method.ts';
import method from '../../domain/surveys/text.en.json' with { type: 'json' };
import { createTexts } from '../../bot/text.ts';
import type { ActionDetails } from '../../domain/plan/details.ts';
import type { Action } from '../../domain/plan/plan.ts';
import { addDays, weekdayOf } from '../../domain/schedule.ts';
import type { Sheet } from '../../domain/surveys/survey.ts';
import type { Microsoft365 } from './microsoft365.ts';
import { named, samplePeople, sampleTeam, sampleZone, seedPeople } from './sample-people.ts';
import { openTab, stepsOf } from './sample-tab.ts';

/**
 * The charter of the sample community, as its coordinators wrote it. The other sections wait for whoever tries things
 * out.
 */
export const sampleCharter: Partial<Record<SectionId, string>> = {
  purpose:
    'We help each other turn figures into stories that people can act on.\n\nA chart nobody understands changes nothing. We want the numbers we work with every day to reach the ward, the board and the patient, and to be **true, clear and kind**.',
  scope:
    'Anything between a table of numbers and a decision: choosing what to show, drawing it, writing about it, presenting it.\n\nNot in scope: building dashboards for teams, and data protection advice. We know who does those well and send people there.',
  aims: '1. Everyone leaves a meeting with one thing to try the same week.\n2. A shelf of before-and-after examples from our own work.\n3. Three teams a year whose regular report was redrawn together.\n4. Newcomers find a first person to ask within a week.',
  members:
    'Open to anybody at Cedar Valley who works with figures or has to explain them: analysts, nurses, managers, librarians, researchers.\n\nCome as often as you can. Reading along is welcome too.',
  'ways-of-working':
    '- We show work in progress, not only finished work.\n- We comment on the chart, not on the person.\n- What is shown here stays here unless its owner says otherwise.\n- Short questions need no introduction: just ask.',
  communication:
    'The channel for questions and finds, one hour together on the first Thursday of the month, and a letter to everybody four times a year.',
};

/** Who holds what in the sample community. Two key roles wait for somebody, and one term is about to end. */
export const sampleRoles = [
  {
    role: 'information-resources',
    who: 'Gwen Pritchard',
    since: -345,
    until: 20,
    note: 'Looks after the shelf of examples, every other Friday.',
  },
  { role: 'sponsor', who: 'Helen Osei', since: -200, until: null, note: 'Meets the coordinators twice a year.' },
  { role: 'critical-friends', who: 'Lars Bergström', since: -60, until: 300, note: '' },
  { role: 'critical-friends', who: 'Sofía Herrera', since: -60, until: 300, note: '' },
] as const;
/** A role of its own, and somebody who offers to take one on. */
export const sampleOwnRole = {
  title: 'Chart doctor',
  purpose: 'Looks at one chart a week that somebody is stuck with, and answers in the channel.',
};
const sampleOffer = {
  role: 'member-support',
  who: 'Amara Okafor',
  note: 'I remember well how lost I felt in my first week.',
};
/** What the owner wrote first, so that the history has something to compare. */
const firstDrafts: Partial<Record<SectionId, string>> = {
  aims: '1. Everyone leaves a meeting with something new.\n2. A shelf of examples from our own work.\n3. Two teams a year whose report was redrawn together.',
};
/** What members said in the sample pulse, which has closed; each stands for one of them. */
const samplePulse: readonly Sheet[] = [
  { worth: 5, safe: 4, change: [0], wish: 'More before-and-after examples, please.' },
  { worth: 4, safe: 4, change: [1], wish: 'A shorter meeting, more often.' },
  {
    worth: 4,
    safe: 2,
    change: [1],
    wish: 'It takes courage to show a half-finished chart. Could we start with yours?',
  },
  { worth: 5, safe: 5, change: [0], wish: 'Keep Thursdays.' },
  { worth: 3, safe: 3, change: [2], wish: 'Invite somebody from the wards.' },
  { worth: 4, safe: 3, change: [0] },
  { worth: 2, safe: 3, change: [3] },
];

/** What members have said so far to the survey that is open; nobody sees it before it closes. */
const sampleEvent: readonly Sheet[] = [
  { use: 5, keep: 'The five-minute sketches were the best part.' },
  { use: 4, keep: 'The sketches.', change: 'Leave more time for questions.' },
  { use: 4 },
  { use: 3, change: 'Share the slides beforehand.' },
  { use: 2 },
  { use: 5, keep: 'More of the before-and-after charts.' },
];

interface SampleAction
  extends Pick<Action, 'title' | 'state'>,
    Partial<Pick<Action, 'weight' | 'notes'>>,
    Partial<ActionDetails> {
  /** Whose action it is; nobody for none. */
  readonly who: readonly string[];
  /** In days from today; null for no day. */
  readonly due: number | null;
  /** Which of the charter's aims it serves, from 0. */
  readonly aim?: number;
}

/**
 * The plan of the sample community: every state, something late, something stuck, and something that nobody does yet.
 */
export const samplePlan: readonly SampleAction[] = [
  {
    title: 'Book the library’s big room for the spring meetings',
    who: ['Gwen Pritchard'],
    due: -4,
    state: 'doing',
    aim: 0,
    notes: 'Thursdays, 14:00 to 16:00. The small room has no screen.',
    steps: [
      { id: 'ask-the-library', text: 'Ask the library which Thursdays are free', done: true },
      { id: 'agree-on-dates', text: 'Agree on dates with the coordinators', done: true },
      { id: 'book-the-dates', text: 'Book them, with the screen', done: false },
      { id: 'tell-everybody', text: 'Put the dates into the channel', done: false },
    ],
    links: [{ id: 'rooms-of-the-library', title: 'Rooms of the library', address: 'https://library.example/rooms' }],
  },
  {
    title: 'Ask three wards which report they would like redrawn',
    who: ['Amara Okafor', 'Daniel Fitzgerald'],
    due: 1,
    state: 'to-do',
    aim: 2,
  },
  {
    title: 'Redraw the weekly bed report with cardiology',
    who: ['Tomasz Nowak', 'Amara Okafor'],
    due: 0,
    state: 'doing',
    aim: 2,
    notes:
      'First sketch is in the channel.\n\n- one page instead of four\n- the number that matters first\n- colours that survive a black-and-white printer',
  },
  {
    title: 'Collect ten before-and-after examples for the shelf',
    who: ['Gwen Pritchard', 'Mei-Ling Chen'],
    due: 12,
    state: 'doing',
    aim: 1,
  },
  {
    title: 'Agree with information governance what may go on the shelf',
    who: ['Priya Raman'],
    due: 5,
    state: 'stuck',
    aim: 1,
    notes: 'Waiting for an answer since the beginning of the month. Helen knows whom to ask.',
  },
  { title: 'Find a first person to ask for each newcomer', who: ['Lars Bergström'], due: 8, state: 'to-do', aim: 3 },
  { title: 'Write the winter letter to everybody', who: ['Nadia Benali'], due: 19, state: 'to-do' },
  {
    title: 'Invite somebody from the wards to show a chart that failed',
    who: [],
    due: null,
    state: 'to-do',
    weight: 'nice-to-have',
    aim: 0,
  },
  {
    title: 'Print the five-minute sketch sheets',
    who: ['Yusuf Demir'],
    due: null,
    state: 'to-do',
    weight: 'nice-to-have',
    aim: 0,
  },
  {
    title: 'Try the redrawn waiting list chart on two clinics',
    who: ['Sofía Herrera'],
    due: -9,
    state: 'done',
    aim: 2,
  },
  { title: 'Set up the shelf of examples in Files', who: ['Gwen Pritchard'], due: -20, state: 'done', aim: 1 },
];

/** The meetings of the sample community: one a week ago that was held, the next one, and a coffee that comes again. */
export const sampleMeeting: Omit<Event, 'day'> = {
  title: 'Chart surgery',
  kind: 'learning',
  activity: 'case-clinic',
  time: '15:00',
  minutes: 60,
  mode: 'both',
  place: 'The library’s big room',
  link: 'https://teams.microsoft.com/l/meetup-join/19%3asample',
  audience: 'everybody',
  named: [],
  hosts: [],
  agenda: [
    { id: 'new', title: 'Who is new', minutes: 5, who: '', first: false },
    { id: 'charts', title: 'Two charts, six people each', minutes: 40, who: 'Gwen', first: true },
    { id: 'try', title: 'One thing to try until next time', minutes: 10, who: '', first: false },
  ],
  keep: '',
  change: '',
  summary: '',
  recording: null,
};
const sampleHeld = {
  keep: 'Two charts are enough. Sketching in pairs before we talk.',
  change: 'Leave more time for questions.',
  summary: 'The waiting list chart has one line less and is read in half the time.',
};
const sampleGuest = { name: '', organisation: 'St Mary’s', was: 'yes' } as const;
/** Those who were there, and those who have answered to the next one. */
const [sampleThere, sampleComing] = [8, 5];

interface SampleQuestion {
  readonly who: string;
  readonly title: string;
  readonly topics: readonly string[];
  /** Who asks the same, and who can help. */
  readonly meToo?: readonly string[];
  readonly help?: readonly string[];
  readonly answer?: { readonly who: string; readonly text: string };
}

/** What the sample community would like to know: one that somebody can help with, and one with an answer. */
const sampleQuestions: readonly SampleQuestion[] = [
  {
    who: 'Amara Okafor',
    title: 'Who has a template for SPC charts?',
    topics: ['SPC charts'],
    meToo: ['Lars Bergström', 'Sofía Herrera'],
    help: ['Gwen Pritchard'],
  },
  { who: 'Lars Bergström', title: 'How do we show a target without shaming a ward?', topics: ['targets'] },
  { who: 'Sofía Herrera', title: 'When is a table better than a chart?', topics: ['tables'], meToo: ['Amara Okafor'] },
  {
    who: 'Gwen Pritchard',
    title: 'Which colours can everybody tell apart?',
    topics: ['colours'],
    answer: { who: 'Lars Bergström', text: 'Blue and orange, and never colour alone: label the lines themselves.' },
  },
];

/** The sample's library: what was checked, what nobody has looked at yet, and something that is out of date. */
const sampleLibrary = [
  ['Before and after: the waiting list chart', 'When a chart has too many lines', 'examples', 'right'],
  ['Before and after: the falls report', 'When a report is long and nobody reads it', 'examples', 'right'],
  ['Choosing a chart in five questions', 'When a table waits to be drawn', 'guides', 'right'],
  ['Words for uncertain numbers', 'When a board asks for one number', 'guides', 'right'],
  ['Template for run charts', 'When something is counted every week', 'SPC charts', 'right'],
  ['Colours that everybody can tell apart', 'When a chart is printed in grey', 'colours', null],
  ['A talk on charts for the ward', 'When nurses ask what the chart is for', 'talks', null],
  ['The old corporate palette', 'When somebody still uses it', 'colours', 'outdated'],
] as const;

/** The digest that the sponsor got, what she answered, and the draft that waits to be looked at. */
const sampleDigest: DigestWords = {
  intro:
    'Our first months: the charter stands, and people bring **unfinished work** to the meetings, which was the hardest part.',
  ask: 'Would you open our meeting in January with one chart that changed a decision of yours?',
  story:
    'A ward redrew its falls report as a single line with three notes. The board asked about the notes, not about the axis, and a handrail was ordered the same week.',
  questions: [],
  times: ['Tuesday, 14:00', 'Wednesday, 09:30', 'Friday, 11:00'],
  sendOn: null,
};
const sampleReply = { choice: 'talk', times: '1', text: 'Gladly. Let us find the right chart together first.' };
const sampleDraft: DigestWords = {
  intro: 'Since the last digest the pulse survey has closed, and it is kinder to us than we were.',
  ask: '',
  story: '',
  questions: [],
  times: [],
  sendOn: null,
};

/** Days until the sample charter is due for review. */
const reviewInDays = 120;

/**
 * Brings the sample community to life through the same doors that people use: the app is installed by its owner, set up
 * through the tab, and its charter is written by a coordinator. Each step is done once; what somebody changed stays.
 */
export async function bringSampleToLife(microsoft365: Microsoft365, productUrl: string): Promise<void> {
  const { connector, graph, entra, directory, clock } = microsoft365;
  seedPeople(directory);
  const once = stepsOf(microsoft365, 'sample');

  const { ask, untilKnown } = openTab(microsoft365, { productUrl, team: sampleTeam.id });
  const [owner, coordinator] = samplePeople.map(({ id, displayName }): Person => ({ id, name: displayName }));
  if (!owner || !coordinator) throw new Error('the sample has no coordinators');

  await once('installed', async () => {
    graph.grantSite(sampleTeam.id, 'fullcontrol');
    // So that somebody at the desk may agree to what an administrator must.
    entra.consent.setAdministrators([owner.id]);
    if (!connector.isInstalled(sampleTeam.id)) await connector.installApp(sampleTeam.id, owner.id);
    await untilKnown(owner);
  });
  await once('settings', async () => {
    const { settings } = await ask<SettingsView>(owner, api.settings);
    if (settings) return;
    const wanted: Settings = {
      timeZone: sampleZone,
      coordinators: [owner, coordinator],
      facilitation: { day: 1, time: '09:00', facilitators: [owner, coordinator], destination: 'chats' },
      country: { code: 'GB', region: 'ENG' },
    };
    await ask(owner, api.saveSettings, { body: wanted, etag: null });
  });

  await once('charter', async () => {
    const { sections } = await ask<CharterView>(coordinator, api.charter);
    for (const [section, text] of Object.entries(sampleCharter)) {
      if (sections.find(one => one.id === section)?.etag) continue;
      const draft = firstDrafts[section as SectionId];
      const first =
        draft === undefined
          ? null
          : await ask<SectionView>(owner, api.saveSection, { params: { section }, body: { text: draft }, etag: null });
      await ask(section === 'purpose' ? owner : coordinator, api.saveSection, {
        params: { section },
        body: { text },
        etag: first?.etag ?? null,
      });
    }
  });

  await once('review', async () => {
    const { review } = await ask<CharterView>(coordinator, api.charter);
    const on = new Date(clock.now().getTime() + reviewInDays * 86_400_000).toISOString().slice(0, 10);
    if (!review.on) await ask(coordinator, api.saveReview, { body: { on }, etag: review.etag });
  });

  await once('roles', async () => {
    // A community of an earlier version has no lists for them yet.
    await ask(owner, api.provision);
    const day = (days: number): string =>
      new Date(clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
    for (const { role, who, since, until, note } of sampleRoles) {
      await ask(coordinator, api.giveRole, {
        params: { role },
        body: {
          person: { id: named(who).id },
          term: { since: day(since), until: until === null ? null : day(until), note },
        },
      });
    }
    await ask(coordinator, api.addRole, { body: sampleOwnRole });
    // One coordinator had blocked the app that day, so that the list of messages has something to explain.
    connector.block(coordinator.id, true);
    try {
      await ask(named(sampleOffer.who), api.volunteer, {
        params: { role: sampleOffer.role },
        body: { note: sampleOffer.note },
      });
      const isRefused = async (): Promise<boolean> =>
        (await ask<DeliveryView>(owner, api.delivery)).entries.some(({ state }) => state === 'refused');
      for (let times = 0; times < 200 && !(await isRefused()); times++)
        await new Promise(resolve => setTimeout(resolve, 25));
    } finally {
      connector.block(coordinator.id, false);
    }
  });

  await once('plan', async () => {
    // A community of an earlier version has no list for it yet.
    await ask(owner, api.provision);
    const { today, aims } = await ask<PlanView>(coordinator, api.plan);
    for (const [
      index,
      { title, who, due, state, weight = 'baseline', notes = '', aim, steps = [], links = [] },
    ] of samplePlan.entries()) {
      const body: WantedAction = {
        title,
        owners: who.map(named),
        due: due === null ? null : addDays(today, due),
        state,
        weight,
        aim: aim === undefined ? null : (aims[aim] ?? null),
        notes,
        steps,
        links,
      };
      await ask(coordinator, api.saveAction, {
        params: { action: `sample-${String(index + 1).padStart(2, '0')}` },
        body,
        etag: null,
      });
    }
  });

  /** The sponsor presses the button of the card, when it has come. */
  async function answerDigest(): Promise<void> {
    const sponsor = named('Helen Osei');
    for (let attempt = 0; attempt < 200; attempt++) {
      const chat = connector.conversationsOf(sponsor.id).find(({ conversation }) => conversation.kind === 'personal');
      const card =
        chat &&
        connector
          .messages(chat.conversation.id)
          .findLast(({ cards }) => JSON.stringify(cards).includes('"digest.reply"'));
      const press = (card?.cards[0] as { actions?: { verb?: string; data?: object }[] } | undefined)?.actions?.find(
        ({ verb }) => verb === 'digest.reply',
      );
      if (card && press)
        return void (await connector.presses(sponsor.id, card.id, {
          verb: 'digest.reply',
          data: { ...press.data, ...sampleReply },
        }));
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    throw new Error('the sample could not be set up: the digest did not reach its sponsor');
  }

  const members = samplePeople
    .filter(({ role }) => role === 'member')
    .map(({ id, displayName }): Person => ({ id, name: displayName }));
  async function survey(
    id: string,
    template: string,
    sheets: readonly Sheet[],
    event: string | null = null,
  ): Promise<void> {
    const { today } = await ask<SurveysView>(owner!, api.surveys);
    const t = createTexts({ surveys: { en: method } }).for('surveys', 'en');
    const { title, intro, questions, anonymous } = templateIn(t, surveyTemplates.find(one => one.id === template)!);
    const closesOn = new Date(Date.parse(today) + 6 * 86_400_000).toISOString().slice(0, 10);
    await ask(owner!, api.planSurvey, {
      params: { survey: id },
      body: { title, intro, questions, anonymous, audience: 'channel', event, opensOn: today, closesOn },
    });
    for (const [index, sheet] of sheets.entries())
      await ask(members[index] ?? owner!, api.answerSurvey, { params: { survey: id }, body: { sheet, token: null } });
  }
  await once('pulse', async () => {
    await survey('sample-pulse', 'pulse', samplePulse);
    await ask(owner, api.closeSurvey, { params: { survey: 'sample-pulse' } });
  });
  await once('digest', async () => {
    // A community of an earlier version has no lists for it yet.
    await ask(owner, api.provision);
    const draft = { params: { audience: 'sponsor' } };
    await ask(owner, api.saveDigest, { ...draft, body: sampleDigest, etag: null });
    const { drafts } = await ask<DigestView>(owner, api.sendDigest, draft);
    await ask(coordinator, api.saveDigest, {
      ...draft,
      body: sampleDraft,
      etag: drafts.find(({ audience }) => audience === 'sponsor')?.etag ?? null,
    });
    await answerDigest();
  });
  async function meetings(): Promise<void> {
    const { today } = await ask<EventsView>(coordinator!, api.events);
    const thursday = addDays(today, -((weekdayOf(today) + 2) % 7) - 1);
    const coming = addDays(thursday, weekdayOf(today) === 4 ? 14 : 7);
    const meeting = { ...sampleMeeting, hosts: [named('Gwen Pritchard')] };
    const last = { params: { event: 'sample-surgery-1' } };
    const add = () =>
      ask<EventView>(coordinator!, api.saveEvent, { ...last, body: { ...meeting, day: thursday }, etag: null });
    // A community of an earlier version has no list for them yet.
    const { etag } = await add().catch(async () => {
      await ask(owner!, api.provision);
      return add();
    });
    await ask(coordinator!, api.saveEvent, { ...last, body: { ...meeting, ...sampleHeld, day: thursday }, etag });
    await ask(coordinator!, api.noteAttendance, {
      ...last,
      body: {
        people: members.slice(0, sampleThere).map(({ id }) => ({ id, was: 'yes' })),
        guests: [sampleGuest],
      },
    });
    const next = { params: { event: 'sample-surgery-2' } };
    await ask(coordinator!, api.saveEvent, { ...next, body: { ...meeting, day: coming }, etag: null });
    await ask(coordinator!, api.moveEvent, { ...next, body: { move: 'announce' } });
    for (const [index, member] of members.slice(0, sampleComing).entries())
      await ask(member, api.answerEvent, {
        ...next,
        body: { says: index < sampleComing - 1 ? 'coming' : 'maybe', appetite: null },
      });
    await ask(coordinator!, api.saveRhythm, {
      params: { rhythm: 'sample-coffee' },
      body: {
        ...{ title: 'Coffee', kind: 'coffee', rule: { every: 'weeks', weeks: 4, from: addDays(coming, 1) } },
        ...{ time: '10:00', minutes: 30, mode: 'online', place: '', link: null, audience: 'everybody' },
        ...{ hosts: [named('Gwen Pritchard')], until: null },
      },
      etag: null,
    });
  }
  await once('agenda', async () => {
    // A community of an earlier version has no lists for it yet.
    await ask(owner, api.provision);
    for (const [index, { who, title, topics, meToo = [], help = [], answer }] of sampleQuestions.entries()) {
      const params = { question: `sample-question-${index + 1}` };
      await ask<QuestionView>(named(who), api.saveQuestion, {
        params,
        body: { title, details: '', topics: [...topics] },
        etag: null,
      });
      for (const one of meToo) await ask(named(one), api.voiceQuestion, { params, body: { says: 'me-too' } });
      for (const one of help) await ask(named(one), api.voiceQuestion, { params, body: { says: 'can-help' } });
      if (answer)
        await ask(named(answer.who), api.answerQuestion, { params, body: { answer: answer.text, resource: null } });
    }
  });
  await once('library', async () => {
    await ask(owner, api.provision);
    for (const [index, [title, when, topic, still]] of sampleLibrary.entries()) {
      const { resource } = await ask<{ readonly resource: ResourceView }>(named('Gwen Pritchard'), api.addResource, {
        body: { title, when, topics: [topic], url: `https://example.org/library/${index + 1}` },
      });
      if (still)
        await ask(named('Gwen Pritchard'), api.checkResource, {
          params: { resource: resource.id },
          body: { still },
        });
    }
  });
  // Before the attendance is noted: feedback that is planned already is not planned by the app.
  await once('event', () => survey('sample-event', 'event', sampleEvent, 'Chart surgery'));
  await once('events', meetings);
}
