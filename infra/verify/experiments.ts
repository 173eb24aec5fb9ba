/** What came back from Microsoft. */
interface Answer {
  readonly status: number;
  /** As JSON; null where there is none. */
  readonly body: unknown;
  readonly headers: Headers;
}

/** One call: method, path from the service's root, body and headers. */
export type Ask = (method: string, path: string, body?: object, headers?: Record<string, string>) => Promise<Answer>;

/** A tenant, as far as the experiments may touch it: they read, and write into one list of one site. */
export interface Tenant {
  /** Graph, asked as the app. */
  readonly graph: Ask;
  /** The Bot Connector, asked as the bot. */
  readonly connector: Ask;
  /** `contoso.sharepoint.com:/sites/gardeners`: where the list is made. The app has its role there. */
  readonly site: string;
  /** Microsoft 365 group id of the team whose site that is, and which has the app. */
  readonly group: string;
  /** The team's id for bots, which is its General channel's: `19:…@thread.tacv2`. */
  readonly team: string;
  /** What the list is called. */
  readonly listName: string;
}

/** What was seen, in words for the report, and whether it is what we assume. */
export interface Seen {
  readonly asAssumed: boolean;
  readonly seen: string;
}

/** Why an experiment could not be made: what it stands on is not there. */
export class NotPossible extends Error {}

type Experiment = (tenant: Tenant) => Promise<Seen>;

/** One for each row of `infra/local/unknown.json` that says `script`, in the order in which they are made. */
export function createExperiments(): ReadonlyMap<string, Experiment> {
  let siteId: string | undefined;
  let listId: string | undefined;
  let made: unknown;

  async function site({ graph, site: path }: Tenant): Promise<string> {
    siteId ??= text((await graph('GET', `/sites/${path}`)).body, 'id');
    if (siteId === undefined) throw new NotPossible(`the site ${path} was not found`);
    return siteId;
  }

  async function list(tenant: Tenant): Promise<string> {
    if (listId === undefined) throw new NotPossible('the list could not be made');
    return `/sites/${await site(tenant)}/lists/${listId}`;
  }

  async function put(tenant: Tenant, fields: object): Promise<Answer> {
    return tenant.graph('POST', `${await list(tenant)}/items`, { fields });
  }

  /** An item that the experiment goes on with. */
  async function item(tenant: Tenant, fields: object): Promise<string> {
    const answer = await put(tenant, fields);
    const id = text(answer.body, 'id');
    if (id === undefined) throw new NotPossible(`no item could be made: ${inWords(answer)}`);
    return `${await list(tenant)}/items/${id}`;
  }

  const reads: readonly (readonly [string, Experiment])[] = [
    [
      'graph/site-of-a-team',
      async tenant => is(await tenant.graph('GET', `/groups/${tenant.group}/sites/root`), [403]),
    ],
    ['graph/site-by-path', async tenant => is(await tenant.graph('GET', `/sites/${tenant.site}`), [200])],
    ['graph/members-by-consent-of-a-team', members],
    ['connector/team-details', teamDetails],
    [
      'connector/unknown-conversation',
      async ({ connector }) =>
        is(await connector('GET', '/v3/conversations/a:nobody-has-this-conversation/members'), [404]),
    ],
  ];
  const writes: readonly (readonly [string, Experiment])[] = [
    [
      'sharepoint/app-makes-lists',
      async tenant => {
        const answer = await tenant.graph('POST', `/sites/${await site(tenant)}/lists`, {
          displayName: tenant.listName,
          columns,
          list: { template: 'genericList' },
        });
        listId = text(answer.body, 'id');
        made = answer.body;
        return is(answer, [201]);
      },
    ],
    [
      'sharepoint/columns-with-the-list',
      async tenant => columnsThere(await tenant.graph('GET', `${await list(tenant)}/columns`), made),
    ],
    [
      'sharepoint/unique-is-kept',
      async tenant => {
        await item(tenant, { VerifyKey: 'once' });
        return is(await put(tenant, { VerifyKey: 'once' }), [400], ['invalidRequest']);
      },
    ],
    [
      'sharepoint/stale-change',
      async tenant => {
        const path = await item(tenant, { VerifyKey: 'stale' });
        const etag = text((await tenant.graph('GET', path)).body, '@odata.etag') ?? '';
        const change = (note: string) =>
          tenant.graph('PATCH', `${path}/fields`, { VerifyNote: note }, { 'if-match': etag });
        await change('first');
        const second = await change('second');
        return second.status === 409 ? is(second, [409], ['resourceModified']) : is(second, [412]);
      },
    ],
    [
      'sharepoint/versions-of-new-lists',
      async tenant => {
        const path = await item(tenant, { VerifyKey: 'versions', VerifyNote: '1' });
        for (const note of ['2', '3']) await tenant.graph('PATCH', `${path}/fields`, { VerifyNote: note });
        const answer = await tenant.graph('GET', `${path}/versions`);
        const count = values(answer.body).length;
        return { asAssumed: count === 3, seen: `${inWords(answer)}, ${count} versions after two changes` };
      },
    ],
    [
      'sharepoint/longest-note',
      async tenant => is(await put(tenant, { VerifyKey: 'long', VerifyNote: 'a'.repeat(64_000) }), [400]),
    ],
    [
      'sharepoint/control-characters',
      async tenant => is(await put(tenant, { VerifyKey: 'control', VerifyNote: 'a\u0001b' }), [400]),
    ],
    [
      'sharepoint/filter-without-index',
      async tenant =>
        is(
          await tenant.graph('GET', `${await list(tenant)}/items?$filter=fields/VerifyPlain eq 'x'`),
          [400],
          ['invalidRequest'],
        ),
    ],
    ['sharepoint/renamed-list', async tenant => renamed(tenant, await site(tenant), await list(tenant))],
  ];
  return new Map([...reads, ...writes]);
}

