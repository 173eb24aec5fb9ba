import type { Card } from '../../bot/cards.ts';
import { readPersonalSubPage } from '../../domain/deep-links.ts';
import { openLink, type Opening } from '../../infra/local/desk/deep-links.ts';
import type { DeskState, MessageView } from '../../infra/local/desk/views.ts';
import { samplePeople } from '../../infra/local/sample-people.ts';
import { actionsIn } from './cards.ts';
import type { System } from './system.ts';

/** One of the desk's own calls. */
export const onDesk = async <T>(system: System, path: string, body?: object): Promise<T> => {
  const response = await fetch(`${system.microsoft365.url}/desk/api/${path}`, {
    method: body ? 'POST' : 'GET',
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
};
export const stateFor = (system: System, user: string) => onDesk<DeskState>(system, `state?user=${user}`);

export interface Followed {
  readonly where: 'personal' | 'channel';
  readonly link: string;
  readonly opening: Opening;
}

/** Every link into a tab, on every card that a person of the sample sees, followed as Teams would. */
export async function followAll(system: System): Promise<readonly Followed[]> {
  const followed: Followed[] = [];
  for (const { id } of samplePeople) {
    const state = await stateFor(system, id);
    for (const { id: conversation, kind } of state.conversations) {
      const { messages } = await onDesk<{ messages: MessageView[] }>(
        system,
        `messages?user=${id}&conversation=${encodeURIComponent(conversation)}`,
      );
      for (const card of messages.flatMap(({ cards }) => cards)) {
        for (const action of actionsIn(card as Card, 'Action.OpenUrl')) {
          const link = String(action['url']);
          if (link.startsWith('https://teams.microsoft.com/l/entity/'))
            followed.push({ where: kind, link, opening: openLink(link, state, id) });
        }
      }
    }
  }
  return followed;
}

/** The screen that the tab shows after a link. */
export function screenOf({ opening }: Followed, team: string): string | undefined {
  if (opening.opens === 'channel tab') return opening.subPage?.split('/')[0];
  if (opening.opens !== 'personal tab') return undefined;
  const { community, subPage } = readPersonalSubPage(opening.subPage ?? '');
  return community === team ? subPage.split('/')[0] : undefined;
}
