import type { Country, Person, Settings } from '../../../domain/community.ts';
import { rhythmsOf } from '../../../domain/digest/digest.ts';
import { mostMinutes, sizeOf } from '../../../domain/facilitation/method.ts';
import { surveysPerMonth } from '../../../domain/surveys/pace.ts';
import { showDay, weekdayName } from '../../lib/dates.ts';
import type { Translate } from '../../lib/text.ts';
import type { FieldName } from './changes.ts';
import { showDaysOff } from './days-off.ts';
import { showZone } from './zones.ts';

/** One setting in words. */
export function showField(
  field: FieldName,
  settings: Settings,
  { t, locale }: { readonly t: Translate; readonly locale: string },
): string {
  const { facilitation } = settings;
  switch (field) {
    case 'timeZone':
      return showZone(settings.timeZone);
    case 'language':
      return languageName(settings.language ?? 'en', locale);
    case 'coordinators':
      return showNames(settings.coordinators, locale) || t('nobody');
    case 'day':
      return weekdayName(facilitation.day, locale);
    case 'time':
      return facilitation.time;
    case 'facilitators':
      return showNames(facilitation.facilitators, locale) || t('nobody');
    case 'destination':
      return t(`destination.${facilitation.destination}`);
    case 'size':
      return t(`size.${sizeOf(settings)}`, { minutes: mostMinutes(sizeOf(settings)) });
    case 'from':
      return facilitation.from === undefined ? t('from.atOnce') : showDay(facilitation.from, locale);
    case 'mornings':
      return showNames(facilitation.mornings ?? [], locale) || t('nobody');
    case 'sponsorDigest':
      return t(`rhythm.${rhythmsOf(settings).sponsor}`);
    case 'memberDigest':
      return t(`rhythm.${rhythmsOf(settings).members}`);
    case 'perMonth':
      return t('perMonth', { count: surveysPerMonth(settings) });
    case 'country':
      return settings.country ? showCountry(settings.country, locale) : t('country.none');
    case 'quiet':
      return showDaysOff(settings.quiet ?? [], { t, locale }) || t('quiet.none');
  }
}

/** "United Kingdom (SCT)". */
function showCountry({ code, region }: Country, locale: string): string {
  return region === null ? countryName(code, locale) : `${countryName(code, locale)} (${region})`;
}

/** A country in the person's language; its code where the browser knows no name. */
export function countryName(code: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
}

/** A language, as the reader calls it. */
export function languageName(code: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code;
}

/** "Ada, Ben and Cleo"; empty for nobody. */
export function showNames(people: readonly Person[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(people.map(person => person.name));
}
