import { stringify } from 'csv-stringify/sync';
import type { Chance } from './random.ts';

/**
 * Attendance reports as Teams has written them over the years, and as other programs write them again: every layout, in
 * several languages, with the clocks, encodings and separators of any country. All people are made up.
 */

/** Seconds after the beginning of the meeting. */
type Stay = readonly [joined: number, left: number];

export interface MadePerson {
  readonly name: string;
  readonly address: string | null;
  /** Where it is another than the address. */
  readonly principalName: string | null;
  readonly from: 'inside' | 'outside' | 'unknown' | 'phone';
  readonly role: 'organizer' | 'presenter' | 'attendee';
  readonly stays: readonly Stay[];
}

export interface MadeMeeting {
  readonly title: string;
  /** ISO without a zone. */
  readonly start: string;
  /** In seconds. */
  readonly lasts: number;
  readonly people: readonly MadePerson[];
}

export const layouts = ['list', 'table', 'sections', 'engagement', 'live'] as const;
type Layout = (typeof layouts)[number];

/** What a report says in one language; the words of a list are known of few. */
interface Words {
  readonly list: readonly [name: string, action: string, time: string, joined: string, before: string, left: string];
  readonly summary: readonly [
    title: string,
    named: string,
    count: string,
    start: string,
    end: string,
    lasts: string,
    mean: string,
  ];
  readonly sections: readonly [people: string, stays: string, engagement: string];
  readonly columns: readonly string[];
  readonly stays: readonly [joined: string, left: string, lasts: string];
  readonly roles: readonly [organizer: string, presenter: string, attendee: string];
  readonly marks: readonly [outside: string, unknown: string];
}

