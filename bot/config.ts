import { join } from 'node:path';
import proxyaddr from 'proxy-addr';
import { z } from 'zod';
import { setUpBy, type SetUpBy } from '../domain/community.ts';
import type { Switches } from '../domain/switches.ts';
import { clouds, isLoopback, type Cloud, type CloudName } from './clouds.ts';
import { StartError } from './start-error.ts';

const port = z.coerce.number().int().min(0).max(65535);
const identifier = z
  .uuid({ error: 'expected a GUID such as 11111111-2222-3333-4444-555555555555' })
  .transform(id => id.toLowerCase());
const address = z
  .url({ protocol: /^https?$/, error: 'expected an address such as https://cop.example.org' })
  .transform(url => url.replace(/\/+$/, ''));
const origins = z.string().transform(text => text.split(/[\s,]+/).filter(Boolean));

const people = z
  .string()
  .transform(text => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(identifier));

const onOrOff = z.enum(['on', 'off']).default('on');

/** Microsoft's own addresses follow from the cloud; another one is for a Microsoft 365 on this machine. */
const local = address
  .refine(isLoopback, {
    error: 'expected an address on this machine such as http://localhost:4365: Microsoft’s own follow from CLOUD',
  })
  .optional();
const proxies = origins.refine(canBeTrusted, {
  error: 'expected addresses or networks such as 10.0.0.0/8, or the words loopback, linklocal, uniquelocal',
});

/** The environment, each variable with what it is for. */
const Environment = z.object({
  PORT: port.default(3978).describe('where the server listens'),
  HOST: z.string().default('0.0.0.0').describe('the interface it listens on'),
  PUBLIC_URL: address
    .refine(url => url.startsWith('https:') || isLoopback(url), {
      error: 'expected https: plain http is for this machine only',
    })
    .describe('where Teams reaches the server, https'),
  MICROSOFT_TENANT_ID: identifier.describe('the Entra tenant'),
  MICROSOFT_APP_ID: identifier.describe('the app registration of bot, tabs and Graph'),
  MICROSOFT_APP_PASSWORD: z.string().optional().describe('its client secret; or one of the two that follow'),
  MICROSOFT_APP_PASSWORD_ENDS: z.iso
    .date({ error: 'expected a day such as 2027-05-31' })
    .optional()
    .describe('the day the client secret ends, to be warned in time: the app may not read it by itself'),
  MICROSOFT_APP_CERTIFICATE: z
    .string()
    .optional()
    .describe('instead of a secret: a PEM file with a certificate of the registration and its private key'),
  MICROSOFT_APP_IDENTITY: identifier
    .optional()
    .describe('instead of a secret: the client id of a managed identity that the registration trusts'),
  TEAMS_APP_ID: z
    .guid({ error: 'expected the app’s id in Teams, such as 11111111-2222-3333-4444-555555555555' })
    .optional()
    .describe(
      'the app’s id in the Teams admin centre, where it comes from the organisation’s catalogue; learnt from Teams when left out',
    ),
  DATA_DIR: z.string().default('.data').describe('where the embedded database lives when there is no DATABASE_URL'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'expected an address such as postgres://user:password@host/database' })
    .optional()
    .describe('PostgreSQL instead of the embedded database'),
  DATABASE_IDENTITY: identifier
    .optional()
    .describe(
      'instead of a password in DATABASE_URL: the client id of a managed identity that PostgreSQL in Azure lets in',
    ),
  KEYS_DIR: z
    .string()
    .optional()
    .describe(
      'keys of open anonymous surveys, and who stays forgotten, outside the database; DATA_DIR/keys when left out',
    ),
  TABS_DIR: z.string().default('dist/tabs').describe('the built tabs'),
  CLOUD: z
    .enum(Object.keys(clouds) as [CloudName, ...CloudName[]])
    .default('public')
    .describe('which of Microsoft’s clouds the tenant is in'),
  FRAME_ANCESTORS: z
    .string()
    .optional()
    .describe('who may show the tabs in a frame, when it is not the cloud’s own Teams'),
  TEAMS_HOST_ORIGINS: origins.default([]).describe('further hosts Teams JS may trust'),
  LOGIN_URL: local.describe('Entra on this machine'),
  BOT_OPENID_METADATA: local.describe('keys of a Bot Connector on this machine'),
  SERVICE_URL: local.describe('where a Bot Connector on this machine takes answers'),
  TRUST_PROXY: proxies.default([]).describe('the proxies in front of the server, whose X-Forwarded-For is believed'),
  ADMINISTRATORS: people
    .default([])
    .describe('Entra object ids of those who look after the app: they see how it is in the whole organisation'),
  CALENDAR_LINKS: onOrOff.describe('off: nobody makes a link to a calendar, and those there are lead nowhere'),
  EXPORTS: onOrOff.describe('off: nobody takes charter, plan, results or lists away as a file'),
  ADD_TO_PLAN_FROM_MESSAGES: onOrOff.describe('off: nothing is made from the menu of a message'),
  SET_UP_BY: z
    .enum(setUpBy)
    .default('members')
    .describe(
      'who sets a community up: whoever added the app or an owner, owners only, or the ADMINISTRATORS who are in the team',
    ),
  FORGET_AFTER_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3650)
    .default(90)
    .describe('days after somebody left a team until what is kept about them there is erased'),
  BOT_AUTH: z
    .enum(['signed', 'open'])
    .default('signed')
    .describe('open: the playground, whose activities come without a token'),
  GRAPH_UNITS_A_MINUTE: z.coerce
    .number()
    .int()
    .min(10)
    .default(1250)
    .describe('SharePoint’s resource units that Microsoft 365 allows the app; more with more than 1,000 licences'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('how much is logged'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'expected an address such as http://collector:4318' })
    .optional()
    .describe('a collector that takes traces and metrics (OTLP over HTTP); without one there are none'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number({ error: 'expected a number from 0 to 1' })
    .min(0)
    .max(1)
    .default(1)
    .describe('which part of the traces is kept, from 0 to 1'),
  NODE_ENV: z.string().optional().describe('production refuses BOT_AUTH=open'),
});

