import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type Request, type Response } from 'botbuilder';
import { createServer, plugins } from 'restify';
import { tenant } from '../local/directory.ts';

/**
 * The least that a bot on botbuilder and restify does with a press: it checks who sent it, as Microsoft's own samples
 * do, and says back what it was told. Beside it stands what the product does.
 */
const [microsoft365Url = ''] = process.argv.slice(2);
const issuer = 'https://api.botframework.com';
const login = `https://login.microsoftonline.com/${tenant.id}`;

const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: tenant.appId,
    MicrosoftAppPassword: tenant.appSecret,
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: tenant.id,
    ToChannelFromBotLoginUrl: login,
    ToChannelFromBotOAuthScope: issuer,
    ToBotFromChannelTokenIssuer: issuer,
    OAuthUrl: issuer,
    ToBotFromChannelOpenIdMetadataUrl: `${microsoft365Url}/v1/.well-known/openidconfiguration`,
    ToBotFromEmulatorOpenIdMetadataUrl: `${microsoft365Url}/${tenant.id}/v2.0/.well-known/openid-configuration`,
    CallerId: 'urn:botframework:azure',
    ValidateAuthority: true,
  }),
);
const server = createServer();
server.use(plugins.bodyParser());
server.post('/api/messages', async (request, response) =>
  adapter.process(request as unknown as Request, response as unknown as Response, async context => {
    const value = JSON.stringify(context.activity.value);
    const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value };
    await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
  }),
);
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as { port: number }).port }));

/** Whatever it is told, it says how many seconds of processor it has taken. */
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ processor: (user + system) / 1e6 });
});
process.once('disconnect', () => process.exit());
