import { expect, test } from '@jest/globals';
import type { TeamsActivity } from '../../../bot/teams/activity.ts';
import { nameTyped, restOf, typedText } from '../../../bot/teams/typed.ts';

const names = ['add', 'plan', 'my data', 'forget me', 'my'];

test.each([
  ['plan', 'plan', '', 'a word'],
  ['/Plan!', 'plan', '', 'as people write it'],
  ['  my   data ', 'my data', '', 'two words, however far apart'],
  ['My Data, please', 'my data', 'please', 'the longest that fits'],
  ['my dat', 'my', 'dat', 'the shorter one where the longer does not fit'],
  ['forget me not', 'forget me', 'not', 'what follows'],
  ['forget', 'forget', '', 'half a name is none'],
  ['add action Book a room', 'add', 'action Book a room', 'one word and what follows'],
  ['/add action x', 'add', 'action x', 'a slash is no part of what follows'],
  ['mydata', 'mydata', '', 'no name'],
  ['', '', '', 'nothing'],
  ['plan?', 'plan', '', 'a question'],
  ['“Plan”', 'plan', '', 'in quotation marks'],
  ['**plan**', 'plan', '', 'in bold'],
  [', plan', 'plan', '', 'after a name that was addressed'],
  ['– my data …', 'my data', '…', 'after a dash'],
  ['👋 plan', 'plan', '', 'after a wave'],
  ['add “Book a room”', 'add', '“Book a room”', 'what follows keeps its own marks'],
  ['add – action, and more', 'add', '– action, and more', 'whatever they are'],
  ['?', '?', '', 'a question mark alone is one'],
  ['план!', 'план', '', 'letters of every script'],
])('%j is %j, and then %j: %s', (text, name, rest) => {
  expect(nameTyped(text, names)).toBe(name);
  expect(restOf(text, name)).toBe(rest);
});

const bot = { id: '28:bot', name: 'CoP Companion' };
const ofBot = { type: 'mention', text: '<at>CoP Companion</at>', mentioned: bot };
const ofAnn = { type: 'mention', text: '<at>Ann Berg</at>', mentioned: { id: '29:ann', name: 'Ann Berg' } };
const at = (words: string) => ({ type: 'mention', text: `<at>${words}</at>`, mentioned: bot });

test.each<[string | undefined, TeamsActivity['entities'], string, string]>([
  ['<at>CoP Companion</at> plan ', [ofBot], 'plan', 'the mention of the bot goes'],
  ['plan <at>CoP Companion</at>', [ofBot], 'plan', 'wherever it stands'],
  ['<at>CoP</at> <at>Companion</at> plan', [at('CoP'), at('Companion')], 'plan', 'a name split in two'],
  ['<at>CoP</at>&nbsp;<at>Companion</at>&nbsp;plan', [at('CoP'), at('Companion')], 'plan', 'with hard spaces'],
  ['<at>CoP Companion</at> <at>CoP Companion</at> plan', [ofBot], 'plan', 'said twice'],
  ['<at>CoP Companion</at> <at>CoP Companion</at> plan', [ofBot, ofBot], 'plan', 'said twice, told twice'],
  ['<at>CoP Companion</at> plan', [ofBot, { ...ofBot }], 'plan', 'said once, told twice'],
  ['<at>CoP Companion</at> plan', [{ type: 'mention', mentioned: bot }], 'plan', 'an entity without words'],
  ['<at>CoP Companion</at> plan', [{ type: 'mention', mentioned: { id: '28:bot' } }], 'plan', 'nor a name'],
  ['<at>CoP Companion</at> plan', undefined, 'plan', 'no entity at all'],
  ['<at id="0">CoP Companion</at> plan', [ofBot], 'plan', 'a mention that has a number'],
  ['<at>R&amp;D helper</at> plan', [{ ...ofBot, text: '<at>R&amp;D helper</at>' }], 'plan', 'a name with a sign'],
  [
    '<at>CoP Companion</at> add <at>Ann Berg</at>',
    [ofAnn, ofBot],
    'add Ann Berg',
    'people are called by their names, whatever the order',
  ],
  [
    '<at>Other Bot</at> and <at>CoP Companion</at> plan',
    [{ type: 'mention', text: '<at>Other Bot</at>', mentioned: { id: '28:other', name: 'Other Bot' } }, ofBot],
    'Other Bot and plan',
    'another bot is not this one',
  ],
  ['<at></at> plan', [{ type: 'mention', mentioned: { id: '29:ann', name: 'Ann Berg' } }], 'Ann Berg plan', 'no words'],
  ['<at>CoP Companion</at> plan', [{ ...ofBot, type: 'Mention' }], 'plan', 'whatever the case of its type'],
  ['plan', [{ type: 'clientInfo' }, { type: 'mention', mentioned: bot }], 'plan', 'a mention that is not in the words'],
  [' plan ', undefined, 'plan', 'in a chat nothing is mentioned'],
  ['\r\n<at>CoP Companion</at>\u00a0plan\u200b\r\n', [ofBot], 'plan', 'spaces of every kind'],
  ['<at>CoP Companion</at>&nbsp;', [ofBot], '', 'a mention alone'],
  ['<quoted messageId="1763974800000"/> <at>CoP Companion</at> plan', [ofBot], 'plan', 'the mark of a quoted reply'],
  ['1 < 2 and 3 > 2', undefined, '1 < 2 and 3 > 2', 'signs are no markup'],
  [undefined, undefined, '', 'an attachment alone has no words'],
])('%j with %j is %j: %s', (text, entities, expected, _reason) => {
  expect(typedText({ text, entities, recipient: bot, attachments: undefined })).toBe(expected);
});

