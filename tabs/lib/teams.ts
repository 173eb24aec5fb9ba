import { app, authentication, pages } from '@microsoft/teams-js';
import { closeSignInWindow, openSignInWindow, type SignInOutcome } from './sign-in-window.ts';

export type ThemeName = 'default' | 'dark' | 'contrast';

/** What the host says about where the page is shown. For drawing only: the server decides who may do what. */
interface HostContext {
  readonly theme: ThemeName;
  readonly locale: string;
  readonly subPageId: string | undefined;
  /** The person's Entra object id; null where the host does not say. */
  readonly personId: string | null;
  /** The group of the team whose channel this is; the person may have come from another team. */
  readonly groupId: string | null;
  /** Teams' id of the app; a host that is no Teams may not say. */
  readonly appId: string | null;
  /** The channel this is a tab of; null for the personal tab. */
  readonly channel: {
    readonly id: string;
    /** Whether everybody in the team is in it; not so in private and shared channels. */
    readonly isStandard: boolean;
  } | null;
  /** The tab's own id in that channel. */
  readonly entityId: string;
}

/** Microsoft Teams, as far as the tabs need it. */
export interface Host {
  readonly context: HostContext;
  onThemeChange(handler: (theme: ThemeName) => void): void;
  /** The person's token for our server. Teams keeps and renews it: ask every time, store it nowhere. */
  token(): Promise<string>;
  openLink(url: string): Promise<void>;
  /** Opens a pop-up on one of our own pages; resolves when that page reports success. Call it from a click. */
  signInWindow(url: string): Promise<void>;
  /** Tells Teams that there is something to see. */
  ready(): void;
  /** Puts a link to this place in the person's clipboard by way of Teams; false when the host cannot. */
  shareLink(link: { readonly subPageId: string; readonly label: string }): boolean;
  /** For the configuration page: lets Teams save, and says what to save. */
  configure(tab: TabToAdd, saved: () => Promise<void>): void;
  /** For the removal page: what to do when the tab is taken away. Teams waits for a quarter of a minute at most. */
  whenRemoved(act: () => Promise<void>): void;
}

interface TabToAdd {
  readonly contentUrl: string;
  readonly websiteUrl: string;
  /** The page that Teams shows before it takes the tab away. */
  readonly removeUrl: string;
  readonly entityId: string;
  readonly suggestedDisplayName: string;
}

/** No Teams around the page: it was opened in a plain browser window. */
export class OutsideTeams extends Error {
  override readonly name = 'OutsideTeams';
}

/**
 * Joins the host. Rejects with {@link OutsideTeams} at once when there is no window to talk to;
 * a window that does not answer keeps it waiting for as long as Teams JS does (60 s).
 */
export async function joinHost(hostOrigins: readonly string[]): Promise<Host> {
  if (!hasHost(window)) throw new OutsideTeams('this page has no Teams around it: open it as a tab in Microsoft Teams');
  await app.initialize([...hostOrigins]);
  const context = await app.getContext();

  return {
    context: {
      theme: themeNamed(context.app.theme),
      locale: context.app.locale,
      subPageId: context.page.subPageId,
      personId: context.user?.id ?? null,
      // Teams names no group in a private or shared channel but the one that owns it.
      groupId: context.channel?.ownerGroupId || context.team?.groupId || null,
      appId: context.app.appId?.toString() ?? null,
      channel: context.channel
        ? { id: context.channel.id, isStandard: (context.channel.membershipType ?? 'Regular') === 'Regular' }
        : null,
      entityId: context.page.id,
    },
    onThemeChange: handler => app.registerOnThemeChangeHandler(theme => handler(themeNamed(theme))),
    token: () => authentication.getAuthToken(),
    openLink: url => app.openLink(url),
    async signInWindow(url) {
      // Teams JS refuses addresses that are not https.
      if (!url.startsWith('https:')) return openSignInWindow(url);
      await authentication.authenticate({ url, width: 520, height: 640 });
    },
    ready() {
      app.notifyAppLoaded();
      void app.notifySuccess();
    },
    shareLink({ subPageId, label }) {
      if (!pages.isSupported()) return false;
      pages.shareDeepLink({ subPageId, subPageLabel: label });
      return true;
    },
    configure(tab, saved) {
      pages.config.registerOnSaveHandler(event => {
        pages.config
          .setConfig(tab)
          .then(saved)
          .then(
            () => event.notifySuccess(),
            (error: unknown) => event.notifyFailure(String(error)),
          );
      });
      pages.config.setValidityState(true);
    },
    whenRemoved(act) {
      pages.config.registerOnRemoveHandler(event => void act().finally(() => event.notifySuccess()));
      pages.config.setValidityState(true);
    },
  };
}

/** For the page at the end of a sign-in pop-up: reports to the tab that opened it, which closes the window. */
export async function reportSignIn(hostOrigins: readonly string[], outcome: SignInOutcome): Promise<void> {
  if (location.protocol !== 'https:') return closeSignInWindow(outcome);
  await app.initialize([...hostOrigins]);
  if (outcome.failed === null) authentication.notifySuccess();
  else authentication.notifyFailure(outcome.failed);
}

function themeNamed(name: string): ThemeName {
  return name === 'dark' || name === 'contrast' ? name : 'default';
}

/** Teams on a phone has no parent window but a native interface instead. */
function hasHost(page: Window): boolean {
  return page.parent !== page || page.opener !== null || 'nativeInterface' in page;
}
