import germanMethod from '../../../domain/surveys/text.de.json' with { type: 'json' };
import method from '../../../domain/surveys/text.en.json' with { type: 'json' };
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };

/** The sentences of surveys, by language, with what the method asks. */
export const text = { en: { ...en, ...method }, de: { ...de, ...germanMethod } };
