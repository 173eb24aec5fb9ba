import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { live as liveFeature } from '../../../../bot/features/live/index.ts';
import type { Feature } from '../../../../bot/feature.ts';
import type { LiveListener } from '../../../../bot/ports.ts';
import { api } from '../../../../domain/api.ts';
import type { Member } from '../../../../domain/community.ts';
import type { Events } from '../../../../domain/endpoint.ts';
import type { LiveEvent, WhoIsHere } from '../../../../domain/live/api.ts';
import { liveTopics, type Present } from '../../../../domain/live/live.ts';
import { communitiesOf, community, member, settings } from '../../../support/feature-parts.ts';
import { failureOf, request } from '../../../support/requests.ts';

const ann = member('Ann Okafor');
const tomasz = member('Tomasz Nowak');
const here = community({ id: 'stories', settings: settings({ coordinators: [tomasz] }) });

let feature: Feature;
let listeners: Set<LiveListener>;
let present: Set<Present>;
let members: Set<string>;
let isAway: boolean;
beforeEach(() => {
  jest.useFakeTimers();
  listeners = new Set();
  present = new Set();
  members = new Set([ann.id, tomasz.id]);
  isAway = false;
  feature = liveFeature({
    liveChanges: {
      listen(_community, listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      enter(_community, who) {
        present.add(who);
        return () => void present.delete(who);
      },
    },
    communities: communitiesOf(here),
    roster: {
      async member(_community, person) {
        if (isAway) throw new Error('Graph does not answer');
        return members.has(person) ? [ann, tomasz].find(({ id }) => id === person) : undefined;
      },
    },
  });
});
afterEach(() => {
  feature.stop?.();
  jest.useRealTimers();
});

async function opens(who: Member, params: Record<string, string> = {}) {
  const { body } = await request(feature, api.live, { who, community: here, params });
  const heard: string[] = [];
  const others: WhoIsHere[] = [];
  let ended = false;
  const close = (body as Events<LiveEvent>)({
    send: event => void ('changed' in event ? heard.push(...event.changed) : others.push(event)),
    end() {
      ended = true;
      close();
    },
  });
  return { heard, others, isOpen: () => !ended, close };
}
const tellAll = (): void => {
  for (const { changed } of listeners) changed(liveTopics);
};

describe('what is heard', () => {
  test('what only some may know reaches them alone', async () => {
    const [member, coordinator] = [await opens(ann), await opens(tomasz)];
    tellAll();

    expect(coordinator.heard).toEqual(liveTopics);
    expect(member.heard).toEqual([
      'overview',
      'charter',
      'plan',
      'events',
      'agenda',
      'library',
      'roles',
      'surveys',
      'settings',
    ]);
  });

  test('nothing at all where it is only of such things', async () => {
    const member = await opens(ann);
    for (const { changed } of listeners) changed(['newcomers']);

    expect(member.heard).toEqual([]);
  });
});

describe('who is here', () => {
  const tellHere = (people: readonly Present[]): void => {
    for (const one of listeners) one.here(people);
  };

  test('is told by name to everybody but themselves, when it is news', async () => {
    const member = await opens(ann);
    const annHere = { id: ann.id, name: ann.name, editing: null };
    const tomaszHere = { id: tomasz.id, name: tomasz.name, editing: 'aims' as const };
    tellHere([annHere]);
    tellHere([annHere, tomaszHere]);
    tellHere([annHere, tomaszHere]);
    tellHere([annHere]);

    expect(member.others).toEqual([
      { here: [tomaszHere], more: 0 },
      { here: [], more: 0 },
    ]);
  });

  test('names twelve, and says how many more', async () => {
    const member = await opens(ann);
    tellHere(Array.from({ length: 20 }, (_, index) => ({ id: `p${index}`, name: `Person ${index}`, editing: null })));

    expect(member.others.map(({ here: named, more }) => [named.length, more])).toEqual([[12, 8]]);
  });

  test('says what somebody edits only of who may, and forgets them when they leave', async () => {
    const [member, coordinator] = [await opens(ann, { editing: 'aims' }), await opens(tomasz, { editing: 'aims' })];
    const odd = await opens(tomasz, { editing: 'nothing' });

    expect([...present].map(({ name, editing }) => [name, editing])).toEqual([
      [ann.name, null],
      [tomasz.name, 'aims'],
      [tomasz.name, null],
    ]);
    for (const { close } of [member, coordinator, odd]) close();
    expect(present.size).toBe(0);
  });
});

describe('it ends', () => {
  test('for whoever is no member any more, as soon as that is told, and within half a minute where it was not', async () => {
    const [member, coordinator] = [await opens(ann), await opens(tomasz)];
    members.delete(ann.id);
    for (const { people } of [...listeners]) people();
    await jest.advanceTimersByTimeAsync(0);
    expect([member.isOpen(), coordinator.isOpen()]).toEqual([false, true]);

    members.delete(tomasz.id);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(coordinator.isOpen()).toBe(false);
    expect(listeners.size).toBe(0);
  });

  test('not because Microsoft cannot say who is a member', async () => {
    const member = await opens(ann);
    isAway = true;
    await jest.advanceTimersByTimeAsync(120_000);

    expect(member.isOpen()).toBe(true);
  });

  test('after a quarter of an hour, so that a new token is needed', async () => {
    const member = await opens(ann);
    await jest.advanceTimersByTimeAsync(14 * 60_000);
    expect(member.isOpen()).toBe(true);
    await jest.advanceTimersByTimeAsync(60_000);

    expect(member.isOpen()).toBe(false);
  });

  test('when the server stops', async () => {
    const member = await opens(ann);
    for (const { ended } of [...listeners]) ended();

    expect(member.isOpen()).toBe(false);
  });

  test('for the oldest of a person’s tabs when there are many', async () => {
    const first = await opens(ann);
    const others = [];
    for (let count = 0; count < 8; count++) others.push(await opens(ann));

    expect(first.isOpen()).toBe(false);
    expect(others.every(({ isOpen }) => isOpen())).toBe(true);
  });
});

test('when a server has as many as it can serve, the next one is asked to come back', async () => {
  for (let count = 0; count < 3_000; count++) await opens({ ...ann, id: `person-${count}` });

  expect(await failureOf(request(feature, api.live, { who: tomasz, community: here }))).toMatchObject({
    code: 'unavailable',
    details: { retryAfter: 60 },
  });
});
