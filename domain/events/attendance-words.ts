import words from './report-words.json' with { type: 'json' };

/**
 * The few words of a report that no shape gives away: what Teams writes behind the names of people from elsewhere, and
 * what it calls roles. A word that is not here leaves the mark with the name, and the role out.
 */

/** Behind the name of somebody from another organisation, of somebody who did not sign in, and of a guest. */
const marks: ReadonlySet<string> = new Set(words.marks.map(folded));

function folded(word: string): string {
  if (/^[ -~]*$/.test(word)) return word.toLowerCase().trim();
  return word
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .trim();
}

const bracket = /^(?<name>.*\S)\s*[(（](?<mark>[^()（）]{2,40})[)）]$/su;

/**
 * What stands in brackets behind all of several names of people without an address is no part of them, whatever the
 * language. Folded; empty where there is no such thing.
 */
export function repeatedMarks(names: readonly string[]): ReadonlySet<string> {
  const ends = new Map(names.map(name => [name, bracket.exec(name)?.groups?.mark] as const));
  const different = new Set([...ends.values()].map(mark => (mark === undefined ? undefined : folded(mark))));
  return ends.size > 1 && different.size === 1 ? new Set([...different].filter(mark => mark !== undefined)) : new Set();
}

/** A name without the mark behind it. Other brackets are part of it, as somebody wrote it. */
export function markedName(
  text: string,
  also: ReadonlySet<string> = new Set(),
): { readonly name: string; readonly marked: boolean } {
  const found = bracket.exec(text)?.groups;
  const mark = folded(found?.mark ?? '');
  const marked = marks.has(mark) || also.has(mark);
  return { name: (marked && found?.name) || text, marked };
}

export type Role = 'organizer' | 'presenter' | 'attendee';

/** How the words for each role begin, in the languages of which they are known. */
const roles: readonly (readonly [Role, RegExp])[] = [
  [
    'organizer',
    /^(?:co-?)?(?:organi|arrang|veranstalt|besprechungsorg|duzenley|ор[гг]анизатор|організ|διοργαν|jarjestaj|szervez|المنظم|منظم|מארגן|開催者|主催者|组织者|組織者|召集人|召集者|主辦|이끌이|주최|구성)/u,
  ],
  [
    'presenter',
    /^(?:present|apresent|referent|vortragend|moderator|osoba prowadz|prowadz|prezent|prelegent|relatore|presentat|sunucu|sunan|esityk|esittaj|eload|докладчик|выступающ|доповідач|παρουσιαστ|مقدم|المقدم|מציג|発表者|演示者|簡報者|发言人|발표자)/u,
  ],
  [
    'attendee',
    /^(?:attend|particip|teilnehm|uczestn|asistente|partecip|deelnem|deltag|osallistuj|ucastnik|resztvev|katilimci|участник|учасник|συμμετεχ|حاضر|الحضور|مشارك|משתתף|出席者|参加者|与会者|與會者|참석자)/u,
  ],
];

export function roleOf(cell: string): Role | null {
  const word = folded(cell);
  return roles.find(([, words]) => words.test(word))?.[0] ?? null;
}
