import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { tenant } from '../../../../infra/local/directory.ts';
import { fact } from '../fact.ts';
import { openTenant, people, productUrl, type OpenTenant } from '../tenant.ts';

let local: OpenTenant;
beforeAll(async () => {
  local = await openTenant();
});
afterAll(() => local.close());
beforeEach(() => {
  local.entra.consent.setDelegated(['User.Read', 'openid', 'profile', 'offline_access']);
  local.entra.consent.setPeopleMayAgree(true);
});

const verifier = 'a-verifier-that-only-the-app-knows-0123456789';
const request = {
  client_id: tenant.appId,
  response_type: 'code',
  redirect_uri: `${productUrl}/tabs/?frame=consent-end`,
  scope: 'https://graph.microsoft.com/Sites.Manage.All openid offline_access',
  state: 's-1',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
};

function open(parameters: Record<string, string>, tenantName: string = tenant.id): Promise<Response> {
  return fetch(`${local.url()}/${tenantName}/oauth2/v2.0/authorize?${new URLSearchParams(parameters)}`, {
    redirect: 'manual',
  });
}
function press(answer: 'accept' | 'cancel', parameters: Record<string, string> = request): Promise<Response> {
  const form = new URLSearchParams({ ...parameters, user: people.ben.id, answer });
  return fetch(`${local.url()}/${tenant.id}/consent/set`, { method: 'POST', body: form, redirect: 'manual' });
}
function whereTo(response: Response): URL {
  return new URL(response.headers.get('location') ?? 'none:');
}
async function redeem(
  code: string,
  more: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const form = {
    grant_type: 'authorization_code',
    client_id: tenant.appId,
    code,
    redirect_uri: request.redirect_uri,
    code_verifier: verifier,
    ...more,
  };
  const response = await fetch(`${local.url()}/${tenant.id}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the consent page', () => {
  test('says what the app wants and who is asked', async () => {
    const response = await open({ ...request, login_hint: people.ben.mail });

    const page = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page).toContain('Ben Okoro');
    expect(page).toContain('Sites.Manage.All');
  });

  test('lets one choose who they are when Teams has not said', async () => {
    const page = await (await open(request)).text();

    expect(Object.values(people).every(({ displayName }) => page.includes(`>${displayName}</option>`))).toBe(true);
  });

  test('shows what it was sent as text, never as a part of the page', async () => {
    const page = await (await open({ ...request, state: '"><script>alert(1)</script>' })).text();

    expect(page).not.toContain('<script>');
  });

  test('is left out when everything was consented to before', async () => {
    const response = await open({ ...request, scope: 'User.Read', login_hint: people.ben.mail });

    expect([
      response.status,
      whereTo(response).searchParams.get('state'),
      whereTo(response).searchParams.has('code'),
    ]).toEqual([302, 's-1', true]);
  });
});

describe('accepting', () => {
  test('grants, and the code is good for a token of that person', async () => {
    const code = whereTo(await press('accept')).searchParams.get('code') ?? '';

    const { status, body } = await redeem(code);

    expect(local.entra.consent.delegated()).toContain('Sites.Manage.All');
    expect([status, await local.entra.verify(String(body['access_token']), 'https://graph.microsoft.com')]).toEqual([
      200,
      { appId: tenant.appId, userId: people.ben.id, scopes: ['User.Read', 'Sites.Manage.All'], roles: [] },
    ]);
  });

  test('can send the answer in the fragment', async () => {
    const target = whereTo(await press('accept', { ...request, response_mode: 'fragment' }));

    expect([target.search, new URLSearchParams(target.hash.slice(1)).get('state')]).toEqual([
      '?frame=consent-end',
      's-1',
    ]);
  });

  async function refusedWith(more: Record<string, string>): Promise<unknown> {
    const code = whereTo(await press('accept')).searchParams.get('code') ?? '';
    const { status, body } = await redeem(code, more);
    return [status, body['error_codes']];
  }

  test('gives a code that is good once', async () => {
    const code = whereTo(await press('accept')).searchParams.get('code') ?? '';
    await redeem(code);

    const { status, body } = await redeem(code);

    expect([status, body['error_codes']]).toEqual([400, [54005]]);
  });

  fact('entra/code-verifier', async () => {
    expect(await refusedWith({ code_verifier: 'guess' })).toEqual([400, [501481]]);
  });

  fact('entra/code-elsewhere', async () => {
    expect(await refusedWith({ redirect_uri: `${productUrl}/elsewhere` })).toEqual([400, [500112]]);
  });
});

fact('entra/declined', async () => {
  const target = whereTo(await press('cancel'));

  expect([
    target.searchParams.get('error'),
    target.searchParams.get('state'),
    local.entra.consent.delegated().includes('Sites.Manage.All'),
  ]).toEqual(['access_denied', 's-1', false]);
});

fact('entra/redirect-exact', async () => {
  const others = [
    `${productUrl}/tabs/`,
    `${productUrl}/tabs/?frame=consent-end&more=1`,
    `${productUrl}/tabs/?frame=consent-End`,
    `${productUrl}/tabs/?frame=consent-end#`,
    'http://127.0.0.1:3978/tabs/?frame=consent-end',
  ];

  const answers = await Promise.all(others.map(redirect_uri => open({ ...request, redirect_uri })));

  expect(answers.map(({ status }) => status)).toEqual(others.map(() => 400));
  for (const answer of answers) expect(await answer.text()).toContain('AADSTS50011');
  expect((await open(request)).status).toBe(200);
});

