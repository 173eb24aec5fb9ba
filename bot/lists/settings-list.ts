import { sql } from 'kysely';
import { Settings } from '../../domain/community.ts';
import type { Db } from '../database/tables.ts';
import { VersionConflict, type List, type Stored } from './list.ts';
import type { SettingsRow } from './model.ts';

/** The one row's key. */
export const settingsKey = 'settings';

/**
 * A community's settings as a list of one row, so that they are saved like everything else: each save has an ETag. They
 * are in the community's own row of the database, from which rights and schedules are read, and in no second place.
 */
export function createSettingsList(db: Db, community: string): List<SettingsRow> {
  function stored(row: { settings: unknown; settings_version: number } | undefined): Stored<SettingsRow> | undefined {
    const settings = Settings.safeParse(row?.settings);
    if (!row || !settings.success) return undefined;
    return {
      id: '1',
      etag: `"settings,${row.settings_version}"`,
      value: { key: settingsKey, settings: settings.data },
      changedAt: '',
    };
  }

  async function present(): Promise<Stored<SettingsRow> | undefined> {
    return stored(
      await db
        .selectFrom('communities')
        .select(['settings', 'settings_version'])
        .where('id', '=', community)
        .executeTakeFirst(),
    );
  }

  /** @returns undefined when somebody was quicker. */
  async function save(settings: Settings | null, version: number | null): Promise<Stored<SettingsRow> | undefined> {
    const saved = await db
      .updateTable('communities')
      .set({ settings, settings_version: sql<number>`settings_version + 1` })
      .where('id', '=', community)
      .$if(version === null, query => query.where('settings', 'is', null))
      .$if(version !== null, query => query.where('settings', 'is not', null).where('settings_version', '=', version))
      .returning(['settings', 'settings_version'])
      .executeTakeFirst();
    return stored(saved);
  }

  return {
    find: async key => (key === settingsKey ? present() : undefined),
    async all(where = {}) {
      const row = where.key === undefined || where.key === settingsKey ? await present() : undefined;
      return row ? [row] : [];
    },
    async create({ settings }) {
      const made = await save(Settings.parse(settings), null);
      if (made) return { created: true, row: made };
      const twin = await present();
      if (!twin) throw new Error(`community ${community} is not known, so its settings cannot be saved`);
      return { created: false, row: twin };
    },
    async update(read, { settings }) {
      const saved = await save(Settings.parse(settings), versionOf(read.etag));
      if (!saved) throw new VersionConflict('Settings', read.id);
      return saved;
    },
    async remove(read) {
      await save(null, versionOf(read.etag));
      if (await present()) throw new VersionConflict('Settings', read.id);
    },
  };
}

function versionOf(etag: string): number {
  const version = /^"settings,(\d{1,9})"$/.exec(etag)?.[1];
  if (version === undefined) throw new VersionConflict('Settings', '1');
  return Number(version);
}
