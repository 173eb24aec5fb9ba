import type { Logger } from 'pino';
import { isOpenDay } from '../../domain/attention/open-days.ts';
import { timeZoneOf, type Community } from '../../domain/community.ts';
import { CommunityError } from '../../domain/errors.ts';
import { sponsorRole } from '../../domain/roles/method.ts';
import { localDay } from '../../domain/schedule.ts';
import type { Lists } from '../lists/model.ts';
import { readRoles } from '../lists/roles.ts';
import type {
  ChannelTabs,
  DeliveryLog,
  Links,
  Clock,
  Communities,
  Departed,
  Figures,
  Files,
  LiveChanges,
  Messenger,
  Reports,
  RestDays,
  PrincipalNames,
  Roster,
  SetAside,
} from '../ports.ts';
import type { BallotBox } from './surveys/ballot-box.ts';
import type { Bundles } from './digest/bundles.ts';
import type { CalendarLinks } from './calendar/feed-links.ts';
import type { Feature, Job } from '../feature.ts';
import type { Places } from '../lists/places.ts';
import type { Provision } from '../lists/provisioning.ts';
import type { SetUp } from '../../domain/community.ts';
import type { Switches } from '../../domain/switches.ts';
import type { AuditTrail } from '../ports.ts';
import type { PersonalData } from '../ports.ts';
import { administration } from './administration/index.ts';
import { agenda, agendaWaiting } from './agenda/index.ts';
import type { ServerFacts } from './administration/parts.ts';
import { audit } from './audit/index.ts';
import { calendar } from './calendar/index.ts';
import { charter, charterWaiting } from './charter/index.ts';
import { conversation } from './conversation/index.ts';
import { delivery } from './delivery/index.ts';
import { departures, departuresWaiting } from './departures/index.ts';
import { digest } from './digest/index.ts';
import { agendaLineAdder, comingReader, events, findEvent, heldReader, meetingsReader } from './events/index.ts';
import type { EventsParts } from './events/parts.ts';
import { facilitation } from './facilitation/index.ts';
import type { Notes as NotesOfTheWeek } from './facilitation/parts.ts';
import { library } from './library/index.ts';
import { live } from './live/index.ts';
import { comingQuestions, morning } from './morning/index.ts';
import type { Ledger } from './morning/ledger.ts';
import { overview } from './overview/index.ts';
import { plan, planAdder, planNote, planOwners, planReader, planWaiting } from './plan/index.ts';
import { privacy } from './privacy/index.ts';
import { roles, rolesWaiting } from './roles/index.ts';
import { changeCoordinators, changeWeek, repairLists, settings } from './settings/index.ts';
import { feedbackPlanner, surveys } from './surveys/index.ts';
import type { SurveysParts } from './surveys/parts.ts';
import { tab } from './tab/index.ts';
import { newcomersNote, welcome, welcomeWaiting } from './welcome/index.ts';

/** What features may use. */
export interface FeatureParts {
  readonly lists: Lists;
  readonly messenger: Messenger;
  readonly roster: Roster;
  readonly principalNames: PrincipalNames;
  readonly files: Files;
  readonly ballotBox: BallotBox;
  readonly bundles: Bundles;
  readonly communities: Communities;
  readonly provision: Provision;
  readonly channelTabs: Pick<ChannelTabs, 'add'>;
  readonly sites: Pick<Places, 'siteOf' | 'learn' | 'rightness' | 'keepRightness'>;
  readonly links: Links;
  readonly calendarLinks: CalendarLinks;
  readonly deliveryLog: DeliveryLog;
  readonly setAside: SetAside;
  /** Entra object ids. */
  readonly administrators: readonly string[];
  readonly switches: Switches;
  readonly setUp: SetUp;
  readonly restDays: RestDays;
  readonly ledger: Ledger;
  readonly departed: Departed;
  readonly auditTrail: Pick<AuditTrail, 'read'>;
  readonly reports: Reports;
  readonly figures: Figures;
  readonly server: ServerFacts;
  readonly personalData: PersonalData;
  readonly liveChanges: LiveChanges;
  readonly clock: Clock;
  readonly log: Logger;
  /** Calls of Graph inside wait until people have been served. */
  readonly inBackground: <R>(work: () => Promise<R>) => Promise<R>;
  /** See `Mirror`. */
  readonly asKnown: <R>(work: () => Promise<R>) => Promise<R>;
}

