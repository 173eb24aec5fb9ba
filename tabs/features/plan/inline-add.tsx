import { Suspense, useState } from 'react';
import { Button } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useFocusTarget } from '../../lib/focus.ts';
import { later } from '../../lib/later.tsx';
import { useDrafts } from '../../lib/use-draft.ts';
import { newTitleDraft, type NewActionProperties } from './new-title.ts';
import { usePlanText } from './text.ts';

/** The form itself comes once the plan stands. */
export const AddForm = later(() => import('./add-form.tsx'));

/** Adds actions one after the other. What was typed stays until it is saved. */
export function InlineAdd(properties: NewActionProperties) {
  const { state } = properties;
  const t = usePlanText();
  const { ref, focus } = useFocusTarget();
  const drafts = useDrafts();
  const kept = newTitleDraft(state);
  const [open, setOpen] = useState<'asked' | 'kept' | null>(() =>
    drafts.find(kept.thing, kept.schema) === null ? null : 'kept',
  );
  const button = (
    <Button
      ref={ref}
      data-adds
      appearance="subtle"
      icon={<AddRegular />}
      onClick={() => setOpen('asked')}
      aria-label={`${t('add.button')}: ${t(`state.${state}`)}`}
    >
      {t('add.button')}
    </Button>
  );

  function fold(): void {
    setOpen(null);
    setTimeout(focus);
  }

  if (!open) return button;
  return (
    <Suspense fallback={button}>
      <AddForm {...properties} fold={fold} focuses={open === 'asked'} />
    </Suspense>
  );
}
