import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../bot/graph/channel-files.ts';
import type { Files } from '../../../bot/ports.ts';
import { samplePeople, sampleTeam } from '../../../infra/local/sample-people.ts';
import { startListsOverHttp, type ListsOverHttp } from '../../support/lists.ts';

const pdf = {
  name: 'Charter of R&D, it’s 100% ours 😀.pdf',
  type: 'application/pdf',
  bytes: new TextEncoder().encode('%PDF-1.7 first'),
};
let over: ListsOverHttp;
let files: Files;
let onBehalfOf: string;
beforeEach(async () => {
  over = await startListsOverHttp();
  files = createFiles(over.graphAs, async () => sampleTeam.threadId);
  onBehalfOf = await over.microsoft365.entra.issueTabToken(samplePeople[1]!.id);
});
afterEach(() => over.stop());

function publish(file = pdf) {
  return files.publish({ community: over.team, onBehalfOf, file });
}
function library() {
  return over.microsoft365.graph.files
    .list(sampleTeam)
    .map(({ name, folder, version, modifiedBy, bytes }) => ({ name, folder, version, modifiedBy, bytes }));
}

describe('publishing a file', () => {
  test('puts it into the channel’s folder in the person’s name, where its link opens it', async () => {
    const published = await publish();

    expect(library()).toEqual([
      { name: pdf.name, folder: 'General', version: 1, modifiedBy: 'Tomasz Nowak', bytes: 14 },
    ]);
    expect(published).toEqual({
      outcome: 'published',
      name: pdf.name,
      url: expect.stringMatching(/\/Shared%20Documents\/General\/Charter/),
    });
    const opened = await fetch(published.outcome === 'published' ? published.url : '');
    expect([opened.headers.get('content-type'), await opened.text()]).toEqual(['application/pdf', '%PDF-1.7 first']);
  });

  test('again makes a new version of the same file', async () => {
    await publish();
    const { outcome } = await publish({ ...pdf, bytes: new TextEncoder().encode('%PDF-1.7 the second') });

    expect(outcome).toBe('published');
    expect(library()).toEqual([expect.objectContaining({ version: 2, bytes: 19 })]);
  });

  test('keeps every byte, also when they lie in the middle of a larger buffer', async () => {
    const large = new Uint8Array(500_000).map((_, index) => index % 251);
    const published = await publish({ ...pdf, bytes: large.subarray(1000, 400_000) });

    const opened = await fetch(published.outcome === 'published' ? published.url : '');
    expect(Buffer.from(await opened.arrayBuffer()).equals(Buffer.from(large.subarray(1000, 400_000)))).toBe(true);
  });

  test('needs no permission beyond those that save lists', async () => {
    over.microsoft365.entra.consent.setDelegated([
      'User.Read',
      'Sites.ReadWrite.All',
      'openid',
      'profile',
      'offline_access',
    ]);

    expect((await publish()).outcome).toBe('published');
  });

  test('needs consent as any act for a person does', async () => {
    over.microsoft365.entra.consent.setDelegated([]);

    await expect(publish()).rejects.toMatchObject({ code: 'consent-needed' });
  });

  test.each([
    {
      path: 'filesFolder',
      status: 404,
      outcome: 'no-folder',
      reason: 'a private channel whose Files nobody has opened',
    },
    { path: 'filesFolder', status: 403, outcome: 'not-allowed', reason: 'a channel of others' },
    { path: ':/content', status: 403, outcome: 'not-allowed', reason: 'a guest who may only read' },
    { path: ':/content', status: 423, outcome: 'locked', reason: 'somebody has it open in Word' },
    { path: ':/content', status: 507, outcome: 'full', reason: 'the site has no room' },
  ])('$status from $path is $outcome: $reason', async ({ path, status, outcome }) => {
    over.microsoft365.faults.add({ path, status, count: 1 });

    expect(await publish()).toEqual({ outcome, name: pdf.name });
    expect(library()).toEqual([]);
  });

  test('somebody who is not in the team may not', async () => {
    onBehalfOf = await over.microsoft365.entra.issueTabToken(samplePeople.find(({ role }) => role === 'newcomer')!.id);

    expect((await publish()).outcome).toBe('not-allowed');
  });

  test('what Graph answers otherwise is a failure to try again', async () => {
    over.microsoft365.faults.add({ path: ':/content', status: 500, count: 1 });

    await expect(publish()).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('an upload that was done and answered 504 is sent again, and is one file', async () => {
    over.microsoft365.faults.add({ path: ':/content', status: 504, count: 1, afterwards: true, retryAfter: 0 });

    expect((await publish()).outcome).toBe('published');
    expect(library()).toEqual([expect.objectContaining({ version: 2 })]);
  });
});
