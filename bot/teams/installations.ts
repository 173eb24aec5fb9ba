import type { Logger } from 'pino';
import { theApp } from '../../domain/audit/audit.ts';
import type { Community, Person } from '../../domain/community.ts';
import type { Texts } from '../text.ts';
import type { NoteAct, Clock } from '../ports.ts';
import type { RememberingRoster } from '../graph/roster.ts';
import type { Feature } from '../feature.ts';
import type { Installations } from '../database/communities.ts';
import type { TeamsActivity } from './activity.ts';
import type { ConversationReferences } from './conversations.ts';

export interface TeamParts {
  readonly features: readonly Feature[];
  readonly communities: Installations;
  readonly roster: RememberingRoster;
  /**
   * Whether SharePoint has settings of a community of which our database has none: then who adds the app may not set it
   * up.
   */
  readonly wasSetUp: (community: string) => Promise<boolean>;
  readonly conversations: Pick<ConversationReferences, 'noteMember' | 'personOf' | 'forgetPerson'>;
  /** Writes into the audit trail. */
  readonly audit: NoteAct;
  readonly texts: Texts;
  readonly now: Clock;
  readonly log: Logger;
}

/**
 * A team whose activities reach us has the app: when we do not know it, because our database is new, it is taken in
 * quietly.
 */
export async function communityOf(parts: TeamParts, activity: TeamsActivity): Promise<Community | undefined> {
  const { communities } = parts;
  const team = activity.channelData?.team;
  if (!team?.id) return undefined;
  const found = await communities.findByGeneralChannel(team.id);
  if (found || !team.aadGroupId) return found;
  await takeIn(parts, activity, null);
  return communities.findByGeneralChannel(team.id);
}

/** @returns whether this is news. */
export async function takeIn(parts: TeamParts, activity: TeamsActivity, by: Person | null): Promise<boolean> {
  const { communities, roster, wasSetUp, log } = parts;
  const team = activity.channelData?.team;
  if (!team?.aadGroupId || !team.id) {
    log.warn({ activity: activity.id }, 'something happened in a team, but Teams did not say which');
    return false;
  }
  const isNews = await communities.install({
    id: team.aadGroupId,
    name: team.name ?? '',
    generalChannelId: team.id,
    channelId: activity.channelData?.settings?.selectedChannel?.id ?? activity.channelData?.channel?.id ?? team.id,
    serviceUrl: activity.serviceUrl,
    by,
    ...(by === null && activity.timestamp !== undefined ? { seenAt: new Date(activity.timestamp) } : {}),
  });
  roster.forget(team.aadGroupId);
  const community = await communities.find(team.aadGroupId);
  // A team that had the app before goes on as it was set up.
  if (community?.settings) await communities.planAnew(community.id);
  else if (community && (await wasSetUp(community.id))) await communities.leaveToOwners(community.id);
  return isNews;
}

/** The app was added to a team. */
export async function install(parts: TeamParts, activity: TeamsActivity): Promise<void> {
  const { features, communities, texts, log } = parts;
  const id = activity.channelData?.team?.aadGroupId ?? '';
  const person = activity.from.aadObjectId;
  const by = person ? { id: person, name: await nameOf(parts, id, person, activity.from.name) } : null;
  const isNews = await takeIn(parts, activity, by);

  const community = await communities.find(id);
  if (!community) return;
  log.info({ community: community.id }, 'the app was added to a team');
  if (isNews) note(parts, activity, community, 'app.added');
  if (by) await communities.met(community.id, by.id);
  // Teams tells it twice: a feature that acts on it sends messages that the outbox knows.
  for (const feature of features) {
    const t = texts.for(feature.name, activity.locale);
    await feature.events?.appInstalled?.({ community, by: community.installedBy, t });
  }
}

async function nameOf(
  { roster }: TeamParts,
  community: string,
  person: string,
  given: string | undefined,
): Promise<string> {
  if (given) return given;
  try {
    return (await roster.member(community, person))?.name ?? '';
  } catch {
    // A name is worth a question, not a failed installation.
    return '';
  }
}

/** The app was removed from a team, or the team is gone. */
export async function uninstall(
  parts: TeamParts,
  activity: TeamsActivity,
  why: 'app-removed' | 'team-gone',
): Promise<void> {
  const { communities, roster, log } = parts;
  const generalChannelId = activity.channelData?.team?.id;
  const community = generalChannelId ? await communities.findByGeneralChannel(generalChannelId) : undefined;
  if (!community) return;
  await communities.uninstall(community.id, why);
  roster.forget(community.id);
  log.info({ community: community.id, why }, 'the app was removed from a team');
  note(parts, activity, community, 'app.removed');
}

/** Teams names the person who did it, or it was the app. */
function note(
  { audit }: TeamParts,
  activity: TeamsActivity,
  { id }: Community,
  act: 'app.added' | 'app.removed',
): void {
  audit({
    person: activity.from.aadObjectId ?? theApp,
    community: id,
    act,
    door: 'app',
    via: activity.type,
    about: '',
    outcome: 'done',
    reason: null,
    request: activity.id ?? null,
  });
}
