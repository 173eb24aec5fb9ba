import { z } from 'zod';

/**
 * What Microsoft asks of an app's listing that no schema says, as far as a program can tell: Teams Store validation
 * guidelines and commercial marketplace policies 1140.1 to 1140.4. An organisation's own catalogue does not check them;
 * whoever reads the listing there is served by them all the same.
 */
const Listed = z.object({
  name: z.object({ short: z.string(), full: z.string() }),
  description: z.object({ short: z.string(), full: z.string() }),
  developer: z.object({
    ...{ name: z.string(), websiteUrl: z.string(), privacyUrl: z.string(), termsOfUseUrl: z.string() },
  }),
  validDomains: z.array(z.string()).default([]),
  bots: z
    .array(
      z.object({
        scopes: z.array(z.string()),
        commandLists: z
          .array(
            z.object({
              scopes: z.array(z.string()),
              commands: z.array(z.object({ title: z.string(), description: z.string().default('') })),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
  webApplicationInfo: z.object({ resource: z.string().optional() }).optional(),
});
type Listed = z.infer<typeof Listed>;

/** Names of Teams' own parts, which no app may take. */
const parts = ['Activity', 'Apps', 'Calendar', 'Calls', 'Chat', 'Contacts', 'Files', 'Help'];
/** Microsoft's products, by whose name an app would seem to be Microsoft's. */
const products = [
  ...['Azure', 'Excel', 'Microsoft', 'Office', 'OneDrive', 'OneNote', 'Outlook', 'Planner', 'PowerPoint'],
  ...['SharePoint', 'Surface', 'Teams', 'Word', 'Xbox'],
];
/** Anybody's tunnel or host may be behind these. */
const shared = /(^\*\.|^\*$)|\b(ngrok(-free)?\.(io|app|dev)|devtunnels\.ms|loca\.lt|trycloudflare\.com)$/;
const mostWords = 500;

/** What a listing would be refused for, a sentence each; nothing for a manifest that the schema refuses anyway. */
export function storeFaults(manifest: unknown): readonly string[] {
  const parsed = Listed.safeParse(manifest);
  if (!parsed.success) return [];
  const listed = parsed.data;
  return [
    ...nameFaults(listed),
    ...shortFaults(listed),
    ...fullFaults(listed.description.full),
    ...addressFaults(listed),
    ...botFaults(listed),
  ].map(fault => `manifest.json › ${fault}`);
}

function nameFaults({ name }: Listed): readonly string[] {
  const own = [name.short, name.full].map(each => each.replace(/ for Microsoft Teams$/, '')).join(' ');
  const taken = [...parts, ...products].filter(word => hasWord(own, word));
  return taken.length === 0
    ? []
    : [`name has ${told(taken)}, which is Microsoft's: at the end, " for Microsoft Teams" may stand`];
}

function shortFaults({ name, description: { short } }: Listed): readonly string[] {
  return [
    ...(hasWord(short, name.short) ? ['description › short repeats the name, which stands above it'] : []),
    ...(hasWord(short, 'app') ? ['description › short has the word "app": say what it does'] : []),
    ...(/[.!?]\s+\S/.test(short) ? ['description › short has more than one sentence'] : []),
  ];
}

function fullFaults(full: string): readonly string[] {
  const words = full.split(/\s+/).filter(word => word !== '').length;
  const firstTeams = /(?<before>\S+ )?\bTeams\b/.exec(full)?.groups?.['before'];
  const unwanted = ['MS', 'MSFT', 'Office 365', 'certified for', 'powered by', 'appsource'].filter(word =>
    word === 'MS' || word === 'MSFT' ? new RegExp(`\\b${word}\\b`).test(full) : hasWord(full, word),
  );
  return [
    ...(words > mostWords ? [`description › full has ${words} words: expected at most ${mostWords}`] : []),
    ...(firstTeams === undefined || firstTeams === 'Microsoft '
      ? []
      : ['description › full says "Teams" before it has said "Microsoft Teams"']),
    ...(unwanted.length > 0 ? [`description › full has ${told(unwanted)}`] : []),
    ...(/https:\/\/\S+/.test(full) ? [] : ['description › full has no address where people find help']),
  ];
}

function addressFaults({ developer, validDomains, webApplicationInfo }: Listed): readonly string[] {
  const addresses = [developer.websiteUrl, developer.privacyUrl, developer.termsOfUseUrl];
  const strange = validDomains.filter(domain => shared.test(domain));
  const host = /^api:\/\/(?<host>[^/]+)\//.exec(webApplicationInfo?.resource ?? '')?.groups?.['host'];
  return [
    ...(addresses.some(address => /appsource\.microsoft\.com/i.test(address))
      ? ['developer has an address in AppSource: expected one of your own']
      : []),
    ...strange.map(domain => `validDomains has ${domain}, where others may have a page, too`),
    ...(host !== undefined && !validDomains.includes(host)
      ? [`webApplicationInfo › resource is of ${host}, which is not in validDomains: nobody could sign in`]
      : []),
  ];
}

function botFaults({ bots }: Listed): readonly string[] {
  return bots.flatMap(({ scopes, commandLists }) => {
    const without = scopes.filter(
      scope =>
        !commandLists.some(
          list => list.scopes.includes(scope) && list.commands.some(({ title }) => title.toLowerCase() === 'help'),
        ),
    );
    const silent = commandLists.flatMap(({ commands }) =>
      commands.filter(({ description }) => description.trim() === '').map(({ title }) => title),
    );
    const twice = commandLists.flatMap(({ commands }) =>
      commands.map(({ title }) => title).filter((title, index, all) => all.indexOf(title) !== index),
    );
    return [
      ...without.map(scope => `bots › commandLists offer no "help" in the scope ${scope}`),
      ...silent.map(title => `bots › commandLists say nothing of "${title}"`),
      ...twice.map(title => `bots › commandLists have "${title}" twice`),
    ];
  });
}

function hasWord(text: string, word: string): boolean {
  return spaced(text).includes(spaced(word));
}

/** Words in small letters with one space around each. */
function spaced(text: string): string {
  return ` ${text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
    .join(' ')} `;
}

function told(words: readonly string[]): string {
  return words.map(word => `"${word}"`).join(', ');
}
