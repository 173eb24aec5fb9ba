// The rooms of the code, and what each may import. Everything else is refused, types too: `walls/imports` in rules.mjs
// holds every file to it, and tests/tooling/rooms.test.ts tries every pair of rooms. Paths are from the root, with `/`.

/**
 * One room.
 * @typedef {object} Room
 * @property {string} name
 * @property {RegExp} files which files are in it; the first room that fits counts
 * @property {readonly string[]} may rooms that its files may import, beside their own
 * @property {readonly string[]} packages npm packages; a name that ends in - or / stands for all that begin so
 * @property {boolean} node whether Node's own modules may come in
 * @property {string} advice where else a thing may belong
 */

/** What a feature is and what it is handed: shapes, and the two tools every one of them uses. */
const contract = 'bot/feature.ts and bot/ports.ts';

/** @type {readonly Room[]} */
export const rooms = [
  {
    name: 'domain',
    files: /^domain\//,
    may: [],
    packages: ['zod', 'temporal-polyfill', 'node-diff3', 'email-providers'],
    node: false,
    advice: 'Rules are pure: pass what they need as a parameter, or move this to bot/ or tabs/.',
  },

  {
    name: 'bot/config.ts',
    files: /^bot\/(config|clouds|start-error|process|version)\.ts$/,
    may: ['domain', 'package.json'],
    packages: ['pino', 'proxy-addr', 'zod'],
    node: true,
    advice: 'Settings know no part that uses them.',
  },
  {
    name: contract,
    files: /^bot\/(feature|ports|demands|cards|text)\.ts$/,
    may: ['domain'],
    packages: ['adaptivecards-templating', 'i18next', 'zod'],
    node: false,
    advice: 'The contract knows nobody who keeps it: give it a word of our own for what you need.',
  },
  {
    name: 'bot/shared',
    files: /^bot\/shared\//,
    may: ['domain', contract],
    packages: ['csv-stringify', 'date-holidays', 'minisearch', 'papaparse', 'zod'],
    node: true,
    advice: 'What features share is handed what it needs.',
  },
  {
    name: 'bot/documents',
    files: /^bot\/documents\//,
    may: ['domain'],
    packages: ['bidi-js', 'docx', 'fontkit', 'mdast', 'mdast-', 'micromark-', 'pdfkit'],
    node: true,
    advice: 'Markdown becomes cards and files here, in a process of its own, which gets everything as data.',
  },
  {
    name: 'bot/database',
    files: /^bot\/database\//,
    may: ['domain', 'bot/config.ts', contract, 'bot/shared'],
    packages: ['@electric-sql/', 'kysely', 'pg', 'pino', 'zod'],
    node: true,
    advice: 'The database knows nobody who keeps something in it.',
  },
  {
    name: 'bot/graph',
    files: /^bot\/graph\//,
    may: ['domain', 'bot/config.ts', contract],
    packages: ['@azure/msal-node', '@microsoft/microsoft-graph-client', '@microsoft/microsoft-graph-types'],
    node: true,
    advice: 'The client of Graph knows nobody who calls it.',
  },
  {
    name: 'bot/lists',
    files: /^bot\/lists\//,
    may: ['domain', contract, 'bot/database', 'bot/graph', 'bot/shared'],
    packages: ['@microsoft/microsoft-graph-types', 'jose', 'kysely', 'pino', 'zod'],
    node: true,
    advice: 'Lists know where rows are kept, and nothing of what is done with them.',
  },
  {
    name: 'bot/personal-data',
    files: /^bot\/personal-data\//,
    may: ['domain', contract, 'bot/shared', 'bot/database', 'bot/lists'],
    packages: ['kysely', 'pino', 'zod'],
    node: true,
    advice: 'What is kept of people is in lists and tables.',
  },
  {
    name: 'bot/scheduler',
    files: /^bot\/scheduler\//,
    may: ['domain', contract, 'bot/shared', 'bot/database'],
    packages: ['kysely', 'pg-boss', 'pino'],
    node: true,
    advice: 'A feature gives a Job (bot/feature.ts); the scheduler knows no other thing of it.',
  },
  {
    name: 'bot/messages',
    files: /^bot\/messages\//,
    may: ['domain', contract, 'bot/database', 'bot/shared'],
    packages: ['kysely', 'pino'],
    node: true,
    advice: 'Messages are handed what brings them to Teams.',
  },
  {
    name: 'bot/telemetry',
    files: /^bot\/telemetry\//,
    may: ['domain', contract, 'bot/database', 'bot/messages'],
    packages: ['@opentelemetry/', 'kysely', 'restify'],
    node: true,
    advice: 'It is put around parts that know nothing of it, in bot/app.ts.',
  },
  {
    name: 'bot/live',
    files: /^bot\/live\//,
    may: ['domain', contract, 'bot/shared', 'bot/database', 'bot/lists'],
    packages: ['kysely', 'pg', 'pino', 'zod'],
    node: true,
    advice: 'It says that something changed, never what: who hears it asks the feature.',
  },
  {
    name: 'bot/http',
    files: /^bot\/http\//,
    may: ['domain', 'bot/config.ts', contract, 'bot/shared', 'bot/database', 'bot/graph'],
    packages: [
      'compression',
      'fresh',
      'ipaddr.js',
      'jose',
      'mime-types',
      'on-headers',
      'pino',
      'proxy-addr',
      'rate-limiter-flexible',
      'restify',
      'secure-json-parse',
      'send',
      'zod',
      'zod-openapi',
    ],
    node: true,
    advice: 'A feature gives a Route (bot/feature.ts); the server knows no other thing of it.',
  },
  {
    name: 'bot/checks',
    files: /^bot\/checks\//,
    may: ['domain', 'bot/config.ts', contract, 'bot/shared', 'bot/database', 'bot/graph', 'bot/lists', 'bot/http'],
    packages: ['@microsoft/microsoft-graph-types', 'jose', 'pino', 'zod'],
    node: true,
    advice: 'A check looks at what others keep, and changes nothing.',
  },
  {
    name: 'bot/understanding',
    files: /^bot\/understanding\//,
    may: ['domain', contract, 'bot/shared'],
    packages: ['minisearch', 'stemmer', 'zod'],
    node: false,
    advice: 'Sentences are read here, and nothing is done: a feature gives phrases and passages (bot/feature.ts).',
  },
  {
    name: 'bot/teams',
    files: /^bot\/teams\//,
    may: [
      'domain',
      'bot/config.ts',
      contract,
      'bot/shared',
      'bot/database',
      'bot/graph',
      'bot/http',
      'bot/messages',
      'bot/understanding',
    ],
    packages: ['botbuilder', 'botframework-connector', 'htmlparser2', 'kysely', 'pino', 'restify', 'zod'],
    node: true,
    advice: 'Only this room speaks with Teams: a feature gives what bot/feature.ts says.',
  },
  {
    name: 'a feature of the bot',
    files: /^bot\/features\/(?<one>[^/]+)\//,
    may: ['domain', contract, 'bot/shared', 'bot/documents', 'bot/database', 'bot/lists'],
    packages: ['ical-generator', 'jose', 'kysely', 'pino', 'zod'],
    node: true,
    advice:
      'A feature is a value: what else it needs is handed to its factory in bot/features/index.ts, another feature’s too.',
  },
  {
    name: 'bot/features/index.ts',
    files: /^bot\/features\/index\.ts$/,
    may: ['domain', contract, 'bot/lists', 'a feature of the bot'],
    packages: ['pino'],
    node: false,
    advice: 'Here every feature gets what it needs, as bot/app.ts hands it over.',
  },
  {
    name: 'bot/app.ts',
    files: /^bot\/[^/]+\.ts$/,
    may: [
      'domain',
      'bot/config.ts',
      contract,
      'bot/shared',
      'bot/database',
      'bot/graph',
      'bot/lists',
      'bot/personal-data',
      'bot/scheduler',
      'bot/messages',
      'bot/telemetry',
      'bot/live',
      'bot/http',
      'bot/checks',
      'bot/teams',
      'a feature of the bot',
      'bot/features/index.ts',
    ],
    packages: ['pino'],
    node: true,
    advice: 'Parts are put together here; what they do is in their rooms.',
  },

  {
    name: 'tabs/lib',
    files: /^tabs\/(lib\/|text\.)/,
    may: ['domain'],
    packages: ['@microsoft/teams-js', '@tanstack/react-query', 'eventsource-parser', 'react', 'zod'],
    node: false,
    advice: 'It runs in the browser, knows no component, and asks the server over HTTP (domain/api.ts).',
  },
  {
    name: 'tabs/components',
    files: /^tabs\/components\//,
    may: ['domain', 'tabs/lib'],
    packages: [
      '@fluentui/',
      '@tanstack/react-query',
      'adaptivecards',
      'mdast',
      'mdast-',
      'micromark-',
      'prosemirror-',
      'react',
      'react-dom',
      'react-markdown',
      'remark-breaks',
      'remark-gfm',
    ],
    node: false,
    advice: 'A component knows no screen: what it shows is handed to it.',
  },
  {
    name: 'tabs/frames',
    files: /^tabs\/frames\//,
    may: ['domain', 'tabs/lib', 'tabs/components'],
    packages: ['@fluentui/', 'react'],
    node: false,
    advice: 'Pages that Teams opens beside the tab need no screen.',
  },
  {
    name: 'a screen of the tabs',
    files: /^tabs\/features\/(?<one>[^/]+)\//,
    may: ['domain', 'tabs/lib', 'tabs/components'],
    packages: ['@dnd-kit/', '@fluentui/', '@tanstack/react-query', 'chrono-node', 'diff', 'react', 'zod'],
    node: false,
    advice: 'Screens meet in domain/ and in tabs/components/, and the server answers over HTTP (domain/api.ts).',
  },
  {
    name: 'tabs/languages',
    files: /^tabs\/languages\//,
    may: ['domain', 'tabs/lib', 'tabs/components', 'tabs/frames', 'a screen of the tabs'],
    packages: [],
    node: false,
    advice: 'A language is what every part says in it, and nothing else.',
  },
  {
    name: 'tabs/vite.config.ts',
    files: /^tabs\/vite\.config\.ts$/,
    may: [],
    packages: ['@vitejs/', 'vite', 'vite-plugin-compression2'],
    node: true,
    advice: 'It says how the pages are built, and is no part of them.',
  },
  {
    name: 'tabs/app.tsx',
    files: /^tabs\/[^/]+$/,
    may: ['domain', 'tabs/lib', 'tabs/components', 'tabs/frames', 'a screen of the tabs', 'tabs/languages'],
    packages: ['@fluentui/', '@tanstack/react-query', 'react', 'react-dom'],
    node: false,
    advice: 'Here screens are put together; the server answers over HTTP (domain/api.ts).',
  },

  {
    name: 'infra/local/desk/web',
    files: /^infra\/local\/desk\/web\//,
    may: ['infra/local', 'tabs/components'],
    packages: ['@fluentui/', '@vitejs/', 'adaptivecards', 'react', 'react-dom', 'react-markdown', 'vite'],
    node: true,
    advice: 'The desk shows cards as the tabs do, and asks its own server for the rest.',
  },
  {
    name: 'infra/local',
    files: /^infra\/local\//,
    may: ['domain', 'bot/config.ts', 'bot/app.ts', contract, 'bot/database', 'bot/http', 'appPackage'],
    packages: [
      '@azure/msal-node',
      '@microsoft/microsoft-graph-types',
      'fflate',
      'jose',
      'pino',
      'restify',
      'temporal-polyfill',
      'zod',
    ],
    node: true,
    advice: 'The local Microsoft 365 meets the product where the real one does: over HTTP, and in bot/app.ts.',
  },

  {
    name: 'package.json',
    files: /^package\.json$/,
    may: [],
    packages: [],
    node: false,
    advice: 'It is what npm is given.',
  },
  {
    name: 'appPackage',
    files: /^appPackage\//,
    may: [],
    packages: [],
    node: false,
    advice: 'It is what Teams is given.',
  },
];

