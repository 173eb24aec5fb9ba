// The lint rules that keep the house in order: who may import whom, what may happen on import, how files are named.
// Each message says where the thing belongs. eslint.config.mjs puts them to work; tests/tooling/walls.test.ts proves each.
import { builtinModules } from 'node:module';
import { basename, dirname, isAbsolute, join, posix, relative, sep } from 'node:path';

const root = join(import.meta.dirname, '../..');
const domainPackages = ['zod', 'temporal-polyfill', 'node-diff3'];

/**
 * One wall a line: a file for which `inside` holds may not import what `forbids` names.
 * Both see paths from the root with `/`; packages arrive as `npm:<name>`, Node's own as `node:<name>`.
 */
const walls = [
  {
    inside: file => file.startsWith('domain/'),
    forbids: target => ours(target) && !target.startsWith('domain/'),
    message:
      'domain/ imports nothing of ours but domain/: pass what it needs as a parameter, or move this to bot/ or tabs/.',
  },
  {
    inside: file => file.startsWith('domain/'),
    forbids: target => !ours(target) && !domainPackages.includes(target.replace(/^npm:/, '')),
    message: `domain/ is pure: of all packages only ${domainPackages.join(', ')} may come in. What needs a machine, the network or an SDK belongs in bot/ or tabs/.`,
  },
  {
    inside: file => file.startsWith('tabs/'),
    forbids: target => target.startsWith('bot/'),
    message:
      'tabs/ never imports bot/, not even types: they meet in domain/api.ts, over HTTP. What both need belongs in domain/.',
  },
  {
    inside: file => file.startsWith('bot/'),
    forbids: target => target.startsWith('tabs/'),
    message:
      'bot/ never imports tabs/, not even types: they meet in domain/api.ts, over HTTP. What both need belongs in domain/.',
  },
  {
    inside: file => featureOf(file) !== undefined,
    forbids: (target, file) => featureOf(target) !== undefined && featureOf(target) !== featureOf(file),
    message:
      'A feature never imports another feature: they meet in domain/ and in lists; what one needs of another is handed in where they are put together (bot/features/index.ts, tabs/components/).',
  },
  {
    inside: file => file.startsWith('bot/features/') && featureOf(file) !== undefined,
    forbids: target => /^bot\/(teams|http|jobs)\/|^bot\/(app|config|index)\.ts$/.test(target),
    message:
      'A feature is a value that knows only bot/feature.ts, bot/cards.ts, bot/text.ts, bot/documents/ and bot/data/: what else it needs is a parameter of its factory.',
  },
  {
    inside: file => file.startsWith('bot/documents/'),
    forbids: target => ours(target) && !/^(bot\/documents|domain)\//.test(target),
    message:
      'bot/documents/ turns Markdown into cards and files and knows only domain/: a process of its own runs it, which gets everything as data.',
  },
  {
    inside: product,
    forbids: target => target.startsWith('infra/') || target.startsWith('tests/'),
    message:
      'The product never imports infra/ or tests/: the local starter imports the product. Hand it in as a parameter of bot/app.ts.',
  },
  {
    inside: file => file.startsWith('tabs/') && basename(file) !== 'vite.config.ts',
    forbids: target => target.startsWith('node:'),
    message: 'tabs/ runs in the browser, where Node is not: ask the server over HTTP (domain/api.ts).',
  },
  only(
    '@microsoft/microsoft-graph-client',
    file => file.startsWith('bot/graph/'),
    'Graph is called only in bot/graph/: add a function there.',
  ),
  only(
    '@microsoft/microsoft-graph-types',
    file => /^bot\/(graph|lists)\//.test(file),
    'Shapes of Graph stay in bot/graph/ and bot/lists/: hand out types of domain/ instead.',
  ),
  only(
    '@azure/msal-',
    file => /^bot\/(graph|teams)\//.test(file),
    'Tokens are got only in bot/graph/ (for Graph) and bot/teams/ (for the bot).',
  ),
  only(
    '@azure/identity',
    () => false,
    'Tokens are got only in bot/graph/ (for Graph) and bot/teams/ (for the bot), with msal-node.',
  ),
  only(
    'botbuilder',
    file => file.startsWith('bot/teams/'),
    'Bot Framework stays in bot/teams/: give bot/feature.ts a word of our own for what you need.',
  ),
  only(
    'botframework-',
    file => file.startsWith('bot/teams/'),
    'Bot Framework stays in bot/teams/: give bot/feature.ts a word of our own for what you need.',
  ),
  only(
    '@microsoft/teams-js',
    file => file === 'tabs/lib/teams.ts',
    'Teams JS is imported only in tabs/lib/teams.ts: add a function there.',
  ),
  ...['mdast-', 'micromark-', 'docx', 'pdfkit', 'fontkit'].map(name =>
    only(
      name,
      file => file.startsWith('bot/documents/'),
      'Markdown is read, and files are written, in bot/documents/: add a function there.',
    ),
  ),
  only(
    'pg-boss',
    file => file.startsWith('bot/scheduler/'),
    'pg-boss stays in bot/scheduler/: a feature gives a Job (bot/feature.ts) instead.',
  ),
  ...['kysely', '@electric-sql/', 'pg'].map(name =>
    only(
      name,
      file => /^bot\/(database|lists|messages|scheduler|personal-data|teams|features|graph)\//.test(file),
      'The database is behind bot/database/: pass an interface to whoever needs it.',
    ),
  ),
];

/** A wall around packages: of the product, only `home` may import them. A name that ends in - or / is a prefix. */
function only(name, home, message) {
  const prefix = /[-/]$/.test(name);
  return {
    inside: file => product(file) && !home(file),
    forbids: target => target === `npm:${name}` || (prefix && target.startsWith(`npm:${name}`)),
    message,
  };
}

function ours(target) {
  return !target.startsWith('npm:') && !target.startsWith('node:');
}

function product(file) {
  return /^(domain|bot|tabs)\//.test(file);
}

function featureOf(path) {
  return /^(?:bot|tabs)\/features\/([^/]+)\//.exec(path)?.[1];
}

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
    const standing = walls.filter(wall => wall.inside(file));
    function check(node) {
      if (typeof node?.value !== 'string') return;
      const target = targetOf(node.value, file);
      const wall = standing.find(each => each.forbids(target, file));
      if (wall) context.report({ node, message: wall.message });
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

export const house = { meta: { name: 'house' }, rules: { imports, still, names } };
