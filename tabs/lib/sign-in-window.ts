/** Where a sign-in window tells the tab how it went. Same origin only. */
const channelName = 'cop-companion.sign-in';

export interface SignInOutcome {
  /** Why it failed, or null. */
  readonly failed: string | null;
}

/**
 * Opens a sign-in window without the help of Teams, which opens none for a page that is served over plain http,
 * as on a developer's machine. Resolves when the window reports success, rejects when it fails or is closed.
 */
export function openSignInWindow(url: string): Promise<void> {
  const opened = window.open(url, 'cop-companion-sign-in', 'popup,width=520,height=640');
  if (!opened) return Promise.reject(new Error('the browser blocked the sign-in window'));

  return new Promise((resolve, reject) => {
    const channel = new BroadcastChannel(channelName);
    const watch = setInterval(() => {
      if (opened.closed) settle({ failed: 'the sign-in window was closed' });
    }, 500);
    function settle({ failed }: SignInOutcome): void {
      clearInterval(watch);
      channel.close();
      if (failed === null) resolve();
      else reject(new Error(failed));
    }
    channel.onmessage = (event: MessageEvent<SignInOutcome>) => settle(event.data);
  });
}

/** For the page in the window: reports to {@link openSignInWindow} and closes. */
export function closeSignInWindow(outcome: SignInOutcome): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(outcome);
  channel.close();
  window.close();
}
