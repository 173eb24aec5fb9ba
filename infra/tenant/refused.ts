import type text from './text.en.json';

/** A command cannot go on, for a reason the administrator can mend: its sentence is in `text.en.json`. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly reason: keyof typeof text.refused;
  readonly values: Readonly<Record<string, string | number>>;

  constructor(reason: keyof typeof text.refused, values: Readonly<Record<string, string | number>> = {}) {
    super(reason);
    this.reason = reason;
    this.values = values;
  }
}
