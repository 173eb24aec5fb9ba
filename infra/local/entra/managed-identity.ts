import type { Server } from 'restify';
import { tenant } from '../directory.ts';
import { issuerOfPeople } from './issuer.ts';
import type { SigningKeys } from './keys.ts';

/** A managed identity of the tenant, as its code on Azure App Service meets it. */
export interface ManagedIdentity {
  readonly clientId: string;
  /** Its own object in the directory, which its tokens name as their subject. */
  readonly principalId: string;
  /** What Azure puts into the environment of the code. */
  readonly header: string;
}

/** The one managed identity there is. */
export const managedIdentity: ManagedIdentity = {
  clientId: '7e0d5a3c-91b4-4f26-8c57-2d6f0e9b1a48',
  principalId: '3b9f6c12-58d7-4ea0-9c41-f7a2e0d86b35',
  header: 'a-header-that-only-this-code-knows',
};

/** `GET /msi/token`, what App Service serves at IDENTITY_ENDPOINT: api-version 2019-08-01. */
export function addManagedIdentity(server: Server, keys: SigningKeys): void {
  server.get('/msi/token', async (req, res) => {
    const query = req.query as Readonly<Record<string, string | undefined>>;
    const refused = (status: number, message: string): void => {
      res.json(status, { statusCode: status, message });
    };
    if (req.header('x-identity-header') !== managedIdentity.header) return refused(401, 'Unauthorized');
    if (query['client_id'] !== undefined && query['client_id'] !== managedIdentity.clientId)
      return refused(400, 'No User Assigned or Delegated Managed Identity found for specified ClientId');
    const lifetime = 86_400;
    const accessToken = await keys.sign(
      {
        iss: issuerOfPeople,
        aud: query['resource'] ?? '',
        sub: managedIdentity.principalId,
        oid: managedIdentity.principalId,
        azp: managedIdentity.clientId,
        tid: tenant.id,
        idtyp: 'app',
        ver: '2.0',
      },
      lifetime,
    );
    res.json(200, {
      access_token: accessToken,
      client_id: managedIdentity.clientId,
      expires_on: String(Math.floor(Date.now() / 1000) + lifetime),
      resource: query['resource'],
      token_type: 'Bearer',
    });
  });
}
