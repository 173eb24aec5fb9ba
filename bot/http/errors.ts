import type { Response } from 'restify';
import type { Failure } from '../../domain/endpoint.ts';
import { CommunityError, type ErrorCode } from '../../domain/errors.ts';
import type { Translate } from '../text.ts';

/** The HTTP status of each expected failure. */
export const statusOf: Readonly<Record<ErrorCode, number>> = {
  invalid: 400,
  'sign-in-needed': 401,
  'consent-needed': 403,
  'not-allowed': 403,
  'hand-over-first': 409,
  'switched-off': 403,
  'set-up-by-administrator': 403,
  'not-found': 404,
  'not-set-up': 409,
  'not-granted': 424,
  'site-unknown': 424,
  'site-locked': 423,
  'site-full': 507,
  'version-conflict': 409,
  'precondition-needed': 428,
  'too-large': 413,
  'too-complex': 422,
  throttled: 429,
  'too-many-requests': 429,
  unavailable: 503,
};

/** What a client over its budget gets, where no person reads sentences. */
export function sendTooMany(response: Response, error: unknown): void {
  const seconds = error instanceof CommunityError ? error.details['retryAfter'] : undefined;
  response.header('Retry-After', String(seconds ?? 30));
  response.json(429, { code: 'too-many-requests', message: 'Too many requests: please wait' });
}

/**
 * What a tab gets to read of an expected failure.
 * @param reading whether nothing can have been changed, so that no person needs to look.
 */
export function failureOf(error: CommunityError, t: Translate, reading = false): Failure {
  const { current, etag, claims } = error.details;
  return {
    code: error.code,
    message: t(`errors.${error.code}`, { ...(reading ? { context: 'reading' } : {}), ...error.details }),
    ...(current !== undefined ? { current } : {}),
    ...(typeof etag === 'string' ? { etag } : {}),
    ...(typeof claims === 'string' ? { claims } : {}),
  };
}
