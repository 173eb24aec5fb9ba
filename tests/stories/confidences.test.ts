import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { api, type CommunityView } from '../../domain/api.ts';
import type { AnyEndpoint } from '../../domain/endpoint.ts';
import type { SettingsView } from '../../domain/settings/api.ts';
import { templates } from '../support/method-text.ts';
import { personOf, startSystem, type System } from '../support/system.ts';
import { asker, tokenFor, type Ask, type Entity, type OpenTenant } from '../infra/local/tenant.ts';
import { eventually } from '../support/engines.ts';

/**
 * What was promised to few, and rights, against a member of the team who has nothing but what every browser gives him:
 * Daniel, with Graph in his own name, the tabs' API, his cards and Teams' menu of apps.
 */
let system: System;
let graph: Ask;
let site: string;

/** Sentences of the sample and of this test that are for few, or for nobody. */
const confidential = {
  'a newcomer’s own words': 'MARK-NEWCOMER I am shy',
  'a named answer': 'MARK-ANSWER my manager reads this',
  'a survey that is only planned': 'MARK-PLANNED survey',
  'a word with an offer': 'I remember well how lost I felt in my first week.',
  'a sponsor’s reply': 'Gladly. Let us find the right chart together first.',
  'a sponsor’s digest': 'Would you open our meeting in January with one chart',
  'a draft': 'Since the last digest the pulse survey has closed',
  'an answer of an open anonymous survey': 'The five-minute sketches were the best part.',
} as const;

beforeAll(async () => {
  system = await startSystem();
  const { microsoft365 } = system;
  const local = { url: () => microsoft365.url, entra: microsoft365.entra } as unknown as OpenTenant;
  graph = asker(local, await tokenFor(local, personOf('Daniel') as never));
  site = (await graph('GET', `/groups/${system.team}/sites/root`)).body.id;
  await tellSecrets();
}, 240_000);
afterAll(() => system.stop());

async function tellSecrets(): Promise<void> {
  const { connector } = system.microsoft365;
  await connector.joins(system.team, [personOf('Jonas').id]);
  const welcome = await eventually('the welcome', () => {
    const chat = connector
      .conversationsOf(personOf('Jonas').id)
      .find(({ conversation }) => conversation.kind === 'personal');
    return (
      chat &&
      connector.messages(chat.conversation.id).find(({ cards }) => JSON.stringify(cards).includes('welcome.answer'))
    );
  });
  await connector.presses(personOf('Jonas').id, welcome.id, {
    verb: 'welcome.answer',
    data: {
      community: system.team,
      reasons: 'tips',
      contributions: '',
      inOwnWords: confidential['a newcomer’s own words'],
    },
  });

  const { questions } = templates.find(({ id }) => id === 'event')!;
  const plan = (survey: string, title: string, opensOn: string, closesOn: string) =>
    system.ask('Priya', api.planSurvey, {
      params: { survey },
      body: { title, intro: '', questions, anonymous: false, audience: 'channel', opensOn, closesOn },
    });
  const planned = [
    await plan('with-names', 'With names', '2026-11-22', '2026-11-28'),
    await plan('planned-only', confidential['a survey that is only planned'], '2026-12-10', '2026-12-16'),
  ];
  expect(planned.map(({ status, body }) => [status, status === 200 ? '' : body])).toEqual([
    [200, ''],
    [200, ''],
  ]);
  const words = questions.find(({ kind }) => kind === 'text')!.id;
  const answered = await system.ask('Amara', api.answerSurvey, {
    params: { survey: 'with-names' },
    body: { sheet: { [words]: confidential['a named answer'] }, token: null },
  });
  expect(answered.status).toBe(200);
}

/** Everything that a member can read of the site: every list, every item, every version. */
async function readSite(): Promise<string> {
  const said: unknown[] = [];
  async function pages(path: string): Promise<readonly Entity[]> {
    const found: Entity[] = [];
    for (let next: string | undefined = path; next; ) {
      const { status, body } = await graph('GET', next);
      expect(status).toBe(200);
      found.push(...body.value);
      next = body['@odata.nextLink'];
    }
    return found;
  }
  for (const list of await pages(`/sites/${site}/lists`)) {
    const items = await pages(`/sites/${site}/lists/${list.id}/items?$expand=fields`);
    said.push(list, items);
    for (const { id } of items)
      said.push(await pages(`/sites/${site}/lists/${list.id}/items/${id}/versions?$expand=fields`));
  }
  return JSON.stringify(said);
}