/** Earlier names, which work for one release after the change. */
const earlierNames = { BOT_DOOR: 'BOT_AUTH' } as const satisfies Readonly<
  Record<string, keyof typeof Environment.shape>
>;

/** A variable of the environment as an administrator meets it. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly about: string;
  /** Undefined where there is none; then it is `required` or simply left out. */
  readonly fallback: string | undefined;
  readonly required: boolean;
}

/** Every variable the server reads, in the order of this file. */
export function environmentVariables(): readonly EnvironmentVariable[] {
  return Object.entries(Environment.shape).map(([name, schema]) => {
    const alone = z.object({ [name]: schema }).safeParse({});
    const value: unknown = alone.data?.[name];
    return {
      name,
      about: schema.description ?? '',
      fallback: value === undefined ? undefined : String(value),
      required: !alone.success,
    };
  });
}

/** How the app proves to Entra that it is the app. */
export type Credential =
  | {
      readonly kind: 'secret';
      readonly secret: string;
      /** The day it ends, where that is known. */
      readonly ends?: string;
    }
  /** A PEM file with the certificate and its key. */
  | { readonly kind: 'certificate'; readonly file: string }
  /** A managed identity of Azure, by its client id, which the registration names as a federated credential. */
  | { readonly kind: 'identity'; readonly clientId: string };

/** What the server runs with. Read once, at the start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly credential: Credential;
  /** Teams' id of the app in the organisation's catalogue; null where nobody has said it. */
  readonly teamsAppId: string | null;
  readonly dataDir: string;
  /** One folder for all servers on one database. */
  readonly keysDir: string;
  readonly databaseUrl: string | null;
  /** The client id of a managed identity whose token is the password; null where the address has one or needs none. */
  readonly databaseIdentity: string | null;
  readonly tabsDir: string;
  readonly frameAncestors: string;
  readonly teamsHostOrigins: readonly string[];
  readonly cloud: Cloud;
  readonly loginUrl: string;
  readonly botOpenIdMetadata: string;
  /** A Bot Connector on this machine; null for Microsoft's. */
  readonly localServiceUrl: string | null;
  /** Addresses and networks. */
  readonly trustProxy: readonly string[];
  readonly botAuth: 'signed' | 'open';
  readonly graphUnitsAMinute: number;
  readonly logLevel: string;
  /** A collector of traces and metrics, and which part of the traces it is sent; null for none. */
  readonly telemetry: { readonly endpoint: string | null; readonly keptTraces: number };
  /** Entra object ids. */
  readonly administrators: readonly string[];
  readonly switches: Switches;
  readonly setUpBy: SetUpBy;
  readonly forgetAfterDays: number;
  /** Variables that were set under a name which the next release does not know any more. */
  readonly renamed: readonly { readonly earlier: string; readonly name: string }[];
}

/** The environment does not fit: every fault at once, each with its variable and what was expected. */
class ConfigurationError extends StartError {
  override readonly name = 'ConfigurationError';
}