export const languages = {
  en: {
    list: ['Full Name', 'User Action', 'Timestamp', 'Joined', 'Joined before', 'Left'],
    summary: [
      'Summary',
      'Meeting title',
      'Attended participants',
      'Start time',
      'End time',
      'Meeting duration',
      'Average attendance time',
    ],
    sections: ['Participants', 'In-Meeting Activities', 'Meeting Engagement'],
    columns: ['Name', 'First Join', 'Last Leave', 'In-Meeting Duration', 'Email', 'Participant ID (UPN)', 'Role'],
    stays: ['Join Time', 'Leave Time', 'Duration'],
    roles: ['Organizer', 'Presenter', 'Attendee'],
    marks: ['External', 'Unverified'],
  },
  de: {
    list: ['Vollständiger Name', 'Benutzeraktion', 'Zeitstempel', 'Beigetreten', 'Vorher beigetreten', 'Verlassen'],
    summary: ['Zusammenfassung', 'Besprechungstitel', 'Anwesende', 'Beginn', 'Ende', 'Dauer', 'Mittlere Anwesenheit'],
    sections: ['Teilnehmer', 'Aktivitäten in der Besprechung', 'Beteiligung'],
    columns: ['Name', 'Erster Beitritt', 'Letztes Verlassen', 'Dauer', 'E-Mail', 'Teilnehmer-ID (UPN)', 'Rolle'],
    stays: ['Beitritt', 'Verlassen', 'Dauer'],
    roles: ['Organisator', 'Referent', 'Teilnehmer'],
    marks: ['Extern', 'Nicht überprüft'],
  },
  fr: {
    list: ['Nom complet', 'Action', 'Horodatage', 'A rejoint', 'A rejoint avant', 'A quitté'],
    summary: ['Résumé', 'Titre de la réunion', 'Participants présents', 'Début', 'Fin', 'Durée', 'Durée moyenne'],
    sections: ['Participants', 'Activités de la réunion', 'Engagement'],
    columns: [
      'Nom',
      'Première arrivée',
      'Dernier départ',
      'Durée',
      'Adresse e-mail',
      'ID du participant (UPN)',
      'Rôle',
    ],
    stays: ['Arrivée', 'Départ', 'Durée'],
    roles: ['Organisateur', 'Présentateur', 'Participant'],
    marks: ['Externe', 'Non vérifié'],
  },
  pt: {
    list: ['Nome Completo', 'Ação do Usuário', 'Carimbo de Hora', 'Ingressou', 'Ingressou antes', 'Saiu'],
    summary: [
      'Resumo',
      'Título da reunião',
      'Participantes presentes',
      'Hora de início',
      'Hora de término',
      'Duração da\u00a0reunião',
      'Tempo médio',
    ],
    sections: ['Participantes', 'Atividades na reunião', 'Participação'],
    columns: [
      'Nome',
      'Primeira entrada',
      'Última saída',
      'Duração da\u00a0reunião',
      'Email',
      'ID do participante (UPN)',
      'Função',
    ],
    stays: ['Entrada', 'Saída', 'Duração'],
    roles: ['Organizador', 'Apresentador', 'Participante'],
    marks: ['Externo', 'Não verificado'],
  },
  pl: {
    list: ['Imię i nazwisko', 'Akcja użytkownika', 'Znacznik czasu', 'Dołączono', 'Dołączono wcześniej', 'Opuszczono'],
    summary: ['Podsumowanie', 'Tytuł', 'Obecni', 'Początek', 'Koniec', 'Czas trwania', 'Średni czas'],
    sections: ['Uczestnicy', 'Działania podczas spotkania', 'Zaangażowanie'],
    columns: [
      'Imię i nazwisko',
      'Pierwsze wejście',
      'Ostatnie wyjście',
      'Czas',
      'Adres e-mail',
      'Identyfikator (UPN)',
      'Rola',
    ],
    stays: ['Wejście', 'Wyjście', 'Czas'],
    roles: ['Organizator', 'Prezenter', 'Uczestnik'],
    marks: ['Zewnętrzny', 'Niezweryfikowany'],
  },
  ru: {
    list: ['Полное имя', 'Действие', 'Метка времени', 'Вход', 'Вход ранее', 'Выход'],
    summary: ['Сводка', 'Название собрания', 'Присутствовало', 'Начало', 'Окончание', 'Длительность', 'Среднее время'],
    sections: ['Участники', 'Действия на собрании', 'Вовлечённость'],
    columns: ['Имя', 'Первый вход', 'Последний выход', 'Длительность', 'Почта', 'Код участника (UPN)', 'Роль'],
    stays: ['Вход', 'Выход', 'Длительность'],
    roles: ['Организатор', 'Докладчик', 'Участник'],
    marks: ['Внешний', 'Не проверено'],
  },
  ja: {
    list: ['氏名', '操作', '時刻', '参加', '先に参加', '退出'],
    summary: ['概要', '会議名', '参加人数', '開始', '終了', '長さ', '平均'],
    sections: ['参加者', '会議中の動き', '反応'],
    columns: ['名前', '最初の参加', '最後の退出', '長さ', 'メール', '参加者 ID (UPN)', '役割'],
    stays: ['参加', '退出', '長さ'],
    roles: ['開催者', '発表者', '出席者'],
    marks: ['外部', '未確認'],
  },
  ar: {
    list: ['الاسم الكامل', 'الإجراء', 'الوقت', 'انضم', 'انضم من قبل', 'غادر'],
    summary: ['الملخص', 'عنوان الاجتماع', 'عدد الحاضرين', 'وقت البدء', 'وقت الانتهاء', 'المدة', 'المتوسط'],
    sections: ['المشاركون', 'الأنشطة أثناء الاجتماع', 'التفاعل'],
    columns: ['الاسم', 'أول انضمام', 'آخر مغادرة', 'المدة', 'البريد الإلكتروني', 'معرّف المشارك (UPN)', 'الدور'],
    stays: ['وقت الانضمام', 'وقت المغادرة', 'المدة'],
    roles: ['المنظم', 'مقدم', 'حاضر'],
    marks: ['خارجي', 'لم يتم التحقق منه'],
  },
} as const satisfies Record<string, Words>;
export type Language = keyof typeof languages;

