import { describe, expect, test } from '@jest/globals';
import { sampleUnderstanding, typedBy } from '../../support/sample-understanding.ts';

const sample = await sampleUnderstanding();
const acts = sample.features.flatMap(({ commands = [] }) =>
  commands.flatMap(({ name, changes }) => (changes ? [name] : [])),
);

async function typed(text: string): Promise<string> {
  return typedBy(await sample.read(text));
}

describe('what could be typed instead', () => {
  test.each([
    ['plan', 'plan', 'a command'],
    ['Add action Book a room', 'add action Book a room', 'a command and what follows, as it was written'],
    ['put Book a Room on the list', 'add action Book a Room', 'what varies, in the sentence’s own words'],
    ['what is overdue?', 'overdue', 'a question'],
    ['waht is ovredue', 'overdue', 'misspelt'],
    ['overdue is what, please?', 'overdue', 'in another order'],
    ['hello, what is overdue?', 'overdue', 'after a greeting'],
    ['thanks, and what is overdue', 'overdue', 'after thanks'],
    ['who is Gwen', 'people Gwen', 'somebody of the team'],
    ['what are our ways of working', 'charter ways-of-working', 'a section by its title'],
    ['bed report', 'plan Redraw the weekly bed report with cardiology', 'an action by some of its words'],
    ['the bed report is done', 'done the bed report', 'an act'],
    ['bed report is stuck because nobody answers', 'stuck bed report because nobody answers', 'with its reason'],
    ['postpone the winter letter until next Friday', 'move the winter letter until next Friday', 'to a day'],
    ['I have been away for a month. What is overdue?', 'overdue', 'a question after something else'],
    ['remind me who coordinates', 'coordinators', 'a question that begins like an act'],
    ['great job', 'thanks', 'what would be a filler before a question'],
    ['how do I get rid of your messages', 'messages', 'several words that mean one'],
    ['hand the sketch sheets over to Daniel', 'assign the sketch sheets to Daniel', 'an act for somebody else'],
    ['send the digest monthly', 'change setting send the digest monthly', 'all that was said'],
    ['who is the coordinatr', 'coordinators', 'a misspelt word that has another stem'],
    ['hi, quick one - what is overdue', 'overdue', 'after words that only begin'],
    ['I have been away and do not remember what is overdue', 'overdue', 'a question inside a sentence'],
    ['cancel the survey', 'how surveys', 'what is done in the tab'],
    ['yes', 'yes', 'an answer to nothing that was asked'],
    [
      'we would like to have the digest every month',
      'change setting we would like to have the digest every month',
      'what is shown before it is done',
    ],
    ['start a survey about the mood', 'new survey start a survey about the mood', 'no “start”'],
  ])('%j is %j: %s', async (text, expected) => {
    expect(await typed(text)).toBe(expected);
  });
});

describe('nothing is known', () => {
  test.each([
    ['what about the flurb?', 'a name of nothing'],
    ['what does the wizard do', 'a role that there is not'],
    ['tell Priya that I am ill', 'a word to somebody'],
    ['can I see the chart from last time', 'a word that is spelt right, and like another'],
    ['I can not read the card', 'something does not work'],
    ['who can help me with Excel', 'a question to the community'],
  ])('of %j: %s', async text => {
    expect(await typed(text)).toBe('?');
  });
});

describe('nothing is done', () => {
  test.each([
    ['is the bed report done?', 'a question'],
    ['how do I mark an action as done?', 'how it would be done'],
    ['I have not finished the bed report', 'the opposite'],
    ['Tomasz says the bed report is done', 'what somebody else says'],
    ['he wrote "add action Book a room"', 'a quotation'],
    ['if the bed report is done, tell me', 'a condition'],
    ['should we move the big room to Monday', 'a thought'],
    ['who assigned the bed report to Tomasz', 'who did it'],
    ['do not stop sending me messages', 'the opposite of stopping'],
    ['finished stuff?', 'a question without a question word'],
    ['not sure the bed report is done', 'a doubt'],
    ['I wonder whether the bed report is done', 'a question inside a sentence'],
    ['hopefully the bed report is done', 'a hope'],
  ])('by %j: %s', async text => {
    const meant = await typed(text);

    expect(acts.filter(act => `${meant} `.startsWith(`${act} `))).toEqual([]);
  });
});

describe('words in quotation marks are asked about', () => {
  test.each([
    ['“done”', 'done'],
    ["'done'", 'done'],
    ['"stop"', 'stop'],
    ['«stop»', 'stop'],
    ['she said "delete my data"', 'forget me'],
    ['Priya wrote “stop sending me messages”', 'stop'],
    ['“assign the sketch sheets to Daniel”', 'assign the sketch sheets to Daniel'],
    ['"send the digest monthly"', 'change setting send the digest monthly'],
    ['Helen said “ask everybody how the last meeting was”', 'new survey ask everybody how the last meeting was'],
  ])('%s', async (text, act) => {
    const reading = await sample.read(text);

    expect(reading).toMatchObject({ kind: 'guesses' });
    expect(reading.kind === 'guesses' && reading.guesses.map(({ typed: one }) => one)).toContain(act);
  });

  test('unless they are what is to be written down', async () => {
    expect(await typed('put "Book a room" on the plan')).toBe('add action Book a room');
  });

  test('and what only shows something is shown', async () => {
    expect(await typed('"what is overdue"')).toBe('overdue');
  });
});

describe('whatever is typed is read in time', () => {
  test.each([
    ['ten thousand characters', 'add action '.repeat(910)],
    ['as many clauses', 'what is that? '.repeat(720)],
    ['as many quotations', '"stop" '.repeat(1_430)],
    ['quotation marks alone', '"'.repeat(10_000)],
    ['as many settings', 'send the digest monthly '.repeat(420)],
    ['as many people to give to', 'assign it to Daniel '.repeat(500)],
    ['one word of ten thousand letters', 'a'.repeat(10_000)],
    ['as many days', 'next Thursday '.repeat(700)],
    ['as many names', 'Priya Raman and '.repeat(600)],
    ['another script', 'अगली बैठक कब है '.repeat(50)],
    ['a script without spaces', '下一次会议是什么时候'.repeat(100)],
    ['marks alone', '?!…—'.repeat(2_500)],
    ['what regular expressions fear', `${'(a+)+$'.repeat(1_500)}!`],
    ['half characters', '\ud83d'.repeat(500)],
  ])('%s', async (_what, text) => {
    await sample.read('warm');
    const began = performance.now();
    await sample.read(text);

    // Far more than it takes, for a machine that does much else.
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
