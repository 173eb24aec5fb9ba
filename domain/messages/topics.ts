import { z } from 'zod';

/** What somebody may want no messages about, and still get the others. */
export const topics = ['week', 'reminders', 'events', 'surveys', 'digest', 'coordination'] as const;
export const Topic = z.enum(topics);
export type Topic = z.infer<typeof Topic>;

/**
 * What each kind of message is about. Null: it comes once and by itself, as the answer to something that the person
 * did, or goes to the channel, and only ends with all the others.
 */
export const topicOfKind: Readonly<Record<string, Topic | null>> = {
  'agenda.choose': 'coordination',
  'agenda.help': 'reminders',
  'agenda.news': null,
  'agenda.next': null,
  'agenda.removed': null,
  'agenda.scout': 'reminders',
  'charter.question': 'coordination',
  'charter.review': 'coordination',
  'charter.round': null,
  'conversation.question': 'coordination',
  'departures.left': 'coordination',
  'digest.byHand': 'coordination',
  'digest.draft': 'coordination',
  'digest.members': null,
  'digest.replied': 'coordination',
  'digest.sponsor': 'digest',
  'events.after': 'events',
  'events.cancelled': 'events',
  'events.card': null,
  'events.invite': 'events',
  'events.moved': 'events',
  'events.nothing': 'events',
  'events.prepare': 'events',
  'events.soon': 'events',
  'facilitation.handOver': 'coordination',
  'facilitation.handOverAnswer': null,
  'facilitation.line': 'week',
  'facilitation.week': 'week',
  'library.check': 'coordination',
  // What stands on it was looked at line by line.
  'morning.several': null,
  'plan.comment': 'reminders',
  'plan.overdue': 'reminders',
  'plan.reminder': 'reminders',
  'roles.accepted': null,
  'roles.handOver': 'coordination',
  'roles.offer': 'coordination',
  'roles.term': 'coordination',
  'roles.thanks': null,
  'roles.vacant': 'coordination',
  'settings.installed': null,
  'settings.lists': 'coordination',
  'settings.moved': 'coordination',
  'surveys.ask': 'surveys',
  'surveys.closed': 'coordination',
  'surveys.nobody': 'coordination',
  'surveys.reminder': 'surveys',
  'surveys.repeat': 'coordination',
  'surveys.results': null,
  'surveys.told': 'surveys',
  'surveys.trial': null,
  'welcome.card': null,
  'welcome.unanswered': 'coordination',
};

/** What somebody is in a community, as far as it decides what they are written to about. */
export interface Reached {
  readonly facilitates: boolean;
  readonly coordinates: boolean;
  readonly sponsors: boolean;
}

/** What somebody can get messages about: whatever never comes needs no switch. */
export function topicsFor({ facilitates, coordinates, sponsors }: Reached): readonly Topic[] {
  const comes: Readonly<Record<Topic, boolean>> = {
    week: facilitates,
    reminders: true,
    events: true,
    surveys: !sponsors || coordinates,
    digest: sponsors,
    coordination: coordinates,
  };
  return topics.filter(topic => comes[topic]);
}

/** What one person wants no messages about in one community. */
export interface Stopped {
  /** No messages at all. */
  readonly all: boolean;
  readonly topics: readonly Topic[];
}

export const nothingStopped: Stopped = { all: false, topics: [] };

/** Whether this person is to get no message of this kind. */
export function isStopped(kind: string, { all, topics: stopped }: Stopped): boolean {
  if (all) return true;
  const topic = Object.hasOwn(topicOfKind, kind) ? topicOfKind[kind] : null;
  return topic !== null && topic !== undefined && stopped.includes(topic);
}

/** The two are the same, in whatever order. */
export function isSameStopped(one: Stopped, other: Stopped): boolean {
  return (
    one.all === other.all &&
    one.topics.length === other.topics.length &&
    one.topics.every(topic => other.topics.includes(topic))
  );
}
