import type { LiveTopic } from '../../domain/live/live.ts';
import type { Keyed, List, VouchedList } from '../lists/list.ts';
import type { CommunityLists, ListName, Lists } from '../lists/model.ts';
import type { Live } from './live.ts';

/**
 * Where what a list holds is shown. Null: on no screen of others, or only what nobody shall see come in: with each
 * answer to an anonymous survey, who sits at the next desk would know whose it is.
 */
const topics: Readonly<Record<ListName, LiveTopic | null>> = {
  settings: 'settings',
  settingsCopy: 'settings',
  charter: 'charter',
  comments: 'charter',
  agreements: 'charter',
  consentRounds: 'charter',
  charterDrafts: 'charter',
  askedQuestions: null,
  newcomers: 'newcomers',
  ticks: 'overview',
  handOvers: 'overview',
  roles: 'roles',
  acceptances: 'roles',
  offers: 'roles',
  ownRoles: 'roles',
  plan: 'plan',
  actionComments: 'plan',
  events: 'events',
  attendance: 'events',
  rhythms: 'events',
  questions: 'agenda',
  voices: 'agenda',
  library: 'library',
  uses: 'library',
  surveys: 'surveys',
  answers: null,
  participation: null,
  digests: 'digest',
  replies: 'digest',
};

/** Somebody changed a list in SharePoint itself. */
export function tellList(live: Pick<Live, 'tell'>, community: string, list: ListName): void {
  const topic = topics[list];
  if (topic !== null) live.tell(community, topic);
}

/** The same lists; whoever changes one tells it. */
export function tellChanges(lists: Lists, live: Pick<Live, 'tell'>): Lists {
  function toldOf(community: string, all: CommunityLists): CommunityLists {
    const entries = Object.entries(all) as [ListName, List<Keyed>][];
    return Object.fromEntries(
      entries.map(([name, list]) => {
        const topic = topics[name];
        return [name, topic === null ? list : toldList(list, () => live.tell(community, topic))];
      }),
    ) as unknown as CommunityLists;
  }

  return {
    of: community => toldOf(community, lists.of(community)),
    onBehalfOf: (community, assertion) => toldOf(community, lists.onBehalfOf(community, assertion)),
  };
}

/** Told whatever comes of it: a change whose answer got lost may have been made. */
function toldList<L extends List<Keyed>>(list: L, tell: () => void): L {
  const told =
    <Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>) =>
    (...given: Given): Promise<Result> =>
      call(...given).finally(tell);
  const vouched = list as Partial<Pick<VouchedList<Keyed>, 'confirm' | 'putBack'>>;
  return {
    ...list,
    create: told(list.create),
    update: told(list.update),
    remove: told(list.remove),
    ...(vouched.confirm ? { confirm: told(vouched.confirm) } : {}),
    ...(vouched.putBack ? { putBack: told(vouched.putBack) } : {}),
  };
}
