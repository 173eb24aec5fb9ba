/** The host's side of Teams JS: what a page in a frame of Teams says by postMessage, and what it hears. */

export type ThemeName = 'default' | 'dark' | 'contrast';
type FrameContext = 'content' | 'settings' | 'remove';

export interface TabConfig {
  readonly contentUrl: string;
  readonly entityId: string;
  readonly suggestedDisplayName?: string;
  readonly websiteUrl?: string;
  readonly removeUrl?: string;
}

interface Place {
  readonly appId?: string;
  readonly pageId?: string;
  readonly subPageId?: string;
  readonly channelId?: string;
}

/** What the page around the frame offers to the page in it. */
export interface Surroundings {
  readonly frameContext: FrameContext;
  /** The flat context of the protocol, from which Teams JS makes `app.Context`. */
  context(): Readonly<Record<string, unknown>>;
  token(): Promise<string>;
  /** To another place of the same tab. */
  navigate(subPage: string | null): void;
  openLink(url: string): void;
  shareLink(link: { readonly subPageId: string; readonly label: string }): void;
  loaded(): void;
  failed(reason: string, message: string): void;
  validity(valid: boolean): void;
  saved(config: TabConfig | null): void;
  saveFailed(reason: string): void;
  /** The removal page has done what it had to. */
  removed(): void;
}

export interface TeamsHost {
  themeChanged(theme: ThemeName): void;
  /** Asks the configuration page to save; `saved` or `saveFailed` follows. */
  save(): void;
  /** Tells the removal page that the tab goes; `removed` follows. */
  remove(): void;
  close(): void;
}

interface Request {
  readonly id?: number;
  readonly uuidAsString?: string;
  readonly func: string;
  readonly args?: readonly unknown[];
}

/** What this host can do, in the words of Teams JS' runtime configuration. */
const runtime = {
  apiVersion: 4,
  isLegacyTeams: false,
  hostVersionsInfo: { adaptiveCardSchemaVersion: { majorVersion: 1, minorVersion: 5 } },
  supports: { pages: { config: {}, backStack: {}, currentApp: {}, appButton: {} } },
};

/** Speaks to the page in the frame until closed. @param origin of that page; what comes from elsewhere is not heard. */
export function createTeamsHost(frame: HTMLIFrameElement, origin: string, around: Surroundings): TeamsHost {
  let popup: {
    readonly window: Window;
    readonly request: Request;
    readonly timer: ReturnType<typeof setInterval>;
  } | null = null;
  let config: TabConfig | null = null;
  const registered = new Set<string>();

  function post(target: Window | null, message: object): void {
    target?.postMessage(message, origin);
  }
  function answer(target: Window | null, request: Request, ...args: unknown[]): void {
    post(target, { id: request.id, uuidAsString: request.uuidAsString, args, monotonicTimestamp: performance.now() });
  }
  function tell(func: string, ...args: unknown[]): void {
    post(frame.contentWindow, { func, args });
  }
  function closePopup(): void {
    if (!popup) return;
    clearInterval(popup.timer);
    popup.window.close();
    popup = null;
  }

  /** authentication.authenticate: a window of its own, which joins as a page in the context `authentication`. */
  function authenticate(request: Request): void {
    const [url, width, height] = request.args ?? [];
    closePopup();
    const opened = window.open(
      String(url),
      '_blank',
      `popup,width=${Number(width) || 600},height=${Number(height) || 600}`,
    );
    if (!opened) return answer(frame.contentWindow, request, false, 'FailedToOpenWindow');
    const timer = setInterval(() => {
      if (!opened.closed || popup?.window !== opened) return;
      closePopup();
      answer(frame.contentWindow, request, false, 'CancelledByUser');
    }, 300);
    popup = { window: opened, request, timer };
  }

  function heardFromPopup(request: Request): void {
    if (!popup) return;
    const { window: source, request: asked } = popup;
    switch (request.func) {
      case 'initialize':
        return answer(source, request, 'authentication', 'web', JSON.stringify(runtime), '2.0.1');
      case 'getContext':
        return answer(source, request, { ...around.context(), frameContext: 'authentication' });
      case 'authentication.authenticate.success':
      case 'authentication.authenticate.failure':
        closePopup();
        return answer(frame.contentWindow, asked, request.func.endsWith('success'), request.args?.[0]);
    }
  }

  function heardFromFrame(request: Request): void {
    const source = frame.contentWindow;
    const [first, second] = request.args ?? [];
    switch (request.func) {
      case 'initialize':
        return answer(source, request, around.frameContext, 'web', JSON.stringify(runtime), '2.0.1');
      case 'getContext':
        return answer(source, request, around.context());
      case 'registerHandler':
        return void registered.add(String(first));
      case 'authentication.getAuthToken':
        return void around.token().then(
          token => answer(source, request, true, token),
          (error: unknown) =>
            answer(source, request, false, error instanceof Error ? error.message : 'FailedToGetToken'),
        );
      case 'authentication.authenticate':
        return authenticate(request);
      case 'appInitialization.appLoaded':
      case 'appInitialization.success':
        return around.loaded();
      case 'appInitialization.failure':
      case 'appInitialization.expectedFailure':
        return around.failed(String(first ?? 'Other'), String(second ?? ''));
      case 'pages.navigateToApp':
        around.openLink(linkTo((first ?? {}) as Place));
        return answer(source, request, true);
      case 'pages.currentApp.navigateTo':
        around.navigate((first as Place | undefined)?.subPageId ?? null);
        return answer(source, request, null);
      case 'pages.currentApp.navigateToDefaultPage':
        around.navigate(null);
        return answer(source, request, null);
      case 'navigateBack':
        around.navigate(null);
        return answer(source, request, true);
      case 'executeDeepLink':
        around.openLink(String(first));
        return answer(source, request, true);
      case 'shareDeepLink':
        return around.shareLink({ subPageId: String(first), label: String(second ?? '') });
      case 'settings.setValidityState':
        return around.validity(first === true);
      case 'settings.setSettings':
        config = first as TabConfig;
        return answer(source, request, true);
      case 'settings.getSettings':
        return answer(source, request, config ?? {});
      case 'settings.save.success':
        return around.saved(config);
      case 'settings.save.failure':
        return around.saveFailed(String(first ?? ''));
      case 'settings.remove.success':
      case 'settings.remove.failure':
        return around.removed();
    }
  }

  function listen(event: MessageEvent): void {
    if (
      event.origin !== origin ||
      typeof event.data !== 'object' ||
      event.data === null ||
      typeof (event.data as Request).func !== 'string'
    )
      return;
    if (event.source === frame.contentWindow) heardFromFrame(event.data as Request);
    else if (popup && event.source === popup.window) heardFromPopup(event.data as Request);
  }
  window.addEventListener('message', listen);

  return {
    themeChanged(theme) {
      if (registered.has('themeChange')) tell('themeChange', theme);
    },
    save: () => tell('settings.save', {}),
    remove: () => tell('settings.remove'),
    close() {
      window.removeEventListener('message', listen);
      closePopup();
    },
  };
}

/** A place in an app is found as a link to it would be. */
function linkTo({ appId = '', pageId = '', subPageId, channelId }: Place): string {
  const context = {
    ...(subPageId === undefined ? {} : { subEntityId: subPageId }),
    ...(channelId === undefined ? {} : { channelId }),
  };
  const path = [appId, pageId].map(encodeURIComponent).join('/');
  return `https://teams.microsoft.com/l/entity/${path}?context=${encodeURIComponent(JSON.stringify(context))}`;
}
