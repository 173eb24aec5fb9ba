import { api } from '../../../domain/api.ts';
import type { ReviewView } from '../../../domain/charter/api.ts';
import { sectionIds } from '../../../domain/charter/charter.ts';
import type { SettingsView } from '../../../domain/settings/api.ts';
import { facilitationWeek } from '../../../domain/facilitation/method.ts';
import { ann, fresh, gwen, here, people, priya, tomasz, type World } from '../../support/breaking-world.ts';
import { morning, type Scene } from './scene.ts';

const week = { week: '2026-11-23', task: facilitationWeek[0]!.id };
const review = '2026-11-20';
const form = {
  timeZone: 'Europe/London',
  day: '3',
  time: '14:30',
  facilitators: tomasz.id,
  coordinators: priya.id,
  destination: 'chats',
};

/** So that no line beside the tasks is missing where the charter could not be read: the card goes out without it. */
async function charterWritten(world: World): Promise<void> {
  for (const section of sectionIds)
    await world.asks(api.saveSection, { who: priya, params: { section }, body: { text: 'So it is.' }, ifMatch: null });
}
async function weekBegan(world: World): Promise<void> {
  await charterWritten(world);
  await world.job('facilitation.week', morning);
  world.clock.moveTo('2026-11-24T09:00:00Z');
}
async function handedOver(world: World): Promise<void> {
  await weekBegan(world);
  await world.press('facilitation.handOver', tomasz, { week: week.week, to: ann.id });
}
async function reviewSet(world: World): Promise<string | null> {
  const view = await world.asks(api.saveReview, { who: priya, body: { on: review }, ifMatch: null });
  return (view as ReviewView).etag;
}
/** On Monday the week's card is what coordinators get. */
const tuesday = '2026-11-24T09:00:00Z';
async function reviewAsked(world: World): Promise<string | null> {
  const etag = await reviewSet(world);
  world.clock.moveTo(tuesday);
  await world.job('morning.wishes', tuesday);
  world.clock.moveTo('2026-11-24T10:00:00Z');
  return etag;
}
async function installed(world: World): Promise<void> {
  await world.happens('appInstalled', { by: priya });
}
async function joined(world: World): Promise<void> {
  await world.happens('membersJoined', { people: people.slice(0, 2), at: new Date(morning) });
  world.clock.moveTo('2026-11-23T10:00:00Z');
}
const answer = { reasons: 'learn,tips', inOwnWords: 'Hello', contributions: 'story' };

/** The copy in SharePoint decides nothing; where it could not be written, the daily check does. */
const copied = (where = here) => ({
  later: async (world: World) => world.job('settings.copy', '2026-11-24T03:00:00Z', where),
});

