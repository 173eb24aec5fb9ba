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

/** Everything that was read and done, day by day, as a text to read from beginning to end. */
export function storyOf({ received, acts }: Diary): string {
  const entries = [
    ...received.map(one => ({ at: one.at, day: one.day, week: one.week, text: readingOf(one, received) })),
    ...acts.map(one => ({ at: one.at, day: one.day, week: one.week, text: actOf(one) })),
  ].toSorted((one, other) => one.at.getTime() - other.at.getTime());
  return [...Map.groupBy(entries, ({ day }) => day)]
    .map(
      ([day, all]) => `━━━ ${spokenDay(day)} · week ${all[0]?.week} ━━━\n\n${all.map(({ text }) => text).join('\n\n')}`,
    )
    .join('\n\n\n');
}

function readingOf(one: Received, received: readonly Received[]): string {
  const heading = [nameOf(one.to), one.kind, one.cause === 'act' ? `after ${nameOf(one.by ?? '')}` : one.cause];
  const before = one.edit ? received.findLast(({ id, at }) => id === one.id && at < one.at) : undefined;
  const isNew = (line: string): boolean => !before?.lines.includes(line);
  const lines = before ? ['(the card changes in place)', ...one.lines.filter(isNew)] : one.lines;
  return [
    `▌ ${heading.join(' · ')}`,
    ...lines.map(line => `  ${line.replaceAll('\n', '\n  ')}`),
    ...buttonsOf(one),
  ].join('\n');
}

/** Rows that are pressed as a whole stand on the card already. */
function buttonsOf({ buttons, lines }: Received): readonly string[] {
  const others = [...new Set(buttons.map(({ title, verb }) => title || verb))].filter(
    title => !lines.includes(`<${title}>`),
  );
  return others.length > 0 ? [`  (pressed as a whole: ${others.join(' | ')})`] : [];
}

function actOf({ person, what, shown }: Act): string {
  return [
    `→ ${nameOf(person)} ${what}`,
    ...shown.slice(0, 12).map(line => `    ${line.replaceAll('\n', '\n    ')}`),
  ].join('\n');
}
