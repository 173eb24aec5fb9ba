import { z } from 'zod';
import { renderCard, type Card } from '../../../bot/cards.ts';
import { cardAction, command, type Feature } from '../../../bot/feature.ts';
import type { Translate } from '../../../bot/text.ts';
import template from './cards/icebreaker.card.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };

const questions = ['learnt', 'stuck', 'proud'] as const;

/** A question to begin a meeting with, and another one as long as somebody asks. */
export function icebreaker(): Feature {
  return {
    name: 'icebreaker',
    commands: [
      command(
        { may: 'community.read' },
        {
          name: 'icebreaker',
          about: 'command',
          run: async ({ community, t }) => ({ card: icebreakerCard(community.id, 0, t) }),
        },
      ),
    ],
    actions: {
      another: cardAction(
        { may: 'community.read' },
        {
          data: z.object({ community: z.string(), place: z.coerce.number().int().min(0) }),
          run: async ({ community, data, t }) => ({ card: icebreakerCard(community.id, data.place + 1, t) }),
        },
      ),
    },
    text: { en },
  };
}

/** `icebreaker.sample.json` is an example of what the template is filled with. */
function icebreakerCard(community: string, place: number, t: Translate): Card {
  const question = questions[place % questions.length] ?? questions[0];
  return renderCard(template, { question: t(`question.${question}`), another: t('another'), community, place });
}