const facilitation: readonly Scene[] = [
  {
    of: 'job facilitation.week',
    when: 'a week begins',
    async prepare(world) {
      await charterWritten(world);
      return () => world.job('facilitation.week', morning);
    },
  },
  {
    of: 'job facilitation.week',
    when: 'the server was off for two weeks',
    async prepare(world) {
      await charterWritten(world);
      return () => world.job('facilitation.week', '2026-11-09T09:00:00Z');
    },
  },
  {
    of: 'job facilitation.morning',
    when: 'the second day begins',
    async prepare(world) {
      await weekBegan(world);
      return () => world.job('facilitation.morning', '2026-11-24T09:00:00Z');
    },
  },
  {
    of: 'press facilitation.tick',
    when: 'a week runs',
    async prepare(world) {
      await weekBegan(world);
      return () => world.press('facilitation.tick', tomasz, week);
    },
  },
  {
    of: 'press facilitation.untick',
    when: 'it was ticked',
    async prepare(world) {
      await weekBegan(world);
      await world.press('facilitation.tick', tomasz, week);
      return () => world.press('facilitation.untick', tomasz, week);
    },
  },
  {
    of: 'press facilitation.refresh',
    when: 'a week runs',
    onlyShows: true,
    async prepare(world) {
      await weekBegan(world);
      return () => world.press('facilitation.refresh', tomasz, week);
    },
  },
  {
    of: 'press facilitation.now',
    when: 'no card has gone out',
    async prepare(world) {
      await charterWritten(world);
      return () => world.press('facilitation.now', tomasz);
    },
  },
  {
    of: 'ask startWeek',
    when: 'no card has gone out',
    async prepare(world) {
      await charterWritten(world);
      return () => world.asks(api.startWeek, { who: priya });
    },
  },
  {
    of: 'press facilitation.size',
    when: 'a week runs',
    ...copied(),
    async prepare(world) {
      await weekBegan(world);
      return () => world.press('facilitation.size', tomasz, { week: week.week, size: 'light' });
    },
  },
  {
    of: 'press facilitation.plan',
    when: 'the next week is planned',
    async prepare(world) {
      await weekBegan(world);
      world.clock.moveTo('2026-11-27T09:00:00Z');
      const data = { week: week.week, events: 'Book the room\nInvite a guest', people: 'Nadia' };
      return () => world.press('facilitation.plan', tomasz, data);
    },
  },
  {
    of: 'press facilitation.hand',
    when: 'a week runs',
    onlyShows: true,
    async prepare(world) {
      await weekBegan(world);
      return () => world.press('facilitation.hand', tomasz, { week: week.week });
    },
  },
  {
    of: 'press facilitation.pauseUntil',
    when: 'a week runs',
    ...copied(),
    async prepare(world) {
      await weekBegan(world);
      return () => world.press('facilitation.pauseUntil', tomasz, { week: week.week, until: '2026-12-07' });
    },
  },
  {
    of: 'press facilitation.resume',
    when: 'the week is on a pause',
    ...copied(),
    async prepare(world) {
      await weekBegan(world);
      await world.press('facilitation.pauseUntil', tomasz, { week: week.week, until: '2026-12-07' });
      return () => world.press('facilitation.resume', tomasz, { week: week.week });
    },
  },
  {
    of: 'press facilitation.mornings',
    when: 'a week runs',
    ...copied(),
    async prepare(world) {
      await weekBegan(world);
      return () => world.press('facilitation.mornings', tomasz, { week: week.week, line: 'on' });
    },
  },
  {
    of: 'press facilitation.handOver',
    when: 'a week runs',
    async prepare(world) {
      await weekBegan(world);
      return () => world.press('facilitation.handOver', tomasz, { week: week.week, to: ann.id });
    },
  },
  {
    of: 'press facilitation.takeOver',
    when: 'somebody was asked',
    ...copied(),
    async prepare(world) {
      await handedOver(world);
      return () => world.press('facilitation.takeOver', ann, { asker: tomasz.id });
    },
  },
  {
    of: 'press facilitation.decline',
    when: 'somebody was asked',
    async prepare(world) {
      await handedOver(world);
      return () => world.press('facilitation.decline', ann, { asker: tomasz.id });
    },
  },
];

/** Two things are to be said to the one who coordinates: a review is due, and so is an action of theirs. */
async function twoThings(world: World): Promise<void> {
  await reviewSet(world);
  await world.asks(api.saveAction, {
    who: priya,
    params: { action: 'book-a-room' },
    body: {
      title: 'Book a room',
      owners: [{ id: priya.id, name: priya.name }],
      due: '2026-11-25',
      state: 'to-do',
      weight: 'baseline',
      aim: null,
      notes: '',
    },
    ifMatch: null,
  });
  world.clock.moveTo(tuesday);
}
const shown = { wish: 'plan.reminder', period: '2026-11-24' };

const mornings: readonly Scene[] = [
  {
    of: 'job morning.wishes',
    when: 'several things are to be said to one person',
    async prepare(world) {
      await twoThings(world);
      return () => world.job('morning.wishes', tuesday);
    },
  },
  {
    of: 'press morning.show',
    when: 'several things were said',
    async prepare(world) {
      await twoThings(world);
      await world.job('morning.wishes', tuesday);
      return () => world.press('morning.show', priya, shown);
    },
  },
  {
    of: 'press morning.stop',
    when: 'several things were said',
    async prepare(world) {
      await twoThings(world);
      await world.job('morning.wishes', tuesday);
      return () => world.press('morning.stop', priya);
    },
  },
  {
    of: 'press morning.resume',
    when: 'they were stopped',
    async prepare(world) {
      await world.press('morning.stop', priya);
      return () => world.press('morning.resume', priya);
    },
  },
];

const free = { wish: 'roles.vacant', period: 'start' };
async function vacancyTold(world: World): Promise<void> {
  world.clock.moveTo(tuesday);
  await world.job('morning.wishes', tuesday);
  await world.press('morning.show', priya, free);
  world.clock.moveTo('2026-11-24T10:00:00Z');
}

const putOff: readonly Scene[] = (['later', 'letGo', 'takeBack'] as const).map(verb => ({
  of: `press morning.${verb}`,
  when: 'an open question was put',
  async prepare(world) {
    await vacancyTold(world);
    if (verb === 'takeBack') await world.press('morning.letGo', priya, free);
    return () => world.press(`morning.${verb}`, priya, free);
  },
}));