const mark = (index: number, words: string) =>
  `<span itemtype="http://schema.skype.com/Mention" itemscope itemid="${index}">${words}</span>`;
const reply =
  '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1763974800000">' +
  '<strong itemprop="mri" itemid="8:orgid:x">Tomasz</strong><span itemprop="time" itemid="1"></span>' +
  '<p itemprop="preview">charter, please</p></blockquote>';

test.each<[string | undefined, string, TeamsActivity['entities'], string, string]>([
  [undefined, `<p>${mark(0, 'CoP Companion')}&nbsp;plan</p>`, [ofBot], 'plan', 'without text the HTML is read'],
  [
    undefined,
    `<div>${mark(0, 'CoP')} ${mark(1, 'Companion')} plan</div>`,
    [at('CoP'), at('Companion')],
    'plan',
    'split',
  ],
  [
    undefined,
    `<p>${mark(0, 'CoP Companion')} add ${mark(1, 'Ann Berg')}</p>`,
    [ofBot, ofAnn],
    'add Ann Berg',
    'people by their names',
  ],
  ['Tomasz charter, please\n\nplan', `${reply}<p>plan</p>`, undefined, 'plan', 'what somebody replies to goes'],
  [
    'charter\n\nCoP Companion plan',
    `<blockquote><p>charter</p></blockquote><p>${mark(0, 'CoP Companion')} plan</p>`,
    [ofBot],
    'plan',
    'and what they quote',
  ],
  ['plan', '<blockquote>plan</blockquote>', undefined, 'plan', 'words that are all a quote stay'],
  ['plan &amp; more', '<div>plan &amp; more</div>', undefined, 'plan &amp; more', 'text goes before its HTML'],
  [
    undefined,
    '<div>add 1 &lt; 2 &amp; 3 <img alt="👍" src="x"></div>',
    undefined,
    'add 1 < 2 & 3 👍',
    'signs and emoji',
  ],
  [undefined, '<script>plan</script><p>help', undefined, 'help', 'whatever the markup'],
])('%j beside %j with %j is %j: %s', (text, html, entities, expected, _reason) => {
  const attachments = [{ contentType: 'text/html', content: html }];

  expect(typedText({ text, entities, recipient: bot, attachments })).toBe(expected);
});

test('words without a recipient are what was typed', () => {
  expect(typedText({ text: 'plan', entities: [ofBot], recipient: undefined, attachments: undefined })).toBe('plan');
});

test.each([
  ['<at>'.repeat(50_000), 'mentions without an end'],
  ['<at '.repeat(50_000), 'marks without an end'],
  ['<quoted '.repeat(25_000), 'quotes without an end'],
  [`${'!'.repeat(199_000)}a`, 'exclamations'],
  [`a${'!'.repeat(199_000)}b`, 'exclamations within a word'],
  [' '.repeat(199_000), 'spaces'],
  ['<at>x</at>'.repeat(20_000), 'twenty thousand mentions'],
])('no text takes long to read: %#', text => {
  const entities = Array.from({ length: 2000 }, (_, each) => ({
    type: 'mention',
    text: `<at>${each}</at>`,
    mentioned: { id: `29:${each}` },
  }));
  const began = performance.now();

  nameTyped(typedText({ text, entities, recipient: bot, attachments: undefined }), names);

  expect(performance.now() - began).toBeLessThan(1500);
});
