import { expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

// Every sentence is shown somewhere, and whatever is to be shown has a sentence. A room is a folder with sentences of
// its own, and its code asks for them by `t(key)`. What the method says is in the rooms of domain/: a feature that
// shows it imports it beside its own sentences.

const root = join(import.meta.dirname, '../..');

/**
 * What cannot be read off a call, because its key is a variable or begins with one. A star stands for what varies.
 * Every file with such a call is here, also one that passes keys on, or has a function of such a name.
 */
const made: Readonly<Record<string, readonly string[]>> = {
  'bot/graph/client.ts': [],
  'bot/documents/pdf-lines.ts': [],
  'bot/documents/write-text.ts': [],
  'bot/features/privacy/view.ts': ['code.audience.*', 'code.calendar.*', 'code.holding.*', 'code.period.*'],
  'bot/features/surveys/cards.ts': ['answered', 'closed', 'reminder', 'everybodySpared', 'emptyGroup'].flatMap(name => [
    `${name}.heading`,
    `${name}.text`,
  ]),
  'bot/shared/log-routes.ts': [],
  'bot/teams/message-extensions.ts': ['agenda:message.title', 'library:message.title', 'plan:message.title'],
  'bot/teams/bot-feature.ts': [
    ...[
      'agenda',
      'charter',
      'digest',
      'events',
      'facilitation',
      'library',
      'overview',
      'plan',
      'roles',
      'settings',
      'surveys',
      'welcome',
    ].map(feature => `${feature}:how`),
    'agenda:command.agenda',
    'agenda:command.park',
    'charter:command.charter',
    'digest:command.digest',
    'events:command.cancel',
    'events:command.events',
    'events:command.next',
    'facilitation:command.now',
    'facilitation:command.week',
    'library:command.find',
    'library:command.library',
    'overview:command',
    'plan:command.add',
    'plan:command.assign',
    'plan:command.done',
    'plan:command.mine',
    'plan:command.move',
    'plan:command.overdue',
    'plan:command.plan',
    'plan:command.remind',
    'plan:command.stuck',
    'privacy:command.data',
    'privacy:command.forget',
    'privacy:command.leave',
    'privacy:command.start',
    'privacy:command.stop',
    'roles:command.accept',
    'roles:command.roles',
    'roles:command.volunteer',
    'settings:command.change',
    'settings:command.settings',
    'surveys:command.survey',
    'surveys:command.write',
  ],
  'bot/text.ts': [],
  'tabs/components/clash-sides.tsx': ['mine', 'theirs', 'theirsNamed'],
  'tabs/components/rich-text/tools.tsx': [
    ...['bold', 'italic', 'heading', 'bullets', 'numbers', 'deeper', 'shallower', 'link', 'undo', 'redo'],
  ],
  'tabs/features/delivery/delivery-screen.tsx': ['sent', 'updated'],
  'tabs/features/overview/panels.tsx': ['survey.closed', 'survey.thanks', 'survey.waits'],
  'tabs/features/plan/calendar-link.tsx': [
    ...['mine.about', 'mine.title', 'community.about', 'community.title'],
    ...['renewSure', 'renewYes', 'revokeSure', 'revokeYes'],
    ...['outlook', 'google', 'apple', 'others', 'slow'],
  ],
  'tabs/features/roles/holding-line.tsx': ['ending', 'over'],
  'tabs/features/roles/role-panel.tsx': [
    ...['decline', 'end'].flatMap(what => [`${what}.done`, `${what}.sure`, `${what}.yes`]),
    ...['stepDown.sure', 'stepDown.sureCoordinator', 'stepDown.sureLast'],
  ],
  'tabs/features/settings/settings-screen.tsx': ['basics', 'week', 'digest', 'surveys', 'daysOff'],
  'tabs/features/surveys/survey-panel.tsx': ['count', 'countOf', 'countByFives', 'countByFivesOf'],
};

const logs = (side: string) => [`${side}/features/audit`, `${side}/features/delivery`];
/** Code that is handed the sentences of others, and whose they are. */
const handed: Readonly<Record<string, readonly string[]>> = {
  'bot/http': ['bot/teams'],
  'bot/shared/log-routes.ts': logs('bot'),
  'tabs/administration.tsx': ['tabs/features/administration'],
  'tabs/components/log-filters.tsx': logs('tabs'),
  'tabs/components/log-lines.tsx': logs('tabs'),
  'tabs/components/log-screen.tsx': logs('tabs'),
};

/** How a sentence is asked for, and how many of the arguments are keys. */
const askers: Readonly<Record<string, number>> = { t: 1, method: 1, words: 1, translate: 1, reader: 1, wordsFor: 2 };

interface Room {
  readonly folder: string;
  /** Without the endings for plurals and contexts, such as `_other`. */
  readonly keys: ReadonlySet<string>;
}

interface Use {
  readonly file: string;
  readonly folder: string;
  /** Null when it is a variable, or begins with one. */
  readonly key: string | null;
}

const rooms = roomsIn(globSync('{bot,tabs,domain}/**/*text.en.json', { cwd: root }));
const sources = globSync('{bot,tabs,domain}/**/*.{ts,tsx}', { cwd: root }).map(file => ({
  file,
  code: readFileSync(join(root, file), 'utf8'),
}));
const uses = sources.flatMap(({ file, code }) => usesIn(file, code));
const imports = sources.flatMap(({ file, code }) =>
  ts
    .preProcessFile(code)
    .importedFiles.filter(({ fileName }) => fileName.endsWith('text.en.json'))
    .map(({ fileName }) => ({ file, sentences: join(dirname(file), fileName) })),
);
/** By folder, the rooms of domain/ whose sentences it brings along. */
const brought = Map.groupBy(
  imports.filter(({ sentences }) => sentences.startsWith('domain/')),
  ({ file }) => dirname(file),
);
const known = [
  ...uses.flatMap(({ file, folder, key }) => (key === null ? [] : [{ file, folder, key }])),
  ...Object.entries(made).flatMap(([file, keys]) => keys.map(key => ({ file, ...placed(key, dirname(file)) }))),
];

test('there is something to look at', () => {
  expect([rooms.length > 20, uses.length > 800]).toEqual([true, true]);
});

test('every sentence is shown somewhere', () => {
  const unused = rooms.flatMap(({ folder, keys }) => {
    const patterns = known.filter(use => reaches(use, folder)).map(({ key }) => patternOf(key));
    return [...keys].filter(key => !patterns.some(pattern => pattern.test(key))).map(key => `${folder}: ${key}`);
  });

  expect(unused).toEqual([]);
});

test('whatever is to be shown has a sentence', () => {
  const missing = known.filter(use => {
    const pattern = patternOf(use.key);
    return !rooms.some(({ folder, keys }) => reaches(use, folder) && [...keys].some(key => pattern.test(key)));
  });

  expect(missing.map(({ file, key }) => `${file}: ${key}`)).toEqual([]);
});

test('what is said is named once in the bot and once in the tab, where another language is named beside it', () => {
  const times = Map.groupBy(imports, ({ file, sentences }) => `${file.split('/')[0]}: ${sentences}`);

  expect([...times].flatMap(([where, all]) => (all.length > 1 ? [where] : []))).toEqual([]);
});

test('the table names the files whose keys are variables, and no others', () => {
  const variable = uses.flatMap(({ file, key }) => (key === null ? [file] : []));

  expect(Object.keys(made).toSorted()).toEqual([...new Set(variable)].toSorted());
});

test.each([
  ["t('a.b')", ['a.b']],
  ["words(late ? 'a' : 'b', { count })", ['a', 'b']],
  ['t(`state.${state}`)', ['state.*']],
  ["t('plan:note.late')", ['note.late']],
  ["wordsFor(`kind.${kind}`, 'kind.other', t)", ['kind.*', 'kind.other']],
  ["texts.for(name, locale)('hello')", ['hello']],
  ['t(key)', [null]],
  ['t(`${name}.title`)', [null]],
])('%s asks for %j', (code, keys) => {
  expect(usesIn('bot/features/x/a.ts', code).map(({ key }) => key)).toEqual(keys);
});

function roomsIn(files: readonly string[]): readonly Room[] {
  const folders = Map.groupBy(files, file => dirname(file));
  return [...folders].map(([folder, all]) => ({
    folder,
    keys: new Set(
      all.flatMap(file => keysIn(JSON.parse(readFileSync(join(root, file), 'utf8')) as object)).map(bareKey),
    ),
  }));
}

/** `phrases` are what people say, and shown to nobody but as a guess of what they meant. */
function keysIn({ phrases: _, ...sentences }: { readonly phrases?: unknown }, above = ''): readonly string[] {
  return Object.entries(sentences).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? keysIn(value, `${above}${key}.`) : [above + key],
  );
}