const columns = [
  { name: 'VerifyKey', text: {}, indexed: true, enforceUniqueValues: true },
  { name: 'VerifyNote', text: { allowMultipleLines: true, textType: 'plain' } },
  { name: 'VerifyPlain', text: {} },
  { name: 'VerifyDay', dateTime: { format: 'dateOnly' } },
  { name: 'VerifyState', choice: { choices: ['open', 'done'] } },
];

async function members({ graph, group }: Tenant): Promise<Seen> {
  const answer = await graph('GET', `/teams/${group}/members`);
  const people = values(answer.body);
  const unnamed = people.filter(person => text(person, 'userId') === undefined).length;
  return {
    asAssumed: answer.status === 200 && people.length > 0 && unnamed === 0,
    seen: `${inWords(answer)}, ${people.length} members, ${unnamed} without userId`,
  };
}

async function teamDetails({ connector, team }: Tenant): Promise<Seen> {
  const answer = await connector('GET', `/v3/teams/${encodeURIComponent(team)}`);
  const lacking = ['name', 'aadGroupId'].filter(name => text(answer.body, name) === undefined);
  return {
    asAssumed: answer.status === 200 && lacking.length === 0,
    seen: `${inWords(answer)}${lacking.length > 0 ? `, without ${lacking.join(' and ')}` : ''}`,
  };
}

function columnsThere(answer: Answer, list: unknown): Seen {
  const there = new Map(values(answer.body).map(column => [text(column, 'name'), column as Record<string, unknown>]));
  const lacking = columns.filter(({ name }) => !there.has(name)).map(({ name }) => name);
  const key = there.get('VerifyKey');
  const kept = key?.['indexed'] === true && key['enforceUniqueValues'] === true;
  return {
    asAssumed: answer.status === 200 && lacking.length === 0 && kept,
    seen: `${inWords(answer)}, missing: ${lacking.join(', ') || 'none'}; VerifyKey ${kept ? 'is' : 'is not'} indexed and unique (list ${text(list, 'id') ?? 'unknown'})`,
  };
}

/** The last one: the list has another name afterwards. */
async function renamed({ graph, listName }: Tenant, site: string, list: string): Promise<Seen> {
  const change = await graph('PATCH', list, { displayName: `${listName} (renamed)` });
  if (change.status !== 200) return { asAssumed: false, seen: `renaming was refused: ${inWords(change)}` };
  const byTitle = await graph('GET', `/sites/${site}/lists/${encodeURIComponent(listName)}`);
  const byId = await graph('GET', list);
  return {
    asAssumed: byTitle.status === 404 && byId.status === 200,
    seen: `by its old title: ${inWords(byTitle)}; by its id: ${inWords(byId)}`,
  };
}

/** Whether it was answered as assumed; nothing that people wrote is in the words. */
function is(answer: Answer, statuses: readonly number[], codes?: readonly string[]): Seen {
  const fits = statuses.includes(answer.status) && (codes?.includes(codeOf(answer.body) ?? '') ?? true);
  return { asAssumed: fits, seen: inWords(answer) };
}

function inWords({ status, body, headers }: Answer): string {
  const code = codeOf(body);
  const request = headers.get('request-id');
  return `${status}${code === undefined ? '' : ` ${code}`}${request === null ? '' : ` (request ${request})`}`;
}

function codeOf(body: unknown): string | undefined {
  return text(field(body, 'error'), 'code');
}

function values(body: unknown): readonly unknown[] {
  const value = field(body, 'value');
  return Array.isArray(value) ? value : [];
}

function text(body: unknown, name: string): string | undefined {
  const value = field(body, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)[name] : undefined;
}
