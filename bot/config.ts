import { z } from 'zod';
import { StartError } from './start-error.ts';

const port = z.coerce.number().int().min(0).max(65535);
const identifier = z.uuid({ error: 'expected a GUID such as 11111111-2222-3333-4444-555555555555' });
const address = z.url({ protocol: /^https?$/, error: 'expected an address such as https://cop.example.org' }).transform(url => url.replace(/\/+$/, ''));
const origins = z.string().transform(text => text.split(/[\s,]+/).filter(Boolean));

const people = z.string().transform(text => text.split(/[\s,]+/).filter(Boolean)).pipe(z.array(identifier));

/** The hosts that may show our tabs in a frame: Teams, Outlook and Microsoft 365. Government clouds set their own. */
const microsoftHosts =
  'https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft https://*.microsoft365.com https://*.office.com ' +
  'https://outlook.live.com https://outlook.office.com https://outlook.office365.com https://outlook-sdf.office.com https://outlook-sdf.office365.com';

/** The environment, each variable with what it is for. README lists the same. */
const Environment = z.object({
  PORT: port.default(3978).describe('where the server listens'),
  HOST: z.string().default('0.0.0.0').describe('the interface it listens on'),
  PUBLIC_URL: address.describe('where Teams reaches the server, https'),
  MICROSOFT_TENANT_ID: identifier.describe('the Entra tenant'),
  MICROSOFT_APP_ID: identifier.describe('the app registration of bot, tabs and Graph'),
  MICROSOFT_APP_PASSWORD: z.string().min(1, 'expected the client secret of the app registration').describe('its client secret'),
  DATA_DIR: z.string().default('.data').describe('where the embedded database lives when there is no DATABASE_URL'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'expected an address such as postgres://user:password@host/database' }).optional().describe('PostgreSQL instead of the embedded database'),
  TABS_DIR: z.string().default('dist/tabs').describe('the built tabs'),
  FRAME_ANCESTORS: z.string().default(microsoftHosts).describe('who may show the tabs in a frame'),
  TEAMS_HOST_ORIGINS: origins.default([]).describe('further hosts Teams JS may trust'),
  LOGIN_URL: address.default('https://login.microsoftonline.com').describe('Entra'),
  BOT_OPENID_METADATA: address.default('https://login.botframework.com/v1/.well-known/openidconfiguration').describe('keys of the Bot Connector'),
  ADMINISTRATORS: people.default([]).describe('Entra object ids of those who may see what became of the messages of all communities'),
  BOT_DOOR: z.enum(['signed', 'open']).default('signed').describe('open: the playground, without authentication at the bot’s door'),
  GRAPH_UNITS_A_MINUTE: z.coerce.number().int().min(10).default(1250).describe('SharePoint’s resource units that Microsoft 365 allows the app; more with more than 1,000 licences'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info').describe('how much is logged'),
  NODE_ENV: z.string().optional().describe('production refuses the open door'),
});

/** What the server runs with. Read once, at the start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly appPassword: string;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly tabsDir: string;
  readonly frameAncestors: string;
  readonly teamsHostOrigins: readonly string[];
  readonly loginUrl: string;
  readonly botOpenIdMetadata: string;
  readonly botDoor: 'signed' | 'open';
  readonly graphUnitsAMinute: number;
  readonly logLevel: string;
  /** Entra object ids. */
  readonly administrators: readonly string[];
}

/** The environment does not fit: every fault at once, each with its variable and what was expected. */
export class ConfigurationError extends StartError {
  override readonly name = 'ConfigurationError';
}

/** @throws ConfigurationError that lists every fault. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Environment.safeParse(present);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(issue => `  ${issue.path.join('.')}: ${present[String(issue.path[0])] === undefined ? 'is missing' : issue.message}`);
    throw new ConfigurationError(`The environment does not fit:\n${faults.join('\n')}`);
  }

  const values = parsed.data;
  const faults = openDoorFaults(values);
  if (faults.length > 0) throw new ConfigurationError(`BOT_DOOR=open is for the playground on this machine only:\n${faults.map(fault => `  ${fault}`).join('\n')}`);

  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL,
    tenantId: values.MICROSOFT_TENANT_ID,
    appId: values.MICROSOFT_APP_ID,
    appPassword: values.MICROSOFT_APP_PASSWORD,
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL ?? null,
    tabsDir: values.TABS_DIR,
    frameAncestors: values.FRAME_ANCESTORS,
    teamsHostOrigins: values.TEAMS_HOST_ORIGINS,
    loginUrl: values.LOGIN_URL,
    botOpenIdMetadata: values.BOT_OPENID_METADATA,
    botDoor: values.BOT_DOOR,
    graphUnitsAMinute: values.GRAPH_UNITS_A_MINUTE,
    logLevel: values.LOG_LEVEL,
    administrators: values.ADMINISTRATORS,
  };
}

/** An open door together with anything that smells of production is refused. */
function openDoorFaults(values: z.infer<typeof Environment>): string[] {
  if (values.BOT_DOOR === 'signed') return [];
  const faults: string[] = [];
  if (!['127.0.0.1', 'localhost', '::1'].includes(values.HOST)) faults.push(`HOST is ${values.HOST}: expected 127.0.0.1`);
  if (!/^http:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(values.PUBLIC_URL)) faults.push('PUBLIC_URL is a public address: expected http://localhost:<port>');
  if (values.DATABASE_URL) faults.push('DATABASE_URL is set: the playground keeps to its own embedded database');
  if (values.NODE_ENV === 'production') faults.push('NODE_ENV is production');
  return faults;
}
