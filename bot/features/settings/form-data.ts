import { z } from 'zod';
import type { Settings } from '../../../domain/community.ts';
import { enteredLine, enteredTime } from '../../shared/inputs.ts';

/**
 * As Teams sends the inputs: everything is text, several people are `a,b`. What it means is checked in `onSave`, which
 * can say what does not fit.
 */
export const SettingsFormData = z.object({
  timeZone: enteredLine(64),
  day: enteredLine(100),
  time: enteredTime(),
  facilitators: enteredLine(10_000),
  coordinators: enteredLine(10_000),
  destination: enteredLine(100),
});

export type SettingsFormData = z.infer<typeof SettingsFormData>;

/** All inputs of the form. */
export type SettingsForm = { readonly [Input in keyof SettingsFormData]-?: string };

/** What came back, and for the rest what `settings` say. */
export function enteredOver(settings: Settings, data: SettingsFormData): SettingsForm {
  const {
    timeZone,
    coordinators,
    facilitation: { day, time, facilitators, destination },
  } = settings;
  return {
    timeZone: data.timeZone ?? timeZone,
    day: data.day ?? String(day),
    time: data.time ?? time,
    facilitators: data.facilitators ?? facilitators.map(({ id }) => id).join(','),
    coordinators: data.coordinators ?? coordinators.map(({ id }) => id).join(','),
    destination: data.destination ?? destination,
  };
}

export function isNothing(data: SettingsFormData): boolean {
  return Object.values(data).every(value => value === undefined);
}
