import type { z } from 'zod';
import { SectionId } from '../charter/charter.ts';
import { Person } from '../community.ts';
import type { Permission } from '../permissions.ts';

/** What an open tab shows and may have to read anew. */
export const liveTopics = [
  'overview',
  'charter',
  'plan',
  'events',
  'agenda',
  'library',
  'roles',
  'surveys',
  'digest',
  'newcomers',
  'settings',
] as const;
export type LiveTopic = (typeof liveTopics)[number];

/**
 * Topics of which only some hear: that there is something new says by itself that a newcomer or a sponsor has just
 * answered.
 */
export const heardBy: Partial<Record<LiveTopic, Permission>> = {
  digest: 'digest.edit',
  newcomers: 'welcome.read',
};

/** Somebody who has the community open at this moment, and the section of the charter they are writing. */
export const Present = Person.extend({ editing: SectionId.nullable() });
export type Present = z.infer<typeof Present>;
