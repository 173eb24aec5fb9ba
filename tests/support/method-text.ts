import { createTexts } from '../../bot/text.ts';
import type { Translate } from '../../domain/locale.ts';
import { surveyTemplates, templateIn } from '../../domain/surveys/method.ts';
import charter from '../../domain/charter/text.en.json' with { type: 'json' };
import events from '../../domain/events/text.en.json' with { type: 'json' };
import facilitation from '../../domain/facilitation/text.en.json' with { type: 'json' };
import roles from '../../domain/roles/text.en.json' with { type: 'json' };
import surveys from '../../domain/surveys/text.en.json' with { type: 'json' };
import welcome from '../../domain/welcome/text.en.json' with { type: 'json' };

/** What the method says, by feature and language: in the product every feature can ask for it. */
export const methodText = {
  charter: { en: charter },
  events: { en: events },
  facilitation: { en: facilitation },
  roles: { en: roles },
  surveys: { en: surveys },
  welcome: { en: welcome },
};

/** What the method says about one feature, in English. */
export function methodIn(feature: keyof typeof methodText): Translate {
  return createTexts(methodText).for(feature, 'en-GB');
}

/** The surveys to start from, in English. */
export const templates = surveyTemplates.map(template => templateIn(methodIn('surveys'), template));
