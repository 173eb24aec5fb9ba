import { z } from 'zod';
import { Day, Settings } from '../community.ts';
import { endpoint, community } from '../endpoint.ts';

/** What settings are made of, as somebody reads them. */
export const settingsParts = [
  'timeZone',
  'language',
  'coordinators',
  'facilitation',
  'digest',
  'surveys',
  'country',
  'quiet',
] as const;

export const SettingsView = z.object({
  settings: Settings.nullable(),
  etag: z.string().nullable(),
  /** What to offer when there are no settings yet. */
  suggested: Settings,
  /** The present moment, to the minute, to show what times of day mean. */
  now: z.iso.datetime(),
  /** For those who may change settings: somebody changed their copy in SharePoint, which has no effect. */
  byHand: z
    .object({
      /** Whom SharePoint names; null where it names nobody. */
      by: z.string().nullable(),
      /** ISO instant; null where SharePoint did not say. */
      at: z.string().nullable(),
      /** What differs from what is so. */
      differs: z.array(z.enum(settingsParts)),
    })
    .optional(),
});

export type SettingsView = z.infer<typeof SettingsView>;

export const ProvisionView = z.object({
  /** Where the app lacks a grant: the text to send to whoever can give it. */
  forIt: z.string().optional(),
  lists: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['ready', 'created', 'repaired', 'failed']),
      /** For `failed`: what Graph said and what to do. */
      problem: z.string().optional(),
      /** What somebody may want to change in SharePoint, though nothing is wrong. */
      note: z.string().optional(),
      /** For `failed`: it may pass without anybody doing anything. */
      temporary: z.boolean().optional(),
    }),
  ),
});

export type ProvisionView = z.infer<typeof ProvisionView>;

/** What is known of public holidays. */
export const HolidaysView = z.object({
  /** The codes of the countries whose holidays are known. */
  countries: z.array(z.string()),
  /** The country in whose zone the community lives, to be offered; null where that may be several, or none. */
  suggested: z.string().nullable(),
  /** The parts of the country asked for that have holidays of their own. */
  regions: z.array(z.object({ code: z.string(), name: z.string() })),
  /** Of the country and region asked for, from today for a year and a little more. */
  holidays: z.array(z.object({ day: Day, title: z.string() })),
});
export type HolidaysView = z.infer<typeof HolidaysView>;

export const settingsApi = {
  settings: endpoint({
    method: 'GET',
    path: `${community}/settings`,
    summary: 'The settings of the community',
    answer: SettingsView,
  }),
  saveSettings: endpoint({
    method: 'PUT',
    path: `${community}/settings`,
    summary: 'Save the settings',
    body: Settings,
    answer: SettingsView,
    conditional: true,
  }),
  holidays: endpoint({
    method: 'GET',
    path: `${community}/settings/holidays`,
    summary: 'The public holidays of a country, and of which countries they are known',
    query: ['country', 'region', 'zone'],
    answer: HolidaysView,
  }),
  putSettingsBack: endpoint({
    method: 'POST',
    path: `${community}/settings/put-back`,
    summary: 'Make the copy of the settings in SharePoint say again what is so; may be repeated',
    answer: SettingsView,
  }),
  provision: endpoint({
    method: 'POST',
    path: `${community}/settings/lists`,
    summary: 'Create or repair the SharePoint lists; may be repeated',
    answer: ProvisionView,
  }),
};
