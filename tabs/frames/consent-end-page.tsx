import { useEffect, useState } from 'react';
import { NoticePage } from '../components/notice-page.tsx';
import { loadConfig } from '../lib/api.ts';
import { consentKey, readConsent, strayAnswer } from '../lib/consent.ts';
import { reportSignIn } from '../lib/teams.ts';
import type { Texts } from '../lib/text.ts';
import { framesText } from './text.ts';

/** The end of the sign-in pop-up: tells the tab how it went, which closes the window. */
export default function ConsentEndPage({ texts }: { readonly texts: Texts }) {
  const t = framesText(texts);
  const [outcome] = useState(() =>
    readConsent({ search: location.search, hash: location.hash, expected: sessionStorage.getItem(consentKey) }),
  );

  useEffect(() => {
    async function report(): Promise<void> {
      const { hostOrigins } = await loadConfig();
      await reportSignIn(hostOrigins, outcome);
    }
    // Outside Teams there is nobody to tell; the page says how it went.
    report().catch(() => undefined);
  }, [outcome]);

  return outcome.failed === null ? (
    <NoticePage title={t('consent.thanks')} hint="" />
  ) : (
    <NoticePage
      title={t('consent.failed')}
      hint={outcome.failed === strayAnswer ? t('consent.stray') : t('consent.failedHint', { reason: outcome.failed })}
    />
  );
}
