import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { definitions, type ListDefinition } from '../../../bot/lists/model.ts';
import { createEngines } from '../../support/engines.ts';

/**
 * Who may read what, column by column; docs/privacy.md says the same in words. `team` is everybody in the team, `few`
 * those whom the product's rights name, `nobody` no person at all. A new column fails here until somebody has decided.
 */
type Class = 'team' | 'few' | 'nobody';
type Classes = Readonly<Record<string, Readonly<Partial<Record<Class, string>>>>>;

const lists: Classes = {
  // What is so, and rights come from it. Everybody may read it in the tab, so its copy may lie in SharePoint.
  settings: { team: 'settings' },
  settingsCopy: { team: 'settings' },
  charter: { team: 'section text reviewOn changedBy changedAt' },
  comments: { team: 'section text by at settledBy' },
  agreements: { team: 'section person fingerprint at' },
  // Who has not looked is told to nobody by name.
  consentRounds: { team: 'askedBy askedAt until seenBy' },
  charterDrafts: { few: 'section question text by at etag' },
  askedQuestions: { few: 'section question askedAt period' },
  newcomers: { few: 'person joinedAt reasons inOwnWords contributions answeredAt forSupport noMessages' },
  ticks: { team: 'week task tickedBy tickedAt' },
  // Whoever says no need not have been seen to be asked.
  handOvers: { few: 'asker asked askedAt' },
  roles: { team: 'role person since until note state changedBy changedAt' },
  // Who holds a role everybody sees in the tab; rights come from here.
  acceptances: { team: 'role person held', few: 'changedBy changedAt thankedBy' },
  offers: { few: 'role person since until note state changedBy changedAt' },
  ownRoles: { team: 'title purpose addedBy' },
  plan: { team: 'title owners due state weight aim notes steps links addedBy addedAt doneAt changedBy changedAt' },
  actionComments: { team: 'action words by at changedAt', nobody: 'goneOn' },
  // A draft is read by everybody, too: it waits for hosts, and is no secret.
  events: {
    team: 'title kind activity state startsAt minutes mode place link audience named hosts rhythm ps agenda keep change summary recording there movedAt announcedBy addedBy addedAt changedBy changedAt',
  },
  attendance: { team: 'event person guest organisation says saidAt was appetite' },
  rhythms: { team: 'title kind rule time minutes mode place link audience hosts until changedBy changedAt' },
  questions: {
    team: 'title details topics state askedBy askedAt link event answer answeredBy answeredAt resource scouts backOn changedBy changedAt',
  },
  voices: { team: 'question person says at' },
  library: {
    team: 'title url topics when link state checkedBy checkedAt checkOn addedBy addedAt changedBy changedAt',
  },
  // Of nobody: how often, and not by whom.
  uses: { team: 'item month count' },
  // A survey that is only planned is a draft, and whoever could write here could make an anonymous one a named one.
  surveys: {
    few: 'title intro questions anonymous audience event tellsResults everyQuarter repeats opensOn closesOn closedOn plannedBy answered sent',
  },
  answers: { few: 'survey person day sheets' },
  participation: { few: 'survey month asked spared' },
  digests: {
    few: 'audience period from to intro ask story questions times sendOn toldFor toldOn lookedBy lookedAt numbers sentTo sentAt state',
  },
  replies: { few: 'digest person choice text times at' },
};

/**
 * What the database keeps is reached through the product alone: `team` says that the product may show it to every
 * member.
 */
const tables: Classes = {
  communities: {
    team: 'id name thread_id channel_id deleted_channel_id installed_by installed_at settings settings_version removed_at archived_at site_id site_url list_ids tab teams_app',
    // What the checks found is shown to administrators.
    few: 'service_url heard_at set_up_before roster_compared_at looked_at findings lists_right_for lists_right_at',
  },
  memberships: { few: 'community person' },
  chats: { few: 'person user_id conversation_id service_url heard_at locale time_zone' },
  due: { few: 'community job due_at' },
  messages: {
    few: 'id community kind period recipient card summary version sent_version state reason detail attempts uncertain failures sent_at updated_at thread bulk next_at conversation_id activity_id created_at changed_at expires_at fingerprint',
  },
  threads: { few: 'thread calls busy_until' },
  pace: { few: 'name free_at slower slowed_at' },
  inbox: { nobody: 'activity', few: 'id position conversation attempts next_at received_at' },
  opt_outs: { few: 'community person since' },
  topic_opt_outs: { few: 'community person topic since' },
  ballots: { nobody: 'community survey token sheet' },
  voters: { nobody: 'community survey person' },
  // Sealed with a key that lies elsewhere; the product alone opens it, and shows no person what is in it.
  ballot_boxes: { nobody: 'sealed', few: 'community survey' },
  calendar_links: { nobody: 'token', few: 'kind subject made_by made_at' },
  gatherings: { few: 'month person community carrier' },
  rows: { few: 'community list key id version value marks changed_at changed_by' },
  vouched: { few: 'community list key hash pending item version' },
  // Coordinators read those of their community, administrators all.
  audit: { few: 'id at person community act door via about outcome reason request count last_at repeats' },
  leavers: { few: 'community person left_at' },
  rate_limits: { few: 'key points expire' },
  list_changes: { few: 'list changes' },
  mirrored_lists: {
    few: 'community list source link read_at read_from doubted_from looked_at leased_until version opened_from changed_at',
  },
  list_subscriptions: {
    nobody: 'secret',
    few: 'community list resource subscription expires_at refusal tried_at heard_at',
  },
  // A copy of lists in the team’s site.
  mirrored_items: { team: 'key marks guid version item ended counted', few: 'community list id said_from gone_at' },
  set_aside: { few: 'community list key what reason since' },
  // Sealed with a key that is in the link alone, which went to the person who asked.
  handed_files: { nobody: 'label content', few: 'id expires_at' },
  moves: { few: 'community claimed_until copied_at cleared_at' },
  erasures: { nobody: 'id at' },
  mornings: { few: 'community person day counted' },
  wishes: { few: 'community person kind period until day again again_on chosen_on' },
};

function columnsOf(classes: Classes[string] | undefined): readonly string[] {
  return Object.values(classes ?? {})
    .flatMap(names => names.split(' '))
    .toSorted();
}

test('every column of every list has a class', () => {
  const found = Object.fromEntries(
    Object.entries(definitions).map(([name, { columns }]) => [name, Object.keys(columns).toSorted()]),
  );

  expect(Object.fromEntries(Object.keys(lists).map(name => [name, columnsOf(lists[name])]))).toEqual(found);
});

test('a list in the team’s site has nothing in it that is for few', () => {
  const inTeam = Object.entries(definitions as Readonly<Record<string, ListDefinition>>).filter(
    ([, { kept }]) => kept === 'team',
  );

  expect(inTeam.filter(([name]) => lists[name]?.few !== undefined || lists[name]?.nobody !== undefined)).toEqual([]);
});

test('every column of every table of the database has a class', async () => {
  const { database, close } = await createEngines().open('the embedded database');
  try {
    const { rows } = await sql<{
      table_name: string;
      column_name: string;
    }>`SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'cop_migrations%'`.execute(
      database.db,
    );
    const found = Object.fromEntries(
      [...Map.groupBy(rows, row => row.table_name)].map(([table, columns]) => [
        table,
        columns.map(({ column_name: name }) => name).toSorted(),
      ]),
    );

    expect(Object.fromEntries(Object.keys(tables).map(name => [name, columnsOf(tables[name])]))).toEqual(found);
  } finally {
    await close();
  }
});