fact('entra/redirect-not-sent', async () => {
  const response = await open({ ...request, redirect_uri: 'https://evil.example/' });

  expect([response.headers.get('location'), response.headers.get('content-type')]).toEqual([
    null,
    'text/html; charset=utf-8',
  ]);
});

describe('where people may not agree for themselves', () => {
  beforeEach(() => {
    local.entra.consent.setPeopleMayAgree(false);
    local.entra.consent.setAdministrators([people.ana.id]);
  });

  fact('entra/admin-approval', async () => {
    const page = await (await open({ ...request, login_hint: people.ben.mail })).text();

    expect(page).toContain('Need admin approval');
    expect(page).not.toContain('value="accept"');
  });

  fact('entra/admin-approval-not-forced', async () => {
    const target = whereTo(await press('accept'));

    expect([target.searchParams.get('error'), target.searchParams.get('error_description')]).toEqual([
      'access_denied',
      expect.stringMatching(/^AADSTS90094: /),
    ]);
    expect(local.entra.consent.delegated()).not.toContain('Sites.Manage.All');
  });

  fact('entra/admin-agrees-for-all', async () => {
    const form = new URLSearchParams({ ...request, user: people.ana.id, answer: 'accept' });
    await fetch(`${local.url()}/${tenant.id}/consent/set`, { method: 'POST', body: form, redirect: 'manual' });

    expect((await open({ ...request, login_hint: people.ben.mail })).status).toBe(302);
  });

  test('what only administrators can grant stays theirs, where people may agree to the rest', async () => {
    local.entra.consent.setPeopleMayAgree(true);
    const scope = 'https://graph.microsoft.com/Sites.FullControl.All';

    expect(await (await open({ ...request, scope, login_hint: people.ben.mail })).text()).toContain(
      'Need admin approval',
    );
  });
});

test.each([
  [
    'an address that is not the product’s',
    { ...request, redirect_uri: 'https://evil.example/' },
    tenant.id,
    'AADSTS50011',
  ],
  ['an address that is none', { ...request, redirect_uri: 'javascript:alert(1)' }, tenant.id, 'AADSTS50011'],
  ['an app it does not know', { ...request, client_id: 'other' }, tenant.id, 'AADSTS700016'],
  ['a tenant it does not know', request, 'elsewhere.example', 'AADSTS90002'],
])('nobody is sent anywhere for %s', async (_what, parameters, tenantName, number) => {
  const response = await open(parameters, tenantName);

  expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  expect(await response.text()).toContain(number);
});

async function toldTheApp(more: Record<string, string>): Promise<unknown> {
  const target = whereTo(await open({ ...request, ...more }));
  return [target.origin, target.searchParams.get('error')];
}

fact('entra/response-type', async () => {
  expect(await toldTheApp({ response_type: 'token' })).toEqual([productUrl, 'unsupported_response_type']);
});

fact('entra/prompt-none', async () => {
  expect([
    await toldTheApp({ prompt: 'none', login_hint: people.ben.mail }),
    await toldTheApp({ prompt: 'none' }),
  ]).toEqual([
    [productUrl, 'invalid_grant'],
    [productUrl, 'interaction_required'],
  ]);
});

test.each([['a resource that is not Graph', { scope: 'https://vault.example/Keys.Read' }, 'invalid_resource']])(
  'the app is told when it asks for %s',
  async (_what, more, error) => {
    expect(await toldTheApp(more)).toEqual([productUrl, error]);
  },
);
