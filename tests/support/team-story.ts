import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Card } from '../../bot/cards.ts';
import { api } from '../../domain/api.ts';
import { enveloped, type ActivityJson } from '../../infra/local/connector/activities.ts';
import type { Connector } from '../../infra/local/connector/index.ts';
import { tenant, type Team } from '../../infra/local/directory.ts';
import { textsIn } from './cards.ts';
import { eventually } from './engines.ts';
import { personOf, type System } from './system.ts';

type Person = ReturnType<typeof personOf>;

/** What Teams tells the product about the sample's team, and what comes of it. */
export interface TeamStory {
  readonly connector: Connector;
  readonly team: () => Team;
  /** What the product wrote to somebody, or into a conversation, in order. */
  messagesOf(person: Person): readonly string[];
  sentTo(conversation: string): readonly string[];
  welcomesOf(person: Person): number;
  /** The names of those who are known as newcomers. */
  newcomers(): Promise<readonly string[]>;
  /** Somebody of the tenant, in no team yet. */
  somebody(name: string): Person;
  /** An activity of the team as Teams wraps it, for what the local Microsoft 365 does not do by itself. */
  activity(changes: ActivityJson): ActivityJson;
  happens(given: ActivityJson): Promise<void>;
  /** Once everything that came before in the team's own conversation is done; and what was answered there then. */
  handled(): Promise<string>;
}

export function teamStory(system: System): TeamStory {
  const { clock, connector, directory, url } = system.microsoft365;
  const team = () => directory.team(system.team)!;

  function sentTo(conversation: string): readonly string[] {
    return connector
      .messages(conversation)
      .filter(({ from }) => from === null)
      .map(({ text, cards }) => [text, ...cards.flatMap(card => textsIn(card as Card))].join(' '));
  }
  function messagesOf({ id }: Person): readonly string[] {
    const chat = connector.conversationsOf(id).find(({ conversation }) => conversation.kind === 'personal');
    return chat ? sentTo(chat.conversation.id) : [];
  }
  function activity(changes: ActivityJson): ActivityJson {
    return enveloped(changes, {
      user: directory.user(personOf('Priya').id)!,
      serviceUrl: `${url}/connector/`,
      now: clock.now(),
      id: `f:${randomUUID()}`,
      conversation: { id: team().threadId, kind: 'channel' },
      team: team(),
    });
  }
  async function happens(given: ActivityJson): Promise<void> {
    expect((await connector.deliver(given)).status).toBe(200);
  }

  return {
    connector,
    team,
    messagesOf,
    sentTo,
    welcomesOf: person => messagesOf(person).filter(words => words.includes('Welcome to Data Storytellers')).length,
    async newcomers() {
      const { body } = await system.ask('Priya', api.newcomers);
      return (body as { newcomers: { person: { name: string } }[] }).newcomers.map(({ person }) => person.name);
    },
    somebody(name) {
      const id = randomUUID();
      const like = directory.user(personOf('Amara').id)!;
      directory.putUser({ ...like, id, displayName: name, mail: `${id}@${tenant.domain}` });
      return { id, name };
    },
    activity,
    happens,
    async handled() {
      const before = sentTo(team().threadId).length;
      await happens(activity({ type: 'message', text: 'help' }));
      return eventually('the answer in the team', () => sentTo(team().threadId)[before]);
    },
  };
}
