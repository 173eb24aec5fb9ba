import { randomBytes, randomInt } from 'node:crypto';
import type { Directory } from '../directory.ts';
import type { Store } from '../store.ts';
import { mayAgree, type Consent } from './consent.ts';
import { graphScopes, needed, scopesOf, type Form } from './forms.ts';
import { refusals } from './refusals.ts';

/** A public client: a program on somebody's machine, which has no secret. */
interface PublicClient {
  readonly appId: string;
  readonly name: string;
}

/**
 * Microsoft's own app, in every tenant, with which administrators call Graph from a command line.
 * @see https://learn.microsoft.com/powershell/microsoftgraph/authentication-commands
 */
export const graphCommandLine: PublicClient = {
  appId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
  name: 'Microsoft Graph Command Line Tools',
};

interface DeviceCode {
  readonly userCode: string;
  readonly scopes: readonly string[];
  readonly expires: number;
  /** Who signed in with it; null while nobody did. */
  readonly userId: string | null;
  readonly declined: boolean;
}

export interface DeviceCodes {
  /** How many seconds a client must wait between two questions. */
  interval: number;
  /** Seconds until a code has had its time. */
  lifetime: number;
  /** `POST /{tenant}/oauth2/v2.0/devicecode`. */
  start(form: Form): DeviceCodeAnswer;
  /** Whom the code was answered by; throws while nobody has, and when they said no. */
  redeem(form: Form): { readonly userId: string; readonly scopes: readonly string[]; readonly client: PublicClient };
  /**
   * What somebody does at microsoft.com/devicelogin: signs in with the code, and agrees to what is asked for. Throws
   * the refusal they read there when they may not agree, or the code is none.
   */
  answer(userCode: string, userId: string, answer: 'accept' | 'cancel'): void;
}

interface DeviceCodeAnswer {
  readonly user_code: string;
  readonly device_code: string;
  readonly verification_uri: string;
  readonly expires_in: number;
  readonly interval: number;
  readonly message: string;
}

export function createDeviceCodes({
  store,
  consent,
  directory,
}: {
  readonly store: Store;
  readonly consent: Consent;
  readonly directory: Directory;
}): DeviceCodes {
  const codes = store.collection<DeviceCode>('entra.device-codes');
  const client = (form: Form): PublicClient => {
    const appId = needed(form, 'client_id').toLowerCase();
    // A confidential client may not use the flow unless its registration allows public clients.
    if (appId !== graphCommandLine.appId) throw refusals.notPublic(appId);
    return graphCommandLine;
  };

  const made: DeviceCodes = {
    interval: 5,
    lifetime: 900,
    start(form) {
      client(form);
      const scopes = scopesOf(needed(form, 'scope'));
      graphScopes(scopes);
      const userCode = Array.from({ length: 9 }, () => letters[randomInt(letters.length)]).join('');
      const deviceCode = randomBytes(48).toString('base64url');
      codes.put(deviceCode, {
        userCode,
        scopes,
        expires: Date.now() + made.lifetime * 1000,
        userId: null,
        declined: false,
      });
      return {
        user_code: userCode,
        device_code: deviceCode,
        verification_uri: page,
        expires_in: made.lifetime,
        interval: made.interval,
        message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
      };
    },
    redeem(form) {
      const given = needed(form, 'device_code');
      const known = client(form);
      const code = codes.get(given);
      if (!code) throw refusals.deviceCodeUnknown();
      if (code.expires < Date.now()) throw refusals.deviceCodeExpired();
      if (code.declined) throw refusals.deviceCodeDeclined();
      if (code.userId === null) throw refusals.deviceCodePending();
      codes.delete(given);
      return { userId: code.userId, scopes: code.scopes, client: known };
    },
    answer(userCode, userId, answer) {
      const [deviceCode, code] = [...codes.entries()].find(([, one]) => one.userCode === userCode.toUpperCase()) ?? [];
      if (!deviceCode || !code || code.expires < Date.now()) throw refusals.userCodeUnknown();
      if (!directory.user(userId)) throw refusals.unknownUser(userId);
      if (answer === 'cancel') return codes.put(deviceCode, { ...code, declined: true });
      if (!mayAgree(consent, userId, graphScopes(code.scopes))) throw refusals.adminApproval(graphCommandLine.name);
      codes.put(deviceCode, { ...code, userId });
    },
  };
  return made;
}

const page = 'https://microsoft.com/devicelogin';
/** Those that nobody mistakes for another. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** The grant type of the flow: as the standard has it, and as Microsoft's own msal-node sends it. */
export const deviceCodeGrants: readonly string[] = ['urn:ietf:params:oauth:grant-type:device_code', 'device_code'];
