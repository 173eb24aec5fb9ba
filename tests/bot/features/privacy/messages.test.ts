import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Card } from '../../../../bot/cards.ts';
import type { Feature } from '../../../../bot/feature.ts';
import { privacy } from '../../../../bot/features/privacy/index.ts';
import { api } from '../../../../domain/api.ts';
import type { Member } from '../../../../domain/community.ts';
import type { PrivacyView } from '../../../../domain/privacy/api.ts';
import { createQuietLink } from '../../../../bot/shared/quiet-link.ts';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import {
  ask,
  cardOf,
  community,
  member,
  newCommunity,
  noticeOf,
  press,
  textsOf,
  type RecordingMessenger,
} from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { request } from '../../../support/requests.ts';

const here = community();
const ann = member('Amara Okafor');
const priya = member('Priya Raman');
const helen = member('Helen Marsh');
const nothingHeld = { held: async () => [], forget: async () => undefined };

let feature: Feature;
let messenger: RecordingMessenger;
beforeEach(() => {
  ({ feature, messenger } = sceneOf(parts => privacy({ ...parts, personalData: nothingHeld, sponsorsOf }), {
    members: [ann, priya, helen],
  }));
});

async function sponsorsOf(): Promise<ReadonlySet<string>> {
  return new Set([helen.id]);
}

async function types(command: string, rest = '', who = ann): Promise<Card> {
  const card = cardOf(await ask(feature, command, { who, community: here, rest }));
  checkCard(card);
  return card;
}

function presses(card: Card, title: string, who: Member = ann) {
  const button = actionsIn(card).find(one => one['title'] === title);
  if (!button) throw new Error(`no button ${title} on ${JSON.stringify(textsIn(card))}`);
  return press(feature, String(button['verb']).replace('privacy.', ''), { who, community: here, data: button['data'] });
}

async function stopped(who = ann) {
  return (await messenger.stopped(here.id, [who.id])).get(who.id);
}

describe('stop', () => {
  test.each(['', 'please', 'all messages', 'sending me messages', 'bothering me', '!!!'])(
    '“stop %s” stops everything at once, and Undo takes it back',
    async rest => {
      await messenger.stop(here.id, ann.id, { all: false, topics: ['digest'] });

      const card = await types('stop', rest);
      const after = await stopped();
      await presses(card, 'Undo');

      expect(textsIn(card)[0]).toBe('No more messages: all is quiet from now on');
      expect(after).toEqual({ all: true, topics: ['digest'] });
      expect(await stopped()).toEqual({ all: false, topics: ['digest'] });
    },
  );

  test.each([
    ['surveys', ['surveys'], 'surveys'],
    ['sending me surveys please', ['surveys'], 'surveys'],
    ['the weekly messages', ['week'], 'the facilitation week'],
    ['reminders and the digest'.replace(' and', ''), ['reminders', 'digest'], 'actions and comments and the digest'],
  ])('“stop %s” stops only %j', async (rest, topics, named) => {
    const card = await types('stop', rest);

    expect(await stopped()).toEqual({ all: false, topics });
    expect(textsIn(card)[0]).toBe(`From now on you get no messages from Data Storytellers about ${named}.`);
  });

  test.each([
    ['the week of everybody now', 'something of the community'],
    ['Daniel Fitzgerald', 'somebody'],
    ['توقف', 'another script'],
    ['x'.repeat(10_000), 'a long word'],
    ['survey number 3', 'one survey'],
  ])('“stop %.30s” asks what, and nothing is done: %s', async rest => {
    const card = await types('stop', rest);

    expect(textsIn(card)[0]).toBe('What shall I stop?');
    expect(await stopped()).toEqual({ all: false, topics: [] });
  });

  test('the buttons of that question do it; members are not offered what coordinators get', async () => {
    const [card, ofPriya] = [await types('stop', 'that thing'), await types('stop', 'that thing', priya)];
    await presses(card, 'Surveys');

    expect(await stopped()).toEqual({ all: false, topics: ['surveys'] });
    expect(textsIn(card)).not.toContain('What coordinators are asked');
    expect(textsIn(ofPriya)).toContain('What coordinators are asked');
  });

  test('each is offered what they can get: a sponsor no surveys, and only a sponsor the digest', async () => {
    const [ofAmara, ofHelen, ofPriya] = [
      await types('stop', 'that thing'),
      await types('stop', 'that thing', helen),
      await types('stop', 'that thing', priya),
    ].map(card => actionsIn(card).map(({ title }) => title));

    expect(ofAmara).toEqual(['Actions and comments', 'Events', 'Surveys', 'All messages to me']);
    expect(ofHelen).toEqual(['Actions and comments', 'Events', 'The digest', 'All messages to me']);
    expect(ofPriya).toEqual([
      'The facilitation week',
      'Actions and comments',
      'Events',
      'Surveys',
      // The text says how to stop everything.
      'What coordinators are asked',
    ]);
  });

  test('one press on the foot of a card stops its kind, says so, and Undo takes it back', async () => {
    const foot = createQuietLink({ tab: () => 'https://teams.example' });
    const t = textsOf(feature).for('privacy', 'en');
    const shown = foot(await types('leave'), { community: here.id, kind: 'plan.reminder' }, t);

    const said = cardOf(await presses(shown, 'No more of these'));
    const after = await stopped();
    await presses(said, 'Undo');

    expect(textsIn(said).slice(0, 2)).toEqual([
      'From now on you get no messages from Data Storytellers about actions and comments.',
      'Everything else comes as before, and what is open is still in the tab.',
    ]);
    expect(after).toEqual({ all: false, topics: ['reminders'] });
    expect(await stopped()).toEqual({ all: false, topics: [] });
  });

  test('said twice, or answered again after a failure, it is said once more and nothing changes', async () => {
    await types('stop', 'surveys');
    const again = await types('stop', 'surveys');
    await types('stop');
    const after = await types('stop', 'week');

    expect(actionsIn(again)).toEqual([]);
    expect(textsIn(again)[0]).toMatch(/^From now on you get no messages/);
    expect(textsIn(after)[0]).toBe('You get no messages from Data Storytellers at all, so nothing has changed.');
  });

  test('of two presses of Undo the second changes nothing, and what was chosen since stays', async () => {
    const card = await types('stop', 'surveys');
    await Promise.all([presses(card, 'Undo'), presses(card, 'Undo')]);
    const both = await stopped();
    await types('stop', 'week');

    expect(both).toEqual({ all: false, topics: [] });
    expect(noticeOf(await presses(card, 'Undo'))).toMatch(/^You have chosen something else since/);
    expect(await stopped()).toEqual({ all: false, topics: ['week'] });
  });

  test('is one’s own: what another presses is about the other', async () => {
    const card = await types('stop', 'that thing');

    await presses(card, 'All messages to me', priya);

    expect([await stopped(), await stopped(priya)]).toEqual([
      { all: false, topics: [] },
      { all: true, topics: [] },
    ]);
  });

  test('a stopped message is not sent, and the others are', async () => {
    await types('stop', 'surveys');
    for (const kind of ['surveys.ask', 'plan.reminder'])
      await messenger.post({
        community: here.id,
        kind,
        period: '1',
        to: [{ person: ann }],
        card: () => ({ type: 'AdaptiveCard' }),
        summary: () => '',
      });

    expect(messenger.posted.map(({ kind }) => kind)).toEqual(['plan.reminder']);
  });

  test('answers also where nobody has set the community up', async () => {
    const reply = await ask(feature, 'stop', { who: ann, community: newCommunity(), rest: '' });

    expect(textsIn(cardOf(reply))[0]).toBe('No more messages: all is quiet from now on');
  });
});