/**
 * Whose clock writes days and hours; independent of the language. Those in which years are counted otherwise or words
 * stand before numbers are here, too.
 */
export const clocks = [
  ...[
    'en-US',
    'en-GB',
    'en-AU',
    'en-CA',
    'de',
    'fr',
    'fr-CA',
    'es',
    'es-MX',
    'pt-BR',
    'pl',
    'ru',
    'uk',
    'bg',
    'cs',
    'hu',
  ],
  ...['nl', 'sv', 'da', 'nb', 'fi', 'et', 'lt', 'lv', 'it', 'ro', 'el', 'tr', 'he', 'ar-EG', 'ar-AE', 'ur', 'hi', 'mr'],
  ...['bn', 'ta', 'th', 'vi', 'id', 'ko', 'ja', 'zh-CN', 'zh-TW', 'hr', 'sl', 'sr', 'ca', 'eu', 'sq', 'is', 'ga', 'my'],
] as const;
type ClockOf = (typeof clocks)[number];

export const encodings = [
  'utf-16le',
  'utf-16le without mark',
  'utf-16be',
  'utf-16be without mark',
  'utf-8',
  'utf-8 with mark',
] as const;
type Encoding = (typeof encodings)[number];

export interface Style {
  readonly layout: Layout;
  readonly language: Language;
  readonly clock: ClockOf;
  readonly encoding: Encoding;
  readonly separator: '\t' | ',' | ';' | '|';
  readonly lineEnd: '\r\n' | '\n' | '\r';
  /** Every cell quoted, though it need not be. */
  readonly quoted: boolean;
  /** Every row as wide as the widest. */
  readonly padded: boolean;
  /** Dates written with a comma fell apart into two cells. */
  readonly split: boolean;
}

/** What Teams itself writes today, in English. */
export const asTeamsWrites: Style = {
  layout: 'sections',
  language: 'en',
  clock: 'en-US',
  encoding: 'utf-16le',
  separator: '\t',
  lineEnd: '\r\n',
  quoted: false,
  padded: false,
  split: false,
};

/** The file, as its bytes. */
export function attendanceFile(meeting: MadeMeeting, style: Style): Uint8Array {
  return bytesOf(attendanceText(meeting, style), style.encoding);
}

/** The file as text. */
export function attendanceText(meeting: MadeMeeting, style: Style): string {
  const rows = attendanceRows(meeting, style).map(row => (style.split ? row.flatMap(splitMoment) : row));
  const widest = Math.max(...rows.map(({ length }) => length));
  const even = style.padded ? rows.map(row => [...row, ...Array<string>(widest - row.length).fill('')]) : rows;
  return stringify(
    even.map(row => (row.length === 0 ? [''] : row)),
    {
      delimiter: style.separator,
      record_delimiter: style.lineEnd,
      quoted: style.quoted,
      quoted_empty: style.quoted,
      quoted_match: /[\r\n]/,
    },
  );
}

function splitMoment(cell: string): readonly string[] {
  const parts = /^(\S*\d\S*), (\S*\d.*)$/.exec(cell);
  return parts ? parts.slice(1) : [cell];
}

/** The cells of the file, row by row; an empty row is a line without anything. */
function attendanceRows(meeting: MadeMeeting, style: Style): readonly (readonly string[])[] {
  const words = languages[style.language];
  const write = writerOf(meeting, style, words);
  if (style.layout === 'list') return listRows(meeting, words, write);
  if (style.layout === 'live') return liveRows(meeting);
  if (style.layout === 'table') return tableRows(meeting, words, write);
  return sectionRows(meeting, style.layout === 'engagement', words, write);
}

interface Writer {
  at(seconds: number): string;
  lasting(seconds: number): string;
  name(person: MadePerson): string;
  role(person: MadePerson): string;
}

