import type { ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import {
  inWords,
  mostOwnRoles,
  ownRoleId,
  ownRoleKey,
  type OwnRole,
  type RoleOnBoard,
} from '../../../domain/roles/roles.ts';
import { saveVersion } from '../../lists/conditional-save.ts';
import { readBoard, roleOf } from './board.ts';
import { listsOf, type By } from './changes.ts';
import type { RolesParts } from './parts.ts';
import type { Translate } from '../../text.ts';

/** Who changes a role, and the language in which they read the titles of the others. */
interface Asker {
  readonly by: By;
  readonly t: Translate;
}

/** A role that a community adds to those of the method. */
export async function addOwnRole(parts: RolesParts, { by, t }: Asker, role: OwnRole): Promise<ReadyCommunity> {
  const { who, community } = by;
  const roles = (await readBoard(parts, community)).roles.map(one => inWords(one, t));
  const own = roles.filter(({ kind }) => kind === 'own');
  const key = ownRoleKey(role.title, own);
  if (!key) throw wrongTitle('the title of a role needs a letter or a digit');
  if (own.length >= mostOwnRoles)
    throw wrongTitle(`a community adds at most ${mostOwnRoles} roles of its own: remove one first`);
  mustBeFree(
    role.title,
    roles.filter(({ kind }) => kind !== 'own'),
  );

  // A create that finds its twin keeps it: a repeated press adds nothing, and the first one's words stay.
  await listsOf(parts, by).ownRoles.create({ key, ...role, addedBy: { id: who.id, name: who.name } });
  return community;
}

/** The key stays, and with it the people who hold the role. */
export async function changeOwnRole(
  parts: RolesParts,
  { by, t }: Asker,
  { id, role, ifMatch }: { readonly id: string; readonly role: OwnRole; readonly ifMatch: string | null },
): Promise<ReadyCommunity> {
  const { community } = by;
  const board = await readBoard(parts, community);
  if (roleOf(board, id).kind !== 'own')
    throw new CommunityError('invalid', `role ${id} belongs to the method and keeps its name`);
  if (!ownRoleId(role.title)) throw wrongTitle('the title of a role needs a letter or a digit');
  mustBeFree(
    role.title,
    board.roles.filter(other => other.id !== id).map(other => inWords(other, t)),
  );

  const { ownRoles } = listsOf(parts, by);
  const row = await ownRoles.find(id);
  const same = ({ title, purpose }: OwnRole): boolean => title === role.title && purpose === role.purpose;
  const saved = row && (await saveVersion(ownRoles, { ...row.value, ...role }, ifMatch, same));
  if (saved?.kind === 'saved') return community;
  const current = inWords(roleOf(await readBoard(parts, community), id), t);
  throw new CommunityError(
    'version-conflict',
    `role ${id} has changed since it was read: look at what is stored now and save with its ETag`,
    { current, etag: current.etag },
  );
}

export async function removeOwnRole(parts: RolesParts, by: By, id: string): Promise<ReadyCommunity> {
  const { community } = by;
  const role = (await readBoard(parts, community)).roles.find(one => one.id === id);
  if (!role) return community;
  if (role.kind !== 'own')
    throw new CommunityError('invalid', `role ${id} belongs to the method and cannot be removed`);
  if (role.holders.length + role.volunteers.length > 0)
    throw new CommunityError('invalid', `role ${id} has somebody in it: end that first`);
  const { ownRoles } = listsOf(parts, by);
  const row = await ownRoles.find(id);
  if (row) await ownRoles.remove(row);
  return community;
}

function mustBeFree(title: string, others: readonly RoleOnBoard[]): void {
  if (others.some(other => ownRoleId(other.title) === ownRoleId(title)))
    throw wrongTitle('there is a role with this title already');
}

function wrongTitle(sentence: string): CommunityError {
  return new CommunityError('invalid', sentence, { fields: ['title'] });
}
