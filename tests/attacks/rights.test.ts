import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { api } from '../../domain/api.ts';
import { rightsOfRoles } from '../../domain/permissions.ts';
import type { AnyEndpoint } from '../../domain/endpoint.ts';
import type { User } from '../../infra/local/directory.ts';
import digestSentences from '../../bot/features/digest/text.en.json' with { type: 'json' };
import sentences from '../../bot/teams/text.en.json' with { type: 'json' };
import { everythingDeclared } from '../support/declared.ts';
import { action, agendaQuestion, event, operations, survey, type Operation } from './support/operations.ts';
import { presses } from './support/presses.ts';
import { rest } from './support/intensity.ts';
import type { Answer } from './support/send.ts';
import {
  pressOf,
  rolesWithRights,
  startTarget,
  troublesIn,
  type Target,
  type TargetCommunity,
} from './support/target.ts';

/** Every operation × every kind of person, in their own community and in somebody else's, with ids of either. */
let target: Target;
let own: TargetCommunity;
let other: TargetCommunity;
let turn = 0;
beforeAll(async () => {
  // One for each test of what strangers learn, so that nobody asks more in a minute than a person may.
  target = await startTarget({ others: 70 });
  [own, other] = target.communities;
  for (const community of [own, other]) {
    const { coordinator } = community;
    const first = { community, headers: { 'If-None-Match': '*' } };
    const body = { ...action, title: 'Known to one community' };
    expect(
      (await target.ask(coordinator, api.saveAction, { ...first, params: { action: knownIn(community) }, body }))
        .status,
    ).toBe(200);
    expect(
      (
        await target.ask(coordinator, api.planSurvey, {
          community,
          params: { survey: knownIn(community) },
          body: survey,
        })
      ).status,
    ).toBe(200);
    expect(
      (await target.ask(coordinator, api.saveEvent, { ...first, params: { event: knownIn(community) }, body: event }))
        .status,
    ).toBe(200);
    expect(
      (
        await target.ask(coordinator, api.saveQuestion, {
          ...first,
          params: { question: knownIn(community) },
          body: agendaQuestion,
        })
      ).status,
    ).toBe(200);
  }
}, 180_000);
afterAll(() => target?.stop());

const strangers = ['outsider', 'administrator', 'owner of another'] as const;
const inTheTeam = ['member', 'sponsor', 'facilitator', 'coordinator', 'owner'] as const;
const kinds = [...strangers, ...inTheTeam, ...rolesWithRights];
type Kind = (typeof kinds)[number];

const nowhere = '00000000-1111-2222-3333-444444444444';
const knownIn = ({ team }: TargetCommunity): string => `known-${team.id.slice(0, 8)}`;

function somebody(kind: Kind): User {
  if (kind === 'outsider' || kind === 'administrator') return target[kind];
  if (isRole(kind)) return own.holders[kind];
  return kind === 'owner of another' ? other.owner : own[kind];
}

function isRole(kind: Kind): kind is (typeof rolesWithRights)[number] {
  return rolesWithRights.some(role => role === kind);
}

function knock(
  who: User,
  { operation, params = {}, body, stale }: Operation,
  { path, ids }: { readonly path: string; readonly ids: TargetCommunity },
): Promise<Answer> {
  const meant = { mine: `of-${who.id.slice(-6)}`, known: knownIn(ids) } as Record<string, string>;
  return patiently(who, api[operation] as AnyEndpoint, {
    params: {
      community: path,
      ...Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name, name === 'scope' ? value : (meant[value] ?? value)]),
      ),
    },
    ...(body === undefined ? {} : { body }),
    ...(stale ? { headers: { 'If-Match': '"stale,1"' } } : {}),
  });
}

/** Nobody may ask without end; then they wait as long as they are told. */
async function patiently(...asking: Parameters<Target['ask']>): Promise<Answer> {
  const answer = await target.ask(...asking);
  if (answer.status !== 429) return answer;
  await rest(1000 * Number(answer.headers['retry-after']));
  return patiently(...asking);
}

async function statuses(
  operation: Operation,
  at: { readonly path: string; readonly ids: TargetCommunity },
): Promise<Record<string, number>> {
  return Object.fromEntries(
    await Promise.all(kinds.map(async kind => [kind, (await knock(somebody(kind), operation, at)).status] as const)),
  );
}

