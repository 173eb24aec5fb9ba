import type { Person } from '../../domain/community.ts';
import type { Directory, Team, User } from './directory.ts';
import { tenant } from './directory.ts';

/** What somebody is to the sample community: a hint for whoever tries things out, never a right. */
export type RoleHint = 'coordinator' | 'sponsor' | 'member' | 'newcomer';

interface SamplePerson extends User {
  readonly role: RoleHint;
}

/** The zone the sample community lives by. */
export const sampleZone = 'Europe/London';

/** In the order in which they appear; the first is the team's owner. Newcomers are outside the team at first. */
export const samplePeople: readonly SamplePerson[] = [
  person(1, 'Priya Raman', 'Lead data analyst', 'coordinator'),
  person(2, 'Tomasz Nowak', 'Information designer', 'coordinator', 'pl-PL'),
  person(3, 'Helen Osei', 'Director of improvement', 'sponsor'),
  person(4, 'Amara Okafor', 'Ward sister, cardiology', 'member'),
  person(5, 'Daniel Fitzgerald', 'Performance manager', 'member', 'en-IE', 'Europe/Dublin'),
  person(6, 'Mei-Ling Chen', 'Research fellow', 'member', 'zh-TW'),
  person(7, 'Sofía Herrera', 'Patient experience officer', 'member', 'es-ES'),
  person(8, 'Yusuf Demir', 'Business intelligence developer', 'member', 'tr-TR'),
  person(9, 'Gwen Pritchard', 'Librarian', 'member', 'cy-GB'),
  person(10, 'Lars Bergström', 'Clinical auditor', 'member', 'sv-SE'),
  person(11, 'Aroha Ngata', 'Public health registrar, visiting', 'member', 'en-NZ', 'Pacific/Auckland'),
  person(12, 'Nadia Benali', 'Communications partner', 'member', 'fr-FR'),
  person(13, 'Jonas Weber', 'Junior data analyst', 'newcomer', 'en-GB', 'Europe/Berlin'),
  person(14, 'Ruth Abernethy', 'Physiotherapist', 'newcomer'),
  person(15, 'Kofi Mensah', 'Waiting list coordinator', 'newcomer'),
  person(16, 'Elena Petrova', 'Health economist', 'newcomer', 'en-GB', 'Europe/Sofia'),
  person(17, 'Marcus Lindqvist', 'Placement student', 'newcomer', 'en-US', 'America/New_York'),
];

const threadId = '19:5d2c8e71b94a4f0f8a36c07be1d94f52@thread.tacv2';

/** Data Storytellers: people of Cedar Valley who turn figures into something others can act on. */
export const sampleTeam: Team = {
  id: '9b1e4c72-6a3d-4f85-b0c9-2d7e8f1a5634',
  threadId,
  displayName: 'Data Storytellers',
  description: 'People across Cedar Valley who turn figures into stories that others can act on.',
  channels: [{ id: threadId, displayName: 'General' }],
  members: samplePeople
    .filter(one => one.role !== 'newcomer')
    .map((one, index) => ({ userId: one.id, owner: index === 0 })),
  sitePath: '/sites/DataStorytellers',
};

const sisterThreadId = '19:7a90e2c4b15d48c3a6f0d92b38e57c14@thread.tacv2';

/** A sister of the sample community, with people who are in both. */
export const sisterTeam: Team = {
  id: '6e03f9a4-2c71-4d58-9b86-f15d7a0c4e92',
  threadId: sisterThreadId,
  displayName: 'Patient Voices',
  description: 'People who bring what patients say to where decisions are made.',
  channels: [{ id: sisterThreadId, displayName: 'General' }],
  members: ['Sofía Herrera', 'Lars Bergström', 'Nadia Benali', 'Yusuf Demir'].map((name, index) => ({
    userId: named(name).id,
    owner: index === 0,
  })),
  sitePath: '/sites/PatientVoices',
};

const ownThreadId = '19:e41b7a90c5d34f6d9a2f8c1075be63d8@thread.tacv2';

/** A team without the app, where a community can be begun from nothing. */
export const emptyTeam: Team = {
  id: '4c7d2b18-9e05-4a63-8f1c-d06a5b3e9127',
  threadId: ownThreadId,
  displayName: 'Waiting Times',
  description: 'An empty team: add the app and begin a community from nothing.',
  channels: [{ id: ownThreadId, displayName: 'General' }],
  members: ['Elena Petrova', 'Kofi Mensah', 'Ruth Abernethy'].map((name, index) => ({
    userId: named(name).id,
    owner: index === 0,
  })),
  sitePath: '/sites/WaitingTimes',
};

/** Writes the sample people and their team, once: a directory that knows the team is left as it is. */
export function seedPeople(directory: Directory): void {
  if (directory.team(sampleTeam.id)) return;
  for (const { role: _, ...user } of samplePeople) directory.putUser(user);
  directory.putTeam(sampleTeam);
}

/** @throws Error for somebody who is not of the sample */
export function named(name: string): Person {
  const found = samplePeople.find(({ displayName }) => displayName === name);
  if (!found) throw new Error(`the sample has nobody called ${name}`);
  return { id: found.id, name };
}

/** The hint for somebody of the sample; undefined for everybody else. */
export function roleHintOf(userId: string): RoleHint | undefined {
  return samplePeople.find(one => one.id === userId)?.role;
}

function person(
  number: number,
  displayName: string,
  jobTitle: string,
  role: RoleHint,
  locale = 'en-GB',
  timeZone = sampleZone,
): SamplePerson {
  const mailName = displayName.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(' ', '.');
  return {
    id: `a7d3c5e1-40b2-4c6d-8e9f-${String(number).padStart(12, '0')}`,
    displayName,
    mail: `${mailName}@${tenant.domain}`,
    jobTitle,
    locale,
    timeZone,
    role,
  };
}