const charter: readonly Scene[] = [
  {
    of: 'job morning.wishes',
    when: 'the day has come',
    async prepare(world) {
      await reviewSet(world);
      world.clock.moveTo(tuesday);
      return () => world.job('morning.wishes', tuesday);
    },
  },
  {
    of: 'press charter.reviewed',
    when: 'those who coordinate were asked',
    async prepare(world) {
      await reviewAsked(world);
      return () => world.press('charter.reviewed', priya, { review, months: 6 });
    },
  },
  {
    of: 'ask saveReview',
    when: 'those who coordinate were asked',
    async prepare(world) {
      const ifMatch = await reviewAsked(world);
      return () => world.asks(api.saveReview, { who: priya, body: { on: '2027-05-20' }, ifMatch });
    },
  },
  {
    of: 'ask saveSection',
    when: 'it is new',
    prepare: async world => () =>
      world.asks(api.saveSection, {
        who: priya,
        params: { section: 'aims' },
        body: { text: '- Learn' },
        ifMatch: null,
      }),
  },
];

const settings: readonly Scene[] = [
  {
    of: 'job settings.copy',
    when: 'there is none',
    prepare: async world => () => world.job('settings.copy', '2026-11-23T03:00:00Z'),
  },
  {
    of: 'press settings.begin',
    when: 'the community is set up',
    onlyShows: true,
    prepare: async world => () => world.press('settings.begin', priya),
  },
  {
    of: 'press settings.save',
    when: 'the card of the installation is in the channel',
    ...copied(),
    async prepare(world) {
      await installed(world);
      return () => world.press('settings.save', priya, form);
    },
  },
  {
    of: 'press settings.save',
    when: 'nobody has set the community up',
    ...copied({ ...here, ...fresh, settings: here.settings }),
    prepare: async world => () => world.press('settings.save', priya, form, fresh),
  },
  {
    of: 'press settings.set',
    when: 'the weekly card is to come on another day',
    ...copied(),
    prepare: async world => () =>
      world.press('settings.set', priya, {
        what: 'weekDay',
        value: '4',
        shown: String(here.settings.facilitation.day),
      }),
  },
  {
    of: 'ask saveSettings',
    when: 'the card of the installation is in the channel',
    ...copied(),
    async prepare(world) {
      await installed(world);
      const { settings: before, etag } = (await world.asks(api.settings, { who: priya })) as SettingsView;
      const body = { ...before, timeZone: 'Europe/Berlin' };
      return () => world.asks(api.saveSettings, { who: priya, body, ifMatch: etag });
    },
  },
  {
    of: 'ask saveSettings',
    when: 'nobody has set the community up',
    ...copied({ ...here, ...fresh, settings: here.settings }),
    async prepare(world) {
      const body = here.settings;
      return () => world.asks(api.saveSettings, { who: priya, body, ifMatch: null }, fresh);
    },
  },
  {
    of: 'ask putSettingsBack',
    when: 'somebody changed the copy',
    async prepare(world) {
      const changed = { ...here.settings, timeZone: 'Asia/Tokyo' };
      await world.lists.byHand(here.id, 'settingsCopy', { key: 'settings', settings: changed });
      return () => world.asks(api.putSettingsBack, { who: priya });
    },
  },
  {
    of: 'ask provision',
    when: 'lists are looked after',
    onlyShows: true,
    prepare: async world => () => world.asks(api.provision, { who: priya }),
  },
  { of: 'event appInstalled', when: 'the app was added', prepare: async world => () => installed(world) },
  {
    of: 'event channelDeleted',
    when: 'messages went there',
    prepare: async world => () => world.happens('channelDeleted', { channel: '19:gone' }),
  },
  {
    of: 'event channelRestored',
    when: 'messages went there before',
    prepare: async world => () => world.happens('channelRestored', { channel: '19:gone' }),
  },
];

const welcome: readonly Scene[] = [
  { of: 'event membersJoined', when: 'two people join', prepare: async world => () => joined(world) },
  {
    of: 'press welcome.answer',
    when: 'somebody was welcomed',
    async prepare(world) {
      await joined(world);
      return () => world.press('welcome.answer', ann, answer);
    },
  },
  {
    of: 'press welcome.change',
    when: 'somebody has answered',
    onlyShows: true,
    async prepare(world) {
      await joined(world);
      await world.press('welcome.answer', ann, answer);
      return () => world.press('welcome.change', ann);
    },
  },
  {
    of: 'press welcome.stop',
    when: 'somebody was welcomed',
    async prepare(world) {
      await joined(world);
      return () => world.press('welcome.stop', ann);
    },
  },
  {
    of: 'press welcome.resume',
    when: 'messages were stopped',
    async prepare(world) {
      await joined(world);
      await world.press('welcome.answer', ann, answer);
      await world.press('welcome.stop', ann);
      return () => world.press('welcome.resume', ann);
    },
  },
];

