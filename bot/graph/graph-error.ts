import { GraphError } from '@microsoft/microsoft-graph-client';
import { CommunityError } from '../../domain/errors.ts';
import { secondsToWait } from '../../domain/retry-after.ts';
import { codeOf } from './entra.ts';

interface FailedCall {
  readonly method: string;
  readonly path: string;
  /** Whether it was sent more than once, so that it may have been done although it failed. */
  readonly resent: boolean;
}

/** What Graph said, as ours. `details.graph` keeps Graph's own code for those who must tell cases apart. */
export function translate(error: unknown, { method, path, resent }: FailedCall): Error {
  if (error instanceof CommunityError) return error;
  const what = `Graph, ${method.toUpperCase()} ${withoutQuery(path)}`;
  if (!(error instanceof GraphError) || error.statusCode === -1) {
    return new CommunityError('unavailable', `${what}: no answer (${codeOf(error)})`);
  }
  const said = `${error.statusCode} ${error.code ?? ''}: ${error.message}`;
  const details = { status: error.statusCode, graph: error.code ?? '', said: error.message, resent };
  switch (error.statusCode) {
    case 401:
    case 403:
      return new CommunityError('not-allowed', `${what}: ${said}`, { ...details, permission: 'SharePoint' });
    case 404:
      return new CommunityError('not-found', `${what}: ${said}`, details);
    case 412:
      return new CommunityError('version-conflict', `${what}: ${said}`, details);
    case 429:
      return new CommunityError('throttled', `${what}: ${said}`, {
        ...details,
        retryAfter: Math.ceil(secondsToWait(error.headers?.get('retry-after'), Date.now()) ?? 30),
      });
    case 400:
    case 409:
      return new CommunityError('invalid', `${what}: ${said}`, details);
    default:
      return new CommunityError('unavailable', `${what}: ${said}`, details);
  }
}

/** Filters may hold ids of people; the path alone says enough. */
function withoutQuery(path: string): string {
  return path.split('?')[0] ?? path;
}
