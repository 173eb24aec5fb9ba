import { GraphError } from '@microsoft/microsoft-graph-client';
import { CommunityError, type ErrorCode } from '../../domain/errors.ts';
import { secondsToWait } from '../../domain/retry-after.ts';
import { codeOf } from './entra.ts';

interface FailedCall {
  readonly method: string;
  readonly path: string;
  /** Whether it was sent more than once, so that it may have been done although it failed. */
  readonly resent: boolean;
  /** Whether it was made on behalf of a person, whose own rights count then. */
  readonly isPerson: boolean;
}

/** What stands in the way, by who can do something about it. */
type Meaning = Extract<
  ErrorCode,
  'invalid' | 'not-found' | 'version-conflict' | 'throttled' | 'unavailable' | 'site-locked' | 'site-full'
>;

/** `refused` is the person's own limit when the call was made for them, and the app's missing grant when not. */
type Reading = Meaning | 'refused' | 'token';

/**
 * Graph's own codes. The status says less: 409 is a name that is taken as well as a save that met another one.
 * Sources: Graph's page of errors and OneDrive's; reports in the issue trackers of OneDrive and PnP.
 */
const byCode: Readonly<Record<string, Reading>> = {
  resourceModified: 'version-conflict',
  entityTagDoesNotMatch: 'version-conflict',
  preconditionFailed: 'version-conflict',
  nameAlreadyExists: 'invalid',
  accessDenied: 'refused',
  Forbidden: 'refused',
  Authorization_RequestDenied: 'refused',
  accessRestricted: 'refused',
  itemNotFound: 'not-found',
  Request_ResourceNotFound: 'not-found',
  NotFound: 'not-found',
  resourceLocked: 'site-locked',
  notAllowed: 'site-locked',
  quotaLimitReached: 'site-full',
  insufficientStorage: 'site-full',
  activityLimitReached: 'throttled',
  tooManyRequests: 'throttled',
  InvalidAuthenticationToken: 'token',
  unauthenticated: 'token',
  serviceNotAvailable: 'unavailable',
  generalException: 'unavailable',
};

/** For codes that are in no table of Microsoft's. */
const byStatus: Readonly<Record<number, Reading>> = {
  400: 'invalid',
  401: 'token',
  403: 'refused',
  404: 'not-found',
  409: 'invalid',
  412: 'version-conflict',
  423: 'site-locked',
  429: 'throttled',
  507: 'site-full',
};

/** What Graph said, as ours. `details.graph` keeps Graph's own code for those who must tell cases apart. */
export function translate(error: unknown, { method, path, resent, isPerson }: FailedCall): Error {
  if (error instanceof CommunityError) return error;
  const what = `Graph, ${method.toUpperCase()} ${withoutQuery(path)}`;
  if (!(error instanceof GraphError) || error.statusCode === -1) {
    return new CommunityError('unavailable', `${what}: no answer (${codeOf(error)})`);
  }
  const id = error.requestId ? ` (request ${error.requestId})` : '';
  const said = `${error.statusCode} ${error.code ?? ''}: ${error.message}${id}`;
  const code = error.code ?? '';
  const details = { status: error.statusCode, graph: code, said: error.message, resent };
  const reading = readingOf(error);
  switch (reading) {
    case 'refused':
      return isPerson
        ? new CommunityError('not-allowed', `${what}: ${said}`, { ...details, context: 'sharepoint' })
        : new CommunityError('not-granted', `${what}: ${said}`, details);
    case 'token':
      // The app's own token is got anew; a person's comes from Teams.
      return new CommunityError(isPerson ? 'sign-in-needed' : 'unavailable', `${what}: ${said}`, details);
    case 'throttled':
      return new CommunityError('throttled', `${what}: ${said}`, {
        ...details,
        retryAfter: Math.ceil(secondsToWait(error.headers?.get('retry-after'), Date.now()) ?? 30),
      });
    default:
      return new CommunityError(reading, `${what}: ${said}`, details);
  }
}

/** Whether something of that name is there already: the one refusal that a repeated creation may take for done. */
export function isThereAlready(error: unknown): boolean {
  return error instanceof CommunityError && error.details['graph'] === 'nameAlreadyExists';
}

/** Two saves met in SharePoint, and this one was not done. Sent again it finds out whether its ETag still holds. */
export function hasMetAnother(error: unknown): boolean {
  return error instanceof CommunityError && error.code === 'version-conflict' && error.details['status'] === 409;
}

/** Some statuses say more than their code: SharePoint answers 423 with `accessDenied`. */
function readingOf({ statusCode, code }: GraphError): Reading {
  if ([423, 429, 507].includes(statusCode)) return byStatus[statusCode] ?? 'unavailable';
  if (statusCode >= 500) return 'unavailable';
  return byCode[code ?? ''] ?? byStatus[statusCode] ?? 'unavailable';
}

/** Filters may hold ids of people; the path alone says enough. */
function withoutQuery(path: string): string {
  return path.split('?')[0] ?? path;
}
