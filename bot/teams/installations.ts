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
import type { LookUp } from './look-up.ts';
import type { NamedTeam, TeamPlace } from './place.ts';
import type { RosterComparison } from './roster-comparison.ts';

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
  /** Asks Teams for what an activity leaves out. */
  readonly lookUp: LookUp;
  readonly rosterComparison: Pick<RosterComparison, 'whenMet'>;
  /** Whom `membersAdded` names when the app itself was added, also where an activity does not say to whom it goes. */
  readonly botId: string;
  /** Writes into the audit trail. */
  readonly audit: NoteAct;
  readonly texts: Texts;
  readonly now: Clock;
  readonly log: Logger;
}

/** An activity, and the team it comes from. */
export interface InTeam {
  readonly activity: TeamsActivity;
  readonly place: TeamPlace;
}

/**
 * A team whose activities reach us has the app: when we do not know it, because our database is new, it is taken in
 * quietly.
 */
export async function communityOf(parts: TeamParts, { activity, place }: InTeam): Promise<Community | undefined> {
  const { communities } = parts;
  const found = await communities.findByGeneralChannel(place.team.id);
  if (found?.name) return found;
  if (found) {
    const name = place.team.name ?? (await parts.lookUp.team({ activity, place }))?.name;
    if (name) await communities.rename(found.id, name);
    return { ...found, name: name ?? '' };
  }
  await takeIn(parts, { activity, place }, null);
  return communities.findByGeneralChannel(place.team.id);
}

/** @returns the community, and whether this is news; undefined where Teams did not say which team it is. */
export async function takeIn(
  parts: TeamParts,
  { activity, place }: InTeam,
  by: Person | null,
): Promise<{ readonly community: Community | undefined; readonly isNews: boolean } | undefined> {
  const { communities, roster, wasSetUp, rosterComparison, log } = parts;
  const team = await wholeTeam(parts, { activity, place });
  if (!team?.group) {
    log.warn(
      { activity: activity.id, type: activity.type },
      'something happened in a team, but Teams did not say which',
    );
    return undefined;
  }
  const isNews = await communities.install({
    id: team.group,
    name: team.name ?? '',
    generalChannelId: team.id,
    // A channel that not all of the team can see is none for the whole community.
    channelId: place.kind === 'team' ? place.channel.id : team.id,
    serviceUrl: activity.serviceUrl,
    by,
    ...(by === null && activity.timestamp !== undefined ? { seenAt: new Date(activity.timestamp) } : {}),
  });
  roster.forget(team.group);
  const community = await communities.find(team.group);
  // A team that had the app before goes on as it was set up.
  if (community?.settings) await communities.planAnew(community.id);
  else if (community && (await wasSetUp(community.id))) await communities.leaveToOwners(community.id);
  if (community) await rosterComparison.whenMet(community);
  return { community, isNews };
}

/** Messages, and most events, tell the id of their team and no more: Teams is asked for the rest. */
async function wholeTeam({ lookUp, communities }: TeamParts, { activity, place }: InTeam): Promise<NamedTeam> {
  const { team } = place;
  if (team.group && team.name) return team;
  const isKnown = team.group !== undefined && (await communities.find(team.group))?.name;
  const asked = isKnown ? undefined : await lookUp.team({ activity, place });
  return { id: team.id, group: team.group ?? asked?.group, name: team.name ?? asked?.name };
}

/** The app was added to a team. */
export async function install(parts: TeamParts, { activity, place }: InTeam): Promise<void> {
  const { features, communities, texts, log } = parts;
  const team = await wholeTeam(parts, { activity, place });
  const person = activity.from.aadObjectId;
  const by = person ? { id: person, name: await nameOf(parts, team.group ?? '', person, activity.from.name) } : null;
  const taken = await takeIn(parts, { activity, place: { ...place, team } }, by);
  const community = taken?.community;
  if (!community) return;
  // Teams tells it twice, as an installation and as a new member.
  if (taken.isNews) {
    log.info({ community: community.id }, 'the app was added to a team');
    note(parts, activity, community, 'app.added');
  }
  if (by) await communities.met(community.id, by.id);
  // A feature that acts on it sends messages that the outbox knows.
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
  { activity, place }: InTeam,
  why: 'app-removed' | 'team-gone',
): Promise<void> {
  const { communities, roster, log } = parts;
  const community = await communities.findByGeneralChannel(place.team.id);
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