/** Packages that only one file of their room may import. */
export const keepers = {
  '@microsoft/teams-js': 'tabs/lib/teams.ts',
};

/** The room a file is in; undefined for what starts, measures or tests the product, which may import everything. */
export function roomOf(file) {
  return rooms.find(({ files }) => files.test(file));
}

/** What is wrong with importing this target (a path, `npm:<name>` or `node:<module>`) in this file; else undefined. */
export function refusal(file, target) {
  const room = roomOf(file);
  if (!room) return undefined;
  if (target.startsWith('node:'))
    return room.node ? undefined : `${room.name} knows no machine, so no ${target}. ${room.advice}`;
  if (target.startsWith('npm:')) return refusedPackage(room, file, target.slice('npm:'.length));
  const other = roomOf(target);
  if (other === room)
    return sameFeature(room, file, target) ? undefined : `A feature never imports another. ${room.advice}`;
  if (other && room.may.includes(other.name)) return undefined;
  const list = room.may.length > 0 ? `imports only ${room.may.join(', ')}` : 'imports nothing of ours';
  return `${room.name} ${list}, not ${other?.name ?? target}. ${room.advice}`;
}

function refusedPackage(room, file, name) {
  const known = room.packages.some(one => name === one || (/[-/]$/.test(one) && name.startsWith(one)));
  if (!known)
    return `${room.name} imports of all packages only ${room.packages.join(', ')}, not ${name}. ${room.advice}`;
  const keeper = keepers[name];
  return keeper && keeper !== file ? `${name} is imported only in ${keeper}: add a function there.` : undefined;
}

/** Two files of one room, or of one feature where a room has many. */
function sameFeature({ files }, file, target) {
  return files.exec(file)?.groups?.one === files.exec(target)?.groups?.one;
}
