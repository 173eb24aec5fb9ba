import { useEffect, useState } from 'react';
import { NoticePage } from '../components/notice-page.tsx';
import { loadConfig } from '../lib/api.ts';
import { consentAddress, consentKey } from '../lib/consent.ts';
import type { Texts } from '../lib/text.ts';
import { framesText } from './text.ts';

/** The start of the sign-in pop-up: goes on to Microsoft, where the person agrees. */
export default function ConsentPage({ texts }: { readonly texts: Texts }) {
  const t = framesText(texts);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    async function leave(): Promise<void> {
      const config = await loadConfig();
      const state = crypto.randomUUID();
      sessionStorage.setItem(consentKey, state);
      const verifier = new TextEncoder().encode(crypto.randomUUID() + crypto.randomUUID());
      location.replace(
        consentAddress({
          config,
          state,
          origin: location.origin,
          claims: new URLSearchParams(location.search).get('claims'),
          challenge: new Uint8Array(await crypto.subtle.digest('SHA-256', verifier)),
        }),
      );
    }
    leave().catch((error: unknown) => setProblem(String(error)));
  }, []);

  if (problem !== null)
    return <NoticePage title={t('consent.failed')} hint={t('consent.failedHint', { reason: problem })} />;
  return <NoticePage title={t('consent.going')} hint="" />;
}