function writerOf({ start }: MadeMeeting, { clock }: Style, { roles, marks }: Words): Writer {
  const began = Date.parse(`${start}Z`);
  const format = new Intl.DateTimeFormat(clock, { dateStyle: 'short', timeStyle: 'medium', timeZone: 'UTC' });
  const [hours, minutes, seconds] = (['hour', 'minute', 'second'] as const).map(
    unit =>
      new Intl.NumberFormat(clock, { style: 'unit', unit, unitDisplay: clock.startsWith('en') ? 'narrow' : 'short' }),
  );
  return {
    at: after => format.format(began + after * 1000),
    lasting: lasts => {
      const parts = [Math.floor(lasts / 3600), Math.floor(lasts / 60) % 60, lasts % 60] as const;
      const written = [hours, minutes, seconds].flatMap((unit, place) =>
        parts[place] === 0 ? [] : (unit?.format(parts[place] ?? 0) ?? []),
      );
      return written.join(' ') || (seconds?.format(0) ?? '');
    },
    name: ({ name, from }) => {
      if (from === 'phone') return ` ${name} (${marks[1]})`;
      return from === 'inside' ? name : `${name} (${from === 'outside' ? marks[0] : marks[1]})`;
    },
    role: ({ role }) => roles[['organizer', 'presenter', 'attendee'].indexOf(role)] ?? '',
  };
}

type Rows = readonly (readonly string[])[];

/** The list of 2020: no title, no addresses; and whoever is there to the end has not left. */
function listRows({ people, lasts }: MadeMeeting, { list }: Words, { at, name }: Writer): Rows {
  const [who, action, time, joined, before, left] = list;
  const rows = people.flatMap(person =>
    person.stays.flatMap(([from, to], place) => [
      [name(person), from === 0 && place === 0 && person.role !== 'organizer' ? before : joined, at(from)],
      ...(to < lasts || person.role === 'organizer' ? [[name(person), left, at(to)]] : []),
    ]),
  );
  return [[who, action, time], ...rows];
}

/** The report of 2021: one row for each stay, and from one hour up no seconds. */
function tableRows({ title, lasts, people }: MadeMeeting, words: Words, { at, lasting, name, role }: Writer): Rows {
  const { summary, columns, stays } = words;
  const rows = people.flatMap(person =>
    person.stays.map(([from, to]) => [
      name(person),
      at(from),
      at(to),
      lasting(to - from >= 3600 ? to - from - ((to - from) % 60) : to - from),
      person.address ?? '',
      role(person),
      person.principalName ?? person.address ?? '',
    ]),
  );
  return [
    [summary[0]],
    [summary[2], String(people.length)],
    [summary[1], title],
    [summary[3], at(0)],
    [summary[4], at(lasts)],
    ['Id', 'c0ffee00-0000-4000-8000-000000000001'],
    [],
    [columns[0] ?? '', ...stays, columns[4] ?? '', columns[6] ?? '', columns[5] ?? ''],
    ...rows,
  ];
}