const own: readonly Scene[] = [
  ...(['ask', 'forget', 'resume'] as const).map(
    (verb): Scene => ({
      of: `press privacy.${verb}`,
      when: 'somebody was welcomed',
      ...(verb === 'ask' ? { onlyShows: true } : {}),
      async prepare(world) {
        await joined(world);
        if (verb === 'resume') await world.messenger.optOut(here.id, ann.id, true);
        return () => world.press(`privacy.${verb}`, ann);
      },
    }),
  ),
  ...(['stop', 'start'] as const).map(
    (way): Scene => ({
      of: `press privacy.${way}`,
      when: 'one thing was stopped before',
      async prepare(world) {
        await world.messenger.stop(here.id, ann.id, { all: false, topics: ['digest'] });
        return () => world.press(`privacy.${way}`, ann, { what: way === 'stop' ? 'surveys' : 'digest' });
      },
    }),
  ),
  {
    of: 'press privacy.undo',
    when: 'surveys were stopped',
    async prepare(world) {
      await world.press('privacy.stop', ann, { what: 'surveys' });
      return () => world.press('privacy.undo', ann, { before: '', after: 'surveys' });
    },
  },
  {
    of: 'ask saveMessagesToMe',
    when: 'nothing was stopped',
    prepare: async world => () =>
      world.asks(api.saveMessagesToMe, { who: ann, body: { all: true, stopped: ['surveys'] } }),
  },
  {
    of: 'ask forgetMe',
    when: 'somebody was welcomed',
    async prepare(world) {
      await joined(world);
      return () => world.asks(api.forgetMe, { who: ann });
    },
  },
  {
    of: 'ask makeCalendarLink',
    when: 'there is none',
    prepare: async world => () => world.asks(api.makeCalendarLink, { who: ann, params: { scope: 'mine' } }),
  },
  {
    of: 'ask revokeCalendarLink',
    when: 'there is one',
    async prepare(world) {
      await world.asks(api.makeCalendarLink, { who: ann, params: { scope: 'mine' } });
      return () => world.asks(api.revokeCalendarLink, { who: ann, params: { scope: 'mine' } });
    },
  },
];

const conversation: readonly Scene[] = [
  {
    of: 'press conversation.pass',
    when: 'somebody asks what nobody told the bot',
    prepare: async world => () => world.press('conversation.pass', ann, { question: 'Who has a template?' }),
  },
];

const action = 'book-a-room';
/** An action is hers, who left on Friday; on Monday the week's card takes the morning. */
async function leftBehind(world: World): Promise<void> {
  const [{ id, name }, at] = [gwen, '2026-11-16T10:00:00.000Z'];
  await world.lists.of(here.id).plan.create({
    key: action,
    title: 'Book a room',
    owners: [{ id, name }],
    due: '2026-11-30',
    state: 'to-do',
    steps: [],
    links: [],
    weight: 'baseline',
    aim: null,
    notes: '',
    addedBy: { id, name },
    addedAt: at,
    doneAt: null,
    changedBy: { id, name },
    changedAt: at,
  });
  world.clock.moveTo(tuesday);
}
async function leftTold(world: World): Promise<void> {
  await leftBehind(world);
  await world.job('morning.wishes', tuesday);
  await world.press('morning.show', priya, { wish: 'departures.left', period: `${gwen.id}/2026-11-20` });
}

const departures: readonly Scene[] = [
  {
    of: 'job morning.wishes',
    when: 'somebody left who owned an action',
    async prepare(world) {
      await leftBehind(world);
      return () => world.job('morning.wishes', tuesday);
    },
  },
  {
    of: 'press departures.pass',
    when: 'those in charge were told',
    async prepare(world) {
      await leftTold(world);
      return () => world.press('departures.pass', priya, { person: gwen.id, action, to: ann.id });
    },
  },
  {
    of: 'press departures.free',
    when: 'those in charge were told',
    async prepare(world) {
      await leftTold(world);
      return () => world.press('departures.free', priya, { person: gwen.id, action });
    },
  },
];

export const otherScenes: readonly Scene[] = [
  ...departures,
  ...conversation,
  ...facilitation,
  ...charter,
  ...mornings,
  ...putOff,
  ...settings,
  ...welcome,
  ...own,
];
