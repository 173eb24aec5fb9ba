import { describe, expect, test } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import {
  cardAction,
  command,
  messageAction,
  route,
  type Command,
  type Feature,
  type Route,
} from '../../bot/feature.ts';
import sentences from '../../bot/teams/text.en.json' with { type: 'json' };
import { createTexts } from '../../bot/text.ts';
import { api } from '../../domain/api.ts';
import type { Community, Member, ReadyCommunity } from '../../domain/community.ts';
import { CommunityError } from '../../domain/errors.ts';
import { can } from '../../domain/permissions.ts';
import { community, member, newCommunity, person, settings } from '../support/feature-parts.ts';
import { everythingDeclared } from '../support/declared.ts';

const people = {
  member: member('Amara Okafor'),
  facilitator: member('Tomasz Nowak'),
  coordinator: member('Priya Raman'),
  owner: member('Olive Owner', { owner: true }),
};
const communities = {
  'set up': community({
    settings: settings({
      coordinators: [person('Priya Raman')],
      facilitation: { facilitators: [person('Tomasz Nowak')] },
    }),
  }),
  'not set up': newCommunity({ installedBy: null }),
};
const everything = everythingDeclared();

/** What somebody finds who knocks: a refusal, or the inside of a feature, where nobody answers. */
async function found(answer: (request: never) => Promise<unknown>, who: Member, where: Community): Promise<string> {
  const asked = {
    who,
    community: where,
    params: {},
    data: {},
    body: {},
    rest: '',
    locale: null,
    message: {},
    again: null,
    t: String,
  };
  try {
    await Promise.race([answer(asked as never), setImmediate()]);
  } catch (error) {
    if (error instanceof CommunityError && ['not-allowed', 'not-set-up'].includes(error.code)) return error.code;
  }
  return 'inside';
}

test('there are many that answer somebody', () => {
  const counted = Object.groupBy(everything, ({ kind }) => kind);

  expect([counted.route!.length > 50, counted.press!.length > 25, counted.command!.length > 8]).toEqual([
    true,
    true,
    true,
  ]);
  expect(counted.message).toHaveLength(3);
});

describe.each(Object.entries(communities))('in a community that is %s', (_state, where) => {
  test.each(everything)('$kind $name lets in whom $demands lets in, and nobody else', async ({ demands, answers }) => {
    const seen: Record<string, readonly string[]> = {};
    const expected: Record<string, readonly string[]> = {};
    for (const [kind, who] of Object.entries(people)) {
      const answer = !can(who, demands.may, where)
        ? 'not-allowed'
        : demands.ready && where.settings === null
          ? 'not-set-up'
          : 'inside';
      expected[kind] = answers.map(() => answer);
      seen[kind] = await Promise.all(answers.map(one => found(one, who, where)));
    }

    expect(seen).toEqual(expected);
  });
});

test.each([
  ['not-set-up', ['yours', 'owners', 'administrators']],
  ['not-allowed', ['facilitators', 'owners']],
] as const)('%s is said in words of its own to %j', (code, contexts) => {
  const t = createTexts({ bot: { en: sentences } }).for('bot', 'en');
  const said = [t(`errors.${code}`), ...contexts.map(context => t(`errors.${code}`, { context }))];

  expect(new Set(said).size).toBe(contexts.length + 1);
});

test('what is made works with what it was told: a handler of a community that is set up has its settings', async () => {
  const zone = command({ may: 'community.read', ready: true }, { name: 'zone', about: '', run: sayZone });
  const asked = { who: people.member, place: 'chat', rest: '', t: String } as const;

  expect(await zone.run({ ...asked, community: communities['set up'] } as never)).toEqual({ notice: 'Europe/London' });
});

/** Nothing of this runs: it is the compiler that is asked, and a line it does not refuse is an error of its own. */
test('the compiler refuses what declares no right', () => {
  const data = z.object({});
  const run = async () => ({ notice: '' });
  const never = (): unknown[] => [
    // @ts-expect-error a route without anything declared
    route(api.charter, async () => ({ body: {} as never })),
    // @ts-expect-error a route without a right
    route(api.charter, { ready: true }, async () => ({ body: {} as never })),
    // @ts-expect-error a right that there is not
    route(api.charter, { may: 'charter.burn' }, async () => ({ body: {} as never })),
    // @ts-expect-error a button without a right
    cardAction({ data, run }),
    // @ts-expect-error a word without a right
    command({ name: 'charter', about: '', run }),
    // @ts-expect-error an entry in the menu of a message without a right
    messageAction({ title: '', data, open: run, submit: run }),
    // @ts-expect-error a community that need not be set up has no settings to rely on
    command({ may: 'community.read' }, { name: 'zone', about: '', run: sayZone }),
    // @ts-expect-error something that is nobody's kind of thing
    cardAction({ may: 'community.read', own: 'sandwich' }, { data, run }),
    // @ts-expect-error guests have no permissions
    cardAction({ may: 'plan.edit', own: 'action' }, { data, run, guest: async () => undefined }),
    // @ts-expect-error guests are let in to what is theirs only
    cardAction({ may: 'community.read' }, { data, run, guest: async () => undefined }),
  ];
  const { routes = [], commands = [] }: Feature = { name: 'by hand', text: {} };
  const byHand = {
    // @ts-expect-error a route that nobody made asks nobody
    route: { endpoint: api.charter, demands: { may: 'charter.edit' }, handle: run } satisfies Route,
    // @ts-expect-error nor does a word
    command: { name: 'charter', about: '', demands: { may: 'charter.edit' }, run } satisfies Command,
  };

  expect([typeof never, Object.keys(byHand), routes, commands]).toEqual(['function', ['route', 'command'], [], []]);
});

async function sayZone({ community: { settings: chosen } }: { readonly community: ReadyCommunity }) {
  return { notice: chosen.timeZone };
}
