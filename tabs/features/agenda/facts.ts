import type { QuestionView } from '../../../domain/agenda/api.ts';
import type { Person } from '../../../domain/community.ts';
import type { Translate } from '../../lib/text.ts';
import { showDay } from '../../lib/dates.ts';

/** What is known about a question besides who asked it, each as a few words. */
export function factsOf(question: QuestionView, t: Translate, locale: string): readonly string[] {
  const { meToo, helpers, event, scouts, backOn, answer, answeredBy, state } = question;
  const namesOf = (people: readonly Person[]) => new Intl.ListFormat(locale).format(people.map(({ name }) => name));
  return [
    ...(meToo > 0 ? [t('fact.meToo', { count: meToo })] : []),
    ...(helpers.length > 0 ? [t('fact.helpers', { names: namesOf(helpers) })] : []),
    ...(event ? [t('fact.event', { title: event.title, day: showDay(event.day, locale) })] : []),
    ...(scouts.length > 0
      ? [
          backOn === null
            ? t('fact.scouts', { names: namesOf(scouts) })
            : t('fact.scoutsUntil', { names: namesOf(scouts), day: showDay(backOn, locale) }),
        ]
      : []),
    ...(state === 'answered' && answer !== '' && answeredBy ? [t('fact.answeredBy', { name: answeredBy.name })] : []),
  ];
}
