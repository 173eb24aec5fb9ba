import { z } from 'zod';
import { line } from '../../../domain/text.ts';
/**
 * As Teams sends the inputs: everything is text, several people are `a,b`. What it means is checked in `onSave`, which
 * can say what does not fit.
 */
export const SettingsFormData = z.object({
  timeZone: line(64).default(''),
  day: line(10).default(''),
  time: line(10).default(''),
  facilitators: line(10_000).default(''),
  coordinators: line(10_000).default(''),
  destination: line(20).default(''),
});

export type SettingsFormData = z.infer<typeof SettingsFormData>;
