import { command, type Feature } from '../../feature.ts';
import { pointerCard } from '../../shared/pointer.ts';
import { calendarFeed } from './feed.ts';
import { calendarRoutes } from './routes.ts';
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };
import type { CalendarParts } from './parts.ts';

/** The plan in everybody's own calendar: behind a link that can be taken back, or one action as a file. */
export function calendar(parts: CalendarParts): Feature {
  return {
    name: 'calendar',
    commands: [
      command(
        { may: 'community.read', ready: true },
        {
          name: 'calendar',
          run: async ({ community, t }) => ({
            card: pointerCard({
              text: t(parts.on ? 'pointer.text' : 'pointer.off'),
              open: t('pointer.open'),
              link: parts.links.tab(community.id, 'plan'),
            }),
          }),
        },
      ),
    ],
    routes: calendarRoutes(parts),
    feeds: [calendarFeed(parts)],
    text: { en, de },
  };
}
