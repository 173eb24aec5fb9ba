import { Suspense, useState } from 'react';
import { Button } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { z } from 'zod';
import type { ActionState } from '../../../domain/plan/plan.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { later } from '../../lib/later.tsx';
import { useDrafts } from '../../lib/use-draft.ts';
import { usePlanText } from './text.ts';

/** The form itself comes once the plan stands. */
export const AddForm = later(() => import('./add-form.tsx'));

/** What is kept of it while it is typed, and under which name. */
export const AddedTitle = z.string();
export const draftOf = (state: ActionState): string => `plan/new/${state}`;

export interface InlineAddProperties {
  readonly state: ActionState;
  /** The calendar day in the community's zone. */
  readonly today: string;
  /** Shows what was added. */
  readonly added: (id: string) => void;
}

/** Adds actions one after the other. What was typed stays until it is saved. */
export function InlineAdd(properties: InlineAddProperties) {
  const { state } = properties;
  const t = usePlanText();
  const { ref, focus } = useFocusTarget();
  const drafts = useDrafts();
  const [open, setOpen] = useState<'asked' | 'kept' | null>(() =>
    drafts.find(draftOf(state), AddedTitle) === null ? null : 'kept',
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
