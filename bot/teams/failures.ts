import type { Logger } from 'pino';
import { CommunityError } from '../../domain/errors.ts';
import type { Texts, Translate } from '../text.ts';
import type { Handle } from './adapter.ts';
import { botName } from './conversations.ts';
import { errorText } from '../shared/error-text.ts';

/** What a person reads when something expected went wrong. */
export function sentence(error: CommunityError, t: Translate): string {
  return t(`errors.${error.code}`, error.details);
}

interface FailureParts {
  readonly log: Logger;
  readonly ids: object;
  readonly t: Translate;
  /** What the log says of a failure that is foreseen, and of one that is not. */
  readonly refused: string;
  readonly failed: string;
}

/** What a person reads when what they asked for failed, whatever the reason; the log gets the rest. */
export function explainFailure(
  error: unknown,
  { log, ids, t, refused, failed }: FailureParts,
): { readonly notice: string; readonly isForeseen: boolean } {
  if (error instanceof CommunityError) {
    log.warn({ ...ids, code: error.code, error: error.message }, refused);
    return { notice: sentence(error, t), isForeseen: true };
  }
  log.error(
    {
      ...ids,
      error: errorText(error),
      stack: error instanceof Error ? error.stack : undefined,
    },
    failed,
  );
  return { notice: t('errors.unexpected'), isForeseen: false };
}

/** Tells a person who typed something that there will be no answer; of what happens in a team no answer is expected. */
export function createApology(texts: Texts): Handle {
  return async ({ type, locale }, context) => {
    if (type === 'message')
      await context.sendActivity({ type: 'message', text: texts.for(botName, locale)('errors.unexpected') });
  };
}