/** What the declaration above says of one operation. */
function declared({ may, then, coordinator, roles }: Operation): Record<string, number> {
  return Object.fromEntries(
    kinds.map(kind => {
      if (may === 'everybody') return [kind, then];
      if (may === 'administrators') return [kind, kind === 'administrator' ? then : 403];
      if (strangers.some(one => one === kind)) return [kind, 404];
      if (kind === 'coordinator' && coordinator !== undefined) return [kind, coordinator];
      if (isRole(kind) && may === 'coordinators') return [kind, roles?.[kind] ?? 403];
      return [kind, may === 'members' || kind === 'coordinator' || kind === 'owner' ? then : 403];
    }),
  );
}

test('every role that lets people do something is tried', () => {
  expect([...rolesWithRights].toSorted()).toEqual(Object.keys(rightsOfRoles).toSorted());
});

const named = operations.map(operation => ({
  ...operation,
  name: [operation.operation, ...Object.values(operation.params ?? {})].join(' '),
}));
const ofCommunities = named.filter(({ may }) => may === 'members' || may === 'coordinators');

test('every operation of the API has its place in the declaration', () => {
  const declaredOnes = new Set<string>(operations.map(({ operation }) => operation));

  expect(Object.keys(api).filter(name => !declaredOnes.has(name))).toEqual([]);
});

/** What the product says of itself, beside what is said here: whoever changes one of the two changes the other. */
test('the product declares of every operation what is declared here', () => {
  const routes = everythingDeclared().filter(({ kind }) => kind === 'route');

  expect(
    routes
      // What is somebody's own depends on whose it is: here it is sometimes one's own and sometimes not.
      .filter(({ demands }) => demands.own === undefined)
      .map(({ name, demands }) => [name, demands.may === 'community.read' ? 'members' : 'coordinators'])
      .toSorted(),
  ).toEqual(
    [
      ...new Map(
        operations
          .filter(
            ({ operation, may }) => (may === 'members' || may === 'coordinators') && !ownOperations.includes(operation),
          )
          .map(({ operation, may }) => [operation, may]),
      ),
    ].toSorted(),
  );
});

/**
 * Each has a test of its own of what is somebody else's: above and below, and for digests in tests/bot/features/digest.
 */
const ownOperations: readonly string[] = [
  'answerQuestion',
  'changeActionComment',
  'changeDetail',
  'checkResource',
  'endHolding',
  'makeCalendarLink',
  'moveEvent',
  'moveQuestion',
  'noteAttendance',
  'planQuestion',
  'planSteps',
  'prepareEvent',
  'readReport',
  'removeAction',
  'removeActionComment',
  'removeComment',
  'removeQuestion',
  'removeResource',
  'revokeCalendarLink',
  'saveAction',
  'saveEvent',
  'saveQuestion',
  'saveResource',
  'sendScouts',
  'sentDigest',
];

test('what is said to be somebody’s own is tried on somebody else’s', () => {
  const own = everythingDeclared().filter(({ kind, demands }) => kind === 'route' && demands.own !== undefined);

  expect(own.map(({ name }) => name).toSorted()).toEqual(ownOperations);
});

test.each(named)('$name is for $may, and for nobody else', async operation => {
  expect(await statuses(operation, { path: own.team.id, ids: own })).toEqual(declared(operation));
});

test.each(ofCommunities.filter(({ params }) => Object.values(params ?? {}).includes('known')))(
  '$name with an id of another community is as one of nobody’s',
  async operation => {
    const found = await statuses(operation, { path: own.team.id, ids: other });

    // To remove what is not there is done already; whatever is not there cannot be read or changed.
    const harmless = ['removeAction', 'removeActionComment'].includes(operation.operation)
      ? [200, 403, 404]
      : [403, 404, 409];
    expect(Object.entries(found).filter(([, status]) => !harmless.includes(status))).toEqual([]);
  },
);

