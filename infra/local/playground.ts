import type { Microsoft365 } from './microsoft365.ts';

/** The people and the team that Microsoft 365 Agents Playground invents, under its own published ids. */
const group = '00000000-0000-0000-0000-000000000031';
const people = [
  ['00000000-0000-0000-0000-0000000000020', 'Alex Wilber'],
  ['00000000-0000-0000-0000-0000000000021', 'Megan Bowen'],
  ['00000000-0000-0000-0000-0000000000022', 'Adele Vance'],
  ['00000000-0000-0000-0000-0000000000023', 'Isaiah Langer'],
  ['00000000-0000-0000-0000-0000000000024', 'Patti Fernandez'],
  ['00000000-0000-0000-0000-0000000000025', 'Lynne Robbins'],
] as const;

/** Makes local Graph know the playground's team, so that a bot it talks to finds members, lists and a site. */
export function addPlaygroundTeam({ directory, entra, graph }: Microsoft365): void {
  for (const [id, displayName] of people) {
    directory.putUser({
      id,
      displayName,
      mail: `${displayName.toLowerCase().replace(' ', '.')}@example.com`,
      jobTitle: '',
      locale: 'en-US',
      timeZone: 'Europe/London',
    });
  }
  if (!directory.team(group)) {
    directory.putTeam({
      id: group,
      threadId: 'team-id',
      displayName: 'My Team',
      description: 'The team of the playground',
      channels: [
        { id: 'team-id', displayName: 'General' },
        { id: 'channel-announcements-id', displayName: 'Announcements' },
      ],
      members: people.map(([userId], index) => ({ userId, owner: index === 0 })),
      sitePath: '/sites/playground',
    });
  }
  // The playground has no tab in which somebody shows the app where the site is: here it may look itself.
  entra.consent.setApplication(['Sites.Selected', 'Sites.Read.All']);
  graph.grantSite(group, 'fullcontrol');
  graph.setTeamConsent(group, ['TeamMember.Read.Group', 'ChannelSettings.Read.Group']);
}
