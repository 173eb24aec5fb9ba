import { beforeEach, describe, expect, test } from '@jest/globals';
import { actionsIn, textsIn } from '../../../support/cards.ts';
import { ask, cardOf, community, noticeOf, press, translateFor } from '../../../support/feature-parts.ts';
import { amara, daniel, gwen, here, priya, scene, template, type Scene } from './parts.ts';

let now: Scene;
beforeEach(() => {
  now = scene();
});

const types = async (words: string) => {
  const [, name = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(words) ?? [];
  return textsIn(cardOf(await ask(now.feature, name, { who: amara, community: here, rest }))).join('\n');
};

describe('find', () => {
  test('shows what has all of the words, with when it helps and whether somebody checked it', async () => {
    const { resource } = await now.adds();
    await now.adds({ url: 'https://example.org/other', title: 'Other', when: 'Never', topics: [] });
    await now.checks(amara, 'right', resource.id);

    const texts = await types('find spc board');

    expect(texts).toContain('One thing has the words “spc board”');
    expect(texts).toContain(template.when);
    expect(texts).toContain('Checked by Amara Okafor, 23 November 2026');
    expect(texts).not.toContain('Other');
  });

  test('says what is out of date', async () => {
    const { resource } = await now.adds();
    await now.checks(amara, 'outdated', resource.id);

    expect(await types('find spc')).toContain('Out of date');
    expect(await types('library')).not.toContain(template.title);
  });

  test('without a find says how to ask', async () => {
    expect(await types('find nothing like it')).toContain('write “park” and your question');
  });

  test('names six, and how many more there are', async () => {
    for (let place = 0; place < 8; place++) await now.adds({ url: `https://example.org/${place}` });

    expect(await types('find spc')).toContain('2 more are on the Library page.');
  });
});

describe('the menu of a message', () => {
  const add = () => now.feature.messageActions!['add']!;
  const asked = (message: { text: string; link?: string | null }) => ({
    who: daniel,
    community: here,
    message: { author: 'Gwen Pritchard', link: 'https://teams.microsoft.com/l/message/1', ...message },
    t: translateFor(now.feature),
  });
  const submit = async (data: object) =>
    add().submit({ ...asked({ text: '' }), data: add().data.parse(data) as never });

  test('offers the addresses that are in it, and its words as a title', async () => {
    const card = cardOf(
      await add().open({ ...asked({ text: 'Look at this template: https://example.org/spc.' }), again: null }),
    );

    expect(JSON.stringify(card)).toContain('"value":"https://example.org/spc"');
    expect(JSON.stringify(card)).toContain('Look at this template');
  });

  test('a message without an address is kept itself, and one without a link not at all', async () => {
    const own = cardOf(await add().open({ ...asked({ text: 'Good advice' }), again: null }));

    expect(JSON.stringify(own)).toContain('https://teams.microsoft.com/l/message/1');
    expect(noticeOf(await add().open({ ...asked({ text: 'Good advice', link: null }), again: null }))).toContain(
      'There is no address',
    );
  });

  test('asks when it helps, and puts it in', async () => {
    const data = { urls: template.url, suggested: '', title: template.title };
    const again = cardOf(await submit(data));
    expect(textsIn(again).join('\n')).toContain('Please say when it helps');

    const card = cardOf(await submit({ ...data, when: template.when }));
    expect(textsIn(card).join('\n')).toContain('It is in the library');
    expect(textsIn(cardOf(await submit({ ...data, when: 'Always' }))).join('\n')).toContain('already');
    expect((await now.sees()).resources).toMatchObject([{ ...template, topics: [], link: expect.any(String) }]);
  });

  test('an address that was made up is refused', async () => {
    expect(noticeOf(await submit({ urls: '', url: 'javascript:alert(1)', title: 'Odd', when: 'Never' }))).toContain(
      'There is no address',
    );
  });
});

describe('the card of the month', () => {
  const sent = () => now.messenger.posted.filter(({ kind }) => kind === 'library.check');

  test('goes to who looks after the library, else to who coordinates, once', async () => {
    await now.adds();
    await now.morning('2026-12-01T09:00:00Z');
    expect(sent()).toEqual([]);

    await now.morning('2027-01-04T09:00:00Z');
    await now.morning('2027-01-05T09:00:00Z');
    expect(sent().map(({ to, period }) => [to, period])).toEqual([[priya.id, '2027-01']]);

    const lookedAfter = community({ acceptances: [{ role: 'information-resources', person: gwen.id }] });
    await now.morning('2027-02-01T09:00:00Z', lookedAfter);
    expect(sent().at(-1)?.to).toBe(gwen.id);
  });

  test('asks about five, and about nothing late in the month', async () => {
    for (let place = 0; place < 7; place++) await now.adds({ url: `https://example.org/${place}` });
    await now.morning('2027-01-27T09:00:00Z');
    expect(sent()).toEqual([]);

    await now.morning('2027-02-01T09:00:00Z');
    expect(actionsIn(sent()[0]!.card).filter(({ verb }) => verb === 'library.check')).toHaveLength(10);
  });

  test('a press says so, and what was looked at leaves the card', async () => {
    const { resource } = await now.adds();
    await now.morning('2027-01-04T09:00:00Z');
    const pressed = async (who = priya) =>
      press(now.feature, 'check', {
        who,
        community: here,
        data: { community: here.id, resource: resource.id, still: 'right', month: '2027-01' },
      });

    const texts = textsIn(cardOf(await pressed())).join('\n');
    await pressed();

    expect(texts).toContain('Everything in the library was looked at.');
    expect((await now.sees()).resources).toMatchObject([{ state: 'checked' }]);
  });
});
