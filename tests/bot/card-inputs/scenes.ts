import type { Card } from '../../../bot/cards.ts';
import type { CardReply, Feature } from '../../../bot/feature.ts';
import { facilitation } from '../../../bot/features/facilitation/index.ts';
import { changeCoordinators, settings as settingsFeature } from '../../../bot/features/settings/index.ts';
import { readHoldings } from '../../../bot/lists/holdings.ts';
import { charter } from '../../../bot/features/charter/index.ts';
import { roles } from '../../../bot/features/roles/index.ts';
import { welcome } from '../../../bot/features/welcome/index.ts';
import { api } from '../../../domain/api.ts';
import type { Community, Member } from '../../../domain/community.ts';
import { actionsIn } from '../../support/cards.ts';
import { ask, cardOf, community, member, press, translateFor } from '../../support/feature-parts.ts';
import { sceneOf } from '../../support/feature-scene.ts';
import { grantWishes } from '../../support/wishes.ts';
import { request } from '../../support/requests.ts';
import { settingsIn } from '../../support/in-memory-lists.ts';
import * as agendas from '../features/agenda/parts.ts';
import * as departures from '../features/departures/parts.ts';
import * as digests from '../features/digest/parts.ts';
import * as events from '../features/events/parts.ts';
import * as libraries from '../features/library/parts.ts';
import * as plans from '../features/plan/parts.ts';
import * as surveys from '../features/surveys/parts.ts';

/** A card that is before somebody, on which everything is filled in, and what is kept of it. */
export interface Shown {
  readonly card: Card;
  kept(): Promise<unknown>;
  /** Presses the button with this data. */
  send(data: object): Promise<CardReply>;
}

