import { lazy, type ComponentType } from 'react';
import type { QueryClient } from '@tanstack/react-query';
import type { CommunityView } from '../domain/tab/api.ts';
import type { ScreenName } from '../domain/tab/screens.ts';
import type { SectionId } from '../domain/charter/charter.ts';
import type { Reader, Reading } from './lib/reading.ts';

/** What the shell tells a screen. */
interface ScreenProperties {
  /** The section a deep link asked for. */
  readonly section: SectionId | null;
  /** Something in it that was asked for by its id, such as an action of the plan; each asking is an object of its own. */
  readonly asked: { readonly item: string } | null;
  /** Opens another screen, and something in it. */
  readonly go: (screen: ScreenName, item?: string) => void;
}

interface ScreenCode {
  readonly default: ComponentType<ScreenProperties>;
  /** How what it shows is read, in one request. */
  readonly read?: (reader: Reader) => Reading<unknown>;
}

type Load = () => Promise<ScreenCode>;

interface Screen {
  /** Gets its code, which a tab does only for what it shows. */
  readonly load: Load;
  readonly Component: ComponentType<ScreenProperties>;
  readonly offeredIn: (community: CommunityView) => boolean;
  /** Whether it is of use before somebody has set the community up. */
  readonly needsSetUp: boolean;
  /** Whether everybody in the team may read it, set up or not: nobody needs to be known first. */
  readonly open: boolean;
}

/** Every page of the tab; `domain/tab/screens.ts` says in which room each is. */
export const screens: Readonly<Record<ScreenName, Screen>> = {
  overview: screen(() => import('./features/overview/overview-screen.tsx'), { open: true }),
  charter: screen(() => import('./features/charter/charter-screen.tsx'), { open: true }),
  plan: screen(() => import('./features/plan/plan-screen.tsx')),
  events: screen(() => import('./features/events/events-screen.tsx')),
  agenda: screen(() => import('./features/agenda/agenda-screen.tsx')),
  library: screen(() => import('./features/library/library-screen.tsx')),
  roles: screen(() => import('./features/roles/roles-screen.tsx'), { open: true }),
  surveys: screen(() => import('./features/surveys/surveys-screen.tsx')),
  digest: screen(() => import('./features/digest/digest-screen.tsx')),
  welcome: screen(() => import('./features/welcome/welcome-screen.tsx'), {
    offeredIn: ({ may }) => may['welcome.read'] === true,
  }),
  delivery: screen(() => import('./features/delivery/delivery-screen.tsx'), {
    offeredIn: ({ may, administrator }) => may['delivery.read'] === true || administrator,
  }),
  audit: screen(() => import('./features/audit/audit-screen.tsx'), {
    offeredIn: ({ may, administrator }) => may['audit.read'] === true || administrator,
  }),
  privacy: screen(() => import('./features/privacy/privacy-screen.tsx'), { needsSetUp: false, open: true }),
  settings: screen(() => import('./features/settings/settings-screen.tsx'), { needsSetUp: false, open: true }),
};

function screen(load: Load, { offeredIn = () => true, needsSetUp = true, open = false }: Partial<Screen> = {}): Screen {
  return { load, Component: lazy(load), offeredIn, needsSetUp, open };
}

/**
 * Gets a screen's code and what it shows before anybody waits for it. What cannot be had is said where it is looked for.
 * @param community null while it is not known who asks
 */
export async function prepare(
  name: ScreenName,
  { queries, reader, community }: { queries: QueryClient; reader: Reader; community: CommunityView | null },
): Promise<void> {
  const { load, offeredIn, needsSetUp, open } = screens[name];
  const mayRead = open || (community !== null && offeredIn(community) && (community.ready || !needsSetUp));
  try {
    const { read } = await load();
    if (read && mayRead) await queries.prefetchQuery(read(reader));
  } catch {
    // The code did not come; it is asked for again when the screen is opened.
  }
}
