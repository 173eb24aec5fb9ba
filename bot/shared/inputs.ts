import { z } from 'zod';
import { line, remark } from '../../domain/text.ts';

/**
 * What an input of a card brought back. Three things: undefined for an input that did not come back, as when Teams on a
 * phone loses it, and then what is kept stays; empty for one that was emptied; else what was entered.
 *
 * Microsoft's own renderer leaves out an input that is empty, so that absent may also mean emptied. Nothing that is
 * kept is lost on a guess: where something can be taken away, the card has a choice or a button for it.
 */

/** One line, or the value of a choice: whoever reads it checks what it means. */
export function enteredLine(longest: number): z.ZodOptional<z.ZodString> {
  return line(longest).optional();
}

/** What somebody wrote, without space around it. */
export function enteredRemark(longest: number): z.ZodOptional<z.ZodString> {
  return remark(longest).optional();
}

/** Several choices, which Teams sends as `a,b`. */
export function enteredChoices(longest: number) {
  return line(longest)
    .transform((text): readonly string[] =>
      text
        .split(',')
        .map(choice => choice.trim())
        .filter(choice => choice !== ''),
    )
    .optional();
}

/** A day as `2026-12-01`, whatever moment of it a phone adds; what is no day stays as it came, to be asked about. */
export function enteredDay() {
  return line(100)
    .transform(text => /^(\d{4}-\d\d-\d\d)(?:[T ].*)?$/i.exec(text)?.[1] ?? text)
    .optional();
}

/** A time as `09:00`, from `9:00`, `09:00:00`, `9:00 AM` or the time of a moment; what is no time stays as it came. */
export function enteredTime() {
  return line(100).transform(asTime).optional();
}

const timeOfDay =
  /^(?:\d{4}-\d\d-\d\d[T ])?(\d{1,2})[:.](\d\d)(?:[:.]\d\d(?:[.,]\d+)?)?(?: ?([ap])\.? ?m\.?)?(?: ?(?:Z|[+-]\d\d:?\d\d))?$/i;

function asTime(text: string): string {
  const [, hour = '', minute = '', half = ''] = timeOfDay.exec(text) ?? [];
  if (hour === '') return text;
  const ofDay = half === '' ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return `${String(ofDay).padStart(2, '0')}:${minute}`;
}
