import { api, type ByHandDecision, type RoleGift, type RolesView } from '../../../domain/api.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { can, mustBeAble } from '../../../domain/permissions.ts';
import {
  given,
  holdingKey,
  mostOwnRoles,
  ownRoleId,
  ownRoleKey,
  withoutWords,
  type OwnRole,
  type Term,
} from '../../../domain/roles.ts';
import { saveVersion } from '../../data/save-version.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import { byHandView, settleByHand } from './by-hand.ts';
import { holdingOf, readBoard, roleOf } from './board.ts';
import { accept, changeOf, end, give, listsOf, openKey, readyOf, stepDown, volunteer, type By } from './changes.ts';
import type { RolesParts } from './index.ts';

/** Every change answers with all roles as they are then, so that a tab never shows half of it. */
export function rolesRoutes(parts: RolesParts): readonly Route[] {
  const { lists } = parts;

  async function read({
    who,
    community,
  }: Pick<TabRequest<unknown>, 'who' | 'community'>): Promise<TabAnswer<RolesView>> {
    const board = await readBoard(parts, community);
    const { today, termEnd, roles } = board;
    if (!can(who, 'roles.manage', community)) return { body: { today, termEnd, roles: withoutWords(roles, who) } };
    return {
      body: {
        today,
        termEnd,
        roles: [...roles],
        ...(board.byHand.length > 0 ? { byHand: byHandView(board, community) } : {}),
      },
    };
  }

  async function onVolunteer(request: TabRequest<{ note: string }>): Promise<TabAnswer<RolesView>> {
    const {
      params,
      body: { note },
    } = request;
    return read({
      who: request.who,
      community: await volunteer(parts, byOf(request), { role: named(params, 'role'), note }),
    });
  }

  async function onStepDown(request: TabRequest<unknown>): Promise<TabAnswer<RolesView>> {
    return read({
      who: request.who,
      community: await stepDown(parts, byOf(request), { role: named(request.params, 'role') }),
    });
  }

  async function onGive(request: TabRequest<RoleGift>): Promise<TabAnswer<RolesView>> {
    return read({
      who: request.who,
      community: await give(parts, byOf(request), { role: named(request.params, 'role'), ...request.body }),
    });
  }

  async function onAccept(request: TabRequest<unknown>): Promise<TabAnswer<RolesView>> {
    return read({ who: request.who, community: await accept(parts, byOf(request), holdingIn(request)) });
  }

  async function onEnd(request: TabRequest<unknown>): Promise<TabAnswer<RolesView>> {
    return read({ who: request.who, community: await end(parts, byOf(request), holdingIn(request)) });
  }

  async function onByHand(request: TabRequest<ByHandDecision>): Promise<TabAnswer<RolesView>> {
    await settleByHand(parts, byOf(request), request.body);
    return read(request);
  }

  async function onTerm(request: TabRequest<Term>): Promise<TabAnswer<RolesView>> {
    const { who, community, body: term, ifMatch } = request;
    mustBeAble(who, 'roles.manage', community);
    const by = byOf(request);
    const board = await readBoard(parts, readyOf(community));
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
    return read({ who, community });
  }

  async function onAdd({ who, community, body, onBehalfOf }: TabRequest<OwnRole>): Promise<TabAnswer<RolesView>> {
    mustBeAble(who, 'roles.manage', community);
    const { roles } = await readBoard(parts, readyOf(community));
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
    return read({ who, community });
  }

  /** The key stays, and with it whoever holds the role. */
  async function onChange({
    who,
    community,
    params,
    body,
    ifMatch,
    onBehalfOf,
  }: TabRequest<OwnRole>): Promise<TabAnswer<RolesView>> {
    mustBeAble(who, 'roles.manage', community);
    const id = named(params, 'role');
    const board = await readBoard(parts, readyOf(community));
    if (roleOf(board, id).kind !== 'own')
      throw new CommunityError('invalid', `role ${id} belongs to the method and keeps its name`);
    const name = ownRoleId(body.title);
    if (!name)
      throw new CommunityError('invalid', 'the title of a role needs a letter or a digit', { fields: ['title'] });
    if (board.roles.some(role => role.id !== id && ownRoleId(role.title) === name))
      throw new CommunityError('invalid', 'there is a role with this title already', { fields: ['title'] });

    const { ownRoles } = lists.onBehalfOf(community.id, onBehalfOf);
    const row = await ownRoles.find(id);
    const same = ({ title, purpose }: OwnRole): boolean => title === body.title && purpose === body.purpose;
    const saved = row && (await saveVersion(ownRoles, { ...row.value, ...body }, ifMatch ?? null, same));
    if (saved?.kind === 'saved') return read({ who, community });
    const current = roleOf(await readBoard(parts, community), id);
    throw new CommunityError(
      'version-conflict',
      `role ${id} has changed since it was read: look at what is stored now and save with its ETag`,
      { current, etag: current.etag },
    );
  }

  async function onRemove(request: TabRequest<unknown>): Promise<TabAnswer<RolesView>> {
    const { who, community, params, onBehalfOf } = request;
    mustBeAble(who, 'roles.manage', community);
    const id = named(params, 'role');
    const role = (await readBoard(parts, community)).roles.find(one => one.id === id);
    if (!role) return read({ who, community });
    if (role.kind !== 'own')
      throw new CommunityError('invalid', `role ${id} belongs to the method and cannot be removed`);
    if (role.holders.length + role.volunteers.length > 0)
      throw new CommunityError('invalid', `role ${id} has somebody in it: end that first`);
    const { ownRoles } = lists.onBehalfOf(community.id, onBehalfOf);
    const row = await ownRoles.find(id);
    if (row) await ownRoles.remove(row);
    return read({ who, community });
  }

  return [
    route(api.roles, read),
    route(api.addRole, onAdd),
    route(api.changeRole, onChange),
    route(api.removeRole, onRemove),
    route(api.volunteer, onVolunteer),
    route(api.stepDown, onStepDown),
    route(api.giveRole, onGive),
    route(api.acceptVolunteer, onAccept),
    route(api.endHolding, onEnd),
    route(api.saveTerm, onTerm),
    route(api.settleRolesByHand, onByHand),
  ];
}

/** On behalf of the person, so that SharePoint's version history names them. */
function byOf({ who, community, onBehalfOf }: TabRequest<unknown>): By {
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