/** The report of today. */
function sectionRows(
  { title, lasts, people }: MadeMeeting,
  engagement: boolean,
  { summary, sections, columns, stays, marks }: Words,
  { at, lasting, name, role }: Writer,
): Rows {
  const counts = engagement
    ? ['Applause', 'Laugh', 'Like', 'Love', 'Surprised', 'Camera On', 'Raise Hands', 'Unmute']
    : [];
  const sum = (person: MadePerson): number => person.stays.reduce((total, [from, to]) => total + to - from, 0);
  const list = people.map(person => [
    name(person),
    at(Math.min(...person.stays.map(([from]) => from))),
    at(Math.max(...person.stays.map(([, to]) => to))),
    lasting(sum(person)),
    person.address ?? '',
    person.principalName ?? person.address ?? '',
    role(person),
    ...counts.map((_one, place) => (place % 3 === 0 ? '2' : '')),
  ]);
  const details = people.flatMap(person =>
    person.stays.map(([from, to]) => [
      name(person),
      at(from),
      at(to),
      lasting(to - from),
      person.address ?? '',
      role(person),
    ]),
  );
  const acts = people.slice(0, 3).map(person => [name(person), `"${marks[0]}"`, at(60)]);
  const mean =
    people.length === 0 ? 0 : Math.floor(people.reduce((all, person) => all + sum(person), 0) / people.length);
  return [
    [`1. ${summary[0]}`],
    [summary[1], title],
    [summary[2], String(people.length)],
    [summary[3], at(0)],
    [summary[4], at(lasts)],
    [summary[5], lasting(lasts)],
    [summary[6], lasting(mean)],
    [],
    [`2. ${sections[0]}`],
    [...columns, ...counts.map(count => `Engagement: ${count}`)],
    ...list,
    [],
    [`3. ${sections[1]}`],
    [columns[0] ?? '', ...stays, columns[4] ?? '', columns[6] ?? ''],
    ...details,
    ...(engagement ? [[], [`4. ${sections[2]}`], [columns[0] ?? '', sections[2], stays[0]], ...acts] : []),
  ];
}

/** The list of a live event: UTC, in English, whatever was asked for. */
function liveRows({ start, people }: MadeMeeting): Rows {
  const format = new Intl.DateTimeFormat('en-US', { dateStyle: 'short', timeStyle: 'medium', timeZone: 'UTC' });
  const rows = people.flatMap((person, place) => {
    const row = (seconds: number, action: string): string[] => [
      'c0ffee00-0000-4000-8000-000000000001',
      `a${String(place).padStart(8, '0')}-0000-4000-8000-000000000000`,
      person.name,
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
      format.format(Date.parse(`${start}Z`) + seconds * 1000),
      action,
      'Attendee',
    ];
    return person.stays.flatMap(([from, to]) => [row(from, 'Joined'), row(to, 'Left')]);
  });
  return [['Session Id', 'Participant Id', 'Full Name', 'UserAgent', 'UTC Event Timestamp', 'Action', 'Role'], ...rows];
}

/** What is to be read from such a file of one person. */
interface ExpectedAttendee {
  readonly name: string;
  readonly address: string | null;
  readonly minutes: number;
  readonly guest: boolean;
  readonly phone: boolean;
}

/** What is to be read from such a file of its people, in order. */
export function expectedPeople({ people }: MadeMeeting, { layout }: Style): readonly ExpectedAttendee[] {
  const hasAddresses = layout !== 'list' && layout !== 'live';
  // A live event has no marks behind names.
  const hasMarks = layout !== 'live';
  return people.map(({ name, address, from, stays }) => ({
    name,
    address: hasAddresses ? (address?.toLowerCase() ?? null) : null,
    minutes: Math.floor(secondsIn(stays) / 60),
    guest: from === 'phone' || (hasMarks && from !== 'inside'),
    phone: from === 'phone',
  }));
}

/** Second by second, so that it is not what is tested. */
function secondsIn(stays: readonly Stay[]): number {
  const there = new Set<number>();
  for (const [from, to] of stays) for (let second = from; second < to; second++) there.add(second);
  return there.size;
}

function bytesOf(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  if (encoding === 'utf-8 with mark') return Buffer.from(`\ufeff${text}`, 'utf8');
  const bytes = Buffer.from(encoding.endsWith('without mark') ? text : `\ufeff${text}`, 'utf16le');
  return encoding.startsWith('utf-16be') ? bytes.swap16() : bytes;
}

const firstNames = [
  'Ada',
  'Bruna',
  'Cyprian',
  'Dilan',
  'Éloïse',
  'Farid',
  'Gréta',
  'Hugo',
  'Įvė',
  'João',
  'Łucja',
  'Mei-Ling',
];
const lastNames = [
  'Abbott',
  'Brändle',
  'Castro',
  'Đurić',
  "O'Sand",
  'Eklund',
  'Şahin',
  'van Dam',
  'Nakai',
  'Öberg',
  'Pereira',
  'Zając',
];
const oddNames = [
  '山口 葵',
  'عمر الصافي',
  '🌻 Marigold',
  'Sand, Mira',
  'Sky "Ace" Halloran',
  '=HYPERLINK("https://example.com";"press")',
  '+cmd|calc',
  '@SUM(A1)',
  'Moss (Northgate)',
  '[Org] Ines',
  'Vale; Jo',
  'Иван Рябов',
];

