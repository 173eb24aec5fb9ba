import { actors } from './cast.ts';
import { spokenDay } from './days.ts';
import type { Act, Diary, Received } from './diary.ts';

/** Letters of the table: what came by itself, and what came after somebody had done something. */
const marks = { morning: '■', 'odd hour': '▲', act: '·' } as const;

export function nameOf(person: string): string {
  return person === 'channel' ? 'the channel' : (actors.find(({ id }) => id === person)?.fullName ?? person);
}

/** What each person got, a row a person and a column a week. */
export function tableOf({ received }: Diary, weeks: number): string {
  const rows = ['channel', ...actors.map(({ id }) => id)].map(person => {
    const cells = Array.from({ length: weeks }, (_, index) =>
      received
        .filter(one => one.to === person && one.week === index + 1 && !one.edit && one.kind !== 'answer')
        .map(({ cause }) => marks[cause])
        .toSorted()
        .join(''),
    );
    return { name: nameOf(person), cells };
  });
  const widths = Array.from({ length: weeks }, (_, index) =>
    Math.max(2, ...rows.map(({ cells }) => cells[index]?.length ?? 0)),
  );
  const line = (name: string, cells: readonly string[]): string =>
    `${name.padEnd(18)} ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 2)).join('│')}`.trimEnd();
  return [
    `${marks.morning} came in the morning   ${marks['odd hour']} at another hour   ${marks.act} after somebody had done something`,
    line(
      'week',
      widths.map((_, index) => String(index + 1)),
    ),
    ...rows.map(({ name, cells }) => line(name, cells)),
  ].join('\n');
}

/** What somebody was shown for a press, in the first of its lines: the card itself stands beside it. */
const shownLines = 3;
/** Rows of a card that are pressed as a whole are told of when they are few. */
const fewRows = 4;

/** Everything that was read and done, day by day, as a text to read from beginning to end. */
export function storyOf(diary: Diary): string {
  const entries = [
    ...diary.received.map(one => ({
      at: one.at,
      day: one.day,
      week: one.week,
      to: one.to,
      text: readingOf(one, diary),
    })),
    ...diary.acts.map(one => ({ at: one.at, day: one.day, week: one.week, to: '', text: actOf(one) })),
  ].toSorted((one, other) => one.at.getTime() - other.at.getTime());
  return [...Map.groupBy(entries, ({ day }) => day)]
    .map(([day, all]) => {
      // Who read the same on one day stands above it together.
      const texts = [...Map.groupBy(all, ({ text }) => text)].map(([text, same]) => {
        const readers = [...new Set(same.map(({ to }) => to))].filter(to => to !== '').map(nameOf);
        return readers.length > 0 ? `▌ ${readers.join(', ')} · ${text}` : text;
      });
      return `━━━ ${spokenDay(day)} · week ${all[0]?.week} ━━━\n\n${texts.join('\n\n')}`;
    })
    .join('\n\n\n');
}

function readingOf(one: Received, { received }: Diary): string {
  const cause = one.cause === 'act' ? `after ${nameOf(one.by ?? '')}` : one.cause;
  const before = one.edit ? received.findLast(({ id, at }) => id === one.id && at < one.at) : undefined;
  const lines = before
    ? ['(the card changes in place)', ...one.lines.filter(line => !before.lines.includes(line))]
    : [...one.lines, ...rowsOf(one)];
  return [`${one.kind} · ${cause}`, ...lines.map(indented)].join('\n');
}

function rowsOf({ buttons, lines }: Received): readonly string[] {
  const rows = [...new Set(buttons.map(({ title, verb }) => title || verb))].filter(
    title => !lines.includes(`<${title}>`),
  );
  return rows.length > 0 && rows.length <= fewRows ? [`(rows to press: ${rows.join(' | ')})`] : [];
}

function actOf({ person, what, shown }: Act): string {
  return [`→ ${nameOf(person)} ${what}`, ...shown.slice(0, shownLines).map(line => `  ${indented(line)}`)].join('\n');
}

function indented(line: string): string {
  return `  ${line.replaceAll('\n', '\n  ')}`;
}
