import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { walls } from './infra/lint/rules.mjs';

const typescript = ['**/*.ts', '**/*.tsx'];
/** Files that are run, not imported (a worker in a thread of its own): the only ones that act. */
const starters = [
  'bot/index.ts',
  'bot/doctor.ts',
  'bot/move-to-postgresql.ts',
  'infra/tenant/*-command.ts',
  'bot/**/*-worker.ts',
  'tabs/main.tsx',
  'tabs/lib/no-eval.ts',
  'infra/*.ts',
  'infra/rehearsal/*.ts',
  'infra/{bench,dev,package,verify}/*.ts',
  'infra/local/start.ts',
  'infra/year/year.ts',
  'infra/local/instance.ts',
  'infra/local/desk/web/**/main.tsx',
  'infra/bench/bare-page/main.tsx',
  'tests/**',
];
const configurations = ['**/vite.config.ts', '**/*.config.mjs'];

const enums = {
  selector: 'TSEnumDeclaration',
  message: "No enums, Node cannot strip them: use a union such as 'open' | 'done', or z.enum at an edge.",
};
const defaults = {
  selector: ':matches(ExportDefaultDeclaration, ExportSpecifier[exported.name="default"])',
  message: 'No default exports: export it by the name everybody will call it.',
};
const environment = [
  {
    selector: 'MemberExpression[object.name="process"][property.name="env"]',
    message: 'process.env is read once, in bot/config.ts: take the value as a parameter.',
  },
  {
    selector: 'ImportDeclaration[source.value=/^(node:)?process$/] ImportSpecifier[imported.name="env"]',
    message: 'process.env is read once, in bot/config.ts: take the value as a parameter.',
  },
];
const clock = 'The rules have no clock: take `now` as a parameter.';
const pure = [
  { selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]', message: clock },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: clock },
  { selector: 'CallExpression[callee.name="Date"]', message: clock },
  { selector: 'MemberExpression[object.name="Temporal"][property.name="Now"]', message: clock },
  {
    selector: 'MemberExpression[object.name="Math"][property.name="random"]',
    message: 'The rules do not throw dice: take random values as parameters.',
  },
];
const limits = {
  selector: 'JSXAttribute[name.name="maxLength"] Literal',
  message: 'Limits stand once, in domain/, where the server holds them: export the constant and use it here.',
};
const logs = [
  {
    selector: 'MemberExpression[object.name="console"]',
    message:
      'No console here: bot/ logs a fixed sentence plus ids through pino, handed in as a parameter; domain/ never logs, it returns or throws.',
  },
];

export default defineConfig(
  { ignores: ['node_modules/', 'dist/', '.data/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: [...typescript, '**/*.mjs'],
    extends: [js.configs.recommended],
    plugins: { walls },
    rules: {
      'walls/imports': 'error',
      'walls/names': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      ...restrict(),
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: { console: 'readonly', fetch: 'readonly', process: 'readonly', setTimeout: 'readonly', URL: 'readonly' },
    },
  },
  {
    files: typescript,
    extends: [tseslint.configs.recommended],
    // Types come in for one thing: a promise that nobody waits for loses its error.
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      // The compiler reports these already.
      '@typescript-eslint/no-unused-vars': 'off',
    },
  },
  { files: typescript, ignores: [...starters, ...configurations], rules: { 'walls/still': 'error' } },
  { files: ['domain/**/*.ts'], rules: restrict(...environment, ...logs, ...pure) },
  { files: ['bot/**/*.ts'], rules: restrict(...environment, ...logs) },
  // A screen is what one can read at once. What is longer says why, where the rule is switched off for it.
  {
    files: ['bot/**/*.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }] },
  },
  { files: ['bot/config.ts'], rules: restrict(...logs) },
  { files: ['tabs/**/*.ts'], rules: restrict(...environment) },
  // React.lazy loads a default export and no other.
  { files: ['tabs/**/*.tsx'], rules: { 'no-restricted-syntax': ['error', enums, limits, ...environment] } },
  // What a screen asks comes with the screen: the whole table would bring every other screen's schemas along.
  {
    files: ['tabs/**/*.ts', 'tabs/**/*.tsx'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['**/domain/api.ts'], message: 'Import from the api.ts of the feature in domain/.' }] },
      ],
    },
  },
  { files: ['tabs/**/*.ts', 'tabs/**/*.tsx'], extends: [reactHooks.configs.flat.recommended] },
  {
    // The desk is a workbench: the rules of hooks hold, React's advice on when to render does not.
    files: ['infra/local/desk/web/**/*.ts', 'infra/local/desk/web/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  { files: configurations, rules: { 'no-restricted-syntax': 'off' } },
);

function restrict(...more) {
  return { 'no-restricted-syntax': ['error', enums, defaults, ...more] };
}
