import { AuthError, AuthErrorCodes, PublicClientApplication } from '@azure/msal-node';
import type { Cloud } from '../../bot/clouds.ts';
import { codeOf, refusalOf, type NetworkClient } from '../../bot/graph/entra.ts';
import { Refused } from './refused.ts';

/**
 * Microsoft Graph Command Line Tools, Microsoft's own public client in every tenant. The app's own registration would
 * have to become a public client with far more rights than the app needs, and would keep both.
 */
const graphCommandLine = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

export interface SignInParts {
  readonly cloud: Pick<Cloud, 'login' | 'graph'>;
  readonly tenantId: string;
  /** Delegated permissions of Graph, by their names. */
  readonly scopes: readonly string[];
  /** Shows the administrator where to enter which code. */
  readonly show: (sentence: string) => void;
  /** Another public client than Microsoft's, where the organisation wants one of its own. */
  readonly clientId?: string;
  readonly networkClient?: NetworkClient;
}

/** Who signed in on another screen. */
export interface SignedInByCode {
  /** Nothing of it is kept when the program ends. */
  readonly token: string;
  /** Their Entra object id. */
  readonly person: string;
}

export async function signInByCode(parts: SignInParts): Promise<SignedInByCode> {
  const { cloud, tenantId, scopes, show, clientId = graphCommandLine, networkClient } = parts;
  const client = new PublicClientApplication({
    auth: { clientId, authority: `${cloud.login}/${tenantId}` },
    ...(networkClient ? { system: { networkClient } } : {}),
  });
  try {
    const result = await client.acquireTokenByDeviceCode({
      scopes: scopes.map(scope => `${cloud.graph}/${scope}`),
      deviceCodeCallback: ({ message }) => show(message),
    });
    if (result) return { token: result.accessToken, person: result.uniqueId };
  } catch (error) {
    throw new Refused('sign-in', { said: wordOf(error) });
  }
  throw new Refused('sign-in', { said: 'no token' });
}

/** What Entra called it; msal hides its word for what becomes of a code in the message of one error of its own. */
function wordOf(error: unknown): string {
  if (error instanceof AuthError && error.errorCode === AuthErrorCodes.postRequestFailed) return error.errorMessage;
  return refusalOf(error)?.code ?? codeOf(error);
}