/** Lines of one feature for the facilitation card, in the reader's language. */
type Notes<Where, Asked extends readonly unknown[], Line> = (
  where: Where,
) => Promise<(...asked: Asked) => readonly Line[]>;

/** Every feature there is, in the order in which help names them. A new one is a folder and a line. */
export function createFeatures(parts: FeatureParts): readonly Feature[] {
  const { lists, messenger, roster, files, bundles, communities, provision, links } = parts;
  const { deliveryLog, setAside, auditTrail, restDays, clock, log, inBackground } = parts;
  const features: readonly Feature[] = [
    charter({ lists, messenger, roster, restDays, files, links, clock, log }),
    facilitationOf(parts),
    roles({
      lists,
      messenger,
      roster,
      changeCoordinators: changeCoordinators({ lists, communities, messenger, links, log }),
      links,
      departed: parts.departed,
      clock,
      log,
      setAside,
    }),
    welcome({ lists, messenger, deliveryLog, roster, links, clock, log }),
    surveys(surveysParts(parts)),
    plan({ lists, messenger, roster, restDays, links, clock, log, setAside }),
    events(eventsParts(parts)),
    agenda({ ...parts, addToEvent: agendaLineAdder(eventsParts(parts)) }),
    library(parts),
    calendarOf(parts),
    digest({ lists, messenger, roster, communities, bundles, restDays, links, clock, log, setAside }),
    departures({ ...parts, changeOwners: planOwners(parts) }),
    overview({ ...parts, comingEvents: comingReader(parts) }),
    settings(parts),
    delivery({ deliveryLog, roster, clock }),
    audit({ lists, auditTrail, roster, clock }),
    administration(parts),
    privacyOf(parts),
    tab({ ...parts, communities, roster }),
    live({ liveChanges: parts.liveChanges, communities, roster }),
    morningOf(parts, () => features),
    conversation({ messenger, roster, clock }),
  ];
  refuseDuplicates(features);
  const repair = repairLists({ provision, messenger, roster, links, clock, log, sites: parts.sites });
  return features.map(feature =>
    feature.jobs
      ? { ...feature, jobs: feature.jobs.map(job => carefulJob(job, { repair, restDays, log, inBackground })) }
      : feature,
  );
}

/**
 * No person waits for a job: its calls of Graph let those of people pass, and lists that were deleted by hand in
 * SharePoint are put right instead of failing it. On days off it leaves people in peace.
 */
export function carefulJob(
  job: Job,
  {
    repair,
    restDays,
    log,
    inBackground,
  }: Pick<FeatureParts, 'restDays' | 'log' | 'inBackground'> & {
    readonly repair: (community: Community) => Promise<boolean>;
  },
): Job {
  return {
    ...job,
    run: dueRun =>
      inBackground(async () => {
        const { community, now } = dueRun;
        const day = localDay(now, community.settings.timeZone);
        if (job.rests && !isOpenDay(day, await restDays.of(community)))
          return log.info({ community: community.id, job: job.name, day }, 'a job left for the next open day');
        try {
          await job.run(dueRun);
        } catch (error) {
          if (!(error instanceof CommunityError) || error.code !== 'not-set-up') throw error;
          if (await repair(dueRun.community)) await job.run(dueRun);
        }
      }),
  };
}

/** Beside its tasks the card of the week has lines of other features. */
function facilitationOf(parts: FeatureParts): Feature {
  const { lists, messenger, roster, communities, restDays, links, clock, log, asKnown } = parts;
  // What somebody has to answer first, and what can wait longest last.
  const waiting = [departuresWaiting, rolesWaiting, welcomeWaiting, agendaWaiting, planWaiting, charterWaiting];
  return facilitation({
    lists,
    messenger,
    roster,
    restDays,
    links,
    clock,
    log,
    asKnown,
    notes: together<Community, Parameters<NotesOfTheWeek>, string>(log, planNote(parts), newcomersNote(parts)),
    waiting: together(log, ...waiting.map(read => read({ ...parts, coming: comingQuestions(parts) }))),
    addAction: planAdder(parts),
    changeWeek: changeWeek({ lists, communities, messenger, links, log }),
  });
}