/** Every answer of the tabs' API to a GET, whatever is asked for. */
async function readApi(who: string): Promise<string> {
  const values = {
    survey: ['with-names', 'planned-only', 'sample-pulse', 'sample-event'],
    audience: ['sponsor', 'members'],
    period: ['now-2026-11-22'],
    section: ['aims'],
    format: ['docx', 'md'],
    role: ['sponsor'],
    action: ['sample-01'],
  };
  const said: string[] = [];
  for (const endpoint of Object.values<AnyEndpoint>(api)) {
    // Events name screens, and go on for ever.
    if (endpoint.method !== 'GET' || endpoint.event) continue;
    const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)]
      .map(([, name]) => name!)
      .filter(name => name !== 'community');
    const chosen = names.reduce<Record<string, string>[]>(
      (all, name) =>
        all.flatMap(one => (values[name as keyof typeof values] ?? ['1']).map(value => ({ ...one, [name]: value }))),
      [{}],
    );
    for (const params of chosen) {
      const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
        encodeURIComponent(params[name] ?? system.team),
      );
      const answered = await fetch(system.productUrl + path, {
        headers: { Authorization: `Bearer ${await system.microsoft365.entra.issueTabToken(personOf(who).id)}` },
      });
      said.push(await answered.text());
    }
  }
  return said.join('\n');
}

/** Every card that somebody can see, in the channel and in their own chat, as Teams shows it to them. */
function readCards(who: string): string {
  const { connector } = system.microsoft365;
  const messages = connector
    .conversationsOf(personOf(who).id)
    .flatMap(({ conversation }) => connector.messages(conversation.id));
  return JSON.stringify(
    messages.map(message => [message.text, message.cards, connector.view(message, personOf(who).id)]),
  );
}

function toldIn(text: string): readonly string[] {
  return Object.entries(confidential)
    .filter(([, sentence]) => text.includes(sentence))
    .map(([what]) => what);
}

describe('what was promised to few', () => {
  test('stands nowhere in the team’s site', async () => {
    const read = await readSite();

    expect(read).toContain('We help each other turn figures into stories');
    expect(toldIn(read)).toEqual([]);
  });

  test('is in no answer and on no card of a member', async () => {
    expect({ api: toldIn(await readApi('Daniel')), cards: toldIn(readCards('Daniel')) }).toEqual({
      api: [],
      cards: [],
    });
  });

  test('is there for those who coordinate', async () => {
    expect(toldIn((await readApi('Priya')) + readCards('Priya')).toSorted()).toEqual(
      Object.keys(confidential)
        .filter(what => what !== 'an answer of an open anonymous survey')
        .toSorted(),
    );
  });
});