test.each(['member', 'sponsor', 'facilitator'] as const)(
  'a %s who knows its version changes no action of somebody else',
  async kind => {
    const { body } = await patiently(own[kind], api.plan, { community: own });
    const { id, etag } = (JSON.parse(body) as { actions: { id: string; etag: string }[] }).actions.find(
      one => one.id === knownIn(own),
    )!;
    const asking = { community: own, params: { action: id }, headers: { 'If-Match': etag } };

    const answers = [
      await patiently(own[kind], api.saveAction, { ...asking, body: action }),
      await patiently(own[kind], api.removeAction, asking),
      await patiently(own[kind], api.changeDetail, {
        ...asking,
        body: { kind: 'add-step', id: 'step-of-another', text: 'Not mine' },
      }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  },
);

test.each(['member', 'sponsor', 'facilitator'] as const)(
  'a %s who knows its version changes no event of somebody else, and says of nobody that they were there',
  async kind => {
    const asking = { community: own, params: { event: knownIn(own) } };
    const { body } = await patiently(own[kind], api.event, asking);
    const { etag } = JSON.parse(body) as { etag: string };

    const answers = [
      await patiently(own[kind], api.saveEvent, {
        ...asking,
        headers: { 'If-Match': etag },
        body: { ...event, title: 'Not mine' },
      }),
      await patiently(own[kind], api.prepareEvent, { ...asking, body: { ps: 'place', text: 'Not mine', done: true } }),
      await patiently(own[kind], api.moveEvent, { ...asking, body: { move: 'cancel' } }),
      await patiently(own[kind], api.noteAttendance, { ...asking, body: { people: [], guests: [] } }),
      await patiently(own[kind], api.planSteps, {
        ...asking,
        body: { steps: [{ id: 'step-of-another', title: 'Not mine' }] },
      }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
  },
);

test.each(['member', 'sponsor', 'facilitator'] as const)(
  'a %s who knows its version changes no question of somebody else, nor what somebody else put into the library',
  async kind => {
    const { body } = await patiently(own[kind], api.agenda, { community: own });
    const { etag } = (JSON.parse(body) as { questions: { id: string; etag: string }[] }).questions.find(
      ({ id }) => id === knownIn(own),
    )!;
    const question = { community: own, params: { question: knownIn(own) }, headers: { 'If-Match': etag } };
    const added = await patiently(own.owner, api.addResource, {
      community: own,
      body: { title: 'Template', when: 'When a board asks', topics: [], url: 'https://example.org/of-the-owner' },
    });
    const { resource } = JSON.parse(added.body) as { resource: { id: string; etag: string } };
    const shelved = { community: own, params: { resource: resource.id }, headers: { 'If-Match': resource.etag } };

    const answers = [
      await patiently(own[kind], api.saveQuestion, { ...question, body: { ...agendaQuestion, title: 'Not mine' } }),
      await patiently(own[kind], api.moveQuestion, { ...question, body: { to: 'let-go' } }),
      await patiently(own[kind], api.planQuestion, { ...question, body: { event: knownIn(own) } }),
      await patiently(own[kind], api.sendScouts, { ...question, body: { scouts: [], backOn: null } }),
      await patiently(own[kind], api.removeQuestion, question),
      await patiently(own[kind], api.saveResource, {
        ...shelved,
        body: { title: 'Not mine', when: 'Never', topics: [] },
      }),
      await patiently(own[kind], api.checkResource, { ...shelved, body: { still: 'outdated' } }),
      await patiently(own[kind], api.removeResource, shelved),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403, 403, 403]);
  },
);

test.each(['member', 'sponsor', 'facilitator'] as const)(
  'a %s neither changes nor removes what somebody else said on an action; coordinators remove it, and change nothing',
  async kind => {
    const comment = `of-somebody-${kind}`;
    const asking = { community: own, params: { action: knownIn(own), comment } };
    const words = { text: 'Not what they said', mentions: [] };
    await patiently(own.owner, api.commentOnAction, { ...asking, body: { id: comment, text: 'Mine', mentions: [] } });

    const answers = [
      await patiently(own[kind], api.changeActionComment, { ...asking, body: words }),
      await patiently(own[kind], api.removeActionComment, asking),
      await patiently(own.coordinator, api.changeActionComment, { ...asking, body: words }),
      await patiently(own.coordinator, api.removeActionComment, asking),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 200]);
  },
);

test('what another community has was not touched by any of that', async () => {
  const [{ body: plan }, { body: surveys }] = await Promise.all([
    target.ask(other.owner, api.plan, { community: other }),
    target.ask(other.owner, api.surveys, { community: other }),
  ]);

  expect(
    (JSON.parse(plan) as { actions: { id: string; title: string }[] }).actions.map(({ id, title }) => ({ id, title })),
  ).toEqual([{ id: knownIn(other), title: 'Known to one community' }]);
  expect((JSON.parse(surveys) as { surveys: { id: string }[] }).surveys.map(({ id }) => id)).toEqual([knownIn(other)]);
});

test.each(ofCommunities)('$name tells a stranger of a team what it tells them of none', async operation => {
  const stranger = other.others[turn++ % other.others.length]!;

  const [there, not] = await Promise.all(
    [own.team.id, nowhere].map(path => knock(stranger, operation, { path, ids: own })),
  );

  expect(there!.status).toBe(404);
  expect(whole(there!)).toEqual(whole(not!));
});

/** All of an answer but when and how it was sent. */
function whole({ status, headers, body }: Answer): object {
  const { date: _date, 'x-request-id': _id, 'request-id': _other, ...rest } = headers;
  return { status, headers: rest, body };
}

describe('a press on a card by somebody in the team', () => {
  const refusals = [
    sentences.errors['not-allowed'],
    sentences.errors['not-allowed_facilitators'],
    sentences.errors['not-allowed_roles'],
    digestSentences.notice.stranger,
  ] as const;
  /** Whoever may comes last, so that nothing is done already when the others try. */
  const pressers = ['member', 'sponsor', 'facilitator', ...rolesWithRights, 'coordinator', 'owner'] as const;
  const served: Readonly<Record<string, readonly Kind[]>> = {
    facilitators: ['facilitator', 'coordinator', 'owner'],
    coordinators: ['coordinator', 'owner'],
    nobody: [],
  };

  test('has its place in the declaration, whatever the button, and the product declares the same', () => {
    const said = everythingDeclared().filter(({ kind }) => kind === 'press');

    expect(presses.map(({ verb }) => verb).toSorted()).toEqual(said.map(({ name }) => name).toSorted());
    for (const { name, demands } of said.filter(one => one.demands.own === undefined)) {
      const { may } = presses.find(({ verb }) => verb === name)!;
      expect([name, may]).toEqual([
        name,
        demands.may === 'community.read'
          ? 'members'
          : demands.may.startsWith('facilitation.')
            ? 'facilitators'
            : 'coordinators',
      ]);
    }
  });

  /** Nobody may press without end; then they wait as long as they are told. */
  const wait = /Please try again in (\d+) seconds?/;
  async function answerTo(who: User, press: ReturnType<typeof pressOf>): Promise<unknown> {
    const { status, body } = await target.deliver(who, press);
    const { statusCode, value } = JSON.parse(body) as { statusCode: number; value: unknown };
    expect([status, statusCode, value]).toEqual([200, 200, expect.anything()]);
    const seconds = wait.exec(String(value))?.[1];
    if (seconds === undefined) return value;
    await rest(1000 * Number(seconds));
    return answerTo(who, press);
  }

  test.each(presses)(
    '$verb is for $may',
    async ({ verb, may, roles = [], data = {} }) => {
      const known = Object.fromEntries(
        Object.entries(data).map(([name, value]) => [name, value === 'known' ? knownIn(other) : value]),
      );
      const found: Kind[] = [];
      for (const kind of pressers) {
        const who = isRole(kind) ? other.holders[kind] : other[kind];
        const value = await answerTo(who, pressOf(verb, { community: other.team.id, ...known }));
        if (!refusals.some(refusal => refusal === value)) found.push(kind);
      }

      const expected: readonly Kind[] = may === 'members' ? pressers : [...(served[may] ?? []), ...roles];
      expect(found).toEqual(pressers.filter(kind => expected.includes(kind)));
    },
    150_000,
  );
});

describe('a press on a card', () => {
  /** Every button of our cards and of their samples: a shared card gets its verb from the feature that shows it. */
  const verbs = [
    ...new Set(cardsOf('bot').flatMap(card => [...card.matchAll(/"verb":\s*"([\w.]+)"/g)].map(([, verb]) => verb!))),
  ];

  const dataFor = (community: string): object => ({
    community,
    week: '2026-11-16',
    survey: knownIn(own),
    action: knownIn(own),
    event: knownIn(own),
    question: knownIn(own),
    role: 'sponsor',
  });

  test.each([...verbs, 'charter.burn', '__proto__', 'constructor'])(
    '%s by somebody who is not in a team says of it what it says of none, and no name',
    async verb => {
      const stranger = other.others[turn++ % other.others.length]!;
      const before = target.graphCalls.length;

      const [there, not] = await Promise.all(
        [own.team.id, nowhere].map(community => target.deliver(stranger, pressOf(verb, dataFor(community)))),
      );

      expect(whole(there!)).toEqual(whole(not!));
      expect(there!.body).not.toMatch(/First community|too-many|a lot in a short time/);
      // Whether somebody is in the team may be asked of Graph, and nothing else.
      expect(target.graphCalls.slice(before).filter(call => !/\/(members|owners)/.test(call))).toEqual([]);
    },
  );

  test('knows many buttons', () => {
    expect(verbs.length).toBeGreaterThan(20);
  });
});

test('none of this left a stack or an error in the log', () => {
  expect({ crashes: target.crashes, troubles: troublesIn(target.log) }).toEqual({ crashes: [], troubles: [] });
});

function cardsOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(card|sample)\.json$/.test(name))
    .map(name => readFileSync(join(folder, name), 'utf8'));
}
