import { api } from '../../../domain/api.ts';
import type { RolesView } from '../../../domain/roles/api.ts';
import type { Community, ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { can, mayAccept } from '../../../domain/permissions.ts';
import { given, holdingKey, inWords, withoutWords, type Term } from '../../../domain/roles/roles.ts';
import { saveVersion } from '../../lists/conditional-save.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import { byHandView, olderView, settleByHand } from './by-hand.ts';
import { holdingOf, readBoard, roleOf } from './board.ts';
import { accept, changeOf, end, give, listsOf, openKey, stepDown, volunteer, type By } from './changes.ts';
import { addOwnRole, changeOwnRole, removeOwnRole } from './own-roles.ts';
import type { RolesParts } from './parts.ts';

type Asked<Body> = TabRequest<Body, ReadyCommunity>;
/** Returns the community as it is then: who coordinates is one of its settings. */
type Change<Body> = (request: Asked<Body>) => Promise<ReadyCommunity>;

const managing = { may: 'roles.manage', ready: true } as const;
const accepting = { may: 'roles.accept', ready: true } as const;
const reading = { may: 'community.read', ready: true } as const;
const ownHolding = { may: 'community.read', own: 'holding', ready: true } as const;

export function rolesRoutes(parts: RolesParts): readonly Route[] {
  return [
    route(api.roles, { may: 'community.read' }, request => readAll(parts, request.community, request)),
    ...ownRoleRoutes(parts),
    ...holdingRoutes(parts),
  ];
}

function ownRoleRoutes(parts: RolesParts): readonly Route[] {
  return [
    route(
      api.addRole,
      managing,
      answering(parts, ({ body, ...request }) => addOwnRole(parts, { by: byOf(request), t: request.t }, body)),
    ),
    route(
      api.changeRole,
      managing,
      answering(parts, ({ body, ifMatch, ...request }) =>
        changeOwnRole(
          parts,
          { by: byOf(request), t: request.t },
          { id: roleIn(request), role: body, ifMatch: ifMatch ?? null },
        ),
      ),
    ),
    route(
      api.removeRole,
      managing,
      answering(parts, request => removeOwnRole(parts, byOf(request), roleIn(request))),
    ),
  ];
}

function holdingRoutes(parts: RolesParts): readonly Route[] {
  return [
    route(
      api.volunteer,
      reading,
      answering(parts, request => volunteer(parts, byOf(request), { role: roleIn(request), note: request.body.note })),
    ),
    route(
      api.stepDown,
      reading,
      answering(parts, request => stepDown(parts, byOf(request), { role: roleIn(request) })),
    ),
    route(
      api.giveRole,
      managing,
      answering(parts, request => give(parts, byOf(request), { role: roleIn(request), ...request.body })),
    ),
    route(
      api.acceptVolunteer,
      accepting,
      answering(parts, request => accept(parts, byOf(request), holdingIn(request))),
    ),
    route(
      api.endHolding,
      ownHolding,
      answering(parts, request => end(parts, byOf(request), holdingIn(request))),
    ),
    route(
      api.saveTerm,
      managing,
      answering(parts, request => saveTerm(parts, request)),
    ),
    route(
      api.settleRolesByHand,
      managing,
      answering(parts, async request => {
        await settleByHand(parts, byOf(request), request.body);
        return request.community;
      }),
    ),
  ];
}

/** Every change answers with all roles as they are then, so that a tab never shows half of it. */
function answering<Body>(parts: RolesParts, change: Change<Body>) {
  return async (request: Asked<Body>): Promise<TabAnswer<RolesView>> => readAll(parts, await change(request), request);
}

async function readAll(
  parts: RolesParts,
  community: Community,
  { who, t }: Pick<TabRequest<unknown>, 'who' | 't'>,
): Promise<TabAnswer<RolesView>> {
  const board = await readBoard(parts, community);
  const { today, termEnd } = board;
  const roles = board.roles.map(role => inWords(role, t));
  if (!can(who, 'roles.manage', community)) {
    const mayAcceptInto = roles.filter(({ id }) => mayAccept(who, id, community)).map(({ id }) => id);
    return { body: { today, termEnd, roles: withoutWords(roles, who), mayAcceptInto } };
  }
  const mayAcceptInto = roles.map(({ id }) => id);
  const byHand = board.byHand.length > 0 ? { byHand: byHandView(board, community) } : {};
  const older = olderView(board, community);
  return { body: { today, termEnd, roles, mayAcceptInto, ...byHand, ...(older.length > 0 ? { older } : {}) } };
}

async function saveTerm(parts: RolesParts, request: Asked<Term>): Promise<ReadyCommunity> {
  const { community, body: term, ifMatch } = request;
  const by = byOf(request);
  const board = await readBoard(parts, community);
  const { role, person } = holdingIn(request);
  const holder = roleOf(board, role).holders.find(holding => holding.person.id === person);
  if (!holder)
    throw new CommunityError('not-found', `nobody of that id holds role ${role}: it may have ended meanwhile`);

  const key = openKey(board, role, person) ?? holdingKey(role, person, board.today);
  const value = given(
    board.holdings.find(holding => holding.key === key),
    { role, person: holder.person, term },
    changeOf(parts, by, board),
  );
  const same = (stored: Term): boolean =>
    stored.since === term.since && stored.until === term.until && stored.note === term.note;
  const saved = await saveVersion(listsOf(parts, by).roles, value, ifMatch ?? null, same);
  if (saved.kind === 'conflict') {
    const current = holdingOf(await readBoard(parts, community), role, person);
    throw new CommunityError(
      'version-conflict',
      `the term of a holder of role ${role} has changed since it was read: look at what is stored now and save with its ETag`,
      { current, etag: current?.etag ?? undefined },
    );
  }
  return community;
}

/** On behalf of the person, so that SharePoint's version history names them. */
function byOf({ who, community, onBehalfOf }: Pick<Asked<unknown>, 'who' | 'community' | 'onBehalfOf'>): By {
  return { who, community, onBehalfOf };
}

function roleIn({ params }: Pick<Asked<unknown>, 'params'>): string {
  return named(params, 'role');
}

function holdingIn({ params }: Pick<Asked<unknown>, 'params'>): { readonly role: string; readonly person: string } {
  return { role: named(params, 'role'), person: named(params, 'person') };
}

function named(params: Readonly<Record<string, string>>, name: string): string {
  const value = params[name];
  if (value !== undefined && value !== '') return value;
  throw new CommunityError('not-found', `the address names no ${name}`);
}
