// The lint rules that keep the code in order: who may import whom, what may happen on import, how files are named.
// Each message says where the thing belongs. eslint.config.mjs puts them to work; tests/tooling/walls.test.ts proves each.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, isAbsolute, join, posix, relative, sep } from 'node:path';
import { refusal } from './rooms.mjs';

const root = join(import.meta.dirname, '../..');

function fromRoot(filename) {
  return relative(root, isAbsolute(filename) ? filename : join(root, filename))
    .split(sep)
    .join('/');
}

/** What an import points at: a path from the root, `npm:<package>` or `node:<module>`. */
function targetOf(specifier, file) {
  if (specifier.startsWith('.')) return posix.join(dirname(file), specifier);
  if (specifier.startsWith('node:')) return specifier;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return builtinModules.includes(name) ? `node:${name}` : `npm:${name}`;
}

const imports = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = fromRoot(context.filename);
    function check(node) {
      if (typeof node?.value !== 'string') return;
      const message = refusal(file, targetOf(node.value, file));
      if (message) context.report({ node, message });
    }
    return {
      ImportDeclaration: node => check(node.source),
      ExportNamedDeclaration: node => check(node.source),
      ExportAllDeclaration: node => check(node.source),
      ImportExpression: node => check(node.source),
      TSImportType: node => check(node.source ?? node.argument?.literal),
      CallExpression(node) {
        if (node.callee.name === 'require') check(node.arguments[0]);
      },
    };
  },
};

/** What may stand at the top level of a module: it says what there is, and does nothing. */
const declarations = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ExportDefaultDeclaration',
  'FunctionDeclaration',
  'ClassDeclaration',
  'VariableDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSDeclareFunction',
  'TSModuleDeclaration',
  'TSEnumDeclaration',
]);

const still = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    function checkVariables(node) {
      if (node?.type !== 'VariableDeclaration' || node.declare) return;
      if (node.kind !== 'const')
        context.report({
          node,
          message:
            'No state at module level: keep it in the closure of a create… function, so that two of them can live side by side.',
        });
      for (const { init } of node.declarations) {
        if (init?.type === 'AwaitExpression') context.report({ node, message: acting });
        if (
          init?.type === 'NewExpression' &&
          ['Map', 'Set', 'WeakMap', 'WeakSet'].includes(init.callee.name) &&
          init.arguments.length === 0
        ) {
          context.report({
            node,
            message:
              'No state at module level: keep it in the closure of a create… function, so that two of them can live side by side.',
          });
        }
      }
    }
    const acting =
      'Nothing acts when imported: put this into a function; only bot/index.ts and tabs/main.tsx start things.';
    return {
      Program(program) {
        for (const node of program.body) {
          if (!declarations.has(node.type) && !node.directive) context.report({ node, message: acting });
          checkVariables(node);
          if (node.type === 'ExportNamedDeclaration') checkVariables(node.declaration);
        }
      },
    };
  },
};

const names = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    return {
      Program(node) {
        const name = basename(context.filename);
        if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.(ts|tsx|mjs)$/.test(name)) {
          context.report({
            node,
            loc: { line: 1, column: 0 },
            message: `File names are kebab-case: rename ${name} to ${kebab(name)}.`,
          });
        }
      },
    };
  },
};

function kebab(name) {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[_\s]+/g, '-')
    .toLowerCase();
}

/** ESLint remembers what it said of a file until its rules change, and knows rules by their version only. */
const version = createHash('sha256')
  .update(readFileSync(join(import.meta.dirname, 'rules.mjs')))
  .update(readFileSync(join(import.meta.dirname, 'rooms.mjs')))
  .digest('hex');

export const walls = { meta: { name: 'walls', version }, rules: { imports, still, names } };