describe('start', () => {
  test('brings everything back, and Undo takes that back', async () => {
    await messenger.stop(here.id, ann.id, { all: true, topics: ['surveys'] });

    const card = await types('start');
    const after = await stopped();
    await presses(card, 'Undo');

    expect(textsIn(card).slice(0, 2)).toEqual(['Welcome back', 'You get messages from Data Storytellers again.']);
    expect(after).toEqual({ all: false, topics: [] });
    expect(await stopped()).toEqual({ all: true, topics: ['surveys'] });
  });

  test('of one thing brings only that back to somebody who got nothing', async () => {
    await types('stop');

    const card = await types('start', 'surveys');

    expect(textsIn(card).slice(0, 2)).toEqual([
      'You get messages from Data Storytellers about surveys again.',
      'About everything else you still get none.',
    ]);
    expect(await stopped()).toEqual({ all: false, topics: ['week', 'reminders', 'events', 'digest', 'coordination'] });
  });

  test('of what it does not know asks', async () => {
    expect(textsIn(await types('start', 'the engine'))[0]).toBe('What shall I send you again?');
    expect(await stopped()).toEqual({ all: false, topics: [] });
  });
});

describe('leave', () => {
  test('says what is true and changes nothing; one button stops the messages', async () => {
    const card = await types('leave');
    const before = await stopped();
    await presses(card, 'Stop messages to me');

    expect(textsIn(card)[0]).toBe('If you want to leave');
    expect(textsIn(card)).not.toContainEqual(expect.stringContaining('hand that over first'));
    expect(before).toEqual({ all: false, topics: [] });
    expect(await stopped()).toEqual({ all: true, topics: [] });
  });

  test('tells whoever coordinates to hand that over first', async () => {
    expect(textsIn(await types('leave', '', priya))).toContainEqual(expect.stringContaining('hand that over first'));
  });
});

describe('in the tab', () => {
  test('everybody reads and says what they want messages about', async () => {
    const asked = { who: ann, community: here };
    const before = ((await request(feature, api.privacy, asked)).body as PrivacyView).messages;
    const after = (await request(feature, api.saveMessagesToMe, { ...asked, body: { all: false, stopped: ['week'] } }))
      .body;

    expect(before).toEqual({ all: false, stopped: [], offered: ['reminders', 'events', 'surveys'] });
    expect(after).toEqual({
      ...(before as object),
      stopped: ['week'],
      offered: ['week', 'reminders', 'events', 'surveys'],
    });
    expect(await stopped()).toEqual({ all: false, topics: ['week'] });
  });

  test('what was stopped while one coordinated can be started afterwards', async () => {
    await messenger.stop(here.id, ann.id, { all: false, topics: ['coordination'] });

    const { body } = await request(feature, api.privacy, { who: ann, community: here });

    expect((body as PrivacyView).messages.offered).toContain('coordination');
  });
});
