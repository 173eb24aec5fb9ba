import { Suspense } from 'react';
import type { SettingsView } from '../../../domain/settings/api.ts';
import { Waiting } from '../../components/waiting.tsx';
import { later, usePrepared } from '../../lib/later.tsx';
import { ChangedByHand } from './changed-by-hand.tsx';
import { SettingsForm } from './settings-form.tsx';
import { useSettingsText } from './text.ts';

// The last thing on the page.
const ListsHealth = later(() => import('./lists-health.tsx'));

/** The settings for those who may change them. */
export default function ToChange({ view }: { readonly view: SettingsView }) {
  const t = useSettingsText();
  usePrepared(true, ListsHealth);
  return (
    <>
      {view.byHand && <ChangedByHand byHand={view.byHand} />}
      <SettingsForm view={view} />
      <Suspense fallback={<Waiting label={t('loading')} blocks={1} />}>
        <ListsHealth />
      </Suspense>
    </>
  );
}