/**
 * A meeting with so many people: some come back several times, some are in on two devices at once, some are from
 * elsewhere, without an address, or on the telephone. Everybody without an address has a name of their own.
 */
export function madeMeeting(
  chance: Chance,
  count: number,
  wish: Partial<Pick<MadeMeeting, 'title' | 'start'>> = {},
): MadeMeeting {
  const lasts = chance.between(20, 120) * 60 + chance.between(0, 59);
  const start = Date.UTC(
    2026,
    chance.between(0, 11),
    chance.between(1, 28),
    chance.between(7, 19),
    chance.between(0, 59),
    chance.between(0, 59),
  );
  return {
    title: chance.pick([
      'Chart surgery',
      'Charts, that lie; part 2',
      'Two\nlines',
      '"Quoted" title',
      '2026',
      'Sitzung 4 – Übergabe',
      '=1+1',
    ]),
    start: new Date(start).toISOString().slice(0, 19),
    lasts,
    people: Array.from({ length: count }, (_one, place) => madePerson(chance, place, lasts)),
    ...wish,
  };
}

function madePerson(chance: Chance, place: number, lasts: number): MadePerson {
  const from =
    place === 0
      ? 'inside'
      : chance.pick(['inside', 'inside', 'inside', 'inside', 'outside', 'unknown', 'phone'] as const);
  const letters = [...place.toString(26)].map(digit => String.fromCharCode(97 + parseInt(digit, 26))).join('');
  const plainName = `${chance.pick(firstNames)} ${chance.pick(lastNames)}`;
  const odd = place > 0 && chance.happens(0.1) ? chance.pick(oddNames) : plainName;
  // Nobody else without an address is called so.
  const name = from === 'phone' ? String(15_550_100_000 + place) : `${odd} ${letters}`;
  const account = `person.${letters}@${from === 'outside' ? 'northgate.example' : 'cedarvalley.example'}`;
  const hasAddress = from === 'inside' || from === 'outside';
  return {
    name,
    address: hasAddress ? (chance.happens(0.2) ? account.toUpperCase() : account) : null,
    principalName: hasAddress && chance.happens(0.1) ? `p${letters}@cedarvalley.example` : null,
    from,
    role: place === 0 ? 'organizer' : chance.pick(['presenter', 'attendee'] as const),
    stays: place === 0 ? [[0, lasts]] : madeStays(chance, lasts),
  };
}

function madeStays(chance: Chance, lasts: number): readonly Stay[] {
  const stays: Stay[] = [];
  let at = chance.happens(0.2) ? 0 : chance.between(1, Math.floor(lasts / 3));
  for (let left = chance.pick([1, 1, 1, 2, 3, 6]); left > 0 && at < lasts - 10; left--) {
    const until = left === 1 ? chance.between(at + 5, lasts) : Math.min(lasts - 5, at + chance.between(5, 1200));
    stays.push([at, until]);
    at = until + chance.between(2, 200);
  }
  return stays;
}

/** A second device, in while the first is. */
export function withSecondDevices(chance: Chance, meeting: MadeMeeting): MadeMeeting {
  return {
    ...meeting,
    people: meeting.people.map(person => {
      const [first] = person.stays;
      if (!first || person.from === 'phone' || person.role === 'organizer' || chance.happens(0.7)) return person;
      const [from, to] = first;
      const until = Math.min(meeting.lasts, to + chance.between(0, 300));
      return { ...person, stays: [...person.stays, [Math.floor((from + to) / 2), until]] };
    }),
  };
}
