import type { DigestRhythm, Person, Settings, WeekSize } from '../../../domain/community.ts';
import { sizeOf } from '../../../domain/facilitation/method.ts';
import { rhythmsOf } from '../../../domain/digest/digest.ts';
import { surveysPerMonth } from '../../../domain/surveys/pace.ts';

/** What can be changed on its own, in the order of the page. */
export const fields = [
  'timeZone',
  'language',
  'coordinators',
  'day',
  'time',
  'facilitators',
  'destination',
  'size',
  'from',
  'mornings',
  'sponsorDigest',
  'memberDigest',
  'perMonth',
  'country',
  'quiet',
] as const;
export type FieldName = (typeof fields)[number];

type Flat = Readonly<
  Pick<Settings, 'timeZone' | 'language' | 'coordinators' | 'country' | 'quiet'> &
    Settings['facilitation'] & {
      size: WeekSize;
      from: string | undefined;
      mornings: Person[];
      sponsorDigest: DigestRhythm['sponsor'];
      memberDigest: DigestRhythm['members'];
      perMonth: number;
    }
>;

/** Mine and theirs put together, field by field. */
export interface MergedSettings {
  /** Theirs where only they changed something, otherwise mine. */
  readonly settings: Settings;
  /** What only they changed. */
  readonly theirs: readonly FieldName[];
  /** What both changed, differently: mine stands in `settings` until somebody chooses. */
  readonly clashes: readonly FieldName[];
}

/** @param base what both began from; null when there were no settings, so that every difference is a clash. */
export function mergeSettings(base: Settings | null, mine: Settings, current: Settings): MergedSettings {
  const differing = changedFields(mine, current);
  const theirs = differing.filter(field => base !== null && sameField(field, base, mine));
  const clashes = differing.filter(
    field => base === null || (!sameField(field, base, mine) && !sameField(field, base, current)),
  );
  return { settings: theirs.reduce((settings, field) => takeField(field, settings, current), mine), theirs, clashes };
}

/** The fields in which two settings differ. */
export function changedFields(one: Settings, other: Settings): readonly FieldName[] {
  return fields.filter(field => !sameField(field, one, other));
}

/** `into` with one field of `from`. */
export function takeField(field: FieldName, into: Settings, from: Settings): Settings {
  const flat = { ...flatten(into), [field]: flatten(from)[field] };
  const { timeZone, language, coordinators, sponsorDigest: sponsor, memberDigest: members, perMonth } = flat;
  const { country, quiet } = flat;
  const { day, time, facilitators, destination, size, from: first, mornings } = flat;
  // What nobody has chosen stays unchosen.
  const chosen = { ...into.facilitation, ...from.facilitation };
  const facilitation = {
    ...{ day, time, facilitators, destination },
    ...(chosen.size ? { size } : {}),
    ...(first === undefined ? {} : { from: first }),
    ...(chosen.mornings ? { mornings } : {}),
  };
  const digest = into.digest || from.digest ? { digest: { sponsor, members } } : {};
  const surveys = into.surveys || from.surveys ? { surveys: { perMonth } } : {};
  return {
    timeZone,
    ...(language ? { language } : {}),
    coordinators,
    facilitation,
    ...digest,
    ...surveys,
    ...(country ? { country } : {}),
    ...(quiet ? { quiet } : {}),
  };
}

function sameField(field: FieldName, one: Settings, other: Settings): boolean {
  const [a, b] = [flatten(one)[field], flatten(other)[field]];
  if (field === 'coordinators' || field === 'facilitators') return samePeople(a as Person[], b as Person[]);
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The same people, in whatever order and under whatever name. */
function samePeople(some: readonly Person[], others: readonly Person[]): boolean {
  const ids = new Set(others.map(person => person.id));
  return some.length === others.length && some.every(person => ids.has(person.id));
}

function flatten(settings: Settings): Flat {
  const { timeZone, language, coordinators, facilitation } = settings;
  const { sponsor, members } = rhythmsOf(settings);
  return {
    timeZone,
    language,
    coordinators,
    ...facilitation,
    size: sizeOf(settings),
    from: facilitation.from,
    mornings: facilitation.mornings ?? [],
    sponsorDigest: sponsor,
    memberDigest: members,
    perMonth: surveysPerMonth(settings),
    country: settings.country,
    quiet: settings.quiet,
  };
}
