import en from './text.en.json' with { type: 'json' };

/** The settings' sentences by language. */
export const text = { en };
