import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { tenant } from '../../../../infra/local/directory.ts';
import { graphCommandLine } from '../../../../infra/local/entra/device-codes.ts';
import { fact } from '../fact.ts';
import { openTenant, people, type OpenTenant } from '../tenant.ts';

let local: OpenTenant;
beforeAll(async () => {
  local = await openTenant();
});
afterAll(() => local.close());
beforeEach(() => {
  local.entra.consent.setAdministrators([people.ana.id]);
  local.entra.consent.setPeopleMayAgree(false);
  local.entra.deviceCodes.lifetime = 900;
});

const scope = 'https://graph.microsoft.com/Sites.FullControl.All openid profile offline_access';

interface Answer {
  readonly status: number;
  readonly error?: string;
  readonly error_codes?: readonly number[];
  readonly device_code: string;
  readonly user_code: string;
  readonly access_token: string;
}

async function post(path: string, form: Record<string, string>): Promise<Answer> {
  const response = await fetch(`${local.url()}/${tenant.id}/oauth2/v2.0/${path}`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: graphCommandLine.appId, ...form }),
  });
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
}
const start = (form: Record<string, string> = {}) => post('devicecode', { scope, ...form });
const redeem = (code: string) =>
  post('token', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: code });

fact('entra/device-code-answer', async () => {
  const answer = await start();

  expect(answer).toEqual({
    status: 200,
    device_code: expect.stringMatching(/^[\w-]{40,}$/),
    user_code: expect.stringMatching(/^[A-Z2-9]{9}$/),
    verification_uri: 'https://microsoft.com/devicelogin',
    expires_in: 900,
    interval: 5,
    message: `To sign in, use a web browser to open the page https://microsoft.com/devicelogin and enter the code ${answer.user_code} to authenticate.`,
  });
});

fact('entra/device-code-pending', async () => {
  expect(await redeem((await start()).device_code)).toMatchObject({
    status: 400,
    error: 'authorization_pending',
    error_codes: [70016],
  });
});

fact('entra/device-code-declined', async () => {
  const { device_code: code, user_code: userCode } = await start();
  local.entra.deviceCodes.answer(userCode, people.ana.id, 'cancel');

  expect(await redeem(code)).toMatchObject({ status: 400, error: 'authorization_declined' });
});

fact('entra/device-code-expired', async () => {
  local.entra.deviceCodes.lifetime = -1;
  const { device_code: code, user_code: userCode } = await start();

  expect(await redeem(code)).toMatchObject({ status: 400, error: 'expired_token', error_codes: [70020] });
  expect(() => local.entra.deviceCodes.answer(userCode, people.ana.id, 'accept')).toThrow('AADSTS70018');
});

fact('entra/device-code-unknown', async () => {
  expect(await redeem('not-a-code')).toMatchObject({ status: 400, error: 'bad_verification_code' });
});

fact('entra/device-code-once', async () => {
  const { device_code: code, user_code: userCode } = await start();
  local.entra.deviceCodes.answer(userCode, people.ana.id, 'accept');
  const answer = await redeem(code);

  expect(decodeJwt(answer.access_token)).toMatchObject({
    oid: people.ana.id,
    appid: graphCommandLine.appId,
    scp: 'Sites.FullControl.All',
    idtyp: 'user',
  });
  expect((await redeem(code)).error).toBe('bad_verification_code');
});

fact('entra/device-code-consent', async () => {
  const { device_code: code, user_code: userCode } = await start();
  local.entra.consent.setPeopleMayAgree(true);

  expect(() => local.entra.deviceCodes.answer(userCode, people.ben.id, 'accept')).toThrow('AADSTS90094');
  expect((await redeem(code)).error).toBe('authorization_pending');
});

describe('the device code endpoint', () => {
  test.each([
    ['another app than the public client', { client_id: tenant.appId }, 'invalid_client'],
    ['no scope', { scope: '' }, 'invalid_request'],
    ['a scope that is none', { scope: 'https://graph.microsoft.com/x y' }, 'invalid_scope'],
  ])('refuses %s', async (_what, form, error) => {
    expect((await start(form)).error).toBe(error);
  });
});
