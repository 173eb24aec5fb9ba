import type { Application } from '@microsoft/microsoft-graph-types';
import { CommunityError } from '../../domain/errors.ts';
import type { Config, Credential } from '../config.ts';
import type { Graph } from '../graph/client.ts';
import { daysLeft } from '../graph/credential.ts';
import { gap, good, unknown, type Check } from './check.ts';

/** How many days before its end a secret or certificate is warned of. */
const warnWithin = 30;

export interface CredentialEndParts {
  readonly config: Pick<Config, 'appId' | 'credential'>;
  readonly graph: Pick<Graph, 'get'>;
  /** The time of this machine. */
  readonly now: () => Date;
}

/** Whether what the app proves itself with ends soon. */
export function credentialEndCheck({ config, graph, now }: CredentialEndParts): Check {
  const { appId, credential } = config;
  return {
    name: 'credential-end',
    async look() {
      if (credential.kind === 'identity') return good;
      if (credential.kind === 'certificate') {
        const days = daysLeft(credential, now());
        return days !== null && days < warnWithin ? gap('certificate-ends', { appId, days }) : good;
      }
      const ends = (await endInGraph(graph, appId, credential)) ?? credential.ends;
      if (ends === undefined) return unknown('end-unread', { appId });
      const days = Math.floor((new Date(ends).getTime() - now().getTime()) / 86_400_000);
      return days < warnWithin ? gap('secret-ends', { appId, days, ends: ends.slice(0, 10) }) : good;
    },
  };
}

/**
 * When the secret ends, where the app may read its own registration: that takes Application.Read.All, which it does not
 * need, and mostly has not. Graph shows of a secret how it begins.
 */
async function endInGraph(
  graph: Pick<Graph, 'get'>,
  appId: string,
  { secret }: Extract<Credential, { kind: 'secret' }>,
): Promise<string | undefined> {
  try {
    const { passwordCredentials = [] } = await graph.get<Pick<Application, 'passwordCredentials'>>(
      `/applications(appId='${appId}')?$select=passwordCredentials`,
    );
    const ours = passwordCredentials?.filter(({ hint }) => hint && secret.startsWith(hint)) ?? [];
    return ours.flatMap(({ endDateTime }) => endDateTime ?? []).toSorted()[0];
  } catch (error) {
    if (error instanceof CommunityError) return undefined;
    throw error;
  }
}
