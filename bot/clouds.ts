/**
 * One of Microsoft's clouds: where its parts are, and who signs what comes from them.
 * Sources: Microsoft Graph, "National cloud deployments"; Entra, "Workload identity federation"; Bot Framework,
 * "Configure a bot for US Government and DoD" and "… operated by 21Vianet"; the cloud environments of Microsoft's own
 * Teams SDK; the hosts Teams JS trusts.
 */
export interface Cloud {
  /** Entra, which issues people's tokens under the same address. */
  readonly login: string;
  readonly graph: string;
  /** Whom a managed identity's token is for that stands in for the app's secret. */
  readonly tokenExchange: string;
  /** Whom a token is for that stands in for a password of Azure Database for PostgreSQL. */
  readonly databases: string;
  /** The Bot Connector's name: who signs activities, and whom the bot's own tokens are for. */
  readonly bots: string;
  /** The OpenID description of the Bot Connector's keys. */
  readonly botDescription: string;
  /** Where the Bot Connector takes answers. The bot's token goes nowhere else. */
  readonly serviceHosts: readonly string[];
  /**
   * The address of the Bot Connector for whom no activity told one yet, or not the right one; null where none is
   * published.
   */
  readonly globalServiceUrl: string | null;
  /** What a link into Teams begins with. */
  readonly teams: string;
  /** Who may show the tab in a frame: Teams, Outlook and Microsoft 365. */
  readonly frames: string;
  /** Teams' own origins that Teams JS does not know by itself. */
  readonly hostOrigins: readonly string[];
}

const commercial: Cloud = {
  login: 'https://login.microsoftonline.com',
  graph: 'https://graph.microsoft.com',
  tokenExchange: 'api://AzureADTokenExchange',
  databases: 'https://ossrdbms-aad.database.windows.net',
  bots: 'https://api.botframework.com',
  botDescription: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  serviceHosts: ['smba.trafficmanager.net', 'smba.onyx.prod.teams.trafficmanager.net'],
  globalServiceUrl: 'https://smba.trafficmanager.net/teams/',
  teams: 'https://teams.microsoft.com',
  frames:
    'https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft ' +
    'https://*.microsoft365.com https://*.office.com https://outlook.live.com https://outlook.office.com ' +
    'https://outlook.office365.com https://outlook-sdf.office.com https://outlook-sdf.office365.com',
  hostOrigins: [],
};

const government: Omit<Cloud, 'graph' | 'serviceHosts' | 'globalServiceUrl' | 'teams' | 'frames'> = {
  login: 'https://login.microsoftonline.us',
  tokenExchange: 'api://AzureADTokenExchangeUSGov',
  databases: 'https://ossrdbms-aad.database.usgovcloudapi.net',
  bots: 'https://api.botframework.us',
  botDescription: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  // Those of its Teams it knows.
  hostOrigins: [],
};

/** The clouds by the name `CLOUD` gives them. */
export const clouds = {
  public: commercial,
  // A part of the public cloud with a Bot Connector of its own.
  gcc: {
    ...commercial,
    serviceHosts: [...commercial.serviceHosts, 'smba.infra.gcc.teams.microsoft.com'],
    globalServiceUrl: 'https://smba.infra.gcc.teams.microsoft.com/teams',
  },
  'gcc-high': {
    ...government,
    graph: 'https://graph.microsoft.us',
    serviceHosts: ['smba.infra.gov.teams.microsoft.us'],
    globalServiceUrl: 'https://smba.infra.gov.teams.microsoft.us/teams',
    teams: 'https://gov.teams.microsoft.us',
    frames:
      'https://gov.teams.microsoft.us https://*.gov.teams.microsoft.us https://outlook.office365.us ' +
      'https://www.office365.us https://portal.office365.us',
  },
  dod: {
    ...government,
    graph: 'https://dod-graph.microsoft.us',
    serviceHosts: ['smba.infra.dod.teams.microsoft.us'],
    globalServiceUrl: 'https://smba.infra.dod.teams.microsoft.us/teams',
    teams: 'https://dod.teams.microsoft.us',
    frames:
      'https://dod.teams.microsoft.us https://*.dod.teams.microsoft.us https://webmail.apps.mil ' +
      'https://outlook-dod.office365.us https://portal.apps.mil https://www.ohome.apps.mil',
  },
  china: {
    login: 'https://login.partner.microsoftonline.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    tokenExchange: 'api://AzureADTokenExchangeChina',
    databases: 'https://ossrdbms-aad.database.chinacloudapi.cn',
    bots: 'https://api.botframework.azure.cn',
    botDescription: 'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
    serviceHosts: ['frontend.botapi.msg.infra.teams.microsoftonline.cn'],
    globalServiceUrl: null,
    teams: 'https://teams.microsoftonline.cn',
    frames: 'https://teams.microsoftonline.cn https://*.teams.microsoftonline.cn',
    hostOrigins: ['https://teams.microsoftonline.cn'],
  },
} as const satisfies Readonly<Record<string, Cloud>>;

export type CloudName = keyof typeof clouds;

/** Whether an address is on this machine, where plain http harms nobody. */
export function isLoopback(address: string): boolean {
  return URL.canParse(address) && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(address).hostname);
}

/**
 * Whether the bot's answers, and its token with them, may go to this address.
 * @param local the one address beside Microsoft's: a connector on this machine; null without one.
 */
export function takesAnswers({ serviceHosts }: Cloud, local: string | null, serviceUrl: string): boolean {
  if (!URL.canParse(serviceUrl)) return false;
  const { protocol, host, origin, username, password } = new URL(serviceUrl);
  if (username !== '' || password !== '') return false;
  // `host` has the port, unless it is that of https.
  return (protocol === 'https:' && serviceHosts.includes(host)) || (local !== null && origin === new URL(local).origin);
}
