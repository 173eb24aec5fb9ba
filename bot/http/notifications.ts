import type { Logger } from 'pino';
import type { Request, Response, Server } from 'restify';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { CommunityError } from '../../domain/errors.ts';
import { errorText } from '../shared/error-text.ts';
import { BodyRefused, hasBody, readJson } from './body.ts';
import { sendTooMany } from './errors.ts';
import type { AddressLimits } from './limits.ts';
import type { Noise } from './noise.ts';
import { on } from './on.ts';

/** Where Microsoft Graph tells that something in a list was changed, below the public address. */
const notificationsPath = '/notifications';

/**
 * @returns null where Microsoft could not reach it: only an address over TLS is told anything, or a Microsoft 365 on this
 *   machine
 */
export function notificationsAddress({
  publicUrl,
  localServiceUrl,
}: Pick<Config, 'publicUrl' | 'localServiceUrl'>): string | null {
  const isReached = publicUrl.startsWith('https:') || localServiceUrl !== null;
  return isReached ? `${publicUrl}${notificationsPath}` : null;
}

/** What is read of one notification; what else it says is never looked at. */
const Told = z.looseObject({
  subscriptionId: z.guid(),
  clientState: z.string().max(128).nullish(),
  lifecycleEvent: z.enum(['reauthorizationRequired', 'subscriptionRemoved', 'missed']).nullish(),
});
/** One that cannot be read is none; others beside it count. */
const Body = z.object({ value: z.array(z.unknown()).min(1).max(1_000) });

export interface NotificationParts {
  /** @returns how many of these came from Graph */
  readonly take: (
    told: readonly {
      readonly id: string;
      readonly secret: string | undefined;
      readonly lifecycle: 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed' | null;
    }[],
  ) => Promise<number>;
  readonly addressLimits: Pick<AddressLimits, 'refused'>;
  readonly noise: Noise;
  readonly log: Logger;
}

/**
 * The address that Graph tells of changes. It proves itself with the token that it is sent; from then on only who knows
 * the secret of a subscription is listened to. Whoever does not is answered like Graph, so that nobody learns which
 * subscriptions there are, and spends what their address has for tokens that are refused.
 */
export function addNotifications(server: Server, parts: NotificationParts): void {
  on(server, 'POST', notificationsPath, async (request: Request, response: Response) => {
    const token = new URLSearchParams(request.getQuery()).get('validationToken');
    if (token !== null && !hasBody(request)) return prove(response, token);
    try {
      await take(parts, request, response);
    } catch (error) {
      if (error instanceof CommunityError && error.code === 'too-many-requests') return sendTooMany(response, error);
      if (error instanceof BodyRefused) {
        parts.noise(request, 'a notification was refused', { status: error.status });
        return void response.json(error.status, { code: 'invalid', message: error.message });
      }
      // Graph sends it again, for hours.
      parts.log.warn({ error: errorText(error) }, 'a notification of Graph could not be taken; it comes again');
      response.json(503, { code: 'unavailable', message: 'Please send it again' });
    }
  });
}

/** Longer than any that Graph sends. */
const longestToken = 2_048;

/** Plain text, which no browser takes for a page: `nosniff` is on every answer. */
function prove(response: Response, token: string): void {
  if (token.length > longestToken)
    return void response.json(400, { code: 'invalid', message: 'The token is too long' });
  response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(token);
}

async function take(parts: NotificationParts, request: Request, response: Response): Promise<void> {
  const body = Body.safeParse(await readJson(request, response));
  if (!body.success) throw new BodyRefused(400, 'Expected notifications of Microsoft Graph');
  const told = body.data.value.flatMap(one => {
    const { data } = Told.safeParse(one);
    if (!data) return [];
    const { subscriptionId: id, clientState, lifecycleEvent } = data;
    return [{ id: id.toLowerCase(), secret: clientState ?? undefined, lifecycle: lifecycleEvent ?? null }];
  });
  if ((await parts.take(told)) < body.data.value.length) {
    await parts.addressLimits.refused(request);
    parts.noise(request, 'a notification was not believed', {});
  }
  response.writeHead(202);
  response.end();
}