/** Whom a survey has reached is in the ledger of mornings. */
function surveysParts({ ledger, ...parts }: FeatureParts): SurveysParts {
  return { ...parts, reached: (...asked) => ledger.reached(...asked), heldEvents: heldReader(parts) };
}

/** What comes next goes into the plan, and how it was is asked by a survey. */
function eventsParts(parts: FeatureParts): EventsParts {
  return { ...parts, addAction: planAdder(parts), planFeedback: feedbackPlanner(surveysParts(parts)) };
}

/** Plan and meetings, for the calendars of people. */
function calendarOf({ lists, communities, roster, calendarLinks, links, switches, clock }: FeatureParts): Feature {
  return calendar({
    plan: planReader({ lists, clock }),
    meetingsOf: meetingsReader({ lists, clock }),
    eventOf: (...asked) => findEvent({ lists }, ...asked),
    communities,
    roster,
    calendarLinks,
    links,
    on: switches.calendarLinks,
    clock,
  });
}

/** What the others wish comes through this one. */
function morningOf(
  { messenger, roster, restDays, ledger, setAside, links, lists, clock, log, asKnown }: FeatureParts,
  features: () => readonly Feature[],
): Feature {
  const sponsorsOf = sponsorsIn({ lists, roster });
  return morning({ messenger, roster, restDays, ledger, setAside, links, clock, log, asKnown, features, sponsorsOf });
}

/** Of the switches for messages, everybody sees those of what they can get. */
function privacyOf({ personalData, messenger, lists, roster, links, clock }: FeatureParts): Feature {
  const sponsors = sponsorsIn({ lists, roster });
  return privacy({
    personalData,
    messenger,
    sponsorsOf: community => sponsors({ community, today: localDay(clock(), timeZoneOf(community)) }),
    links,
    clock,
  });
}

/** Who holds the role of sponsor, by their ids. */
function sponsorsIn(parts: Pick<FeatureParts, 'lists' | 'roster'>) {
  return async ({
    community,
    today,
  }: {
    readonly community: Community;
    readonly today: string;
  }): Promise<ReadonlySet<string>> => {
    const { roles: board } = await readRoles(parts, community, today);
    const holders = board.find(({ id }) => id === sponsorRole)?.holders ?? [];
    return new Set(holders.map(({ person }) => person.id));
  };
}

/** Notes of several features, one after the other. A card without one of them is better than one without any. */
function together<Where, Asked extends readonly unknown[], Line>(
  log: Pick<Logger, 'warn'>,
  ...notes: readonly Notes<Where, Asked, Line>[]
): Notes<Where & Pick<Community, 'id'>, Asked, Line> {
  return async where => {
    const lines = await Promise.all(
      notes.map(async note => {
        try {
          return await note(where);
        } catch (error) {
          log.warn({ community: where.id, err: error }, 'facilitation card shown without one of its notes');
          return () => [];
        }
      }),
    );
    return (...asked) => lines.flatMap(line => line(...asked));
  };
}

/** A verb, a command, a job or an endpoint belongs to one feature only. */
function refuseDuplicates(features: readonly Feature[]): void {
  const seen = new Map<string, string>();
  for (const feature of features) {
    const names = [
      `feature ${feature.name}`,
      ...(feature.commands ?? []).map(command => `command ${command.name}`),
      ...(feature.jobs ?? []).map(job => `job ${job.name}`),
      ...(feature.feeds ?? []).map(feed => `feed ${feed.path}`),
      ...[...(feature.routes ?? []), ...(feature.administration ?? []), ...(feature.everybody ?? [])].map(
        route => `route ${route.endpoint.method} ${route.endpoint.path}`,
      ),
    ];
    for (const name of names) {
      const before = seen.get(name);
      if (before) throw new Error(`${name} is in both ${before} and ${feature.name}: give one of them another name`);
      seen.set(name, feature.name);
    }
  }
}
