import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };

/** The settings' sentences by language. */
export const text = { en, de };
