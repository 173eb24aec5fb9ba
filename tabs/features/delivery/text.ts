import { textOf } from '../../lib/session.tsx';
import english from './text.en.json' with { type: 'json' };

/**
 * The sentences about messages in the person's language. What a message is, its state and its reason come from the
 * server, which also writes them into files.
 */
export const useDeliveryText = textOf('delivery', { en: english });
