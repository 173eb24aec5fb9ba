import { expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

// What people read is in `text.<language>.json`. So nothing in the code that people meet reads like a sentence: no
// words between tags, no label for whoever listens, no three words in a row in any other text.

const root = join(import.meta.dirname, '../..');
const files = globSync('{bot/{features,teams,shared,lists,documents,personal-data},tabs,domain}/**/*.{ts,tsx}', {
  cwd: root,
}).filter(file => !file.endsWith('vite.config.ts'));

/** Who reads the words that stand in the code, by the call they are part of. */
const machinery: readonly { readonly call: RegExp; readonly why: string }[] = [
  { call: /(^|\.)log\b.*|^(this\.)?noise$/, why: 'the log is for whoever runs the server' },
  {
    call: /^new (\w*Error|VersionConflict|Refused|ApiFailure|OutsideTeams)$|^(super|wrongTitle)$/,
    why: 'people read the sentence of its code; its message is for logs and developers',
  },
  { call: /^endpoint$/, why: 'describes the API for whoever calls it from a program' },
  { call: /\.(regex|refine)$/, why: 'says which shape a field of the API has' },
  { call: /(\.(select|where)|^selectFrom|^known)$/, why: 'is part of a query' },
  { call: /^makeStyles$/, why: 'is a style' },
  { call: /^(refuse|refuseToken|refuseStranger|errorAnswer)$/, why: 'answers the Bot Connector' },
];

const source = 'is the title of a document the method comes from';
const toConnector = 'answers the Bot Connector';
const toLog = 'goes into the log';
const typed = 'is what people type to the bot';
/** What else may stay, by file, and why. */
const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'bot/documents/document-child.ts': { 'its process ended with {}': 'goes into the message of an error' },
  'bot/features/charter/routes.ts': {
    'section {} of the charter': 'goes into the message of an error',
    'the day of the next review': 'goes into the message of an error',
  },
  'bot/features/privacy/routes.ts': {
    'when you ask to be forgotten': 'is a key of a JSON file, the same for every reader, so that programs find it',
    'not in this file': 'is a key of a JSON file, the same for every reader, so that programs find it',
  },
  'bot/features/digest/deliver.ts': { 'a sponsor could not be sent a digest yet; it is tried again': toLog },
  'bot/features/facilitation/index.ts': { 'this week now': typed },
  'bot/features/morning/ledger.ts': { 'again_on as againOn': 'is SQL', 'chosen_on as chosenOn': 'is SQL' },
  'bot/features/plan/comments.ts': { 'a comment on an action that is gone was not erased': toLog },
  'bot/lists/model.ts': {
    'CoP Own Roles': 'is the name by which a list is found in SharePoint',
    'CoP Learning Agenda': 'is the name by which a list is found in SharePoint',
  },
  'bot/lists/provisioning.ts': { 'npm run grant -- {}': 'is what an administrator types' },
  'bot/shared/each-row.ts': { 'a row was set aside: it cannot be worked with': toLog },
  'bot/teams/connector-token.ts': {
    'the Bot Connector': 'names whose tokens are expected, in a log line',
  },
  'bot/teams/message-extensions.ts': {
    'a message action could not be served': toLog,
    'a message action failed': toLog,
  },
  'bot/teams/presses.ts': {
    'a button was pressed by a person outside the team': toLog,
    'a pressed button names a community we do not know': toLog,
    'a pressed button could not be served': toLog,
    'a pressed button failed': toLog,
  },
  'bot/teams/receive.ts': {
    'The token could not be checked; send it again': toConnector,
    'The body is not a Bot Framework activity: {}': toConnector,
    'The activity holds characters that cannot be kept': toConnector,
    'The activity could not be kept; send it again': toConnector,
    'The activity could not be processed': toConnector,
    'This app speaks with Microsoft Teams only': toConnector,
    'This app serves another tenant': toConnector,
    'The service address is none of Microsoft’s': toConnector,
  },
  'domain/audit/rules.ts': { 'this week now': typed },
  'domain/charter/method.ts': {
    'Setting up, cultivating and managing a community of practice': source,
    'Queen Mary University of London, Communities of Practice toolkit': source,
    'NHS communities of practice resource summary': source,
    'What is a community of practice? (slides)': source,
    'Community of practice development stages, and starting up': source,
  },
  'domain/community.ts': {
    'somebody who left': 'is kept in the place of a name, in SharePoint too, where all read the same',
  },
  'domain/facilitation/method.ts': { 'I don’t have time to facilitate the community': source },
  'domain/roles/method.ts': {
    'Queen Mary University of London, Communities of Practice toolkit': source,
    'NHS communities of practice resource summary, after Wenger-Trayner, Leadership groups': source,
    'Setting up, cultivating and managing a community of practice': source,
    'What is a community of practice? (slides)': source,
    'Community of practice development stages, and starting up': source,
  },
  'tabs/components/card-view.tsx': { 'button, input, select, textarea': 'is a selector' },
  'tabs/lib/sign-in-window.ts': { 'the sign-in window was closed': 'becomes the message of an error' },
};