describe('rights are nothing that a member can write', () => {
  const daniel = personOf('Daniel');
  const may = async () =>
    Object.entries(((await system.ask('Daniel', api.community)).body as CommunityView).may)
      .filter(([, allowed]) => allowed)
      .map(([name]) => name);
  async function nothingGained(): Promise<void> {
    expect({ may: await may(), welcome: (await system.ask('Daniel', api.newcomers)).status }).toEqual({
      may: ['community.read'],
      welcome: 403,
    });
  }
  async function reinstall(): Promise<void> {
    const { connector } = system.microsoft365;
    await connector.uninstallApp(system.team, daniel.id);
    await eventually('the removal', async () => (await system.ask('Priya', api.community)).status === 404);
    await connector.installApp(system.team, daniel.id);
    await eventually('the installation', async () => (await system.ask('Priya', api.community)).status === 200);
  }

  test('not by changing the settings in SharePoint, and the coordinators see who tried', async () => {
    const row = (await graph('GET', `/sites/${site}/lists/CoP%20Settings/items?$expand=fields`)).body.value[0]!;
    const settings = JSON.parse(String(row.fields['CopSettings'])) as { coordinators: object[] };
    const forged = {
      ...settings,
      coordinators: [...settings.coordinators, daniel],
      facilitation: { ...(settings as unknown as { facilitation: object }).facilitation, facilitators: [daniel] },
    };
    expect(
      (
        await graph('PATCH', `/sites/${site}/lists/CoP%20Settings/items/${row.id}/fields`, {
          CopSettings: JSON.stringify(forged),
        })
      ).status,
    ).toBe(200);

    await nothingGained();
    await reinstall();
    await nothingGained();

    // While much is going on, what was changed by hand is seen five seconds late.
    const { body, etag } = await eventually('the settings changed by hand to be seen', async () => {
      const found = await system.ask('Priya', api.settings);
      return (found.body as SettingsView).byHand && found;
    });
    expect((body as SettingsView).byHand).toMatchObject({ by: daniel.name, differs: ['coordinators', 'facilitation'] });
    // Whoever saves anything adopts nobody.
    await system.ask('Priya', api.saveSettings, {
      body: (body as SettingsView).settings,
      headers: { 'If-Match': etag! },
    });
    await nothingGained();
    expect(((await system.ask('Priya', api.settings)).body as SettingsView).byHand).toBeUndefined();
  });

  test('not by deleting the settings, or everything, and adding the app anew', async () => {
    for (const list of (await graph('GET', `/sites/${site}/lists`)).body.value.filter(
      ({ displayName }) => displayName === 'CoP Settings' || displayName === 'CoP Charter',
    )) {
      for (const { id } of (await graph('GET', `/sites/${site}/lists/${list.id}/items`)).body.value)
        await graph('DELETE', `/sites/${site}/lists/${list.id}/items/${id}`);
    }
    await reinstall();

    await nothingGained();
    expect(
      (
        await system.ask('Daniel', api.saveSettings, {
          body: ((await system.ask('Priya', api.settings)).body as SettingsView).settings,
          headers: { 'If-None-Match': '*' },
        })
      ).status,
    ).toBe(403);
  });

  test('not by writing himself into the list of roles: no sponsor’s digest, no sponsor', async () => {
    const fields = {
      Title: 'x',
      CopKey: `sponsor/${daniel.id}/2026-11-01`,
      CopRole: 'sponsor',
      CopPerson: JSON.stringify({ ...daniel, mail: null }),
      CopSince: '2026-11-01',
      CopNote: '',
      CopState: 'accepted',
      CopChangedBy: JSON.stringify(personOf('Priya')),
      CopChangedAt: '2026-11-01T09:00:00Z',
    };
    expect((await graph('POST', `/sites/${site}/lists/CoP%20Roles/items`, { fields })).status).toBe(201);
    const helen = (await graph('GET', `/sites/${site}/lists/CoP%20Roles/items?$expand=fields`)).body.value.find(
      item =>
        String(item.fields['CopKey']).startsWith('sponsor/') && String(item.fields['CopPerson']).includes('Helen'),
    )!;
    expect(
      (
        await graph('PATCH', `/sites/${site}/lists/CoP%20Roles/items/${helen.id}/fields`, {
          CopPerson: JSON.stringify({ ...daniel, mail: null }),
        })
      ).status,
    ).toBe(200);

    interface Roles {
      readonly roles: { readonly id: string; readonly holders: { readonly person: { readonly id: string } }[] }[];
      readonly byHand?: { readonly person: { readonly id: string } }[];
    }
    const roles = await eventually('both rows made by hand to be seen', async () => {
      const found = (await system.ask('Priya', api.roles)).body as Roles;
      return found.byHand?.length === 2 && found;
    });
    const digest = (await system.ask('Priya', api.digest)).body as {
      drafts: { audience: string; reached: { id: string }[] }[];
    };

    expect(roles.roles.flatMap(({ holders }) => holders).filter(({ person }) => person.id === daniel.id)).toEqual([]);
    expect(roles.byHand?.map(({ person }) => person.id)).toEqual([daniel.id, daniel.id]);
    // Whoever was accepted stays the sponsor, whatever was written over their row.
    expect(digest.drafts.find(({ audience }) => audience === 'sponsor')?.reached).toEqual([personOf('Helen')]);
    expect(toldIn(await readApi('Daniel'))).toEqual([]);

    await system.ask('Priya', api.settleRolesByHand, { body: { decision: 'put-back', rows: roles.byHand } });
    const after = (await system.ask('Priya', api.roles)).body as Roles;
    expect([
      after.byHand,
      after.roles.find(({ id }) => id === 'sponsor')?.holders.map(({ person }) => person.id),
    ]).toEqual([undefined, [personOf('Helen').id]]);
  });
});
