import { api } from '../../../domain/api.ts';
import type { ByHandDecision, RoleGift, RolesView } from '../../../domain/roles/api.ts';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { can } from '../../../domain/permissions.ts';
import {
  given,
  holdingKey,
  inWords,
  mostOwnRoles,
  ownRoleId,
  ownRoleKey,
  titleOf,
  withoutWords,
  type OwnRole,
  type Term,
} from '../../../domain/roles/roles.ts';
import { saveVersion } from '../../lists/conditional-save.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import { byHandView, settleByHand } from './by-hand.ts';
import { holdingOf, readBoard, roleOf } from './board.ts';
import { accept, changeOf, end, give, listsOf, openKey, stepDown, volunteer, type By } from './changes.ts';
import type { RolesParts } from './parts.ts';

type Asked<Body> = TabRequest<Body, ReadyCommunity>;
const managing = { may: 'roles.manage', ready: true } as const;

/** Every change answers with all roles as they are then, so that a tab never shows half of it. */
export function rolesRoutes(parts: RolesParts): readonly Route[] {
  const { lists } = parts;

  async function read({
    who,
    community,
    t,
  }: Pick<TabRequest<unknown>, 'who' | 'community' | 't'>): Promise<TabAnswer<RolesView>> {
    const board = await readBoard(parts, community);
    const { today, termEnd } = board;
    const roles = board.roles.map(role => inWords(role, t));
    if (!can(who, 'roles.manage', community)) return { body: { today, termEnd, roles: withoutWords(roles, who) } };
    return {
      body: {
        today,
        termEnd,
        roles,
        ...(board.byHand.length > 0 ? { byHand: byHandView(board, community) } : {}),
      },
    };
  }

  async function onVolunteer(request: Asked<{ note: string }>): Promise<TabAnswer<RolesView>> {
    const {
      params,
      body: { note },
    } = request;
    return read({
      ...request,
      community: await volunteer(parts, byOf(request), { role: named(params, 'role'), note }),
    });
  }

  async function onStepDown(request: Asked<unknown>): Promise<TabAnswer<RolesView>> {
    return read({
      ...request,
      community: await stepDown(parts, byOf(request), { role: named(request.params, 'role') }),
    });
  }

  async function onGive(request: Asked<RoleGift>): Promise<TabAnswer<RolesView>> {
    return read({
      ...request,
      community: await give(parts, byOf(request), { role: named(request.params, 'role'), ...request.body }),
    });
  }

  async function onAccept(request: Asked<unknown>): Promise<TabAnswer<RolesView>> {
    return read({ ...request, community: await accept(parts, byOf(request), holdingIn(request)) });
  }

  async function onEnd(request: Asked<unknown>): Promise<TabAnswer<RolesView>> {
    return read({ ...request, community: await end(parts, byOf(request), holdingIn(request)) });
  }

  async function onByHand(request: Asked<ByHandDecision>): Promise<TabAnswer<RolesView>> {
    await settleByHand(parts, byOf(request), request.body);
    return read(request);
  }

  async function onTerm(request: Asked<Term>): Promise<TabAnswer<RolesView>> {
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
    return read(request);
  }

  async function onAdd(request: Asked<OwnRole>): Promise<TabAnswer<RolesView>> {
    const { who, community, body, onBehalfOf, t } = request;
    const roles = (await readBoard(parts, community)).roles.map(role => inWords(role, t));
    const own = roles.filter(({ kind }) => kind === 'own');
    const key = ownRoleKey(body.title, own);
    if (!key)
      throw new CommunityError('invalid', 'the title of a role needs a letter or a digit', { fields: ['title'] });
    if (own.length >= mostOwnRoles)
      throw new CommunityError(
        'invalid',
        `a community adds at most ${mostOwnRoles} roles of its own: remove one first`,
        { fields: ['title'] },
      );
    if (roles.some(({ kind, title }) => kind !== 'own' && ownRoleId(title) === ownRoleId(body.title)))
      throw new CommunityError('invalid', 'there is a role with this title already', { fields: ['title'] });

    // A create that finds its twin keeps it: a repeated press adds nothing, and nobody's words are lost.
    await lists
      .onBehalfOf(community.id, onBehalfOf)
      .ownRoles.create({ key, ...body, addedBy: { id: who.id, name: who.name } });
    return read(request);
  }

  /** The key stays, and with it whoever holds the role. */
  async function onChange(request: Asked<OwnRole>): Promise<TabAnswer<RolesView>> {
    const { community, params, body, ifMatch, onBehalfOf, t } = request;
    const id = named(params, 'role');
    const board = await readBoard(parts, community);
    if (roleOf(board, id).kind !== 'own')
      throw new CommunityError('invalid', `role ${id} belongs to the method and keeps its name`);
    const name = ownRoleId(body.title);
    if (!name)
      throw new CommunityError('invalid', 'the title of a role needs a letter or a digit', { fields: ['title'] });
    if (board.roles.some(role => role.id !== id && ownRoleId(titleOf(role, t)) === name))
      throw new CommunityError('invalid', 'there is a role with this title already', { fields: ['title'] });

    const { ownRoles } = lists.onBehalfOf(community.id, onBehalfOf);
    const row = await ownRoles.find(id);
    const same = ({ title, purpose }: OwnRole): boolean => title === body.title && purpose === body.purpose;
    const saved = row && (await saveVersion(ownRoles, { ...row.value, ...body }, ifMatch ?? null, same));
    if (saved?.kind === 'saved') return read(request);
    const current = inWords(roleOf(await readBoard(parts, community), id), t);
    throw new CommunityError(
      'version-conflict',
      `role ${id} has changed since it was read: look at what is stored now and save with its ETag`,
      { current, etag: current.etag },
    );
  }

  async function onRemove(request: Asked<unknown>): Promise<TabAnswer<RolesView>> {
    const { community, params, onBehalfOf } = request;
    const id = named(params, 'role');
    const role = (await readBoard(parts, community)).roles.find(one => one.id === id);
    if (!role) return read(request);
    if (role.kind !== 'own')
      throw new CommunityError('invalid', `role ${id} belongs to the method and cannot be removed`);
    if (role.holders.length + role.volunteers.length > 0)
      throw new CommunityError('invalid', `role ${id} has somebody in it: end that first`);
    const { ownRoles } = lists.onBehalfOf(community.id, onBehalfOf);
    const row = await ownRoles.find(id);
    if (row) await ownRoles.remove(row);
    return read(request);
  }

  return [
    route(api.roles, { may: 'community.read' }, read),
    route(api.addRole, managing, onAdd),
    route(api.changeRole, managing, onChange),
    route(api.removeRole, managing, onRemove),
    route(api.volunteer, { may: 'community.read', ready: true }, onVolunteer),
    route(api.stepDown, { may: 'community.read', ready: true }, onStepDown),
    route(api.giveRole, managing, onGive),
    route(api.acceptVolunteer, managing, onAccept),
    route(api.endHolding, { may: 'community.read', own: 'holding', ready: true }, onEnd),
    route(api.saveTerm, managing, onTerm),
    route(api.settleRolesByHand, managing, onByHand),
  ];
}

/** On behalf of the person, so that SharePoint's version history names them. */
function byOf({ who, community, onBehalfOf }: Asked<unknown>): By {
  return { who, community, onBehalfOf };
}

function holdingIn({ params }: TabRequest<unknown>): { readonly role: string; readonly person: string } {
  return { role: named(params, 'role'), person: named(params, 'person') };
}

function named(params: Readonly<Record<string, string>>, name: string): string {
  const value = params[name];
  if (value !== undefined && value !== '') return value;
  throw new CommunityError('not-found', `the address names no ${name}`);
}