const readAloud = new Set(['title', 'label', 'placeholder', 'alt', 'hint', 'aria-label', 'aria-description']);
const threeWords = /\p{L}[\p{L}’'-]*(?:[,;:.!?]?\s+\p{L}[\p{L}’'-]*){2,}/u;

interface Found {
  readonly file: string;
  readonly text: string;
  /** What is called with it. */
  readonly call: string;
}

const all = files.flatMap(file => wordsIn(file, readFileSync(join(root, file), 'utf8')));
const calls = all.map(({ call }) => call);
const found = all.filter(forPeople);

test('nothing that people read stands in the code', () => {
  const unexpected = found.filter(({ file, text }) => exceptions[file]?.[text] === undefined);

  expect(unexpected.map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
});

test('every exception is still needed', () => {
  const unneeded = Object.entries(exceptions).flatMap(([file, all]) =>
    Object.keys(all).filter(text => !found.some(one => one.file === file && one.text === text)),
  );

  expect([files.length > 300, unneeded]).toEqual([true, []]);
});

test.each(machinery)('$call is still called with words: $why', ({ call }) => {
  expect(calls.some(name => call.test(name))).toBe(true);
});

test.each([
  ['<Text>Nobody yet</Text>', ['Nobody yet'], 'words between tags'],
  ['<Text>{t("nobody")} yet</Text>', ['yet'], 'a word beside a sentence'],
  ['<Text>{count} / {total} · —</Text>', [], 'marks are no words'],
  ['<Button aria-label="Close" />', ['Close'], 'what is read aloud'],
  ['<Button title={"Close"} />', ['Close'], 'the same in braces'],
  ['<Button appearance="subtle" />', [], 'a name of the library'],
  ["renderCard(card, { title: 'Your week begins' });", ['Your week begins'], 'data of a card'],
  ['const summary = `Hello ${name}, a week begins`;', ['Hello {}, a week begins'], 'with values in it'],
  ["const notice = 'nothing was saved, sorry';", ['nothing was saved, sorry'], 'small letters'],
  ["throw new CommunityError('invalid', 'the title needs a letter');", [], 'people read the sentence of the code'],
  ["log.warn({ id }, 'the week was not sent');", [], 'for whoever runs the server'],
  ["t('note.nobody.here');", [], 'a key'],
  ["import { a } from './a b c.ts';", [], 'a path'],
  ['sql`SELECT a FROM b`;', [], 'a query'],
  ["makeStyles({ line: { border: '1px solid transparent' } });", [], 'a style'],
])('%s: %j, %s', (code, texts) => {
  expect(
    wordsIn('tabs/a.tsx', code)
      .filter(forPeople)
      .map(({ text }) => text),
  ).toEqual(texts);
});

function forPeople({ call }: Found): boolean {
  return !machinery.some(one => one.call.test(call));
}

function wordsIn(file: string, code: string): readonly Found[] {
  const words: Found[] = [];
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  function visit(node: ts.Node): void {
    const text = shownText(node);
    if (text !== null) words.push({ file, text, call: callAround(node) });
    ts.forEachChild(node, visit);
  }
  visit(ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true, kind));
  return words;
}

/** The text of this node where it reads like something that people read. */
function shownText(node: ts.Node): string | null {
  if (ts.isJsxText(node)) return hasWord(node.text) ? node.text.trim() : null;
  const text = textOf(node);
  if (text === null || ts.isImportDeclaration(node.parent) || ts.isTaggedTemplateExpression(node.parent)) return null;
  const attribute = ts.isJsxExpression(node.parent) ? node.parent.parent : node.parent;
  if (ts.isJsxAttribute(attribute) && readAloud.has(attribute.name.getText())) return hasWord(text) ? text : null;
  return threeWords.test(text) ? text : null;
}

function hasWord(text: string): boolean {
  return /\p{L}{2,}/u.test(text);
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
}

/** What is called with this text, such as `log.warn` or `new CommunityError`; empty where nothing is. */
function callAround(node: ts.Node): string {
  for (let around = node.parent; !ts.isStatement(around) && !ts.isSourceFile(around); around = around.parent) {
    if (ts.isNewExpression(around)) return `new ${around.expression.getText()}`;
    if (ts.isCallExpression(around)) return around.expression.getText();
  }
  return '';
}
