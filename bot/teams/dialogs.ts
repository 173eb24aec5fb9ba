import { plain, renderCard, type Card } from '../cards.ts';
import type { Translate } from '../text.ts';
import noticeTemplate from './cards/notice.card.json' with { type: 'json' };

/**
 * What Teams takes as an answer to a command of a message's menu, and to its dialog: Teams, "Create and send dialogs" and
 * "Respond to the dialog submit action". For `message`, which other dialogs may answer with, it shows an empty box.
 */
export interface DialogBody {
  readonly task: {
    readonly type: 'continue';
    readonly value: {
      readonly title: string;
      readonly width: 'small' | 'medium';
      readonly height: 'small' | 'medium';
      readonly card: { readonly contentType: string; readonly content: Card };
    };
  };
}

export function cardDialog(title: string, content: Card, size: 'small' | 'medium' = 'medium'): DialogBody {
  const card = { contentType: 'application/vnd.microsoft.card.adaptive', content };
  return { task: { type: 'continue', value: { title, width: size, height: size, card } } };
}

/** A sentence, in a small card of its own. */
export function noticeDialog(t: Translate, notice: string): DialogBody {
  return cardDialog(t('notice.title'), renderCard(noticeTemplate, { text: plain(notice), fallback: notice }), 'small');
}