/** Every button that inputs come back with, by its verb, with a card whose answer was kept before. */
export const scenes: Readonly<Record<string, () => Promise<Shown>>> = {
  async 'plan.set'() {
    const { feature, lists } = plans.scene();
    const who = plans.daniel;
    const pressing = pressIn(feature, 'set', who, plans.here);
    const added = cardOf(await ask(feature, 'add', { who, community: plans.here, rest: 'action Bake a cake' }));
    const card = cardOf(await pressing({ ...dataOf(added, 'plan.set'), due: '2026-11-25', owner: plans.amara.id }));
    return { card, send: pressing, kept: () => lists.of(plans.here.id).plan.all() };
  },

  /** Nothing is kept before it is added. */
  async 'plan.add'() {
    const { feature, lists } = plans.scene();
    const add = feature.messageActions!['add']!;
    const message = { text: 'Book the room', author: null, link: null };
    const request = { who: plans.amara, community: plans.here, message, t: translateFor(feature) };
    return {
      card: cardOf(await add.open({ ...request, again: null } as never)),
      kept: () => lists.of(plans.here.id).plan.all(),
      send: data => add.submit({ ...request, data: add.data.parse(data) } as never),
    };
  },

  async 'agenda.keep'() {
    const { feature, lists } = agendas.scene();
    const keep = feature.messageActions!['keep']!;
    const message = { text: 'Who has a template?', author: null, link: null };
    const request = { who: agendas.amara, community: agendas.here, message, t: translateFor(feature) };
    return {
      card: cardOf(await keep.open({ ...request, again: null } as never)),
      kept: () => lists.of(agendas.here.id).questions.all(),
      send: data => keep.submit({ ...request, data: keep.data.parse(data) } as never),
    };
  },

  async 'agenda.answer'() {
    const { feature, lists, messenger, asks, says, morning } = agendas.scene();
    await asks();
    await says(agendas.gwen, 'can-help');
    await morning('2026-11-26T09:00:00Z');
    return {
      card: messenger.posted.find(({ kind }) => kind === 'agenda.help')!.card,
      kept: () => lists.of(agendas.here.id).questions.all(),
      send: pressIn(feature, 'answer', agendas.gwen, agendas.here),
    };
  },

  async 'library.add'() {
    const { feature, lists } = libraries.scene();
    const add = feature.messageActions!['add']!;
    const message = { text: 'See https://example.org/spc', author: null, link: null };
    const request = { who: libraries.amara, community: libraries.here, message, t: translateFor(feature) };
    return {
      card: cardOf(await add.open({ ...request, again: null } as never)),
      kept: () => lists.of(libraries.here.id).library.all(),
      send: data => add.submit({ ...request, data: add.data.parse(data) } as never),
    };
  },

  /** Nobody is chosen before somebody is, and pressed again it goes to whoever is chosen then. */
  async 'departures.pass'() {
    const { card, send, kept } = await departures.told();
    return { card, send, kept };
  },

  async 'welcome.answer'() {
    const [here, who] = [community(), member('Ann Okafor')];
    const { feature, lists } = sceneOf(welcome, { members: [who] });
    const pressing = pressIn(feature, 'answer', who, here);
    await pressing({ reasons: 'tips,advice', inOwnWords: 'Who uses R?', contributions: 'story', readers: 'support' });
    const card = cardOf(await press(feature, 'change', { data: {}, who, community: here }));
    return { card, send: pressing, kept: () => lists.of(here.id).newcomers.all() };
  },

  async 'charter.answer'() {
    const [here, who] = [community(), member('Priya Raman')];
    const { feature, lists, messenger } = sceneOf(charter, { members: [who], at: '2026-11-24T09:00:00Z' });
    const now = new Date('2026-11-24T09:00:00Z');
    await grantWishes(feature, messenger, { community: here, now });
    const card = messenger.posted[0]!.card;
    const pressing = pressIn(feature, 'answer', who, here);
    await pressing({ ...dataOf(card, 'charter.answer'), answer: 'To learn from each other' });
    return { card, send: pressing, kept: () => lists.of(here.id).charterDrafts.all() };
  },

  async 'charter.say'() {
    const [here, who] = [community(), member('Priya Raman')];
    const { feature, lists, messenger } = sceneOf(charter, { members: [who] });
    await request(feature, api.saveSection, {
      who,
      community: here,
      params: { section: 'purpose' },
      body: { text: 'We help each other.' },
      ifMatch: null,
    });
    await request(feature, api.askForConsent, { who, community: here, body: { until: '2026-11-30' } });
    const pressing = pressIn(feature, 'say', who, here);
    return { card: messenger.posted[0]!.card, send: pressing, kept: () => lists.of(here.id).comments.all() };
  },

  async 'settings.save'() {
    const [here, who] = [{ ...community(), settings: null }, member('Omar Haddad', { owner: true })];
    const { feature, lists } = sceneOf(settingsFeature, { members: [who, member('Ben Ito')], communities: [here] });
    const pressing = pressIn(feature, 'save', who, here);
    await pressing({
      timeZone: 'Europe/London',
      day: '3',
      time: '09:00',
      facilitators: 'ben-ito',
      coordinators: who.id,
      destination: 'channel',
    });
    const card = cardOf(await press(feature, 'begin', { data: {}, who, community: here }));
    return { card, send: pressing, kept: () => settingsIn(lists, here.id) };
  },

  async 'facilitation.pauseUntil'() {
    const [here, who] = [community(), member('Priya Raman')];
    const { feature, lists } = sceneOf(facilitation, { members: [who], at: '2026-11-23T09:30:00Z' });
    await lists.of(here.id).settings.create({ key: 'settings', settings: here.settings });
    const pressing = pressIn(feature, 'pauseUntil', who, here);
    await pressing({ week: '2026-11-23', until: '2026-12-07' });
    const data = { community: here.id, week: '2026-11-23' };
    const card = cardOf(await press(feature, 'pause', { data, who, community: here }));
    return {
      card,
      send: sent => pressing({ ...sent, until: undefined }),
      kept: async () => (await settingsIn(lists, here.id))?.facilitation.from,
    };
  },

  /** Nothing is kept before something is entered. */
  async 'facilitation.plan'() {
    const [here, who] = [community(), member('Priya Raman')];
    const { feature, lists } = sceneOf(facilitation, { members: [who], at: '2026-11-27T09:30:00Z' });
    const data = { community: here.id, week: '2026-11-23' };
    return {
      card: cardOf(await press(feature, 'planning', { data, who, community: here })),
      send: pressIn(feature, 'plan', who, here),
      kept: () => lists.of(here.id).plan.all(),
    };
  },

  /** Nothing is kept before somebody is asked. */
  async 'facilitation.handOver'() {
    const [here, who] = [community(), member('Priya Raman')];
    const { feature, lists } = sceneOf(facilitation, { members: [who, member('Ben Ito')], at: '2026-11-23T09:30:00Z' });
    const data = { community: here.id, week: '2026-11-23' };
    return {
      card: cardOf(await press(feature, 'hand', { data, who, community: here })),
      send: pressIn(feature, 'handOver', who, here),
      kept: () => lists.of(here.id).handOvers.all(),
    };
  },

  async 'roles.volunteer'() {
    const [here, who] = [community(), member('Ann Okafor')];
    const { feature, lists } = sceneOf(parts => roles({ ...parts, changeCoordinators: changeCoordinators(parts) }), {
      members: [who, member('Priya Raman')],
      communities: [here],
    });
    await lists.of(here.id).settings.create({ key: 'settings', settings: here.settings! });
    const pressing = pressIn(feature, 'volunteer', who, here);
    await pressing({ role: 'member-support', note: 'Gladly' });
    const card = cardOf(await ask(feature, 'roles', { who, community: here }));
    return { card, send: pressing, kept: () => readHoldings(lists, here.id) };
  },

  async 'digest.reply'() {
    const { here, helen: who } = digests;
    const { feature, lists, sponsoredBy, writes, sends, messenger } = digests.scene();
    await sponsoredBy(who);
    await writes();
    await sends();
    const sent = messenger.posted.find(({ kind }) => kind === 'digest.sponsor')!.card;
    const pressing = pressIn(feature, 'reply', who, here);
    const thanks = cardOf(
      await pressing({ ...dataOf(sent, 'digest.reply'), choice: 'talk', times: '1', text: 'Gladly' }),
    );
    const again = { data: dataOf(thanks, 'digest.again'), who, community: here };
    return {
      card: cardOf(await press(feature, 'again', again)),
      send: pressing,
      kept: () => lists.of(here.id).replies.all(),
    };
  },

  async 'events.answer'() {
    const { feature, lists, messenger, announced } = events.scene();
    await announced({ kind: 'launch' });
    const pressing = pressIn(feature, 'answer', events.amara, events.here);
    await pressing({ event: events.id, says: 'coming', appetite: 'help' });
    return {
      card: messenger.posted[0]!.card,
      send: pressing,
      kept: () => lists.of(events.here.id).attendance.all(),
    };
  },

  async 'events.after'() {
    const { feature, lists, clock, announced, answers } = events.scene();
    const { amara, gwen, here, id } = events;
    await announced();
    await answers(amara, 'coming');
    clock.moveTo('2026-11-26T17:00:00Z');
    const pressing = pressIn(feature, 'after', gwen, here);
    const card = cardOf(
      await pressing({
        event: id,
        asked: [amara.id, gwen.id].join(','),
        people: amara.id,
        keep: 'Tea',
        change: 'Cake',
      }),
    );
    return {
      card,
      send: pressing,
      kept: async () => [await lists.of(here.id).events.all(), await lists.of(here.id).attendance.all()],
    };
  },

  'surveys.answer': () => survey(false),
};

/** Anonymous answers lie in a box: a scene of their own, beside those that stand for a verb. */
export const anonymousSurvey = (): Promise<Shown> => survey(true);

async function survey(anonymous: boolean): Promise<Shown> {
  const { here, id, people } = surveys;
  const who = people[0]!;
  const { feature, lists, box, plan } = surveys.scene();
  await plan({ anonymous });
  const pressing = pressIn(feature, 'answer', who, here);
  const thanks = cardOf(
    await pressing({ community: here.id, survey: id, 'q-worth': '4', 'q-change': '0', 'q-wish': 'Maps' }),
  );
  const again = { data: dataOf(thanks, 'surveys.change'), who, community: here };
  return {
    card: cardOf(await press(feature, 'change', again)),
    send: pressing,
    kept: async () => (anonymous ? box.sheets(here.id, id) : await lists.of(here.id).answers.all()),
  };
}

function pressIn(feature: Feature, action: string, who: Member, where: Community): Shown['send'] {
  return data => press(feature, action, { data, who, community: where });
}

function dataOf(card: Card, verb: string): object {
  return actionsIn(card).find(one => one['verb'] === verb)?.['data'] as object;
}
