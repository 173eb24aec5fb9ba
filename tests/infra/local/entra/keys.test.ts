import { afterAll, beforeAll, expect } from '@jest/globals';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { tenant } from '../../../../infra/local/directory.ts';
import { fact } from '../fact.ts';
import { appToken, openTenant, people, type OpenTenant } from '../tenant.ts';

let local: OpenTenant;
beforeAll(async () => {
  local = await openTenant();
});
afterAll(() => local.close());

const addresses = { people: `/${tenant.id}/discovery/v2.0/keys`, bots: '/v1/.well-known/keys' } as const;
type Signer = keyof typeof addresses;
const signers = Object.keys(addresses) as Signer[];

async function published(signer: Signer): Promise<JSONWebKeySet> {
  return (await (await fetch(local.url() + addresses[signer])).json()) as JSONWebKeySet;
}
function sign(signer: Signer): Promise<string> {
  return signer === 'people' ? local.entra.issueTabToken(people.ana.id) : local.entra.signToBot('https://x.example/');
}
async function isGood(signer: Signer, token: string): Promise<boolean> {
  return jwtVerify(token, createLocalJWKSet(await published(signer))).then(
    () => true,
    () => false,
  );
}

fact('entra/several-keys', async () => {
  for (const signer of signers) {
    const kids = (await published(signer)).keys.map(({ kid }) => kid);

    expect({ several: kids.length > 1, different: new Set(kids).size }).toEqual({
      several: true,
      different: kids.length,
    });
    expect(kids).toContain(decodeProtectedHeader(await sign(signer)).kid);
  }
});

fact('entra/keys-roll-at-once', async () => {
  for (const signer of signers) {
    const seen = (await published(signer)).keys.map(({ kid }) => kid);
    const before = await sign(signer);

    await local.entra.keys[signer].roll();

    const after = await sign(signer);
    expect(seen).not.toContain(decodeProtectedHeader(after).kid);
    expect([await isGood(signer, before), await isGood(signer, after)]).toEqual([true, true]);
  }
});

fact('entra/keys-withdrawn', async () => {
  for (const signer of signers) {
    const before = await sign(signer);
    await local.entra.keys[signer].roll();
    expect(await isGood(signer, before)).toBe(true);

    local.entra.keys[signer].withdrawEarlier();

    expect([await isGood(signer, before), await isGood(signer, await sign(signer))]).toEqual([false, true]);
  }

  const graph = 'https://graph.microsoft.com';
  const ofApp = await appToken(local);
  await local.entra.keys.people.roll();
  await expect(local.entra.verify(ofApp, graph)).resolves.toMatchObject({ appId: tenant.appId });
  local.entra.keys.people.withdrawEarlier();
  await expect(local.entra.verify(ofApp, graph)).rejects.toThrow('Invalid signature');
});
