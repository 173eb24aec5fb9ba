import { createHash, randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { Logger } from 'pino';
import { tornSheets } from '../../../domain/surveys/results.ts';
import type { Counted } from './sealed-box.ts';
import type { Db, Tables } from '../../database/tables.ts';
import { nothing, seal, shuffled, unseal, type Contents } from './sealed-box.ts';
import type { Place, SurveyKeys } from './survey-keys.ts';
import { partOf, type Sheet, type Survey } from '../../../domain/surveys/survey.ts';

/**
 * Keeps the answers of anonymous surveys while these are open: who has answered on one side, what was answered on the
 * other, both sealed, without a time, and with nothing that leads from one to the other.
 */
export interface BallotBox {
  /** Puts an answer in. The token it can be changed with is kept nowhere else. */
  cast(ballot: {
    readonly community: string;
    readonly survey: string;
    readonly person: string;
    readonly sheet: Sheet;
  }): Promise<{ readonly token: string } | 'answered-before' | Shut>;
  /**
   * Replaces the answer that this token belongs to, except to the questions of `keeping`; of what it replaces nothing is
   * left.
   */
  replace(ballot: {
    readonly community: string;
    readonly survey: string;
    readonly token: string;
    readonly sheet: Sheet;
    readonly keeping?: readonly string[];
  }): Promise<'replaced' | 'unknown' | Shut>;
  /** While it is open: ids of those who have answered. */
  look(
    community: string,
    survey: string,
  ): Promise<{ readonly state: 'open'; readonly voters: ReadonlySet<string> } | { readonly state: Shut }>;
  /**
   * Takes no more answers, forgets who gave them, and tears them into questions. The same, in the same order, each
   * time.
   */
  count(community: string, survey: string, asked: Pick<Survey, 'questions' | 'event'>): Promise<Counted | Shut>;
  /** Forgets all that was in the box, for good. */
  destroy(community: string, survey: string): Promise<void>;
}

/** Why a box cannot be looked into: `gone` was destroyed, for good; the key of a `locked` one is not on this server. */
export type Shut = 'gone' | 'locked';

/** After so many bytes of seals that were replaced, their room in the database is used again. */
const vacuumAfter = 32 * 1024 * 1024;

export interface BallotBoxParts {
  readonly db: Db;
  readonly keys: SurveyKeys;
  readonly log?: Pick<Logger, 'error'> | undefined;
}

/** A box as it stands in its row: never used, closed for good, without its key here, or open. */
type Opened = 'gone' | 'locked' | { readonly contents: Contents; readonly key: Uint8Array | null };

/**
 * One sealed row a survey, in which people and answers lie apart and in no order. Each change seals it anew with a new
 * key and destroys the key before, so that earlier states of the row (dead rows, the write-ahead log, a backup) open
 * for nobody and cannot be compared with later ones. The row's lock is held while its keys change.
 */
export function createBallotBox(parts: BallotBoxParts): BallotBox {
  const boxes = createBoxes(parts);

  return {
    async cast({ person, sheet, ...place }) {
      const token = randomUUID();
      const refusal = await boxes.change(place, contents => {
        if (contents.torn) return { refusal: 'gone' as const };
        if (contents.voters.includes(person)) return { refusal: 'answered-before' as const };
        return {
          ...contents,
          voters: [...contents.voters, person],
          ballots: [...contents.ballots, { token: hash(token), sheet }],
        };
      });
      return refusal ?? { token };
    },

    async replace({ token, sheet, keeping = [], ...place }) {
      const refusal = await boxes.change(place, contents => {
        if (contents.torn) return { refusal: 'gone' as const };
        const mine = hash(token);
        if (!contents.ballots.some(ballot => ballot.token === mine)) return { refusal: 'unknown' as const };
        return {
          ...contents,
          ballots: contents.ballots.map(ballot =>
            ballot.token === mine ? { token: mine, sheet: { ...partOf(ballot.sheet, keeping), ...sheet } } : ballot,
          ),
        };
      });
      return refusal ?? 'replaced';
    },

    async look(community, survey) {
      const opened = await boxes.look({ community, survey });
      return typeof opened === 'string'
        ? { state: opened }
        : { state: 'open', voters: new Set(opened.contents.voters) };
    },

    async count(community, survey, asked) {
      let counted: Counted = { answered: 0, questions: [] };
      const refusal = await boxes.change<Counted>({ community, survey }, ({ torn, ballots }) => {
        if (torn) return { refusal: torn };
        const sheets = ballots.map(({ sheet }) => sheet);
        counted = { answered: sheets.length, questions: tornSheets(asked, sheets, shuffled) };
        return { ...nothing, torn: counted };
      });
      return refusal ?? counted;
    },

    destroy: (community, survey) => boxes.destroy({ community, survey }),
  };
}

/** Opens, changes and destroys boxes: what is in one, apart from what that means. */
function createBoxes(parts: BallotBoxParts) {
  const { db, keys, log } = parts;
  const reuseRoom = createVacuum(db, log);

  /** Changes what is in the box, unless `edit` says what speaks against it. */
  async function change<Refusal>(
    place: Place,
    edit: (contents: Contents) => Contents | { readonly refusal: Refusal },
  ): Promise<Refusal | 'gone' | 'locked' | undefined> {
    const outcome = await db.transaction().execute(async transaction => {
      await addRow(transaction, place);
      const opened = await openBox(parts, transaction, place, 'update');
      if (typeof opened === 'string') return { refusal: opened };
      const contents = edit(opened.contents);
      if ('refusal' in contents) return contents;
      const key = await keys.next(place, opened.key);
      const sealed = await seal(contents, key, place);
      await rowOf(transaction, place).set({ sealed }).execute();
      return { sealed, key };
    });
    if ('refusal' in outcome) return outcome.refusal;
    // Only now: before the commit, the old seal is still the one that counts. What fails here is made up for by the
    // next change.
    await retire(place, outcome).catch((error: unknown) => {
      log?.error(
        { ...place, error: String(error) },
        'an earlier key of an anonymous survey could not be destroyed yet',
      );
    });
    await reuseRoom(outcome.sealed.length);
    return undefined;
  }

  async function retire(place: Place, last: { readonly sealed: string; readonly key: Uint8Array }): Promise<void> {
    await db.transaction().execute(async transaction => {
      const row = await lockedRow(transaction, place, 'update');
      // Otherwise another ballot has changed the box meanwhile, and its other key belongs to that seal.
      if (row?.sealed === last.sealed) await keys.retire(place, last.key);
    });
  }

  async function look(place: Place): Promise<Opened> {
    return db.transaction().execute(transaction => openBox(parts, transaction, place, 'share'));
  }

  async function destroy(place: Place): Promise<void> {
    await db.transaction().execute(async transaction => {
      await addRow(transaction, place);
      const row = await lockedRow(transaction, place, 'update');
      if (row?.sealed === null) return;
      await keys.destroy(place);
      await rowOf(transaction, place).set({ sealed: null }).execute();
    });
  }

  return { change, look, destroy };
}

/** The embedded database does not vacuum by itself. */
function createVacuum(db: Db, log: BallotBoxParts['log']): (bytes: number) => Promise<void> {
  let replaced = 0;
  return async bytes => {
    replaced += bytes;
    if (replaced < vacuumAfter) return;
    replaced = 0;
    await sql`VACUUM ballot_boxes`
      .execute(db)
      .catch((error: unknown) => log?.error({ error: String(error) }, 'the ballot boxes could not be vacuumed'));
  };
}

async function openBox(
  { keys, log }: BallotBoxParts,
  transaction: Transaction<Tables>,
  place: Place,
  lock: 'share' | 'update',
): Promise<Opened> {
  const row = await lockedRow(transaction, place, lock);
  if (!row || row.sealed === '') return { contents: nothing, key: null };
  if (row.sealed === null) return 'gone';
  const opened = await unseal(row.sealed, await keys.read(place), place);
  if (opened) return opened;
  log?.error(
    { ...place },
    'the answers of an anonymous survey cannot be opened: their key is not in KEYS_DIR. All servers on one database need the same KEYS_DIR',
  );
  return 'locked';
}

/**
 * Ends every open box of a community: from the moment its keys are gone, what is left of it anywhere cannot be read.
 */
export async function destroyBoxes(
  transaction: Transaction<Tables>,
  keys: SurveyKeys,
  community: string,
): Promise<void> {
  // Takes the rows' locks first, so that no server seals one meanwhile.
  await transaction
    .updateTable('ballot_boxes')
    .set({ sealed: null })
    .where('community', '=', community)
    .where('sealed', '<>', '')
    .execute();
  await keys.destroyAll(community);
}

async function addRow(transaction: Transaction<Tables>, { community, survey }: Place): Promise<void> {
  await transaction
    .insertInto('ballot_boxes')
    .values({ community, survey, sealed: '' })
    .onConflict(conflict => conflict.doNothing())
    .execute();
}

async function lockedRow(
  transaction: Transaction<Tables>,
  { community, survey }: Place,
  lock: 'share' | 'update',
): Promise<{ readonly sealed: string | null } | undefined> {
  return transaction
    .selectFrom('ballot_boxes')
    .select('sealed')
    .where('community', '=', community)
    .where('survey', '=', survey)
    .$if(lock === 'share', query => query.forShare())
    .$if(lock === 'update', query => query.forUpdate())
    .executeTakeFirst();
}

function rowOf(transaction: Transaction<Tables>, { community, survey }: Place) {
  return transaction.updateTable('ballot_boxes').where('community', '=', community).where('survey', '=', survey);
}

/** Half of the hash is as good as the whole, and weighs half. */
function hash(token: string): string {
  return shortHash(createHash('sha256').update(token).digest());
}

export function shortHash(digest: Buffer): string {
  return digest.subarray(0, 16).toString('base64url');
}
