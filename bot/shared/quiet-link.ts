import { topicOfKind } from '../../domain/messages/topics.ts';
import type { Card } from '../cards.ts';
import type { Translate } from '../text.ts';

/** Puts a line at the foot of a card that comes unasked into somebody's own chat. */
export type Foot = (card: Card, message: { readonly community: string; readonly kind: string }, t: Translate) => Card;

/** Sponsors need not be in the team whose tab the link opens, and their digest has a button of its own. */
const ownWay: ReadonlySet<string> = new Set(['digest.sponsor']);
/** Not about one topic, and unasked all the same. */
const several = 'morning.several';

/**
 * A small line that ends this kind of message at one press, which the card in its place lets people undo; under several
 * things at once it leads to where each kind has a switch. Not on what answers something that the person did, nor in
 * the channel, where it would be everybody's.
 */
export function createQuietLink(links: { tab(community: string, subPage: string): string }): Foot {
  return (card, { community, kind }, t) => {
    const topic = ownWay.has(kind) ? null : (topicOfKind[kind] ?? null);
    const { body } = card;
    if ((topic === null && kind !== several) || !Array.isArray(body)) return card;
    const title = t(topic === null ? 'shared:fewer' : 'shared:noMore');
    // A link in the text would leave Teams; one that is tapped as a whole opens the tab.
    const line = {
      type: 'Container',
      spacing: 'Medium',
      minHeight: '44px',
      verticalContentAlignment: 'Center',
      selectAction:
        topic === null
          ? { type: 'Action.OpenUrl', title, url: links.tab(community, 'privacy') }
          : // What is required on the card need not be filled in.
            {
              type: 'Action.Execute',
              title,
              verb: 'privacy.stop',
              associatedInputs: 'none',
              data: { community, what: topic },
            },
      items: [{ type: 'TextBlock', text: title, size: 'Small', color: 'Accent', wrap: true }],
    };
    return { ...card, body: [...(body as readonly unknown[]), line] };
  };
}
