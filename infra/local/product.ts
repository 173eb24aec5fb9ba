import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import type { Outside } from '../../bot/app.ts';
import { readConfig, type Config } from '../../bot/config.ts';
import { globalRegion } from './connector/addresses.ts';
import { tenant } from './directory.ts';
import type { Microsoft365 } from './microsoft365.ts';
import { samplePeople } from './sample-people.ts';

export interface LocalConfigOptions {
  readonly microsoft365Url: string;
  readonly port: number;
  /** Where the product is reached; its own port on localhost when left out. */
  readonly publicUrl?: string;
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly botAuth?: 'signed' | 'open';
  readonly tabsDir?: string;
  readonly logLevel?: string;
  /** The environment of the starter, so that the playground can see production settings and refuse. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** The product's own configuration, pointed at local Microsoft 365. The product itself is unchanged. */
export function localConfig(options: LocalConfigOptions): Config {
  const { microsoft365Url, environment = {} } = options;
  return readConfig({
    NODE_ENV: environment['NODE_ENV'],
    DATABASE_URL: options.databaseUrl ?? environment['DATABASE_URL'],
    PORT: String(options.port),
    HOST: environment['HOST'] ?? '127.0.0.1',
    PUBLIC_URL: options.publicUrl ?? environment['PUBLIC_URL'] ?? `http://localhost:${options.port}`,
    MICROSOFT_TENANT_ID: tenant.id,
    MICROSOFT_APP_ID: tenant.appId,
    MICROSOFT_APP_PASSWORD: tenant.appSecret,
    TEAMS_APP_ID: environment['TEAMS_APP_ID'] ?? tenant.catalogueAppId,
    DATA_DIR: options.dataDir,
    TABS_DIR: options.tabsDir,
    FRAME_ANCESTORS: microsoft365Url,
    TEAMS_HOST_ORIGINS: microsoft365Url,
    LOGIN_URL: microsoft365Url,
    SERVICE_URL: `${microsoft365Url}/connector/${globalRegion}/`,
    BOT_OPENID_METADATA: `${microsoft365Url}/v1/.well-known/openidconfiguration`,
    // So that the desk shows what administrators see: the sample's owner is one.
    ADMINISTRATORS: environment['ADMINISTRATORS'] ?? samplePeople[0]?.id,
    BOT_AUTH: options.botAuth ?? 'signed',
    GRAPH_UNITS_A_MINUTE: environment['GRAPH_UNITS_A_MINUTE'],
    CALENDAR_LINKS: environment['CALENDAR_LINKS'],
    EXPORTS: environment['EXPORTS'],
    ADD_TO_PLAN_FROM_MESSAGES: environment['ADD_TO_PLAN_FROM_MESSAGES'],
    SET_UP_BY: environment['SET_UP_BY'],
    FORGET_AFTER_DAYS: environment['FORGET_AFTER_DAYS'],
    OTEL_EXPORTER_OTLP_ENDPOINT: environment['OTEL_EXPORTER_OTLP_ENDPOINT'],
    OTEL_TRACES_SAMPLER_ARG: environment['OTEL_TRACES_SAMPLER_ARG'],
    LOG_LEVEL: options.logLevel ?? environment['LOG_LEVEL'] ?? 'warn',
  });
}

/** The world outside, with Microsoft's addresses led to this machine. */
export function localOutside(microsoft365: {
  readonly url: string;
  readonly clock: Pick<Microsoft365['clock'], 'now'>;
}): Omit<Outside, 'log'> {
  const lead = (address: string): string =>
    address
      .replace('https://graph.microsoft.com/', `${microsoft365.url}/graph/`)
      .replace('https://login.microsoftonline.com', microsoft365.url);

  async function send<T>(url: string, init: RequestInit): Promise<NetworkResponse<T>> {
    const response = await fetch(lead(url), init);
    return {
      headers: Object.fromEntries(response.headers),
      body: (await response.json()) as T,
      status: response.status,
    };
  }
  const networkClient: INetworkModule = {
    sendGetRequestAsync: <T>(url: string, options?: NetworkRequestOptions) =>
      send<T>(url, { headers: options?.headers ?? {} }),
    sendPostRequestAsync: <T>(url: string, options?: NetworkRequestOptions) =>
      send<T>(url, { method: 'POST', headers: options?.headers ?? {}, body: options?.body ?? null }),
  };

  return {
    now: () => microsoft365.clock.now(),
    fetch: (input, init) => fetch(typeof input === 'string' ? lead(input) : input, init),
    networkClient,
  };
}
