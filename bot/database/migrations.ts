import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** In order of name, each once. A change is a new entry; what has run is never edited. */
export const migrations: Record<string, Migration> = {
  '001-start': {
    async up(db) {
      await sql`
        CREATE TABLE communities (
          id text PRIMARY KEY, name text NOT NULL, thread_id text NOT NULL, channel_id text NOT NULL, service_url text NOT NULL,
          installed_by jsonb, installed_at timestamptz NOT NULL, settings jsonb, removed_at timestamptz
        )`.execute(db);
      await sql`CREATE INDEX communities_thread ON communities (thread_id)`.execute(db);
      await sql`
        CREATE TABLE memberships (
          community text NOT NULL REFERENCES communities (id) ON DELETE CASCADE, person text NOT NULL, PRIMARY KEY (person, community)
        )`.execute(db);
      await sql`
        CREATE TABLE chats (
          person text PRIMARY KEY, user_id text, conversation_id text, service_url text NOT NULL, locale text, time_zone text
        )`.execute(db);
      await sql`
        CREATE TABLE due (
          community text NOT NULL REFERENCES communities (id) ON DELETE CASCADE, job text NOT NULL, due_at timestamptz NOT NULL, PRIMARY KEY (community, job)
        )`.execute(db);
      await sql`CREATE INDEX due_at ON due (due_at)`.execute(db);
      await sql`
        CREATE TABLE messages (
          id text PRIMARY KEY, community text NOT NULL REFERENCES communities (id) ON DELETE CASCADE, kind text NOT NULL, period text NOT NULL, recipient text NOT NULL,
          card jsonb NOT NULL, summary text NOT NULL, version integer NOT NULL DEFAULT 1, sent_version integer,
          state text NOT NULL, reason text, attempts integer NOT NULL DEFAULT 0, conversation_id text, activity_id text,
          created_at timestamptz NOT NULL, changed_at timestamptz NOT NULL, expires_at timestamptz,
          UNIQUE (community, kind, period, recipient)
        )`.execute(db);
      await sql`
        CREATE TABLE opt_outs (
          community text NOT NULL REFERENCES communities (id) ON DELETE CASCADE, person text NOT NULL, since timestamptz NOT NULL, PRIMARY KEY (community, person)
        )`.execute(db);
    },
  },
  '002-ballots': {
    async up(db) {
      await sql`
        CREATE TABLE ballots (
          community text NOT NULL REFERENCES communities (id) ON DELETE CASCADE, survey text NOT NULL, token text NOT NULL, sheet jsonb NOT NULL,
          PRIMARY KEY (community, survey, token)
        )`.execute(db);
      await sql`
        CREATE TABLE voters (
          community text NOT NULL REFERENCES communities (id) ON DELETE CASCADE, survey text NOT NULL, person text NOT NULL,
          PRIMARY KEY (community, survey, person)
        )`.execute(db);
    },
  },
  '003-calendar-links': {
    async up(db) {
      await sql`
        CREATE TABLE calendar_links (
          kind text NOT NULL, subject text NOT NULL, token text NOT NULL UNIQUE, made_by jsonb NOT NULL, made_at timestamptz NOT NULL,
          PRIMARY KEY (kind, subject)
        )`.execute(db);
    },
  },
  '003-gatherings': {
    async up(db) {
      await sql`
        CREATE TABLE gatherings (
          month text NOT NULL, person text NOT NULL, community text NOT NULL REFERENCES communities (id) ON DELETE CASCADE, carrier text,
          PRIMARY KEY (person, month, community)
        )`.execute(db);
    },
  },
  '004-sending': {
    async up(db) {
      await sql`
        ALTER TABLE messages
          ADD COLUMN detail text, ADD COLUMN uncertain integer NOT NULL DEFAULT 0, ADD COLUMN failures integer NOT NULL DEFAULT 0, ADD COLUMN sent_at timestamptz, ADD COLUMN updated_at timestamptz,
          ADD COLUMN thread text, ADD COLUMN bulk boolean NOT NULL DEFAULT false, ADD COLUMN next_at timestamptz`.execute(
        db,
      );
      await sql`
        UPDATE messages SET
          thread = CASE recipient WHEN 'channel' THEN community ELSE recipient END,
          reason = CASE WHEN reason IS NULL THEN NULL WHEN state IN ('expired', 'opted-out') THEN state ELSE 'unknown' END,
          sent_at = CASE state WHEN 'sent' THEN changed_at END,
          next_at = CASE WHEN state = 'waiting' OR (state = 'sent' AND sent_version <> version) THEN now() END`.execute(
        db,
      );
      await sql`ALTER TABLE messages ALTER COLUMN thread SET NOT NULL`.execute(db);
      await sql`CREATE INDEX messages_next ON messages (bulk, next_at) WHERE next_at IS NOT NULL`.execute(db);
      await sql`
        CREATE TABLE threads (
          thread text PRIMARY KEY, calls double precision[] NOT NULL DEFAULT '{}', busy_until double precision NOT NULL DEFAULT 0
        )`.execute(db);
      await sql`CREATE TABLE pace (name text PRIMARY KEY, free_at double precision NOT NULL, slower double precision NOT NULL DEFAULT 0, slowed_at double precision NOT NULL DEFAULT 0)`.execute(
        db,
      );
      await sql`INSERT INTO pace (name, free_at) VALUES ('tenant', 0)`.execute(db);
    },
  },
  '005-receiving': {
    async up(db) {
      await sql`
        CREATE TABLE inbox (
          id text PRIMARY KEY, position bigint GENERATED ALWAYS AS IDENTITY, conversation text NOT NULL, activity text, attempts integer NOT NULL DEFAULT 0,
          next_at timestamptz, received_at timestamptz NOT NULL DEFAULT clock_timestamp()
        )`.execute(db);
      await sql`CREATE INDEX inbox_next ON inbox (conversation, position) WHERE next_at IS NOT NULL`.execute(db);
      await sql`CREATE INDEX inbox_received ON inbox (received_at)`.execute(db);
      await sql`ALTER TABLE communities ADD COLUMN archived_at timestamptz`.execute(db);
      await sql`CREATE INDEX memberships_community ON memberships (community)`.execute(db);
      await sql`CREATE INDEX messages_of_community ON messages (community, created_at DESC, id DESC)`.execute(db);
      await sql`CREATE INDEX messages_of_all ON messages (created_at DESC, id DESC)`.execute(db);
      await sql`CREATE INDEX messages_recipient ON messages (recipient)`.execute(db);
    },
  },
  // What stood in `ballots` and `voters` is sealed by old-ballots.ts, which has the keys; it also drops these tables.
  '006-sealed-ballots': {
    async up(db) {
      await sql`
        CREATE TABLE ballot_boxes (
          community text NOT NULL REFERENCES communities (id) ON DELETE CASCADE, survey text NOT NULL, sealed text,
          PRIMARY KEY (community, survey)
        )`.execute(db);
    },
  },
  '007-rows': {
    async up(db) {
      await sql`
        CREATE TABLE rows (
          community text NOT NULL REFERENCES communities (id) ON DELETE CASCADE, list text NOT NULL, key text NOT NULL,
          id bigint GENERATED ALWAYS AS IDENTITY UNIQUE, version integer NOT NULL DEFAULT 1, value text NOT NULL, marks text[] NOT NULL,
          changed_at timestamptz NOT NULL, changed_by text, PRIMARY KEY (community, list, key)
        )`.execute(db);
      await sql`
        CREATE TABLE moves (
          community text PRIMARY KEY REFERENCES communities (id) ON DELETE CASCADE, claimed_until timestamptz NOT NULL, copied_at timestamptz, cleared_at timestamptz
        )`.execute(db);
      await sql`ALTER TABLE communities ADD COLUMN settings_version integer NOT NULL DEFAULT 1, ADD COLUMN set_up_before boolean NOT NULL DEFAULT false`.execute(
        db,
      );
      // Removing the app used to forget the settings, so of those teams nobody knows.
      await sql`UPDATE communities SET set_up_before = true WHERE removed_at IS NOT NULL`.execute(db);
    },
  },
  '007-vouched': {
    async up(db) {
      await sql`
        CREATE TABLE vouched (
          community text NOT NULL REFERENCES communities (id) ON DELETE CASCADE, list text NOT NULL, key text NOT NULL,
          hash text, pending text, item integer NOT NULL DEFAULT 0, version integer NOT NULL DEFAULT 0, PRIMARY KEY (community, list, key)
        )`.execute(db);
    },
  },
  '008-audit': {
    async up(db) {
      await sql`
        CREATE TABLE audit (
          id text PRIMARY KEY, at timestamptz NOT NULL, person text NOT NULL, community text, act text NOT NULL, door text NOT NULL, via text NOT NULL, about text NOT NULL,
          outcome text NOT NULL, reason text, request text, count integer NOT NULL DEFAULT 1, last_at timestamptz NOT NULL, repeats text UNIQUE
        )`.execute(db);
      await sql`CREATE INDEX audit_of_community ON audit (community, at DESC, id DESC)`.execute(db);
      await sql`CREATE INDEX audit_of_all ON audit (at DESC, id DESC)`.execute(db);
    },
  },
  '008-leavers': {
    async up(db) {
      await sql`
        CREATE TABLE leavers (
          community text NOT NULL REFERENCES communities (id) ON DELETE CASCADE, person text NOT NULL, left_at timestamptz NOT NULL, PRIMARY KEY (community, person)
        )`.execute(db);
      await sql`CREATE INDEX leavers_left ON leavers (left_at)`.execute(db);
      // Whatever settles a message, sent or not, its words go with the same statement: no path can forget to.
      await sql`ALTER TABLE messages ADD COLUMN fingerprint text`.execute(db);
      await sql`
        CREATE FUNCTION blank_settled_message() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.card <> '{}'::jsonb THEN NEW.fingerprint := md5(NEW.card::text); END IF;
          IF NEW.next_at IS NULL THEN NEW.card := '{}'::jsonb; NEW.summary := ''; END IF;
          RETURN NEW;
        END $$`.execute(db);
      await sql`CREATE TRIGGER blank_settled_message BEFORE INSERT OR UPDATE ON messages FOR EACH ROW EXECUTE FUNCTION blank_settled_message()`.execute(
        db,
      );
      await sql`UPDATE messages SET card = card WHERE next_at IS NULL`.execute(db);
    },
  },
  '009-rate-limits': {
    async up(db) {
      // Written by rate-limiter-flexible, which has these columns. Worth nothing after a crash, so it is in no
      // write-ahead log.
      await sql`CREATE UNLOGGED TABLE rate_limits (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint)`.execute(
        db,
      );
      await sql`CREATE TABLE list_changes (list text PRIMARY KEY, changes bigint NOT NULL)`.execute(db);
    },
  },
  '010-set-aside': {
    async up(db) {
      await sql`
        CREATE TABLE set_aside (
          community text NOT NULL REFERENCES communities (id) ON DELETE CASCADE, list text NOT NULL, key text NOT NULL, what text NOT NULL,
          reason text NOT NULL, since timestamptz NOT NULL, PRIMARY KEY (community, list, key)
        )`.execute(db);
    },
  },
  '011-heard-at': {
    async up(db) {
      await sql`ALTER TABLE communities ADD COLUMN heard_at timestamptz`.execute(db);
      await sql`ALTER TABLE chats ADD COLUMN heard_at timestamptz`.execute(db);
    },
  },
  '012-sites': {
    async up(db) {
      await sql`
        ALTER TABLE communities ADD COLUMN site_id text, ADD COLUMN site_url text, ADD COLUMN list_ids jsonb NOT NULL DEFAULT '{}'`.execute(
        db,
      );
    },
  },
  '013-roster-comparison': {
    async up(db) {
      await sql`ALTER TABLE communities ADD COLUMN roster_compared_at timestamptz`.execute(db);
    },
  },
  '014-tabs': {
    async up(db) {
      await sql`ALTER TABLE communities ADD COLUMN tab jsonb, ADD COLUMN teams_app text`.execute(db);
      await sql`CREATE TABLE handed_files (id text PRIMARY KEY, label bytea NOT NULL, content bytea NOT NULL, expires_at timestamptz NOT NULL)`.execute(
        db,
      );
    },
  },
  '015-deleted-channel': {
    async up(db) {
      await sql`ALTER TABLE communities ADD COLUMN deleted_channel_id text`.execute(db);
    },
  },
  '016-topic-opt-outs': {
    async up(db) {
      await sql`
        CREATE TABLE topic_opt_outs (
          community text NOT NULL REFERENCES communities (id) ON DELETE CASCADE, person text NOT NULL, topic text NOT NULL, since timestamptz NOT NULL,
          PRIMARY KEY (community, person, topic)
          )`.execute(db);
    },
  },
  '017-mornings': {
    async up(db) {
      await sql`
        CREATE TABLE mornings (
          community text NOT NULL REFERENCES communities (id) ON DELETE CASCADE, person text NOT NULL, day text NOT NULL, counted boolean NOT NULL,
          PRIMARY KEY (community, person, day)
        )`.execute(db);
      await sql`
        CREATE TABLE wishes (
          community text NOT NULL REFERENCES communities (id) ON DELETE CASCADE, person text NOT NULL, kind text NOT NULL, period text NOT NULL,
          until text NOT NULL, day text, PRIMARY KEY (community, person, kind, period)
        )`.execute(db);
    },
  },
  '018-again': {
    async up(db) {
      // What earlier versions kept may be put again: it is kept as long as that.
      await sql`ALTER TABLE wishes ADD COLUMN again boolean NOT NULL DEFAULT true`.execute(db);
    },
  },
  '019-put-off': {
    async up(db) {
      await sql`ALTER TABLE wishes ADD COLUMN again_on text, ADD COLUMN chosen_on text`.execute(db);
    },
  },
  '022-looks': {
    async up(db) {
      await sql`ALTER TABLE communities ADD COLUMN looked_at timestamptz, ADD COLUMN findings jsonb`.execute(db);
      // What was not delivered is little of very much, and counted over all communities.
      await sql`CREATE INDEX messages_not_delivered ON messages (created_at) WHERE state IN ('refused', 'expired')`.execute(
        db,
      );
    },
  },
  '023-erasures': {
    async up(db) {
      await sql`CREATE TABLE erasures (id text PRIMARY KEY, at timestamptz NOT NULL)`.execute(db);
    },
  },
  '025-mirror': {
    async up(db) {
      // A copy of what SharePoint has: after a crash it is read anew, so it is in no write-ahead log.
      await sql`CREATE SEQUENCE mirror_sequence`.execute(db);
      await sql`
        CREATE UNLOGGED TABLE mirrored_lists (
          community text NOT NULL REFERENCES communities (id) ON DELETE CASCADE, list text NOT NULL, source text NOT NULL, link text,
          read_at timestamptz, read_from bigint NOT NULL DEFAULT 0, doubted_from bigint NOT NULL DEFAULT 0, looked_at timestamptz,
          leased_until timestamptz NOT NULL DEFAULT '-infinity', version bigint NOT NULL DEFAULT nextval('mirror_sequence'),
          PRIMARY KEY (community, list)
        )`.execute(db);
      await sql`
        CREATE UNLOGGED TABLE mirrored_items (
          community text NOT NULL, list text NOT NULL, id bigint NOT NULL, key text NOT NULL, marks text[] NOT NULL, guid text NOT NULL,
          version integer NOT NULL, item text, said_from bigint NOT NULL, gone_at timestamptz, PRIMARY KEY (community, list, id),
          FOREIGN KEY (community, list) REFERENCES mirrored_lists ON DELETE CASCADE
        )`.execute(db);
      await sql`CREATE INDEX mirrored_items_key ON mirrored_items (community, list, key)`.execute(db);
      await sql`CREATE INDEX mirrored_items_marks ON mirrored_items USING gin (marks)`.execute(db);
      await sql`CREATE INDEX mirrored_items_gone ON mirrored_items (community, list, gone_at) WHERE gone_at IS NOT NULL`.execute(
        db,
      );
    },
  },
  '027-blank-when-settled': {
    async up(db) {
      // A note that changes no card and settles nothing has nothing to blank.
      await sql`DROP TRIGGER blank_settled_message ON messages`.execute(db);
      await sql`CREATE TRIGGER blank_inserted_message BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION blank_settled_message()`.execute(
        db,
      );
      await sql`
        CREATE TRIGGER blank_settled_message BEFORE UPDATE ON messages FOR EACH ROW
        WHEN (NEW.next_at IS NULL OR NEW.card IS DISTINCT FROM OLD.card) EXECUTE FUNCTION blank_settled_message()`.execute(
        db,
      );
    },
  },
  '028-list-subscriptions': {
    async up(db) {
      // Whoever removes the app leaves them in Graph, where they are deleted while the community's row is still there.
      await sql`
        CREATE TABLE list_subscriptions (
          community text NOT NULL REFERENCES communities (id) ON DELETE CASCADE, list text NOT NULL, resource text NOT NULL,
          subscription text UNIQUE, secret text NOT NULL, expires_at timestamptz, refusal text, tried_at timestamptz NOT NULL, heard_at timestamptz, PRIMARY KEY (community, list)
        )`.execute(db);
    },
  },
  '029-mirror-opened': {
    async up(db) {
      await sql`ALTER TABLE mirrored_lists ADD COLUMN opened_from bigint NOT NULL DEFAULT nextval('mirror_sequence')`.execute(
        db,
      );
    },
  },
  '030-lists-found-right': {
    async up(db) {
      await sql`ALTER TABLE communities ADD COLUMN lists_right_for text, ADD COLUMN lists_right_at timestamptz`.execute(
        db,
      );
      await sql`ALTER TABLE mirrored_lists ADD COLUMN changed_at timestamptz`.execute(db);
    },
  },
  '031-mirrored-endings': {
    async up(db) {
      // Read from the item by the database, so that it is right whichever version wrote that. What an earlier one copied
      // does not say it: that is read anew. A tilde comes after every instant.
      await sql`DELETE FROM mirrored_lists WHERE list = 'plan'`.execute(db);
      await sql`
        ALTER TABLE mirrored_items
          ADD COLUMN ended text COLLATE "C" GENERATED ALWAYS AS (coalesce(item::json ->> 'ended', '~')) STORED,
          ADD COLUMN counted text GENERATED ALWAYS AS (item::json ->> 'counted') STORED`.execute(db);
      await sql`CREATE INDEX mirrored_items_ended ON mirrored_items (community, list, ended, id) INCLUDE (counted)`.execute(
        db,
      );
    },
  },
};

/** The last one that this version knows. */
export const newestMigration = Object.keys(migrations).toSorted().at(-1) ?? '';