function bareKey(key: string): string {
  return key.replace(/_[^.]*$/, '');
}

function usesIn(file: string, code: string): readonly Use[] {
  const found: Use[] = [];
  function visit(node: ts.Node): void {
    if (ts.isCallExpression(node))
      for (const key of node.arguments.slice(0, keysAskedBy(node.expression)).flatMap(keysOf))
        found.push(key === null ? { file, folder: dirname(file), key } : { file, ...placed(key, dirname(file)) });
    ts.forEachChild(node, visit);
  }
  visit(ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true));
  return found;
}

/** `t(key)`, and `texts.for(room, locale)(key)`. */
function keysAskedBy(called: ts.Expression): number {
  if (ts.isIdentifier(called)) return askers[called.text] ?? 0;
  return ts.isCallExpression(called) && called.expression.getText() === 'texts.for' ? 1 : 0;
}

function keysOf(argument: ts.Expression): readonly (string | null)[] {
  if (ts.isStringLiteralLike(argument)) return [argument.text];
  if (ts.isConditionalExpression(argument)) return [...keysOf(argument.whenTrue), ...keysOf(argument.whenFalse)];
  if (!ts.isTemplateExpression(argument) || argument.head.text === '') return [null];
  return [argument.head.text + argument.templateSpans.map(({ literal }) => `*${literal.text}`).join('')];
}

/** A key may name the feature whose sentence it is, or say that features share it. */
function placed(key: string, folder: string): Pick<Use, 'folder'> & { readonly key: string } {
  const [feature = '', ofFeature] = key.split(':');
  return ofFeature === undefined
    ? { folder, key: bareKey(key) }
    : { folder: feature === 'shared' ? 'bot/shared' : `bot/features/${feature}`, key: ofFeature };
}

/**
 * Whether code may ask for the sentences of a room: its own, those of the method that it brings along, those it is
 * handed, and in the tab those of all parts.
 */
function reaches({ file, folder }: Pick<Use, 'file' | 'folder'>, room: string): boolean {
  if (brought.get(folder)?.some(({ sentences }) => dirname(sentences) === room)) return true;
  const others = [...(handed[folder] ?? []), ...(handed[file] ?? []), ...(folder.startsWith('tabs') ? ['tabs'] : [])];
  return folder === room || others.includes(room);
}

function patternOf(key: string): RegExp {
  return new RegExp(
    `^${key
      .split('*')
      .map(part => part.replaceAll('.', String.raw`\.`))
      .join('.+')}$`,
  );
}
