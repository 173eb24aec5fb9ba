import { api } from '../../../domain/api.ts';
import type { ActionView, OlderActions, PlanView, WantedAction } from '../../../domain/plan/api.ts';
import type { DetailChange } from '../../../domain/plan/details.ts';
import type { FileAnswer } from '../../../domain/endpoint.ts';
import type { Member, ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { ActionId, added, byDue, changedFields, edited, reachOf, type Action } from '../../../domain/plan/plan.ts';
import { aimsOf } from '../../documents/aims.ts';
import { VersionConflict, type Stored } from '../../lists/list.ts';
import type { PlanRow } from '../../lists/model.ts';
import { longAgo, readPlanNow } from '../../lists/plan.ts';
import { saveVersion } from '../../lists/conditional-save.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import { todayIn } from '../../shared/days.ts';
import { pageOf, placeOf } from '../../shared/page.ts';
import { fileOf } from './csv.ts';
import { commentCounts } from './comments.ts';
import type { PlanParts } from './parts.ts';
import { showReminders, showWithout } from './reminders.ts';
import {
  actionOf,
  byOf,
  changeDetail,
  changing,
  listOf,
  membersNamed,
  mustReach,
  noAction,
  readActions,
  reading,
  rowOf,
} from './store.ts';
import { actionView } from './views.ts';

/** How many of the actions that were done long ago come at once. */
const perPage = 500;

type Asked<Body> = TabRequest<Body, ReadyCommunity>;

async function read(parts: PlanParts, { community, who }: Asked<unknown>): Promise<TabAnswer<PlanView>> {
  const [{ rows, doneBefore }, aims, members] = await Promise.all([
    readPlanNow(parts, community),
    parts.lists.of(community.id).charter.find('aims'),
    parts.roster.members(community.id),
  ]);
  const shown = rows.toSorted((one, other) => byDue(one.value, other.value));
  return {
    body: {
      today: todayIn(parts, community),
      actions: shown.map(row => actionView(row, who, community)),
      doneBefore: doneBefore.reduce((sum, { count }) => sum + count, 0),
      aims: [...aimsOf(aims?.value.text ?? '')],
      left: leftOf(shown, members),
      comments: await commentCounts(parts, community, keysOf(shown)),
    },
  };
}

/** What was done long ago. */
async function older(parts: PlanParts, { community, who, params }: Asked<unknown>): Promise<TabAnswer<OlderActions>> {
  const from = placeOf(params['before']);
  if (from === undefined) return { body: { actions: [], next: null, left: [], comments: {} } };
  const [rows, members] = await Promise.all([
    parts.lists.of(community.id).plan.before(from ?? { at: longAgo(parts, community), id: null }, perPage + 1),
    parts.roster.members(community.id),
  ]);
  const { lines, next } = pageOf(rows, perPage, ({ endedAt }) => new Date(endedAt));
  return {
    body: {
      actions: lines.map(row => actionView(row, who, community)),
      next,
      left: leftOf(lines, members),
      comments: await commentCounts(parts, community, keysOf(lines)),
    },
  };
}

async function one(parts: PlanParts, request: Asked<unknown>): Promise<TabAnswer<ActionView>> {
  const { community, who } = request;
  const row = await parts.lists.of(community.id).plan.find(idFrom(request));
  if (!row) throw noAction(community, idFrom(request));
  const view = actionView(row, who, community);
  return { body: view, etag: view.etag };
}

function keysOf(rows: readonly Stored<PlanRow>[]): string[] {
  return rows.map(({ value }) => value.key);
}

/** Owners who are no longer in the team. */
function leftOf(rows: readonly Stored<PlanRow>[], members: readonly Member[]): string[] {
  const present = new Set(members.map(({ id }) => id));
  const owners = new Set(rows.flatMap(({ value }) => value.owners.map(({ id }) => id)));
  return [...owners].filter(id => !present.has(id));
}

async function save(parts: PlanParts, request: Asked<WantedAction>): Promise<TabAnswer<ActionView>> {
  const { who, community, body, ifMatch, onBehalfOf } = request;
  const id = idFrom(request);
  const list = listOf(parts, community, onBehalfOf);
  const stored = await list.find(id);
  const before = stored && actionOf(stored.value);
  const { steps = [], links = [], ...said } = body;
  const action: Action = { ...said, owners: await membersNamed(parts, community, body.owners, before?.owners) };

  // What a person may change is asked of the version they saw; when there is another by now, they see that first.
  const seen = stored?.etag === (ifMatch ?? undefined);
  if (before && seen) mustReach(before, action, who, community);
  const by = byOf(parts, who);
  const value = rowOf(id, before ? edited(before, action, by) : added(action, by, { steps, links }));
  const losing =
    before && seen ? before.owners.filter(({ id: owner }) => !value.owners.some(one => one.id === owner)) : [];
  if (before) await showWithout(parts, community, before, losing);
  const saved = await saveVersion(
    list,
    value,
    ifMatch ?? null,
    row => changedFields(actionOf(row), action).length === 0,
  );
  if (saved.kind === 'conflict') {
    await showReminders(parts, community, losing);
    throw conflict(saved.current, request, community);
  }

  if (before) await showReminders(parts, community, saved.row.value.owners);
  const view = actionView(saved.row, who, community);
  return { body: view, etag: view.etag };
}

async function change(parts: PlanParts, request: Asked<DetailChange>): Promise<TabAnswer<ActionView>> {
  const { who, community, body, onBehalfOf } = request;
  const row = await changeDetail(parts, community, who, body, { id: idFrom(request), onBehalfOf });
  return { body: actionView(row, who, community) };
}

async function remove(parts: PlanParts, request: Asked<unknown>): Promise<TabAnswer<Record<string, never>>> {
  const { who, community, ifMatch, onBehalfOf } = request;
  const list = listOf(parts, community, onBehalfOf);
  const stored = await list.find(idFrom(request));
  if (!stored) return { body: {} };
  const action = actionOf(stored.value);
  if (reachOf(action, who, community) !== 'everything')
    throw new CommunityError('not-allowed', 'an action is removed by coordinators, team owners or whoever added it', {
      permission: 'plan.edit',
    });
  if (stored.etag !== ifMatch) throw conflict(stored, request, community);
  await showWithout(parts, community, action, action.owners);
  try {
    await list.remove(stored);
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    await showReminders(parts, community, action.owners);
    throw conflict(await list.find(action.id), request, community);
  }
  return { body: {} };
}

async function exportIt(parts: PlanParts, { community, t }: Asked<unknown>): Promise<TabAnswer<FileAnswer>> {
  const actions = (await readActions(parts, community)).map(({ value }) => actionOf(value));
  const name = t('csv.file', { community: community.name, day: todayIn(parts, community) });
  return { body: fileOf(name, actions, community.settings.timeZone, t) };
}

/** What is saved here is saved on behalf of the person, so that SharePoint's version history names them. */
export function planRoutes(parts: PlanParts): readonly Route[] {
  return [
    route(api.plan, reading, request => read(parts, request)),
    route(api.olderActions, reading, request => older(parts, request)),
    route(api.action, reading, request => one(parts, request)),
    route(api.saveAction, changing, request => save(parts, request)),
    route(api.changeDetail, changing, request => change(parts, request)),
    route(api.removeAction, changing, request => remove(parts, request)),
    route(api.exportPlan, reading, request => exportIt(parts, request)),
  ];
}

function conflict(
  current: Stored<PlanRow> | undefined,
  { who }: Asked<unknown>,
  community: ReadyCommunity,
): CommunityError {
  return new CommunityError(
    'version-conflict',
    'this action has changed since it was read: merge with what is stored now and save with its ETag',
    {
      current: current ? actionView(current, who, community) : null,
      etag: current?.etag,
    },
  );
}

function idFrom({ params }: Pick<Asked<unknown>, 'params'>): string {
  const id = ActionId.safeParse(params['action']);
  if (!id.success)
    throw new CommunityError(
      'not-found',
      'this is no id of an action: expected 8 to 64 small letters, digits and hyphens',
    );
  return id.data;
}
