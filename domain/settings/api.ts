import { z } from 'zod';
import { Settings } from '../community.ts';
import { endpoint, community } from '../endpoint.ts';

/** What settings are made of, as somebody reads them. */
export const settingsParts = ['timeZone', 'coordinators', 'facilitation', 'digest', 'surveys'] as const;

export const SettingsView = z.object({
  settings: Settings.nullable(),
  etag: z.string().nullable(),
  /** What to offer when there are no settings yet. */
  suggested: Settings,
  /** The present moment, to show what times of day mean. */
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
