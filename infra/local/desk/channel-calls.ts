import { z } from 'zod';
import type { Connector } from '../connector/index.ts';
import { samplePeople, sampleTeam } from '../sample-people.ts';
import { post, type Call } from './call.ts';

const Id = z.string().min(1).max(200);
const Channel = z.object({ team: Id, channel: Id });
const Name = z.string().trim().min(1).max(50);

const team = sampleTeam.id;
const channel = '19:…@thread.tacv2';
const [priya] = samplePeople.map(person => person.id);
const jonas = samplePeople.find(person => person.role === 'newcomer')?.id;

/** What happens to the channels of a team. */
export function channelCalls(connector: Connector): readonly Call[] {
  return [
    post(
      'channels',
      'Makes a channel: standard, private or shared. Whoever makes it is its first member',
      z.object({
        team: Id,
        name: Name,
        type: z.enum(['standard', 'private', 'shared']),
        by: Id,
      }),
      { team, name: 'Partners', type: 'shared', by: priya },
      async ({ team: of, name, type, by }) => ({ id: await connector.createChannel(of, name, type, by) }),
    ),
    post(
      'channel-app',
      'Adds the app to one private or shared channel of a team that has it, or takes it out of that channel',
      Channel.extend({ allowed: z.boolean() }),
      { team, channel, allowed: true },
      async ({ team: of, channel: id, allowed }) => ({ delivery: await connector.allowInChannel(of, id, allowed) }),
    ),
    post(
      'channel-person',
      'Adds somebody to one private or shared channel, or takes them out; into a shared one people from outside the team may come',
      Channel.extend({ user: Id, member: z.boolean() }),
      { team, channel, user: jonas, member: true },
      async ({ team: of, channel: id, user, member }) => ({
        delivery: await (member ? connector.joinsChannel : connector.leavesChannel)(of, id, user),
      }),
    ),
    post(
      'rename-channel',
      'Gives a channel another name',
      Channel.extend({ name: Name }),
      { team, channel, name: 'Charts' },
      async ({ team: of, channel: id, name }) => ({ delivery: await connector.renameChannel(of, id, name) }),
    ),
    post(
      'delete-channel',
      'Deletes a channel, which can be restored for 30 days; General stays',
      Channel,
      { team, channel },
      async ({ team: of, channel: id }) => ({ delivery: await connector.deleteChannel(of, id) }),
    ),
    post(
      'restore-channel',
      'Restores a deleted channel, with its messages and tabs',
      Channel,
      { team, channel },
      async ({ team: of, channel: id }) => ({ delivery: await connector.restoreChannel(of, id) }),
    ),
  ];
}
