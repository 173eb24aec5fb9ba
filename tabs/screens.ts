import { lazy, type ComponentType } from 'react';
import type { CommunityView } from '../domain/tab/api.ts';
import type { SectionId } from '../domain/charter/charter.ts';
import type { ScreenName } from './lib/place.ts';

/** What the shell tells a screen. */
interface ScreenProperties {
  /** The section a deep link asked for. */
  readonly section: SectionId | null;
  /** Opens another screen. */
  readonly go: (screen: ScreenName) => void;
}

type Load = () => Promise<{ readonly default: ComponentType<ScreenProperties> }>;

interface Screen {
  /** Gets its code, which a tab does only for what it shows. */
  readonly load: Load;
  readonly Component: ComponentType<ScreenProperties>;
  readonly offeredIn: (community: CommunityView) => boolean;
  /** Whether it is of use before somebody has set the community up. */
  readonly needsSetUp: boolean;
}

/** Every screen of the tab; the order is that of `screenNames`, and its word is `screens.<name>` in `text.en.json`. */
export const screens: Readonly<Record<ScreenName, Screen>> = {
  overview: screen(() => import('./features/overview/overview-screen.tsx')),
  charter: screen(() => import('./features/charter/charter-screen.tsx')),
  plan: screen(() => import('./features/plan/plan-screen.tsx')),
  roles: screen(() => import('./features/roles/roles-screen.tsx')),
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
  privacy: screen(() => import('./features/privacy/privacy-screen.tsx'), { needsSetUp: false }),
  settings: screen(() => import('./features/settings/settings-screen.tsx'), { needsSetUp: false }),
};

function screen(load: Load, { offeredIn = () => true, needsSetUp = true }: Partial<Screen> = {}): Screen {
  return { load, Component: lazy(load), offeredIn, needsSetUp };
}