/** @throws ConfigurationError that lists every fault. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const renamed = Object.entries(earlierNames).filter(([earlier]) => present[earlier] !== undefined);
  for (const [earlier, name] of renamed) present[name] ??= present[earlier];
  const values = parse(present);
  const credential = credentialIn(values);
  if (values.SET_UP_BY === 'administrators' && values.ADMINISTRATORS.length === 0)
    throw new ConfigurationError(
      'The environment does not fit:\n  SET_UP_BY: is administrators, so ADMINISTRATORS must name somebody: nobody could set a community up',
    );
  const faults = openAuthFaults(values);
  if (faults.length > 0)
    throw new ConfigurationError(
      `BOT_AUTH=open is for the playground on this machine only:\n${faults.map(fault => `  ${fault}`).join('\n')}`,
    );

  const cloud = clouds[values.CLOUD];
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL,
    tenantId: values.MICROSOFT_TENANT_ID,
    appId: values.MICROSOFT_APP_ID,
    credential,
    teamsAppId: values.TEAMS_APP_ID ?? null,
    dataDir: values.DATA_DIR,
    keysDir: values.KEYS_DIR ?? join(values.DATA_DIR, 'keys'),
    databaseUrl: values.DATABASE_URL ?? null,
    databaseIdentity: databaseIdentityIn(values),
    tabsDir: values.TABS_DIR,
    frameAncestors: values.FRAME_ANCESTORS ?? cloud.frames,
    teamsHostOrigins: [...cloud.hostOrigins, ...values.TEAMS_HOST_ORIGINS],
    cloud,
    loginUrl: values.LOGIN_URL ?? cloud.login,
    botOpenIdMetadata: values.BOT_OPENID_METADATA ?? cloud.botDescription,
    localServiceUrl: values.SERVICE_URL ?? null,
    trustProxy: values.TRUST_PROXY,
    botAuth: values.BOT_AUTH,
    graphUnitsAMinute: values.GRAPH_UNITS_A_MINUTE,
    logLevel: values.LOG_LEVEL,
    telemetry: { endpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT ?? null, keptTraces: values.OTEL_TRACES_SAMPLER_ARG },
    administrators: values.ADMINISTRATORS,
    switches: {
      calendarLinks: values.CALENDAR_LINKS === 'on',
      exports: values.EXPORTS === 'on',
      addToPlanFromMessages: values.ADD_TO_PLAN_FROM_MESSAGES === 'on',
    },
    setUpBy: values.SET_UP_BY,
    forgetAfterDays: values.FORGET_AFTER_DAYS,
    renamed: renamed.map(([earlier, name]) => ({ earlier, name })),
  };
}

function parse(present: Readonly<Record<string, string | undefined>>): z.infer<typeof Environment> {
  const parsed = Environment.safeParse(present);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    issue =>
      `  ${issue.path.join('.')}: ${present[String(issue.path[0])] === undefined ? 'is missing' : issue.message}`,
  );
  throw new ConfigurationError(`The environment does not fit:\n${faults.join('\n')}`);
}

/** Exactly one of them. */
function credentialIn(values: z.infer<typeof Environment>): Credential {
  const { MICROSOFT_APP_PASSWORD: secret, MICROSOFT_APP_CERTIFICATE: file, MICROSOFT_APP_IDENTITY: clientId } = values;
  const ends = values.MICROSOFT_APP_PASSWORD_ENDS;
  const [credential, ...others]: readonly Credential[] = [
    ...(secret === undefined ? [] : [{ kind: 'secret' as const, secret, ...(ends === undefined ? {} : { ends }) }]),
    ...(file === undefined ? [] : [{ kind: 'certificate' as const, file }]),
    ...(clientId === undefined ? [] : [{ kind: 'identity' as const, clientId }]),
  ];
  if (credential && others.length === 0) return credential;
  throw new ConfigurationError(
    'The environment does not fit:\n  MICROSOFT_APP_PASSWORD, MICROSOFT_APP_CERTIFICATE, MICROSOFT_APP_IDENTITY: exactly one of them must be set, as the app proves with it that it is the app',
  );
}

/** Its token is the password, so there has to be an address that has none. */
function databaseIdentityIn({ DATABASE_IDENTITY, DATABASE_URL }: z.infer<typeof Environment>): string | null {
  if (DATABASE_IDENTITY === undefined) return null;
  if (DATABASE_URL !== undefined && new URL(DATABASE_URL).password === '') return DATABASE_IDENTITY;
  throw new ConfigurationError(
    'The environment does not fit:\n  DATABASE_IDENTITY: is for a PostgreSQL whose address in DATABASE_URL names an account and no password',
  );
}

/** BOT_AUTH=open together with anything that smells of production is refused. */
function openAuthFaults(values: z.infer<typeof Environment>): string[] {
  if (values.BOT_AUTH === 'signed') return [];
  const faults: string[] = [];
  if (!['127.0.0.1', 'localhost', '::1'].includes(values.HOST))
    faults.push(`HOST is ${values.HOST}: expected 127.0.0.1`);
  if (!isLoopback(values.PUBLIC_URL)) faults.push('PUBLIC_URL is a public address: expected http://localhost:<port>');
  if (values.DATABASE_URL) faults.push('DATABASE_URL is set: the playground keeps to its own embedded database');
  if (values.NODE_ENV === 'production') faults.push('NODE_ENV is production');
  return faults;
}

function canBeTrusted(networks: readonly string[]): boolean {
  try {
    proxyaddr.compile([...networks]);
    return true;
  } catch {
    return false;
  }
}
