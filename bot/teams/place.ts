import type { TeamsActivity } from './activity.ts';

/**
 * What an activity is about, decided once. `team`: something happened to a whole team. `channel`: something happened in,
 * or to, one of its channels. `personal` is a person's own chat with the app, `chat` any other one.
 */
export type Place = TeamPlace | { readonly kind: 'personal' | 'chat' };

export interface TeamPlace {
  readonly kind: 'team' | 'channel';
  readonly team: NamedTeam;
  readonly channel: Channel;
}

/** A team as far as an activity names it. Messages mostly tell its `id` and nothing else. */
export interface NamedTeam {
  /** Teams' own id, which General has as well. */
  readonly id: string;
  /** Of the Microsoft 365 group. */
  readonly group?: string | undefined;
  readonly name?: string | undefined;
}

interface Channel {
  readonly id: string;
  readonly type: ChannelType | undefined;
}

export type ChannelType = 'standard' | 'private' | 'shared';

export function placeOf(activity: TeamsActivity): Place {
  const { channelData, conversation } = activity;
  const { team, teamsTeamId } = channelData ?? {};
  const { conversationType } = conversation;
  const here = baseOf(conversation.id);
  // Whatever is left out, events of a team come from the conversation that has the id of the team.
  const id = team?.id || teamsTeamId || (conversationType === 'channel' ? here : undefined);
  if (id === undefined) return { kind: conversationType === 'personal' ? 'personal' : 'chat' };

  const channel = {
    id: channelData?.settings?.selectedChannel?.id || channelData?.channel?.id || here,
    type: channelType(channelData?.channel?.type),
  };
  const named = { id, group: team?.aadGroupId || undefined, name: team?.name || undefined };
  return { kind: isAboutTeam(activity, named, channel) ? 'team' : 'channel', team: named, channel };
}

/** `19:…@thread.tacv2;messageid=5` → `19:…@thread.tacv2` */
export function baseOf(conversationId: string): string {
  return conversationId.split(';')[0] ?? conversationId;
}

/**
 * Bots are installed in a team and then allowed in each of its shared and private channels, and people join and leave
 * these too: Teams tells it with the same `membersAdded` and `membersRemoved`, under other event types. A channel that
 * is not a standard one never speaks for its team.
 */
function isAboutTeam({ type, channelData }: TeamsActivity, team: NamedTeam, channel: Channel): boolean {
  if (type !== 'conversationUpdate' && type !== 'installationUpdate') return false;
  if (channel.type === 'private' || channel.type === 'shared') return false;
  const { eventType, membershipSource, settings } = channelData ?? {};
  if (eventType) return /^team/i.test(eventType);
  const isOfTeam = type === 'installationUpdate' || settings?.selectedChannel !== undefined || channel.id === team.id;
  return isOfTeam && membershipSource === undefined;
}

function channelType(type: string | undefined): ChannelType | undefined {
  const known = type?.toLowerCase();
  return known === 'standard' || known === 'private' || known === 'shared' ? known : undefined;
}
