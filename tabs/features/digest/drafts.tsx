import { useState } from 'react';
import { Button, MessageBar, MessageBarActions, MessageBarBody, Radio, RadioGroup } from '@fluentui/react-components';
import type { DigestDraftView } from '../../../domain/digest/api.ts';
import type { DigestAudience } from '../../../domain/digest/digest.ts';
import type { ScreenName } from '../../../domain/tab/screens.ts';
import { DraftPanel } from './draft-panel.tsx';
import { useDigestText } from './text.ts';

/** What goes out next to each audience, to write. */
export default function Drafts({
  drafts,
  today,
  go,
}: {
  readonly drafts: readonly DigestDraftView[];
  readonly today: string;
  readonly go: (screen: ScreenName) => void;
}) {
  const t = useDigestText();
  const [audience, setAudience] = useState<DigestAudience>('sponsor');
  return (
    <>
      <RadioGroup
        layout="horizontal"
        aria-label={t('audience.label')}
        value={audience}
        onChange={(_, data) => setAudience(data.value as DigestAudience)}
      >
        {drafts.map(draft => (
          <Radio key={draft.audience} value={draft.audience} label={t(`audience.${draft.audience}`)} />
        ))}
      </RadioGroup>
      {/* Both stay, so that what was typed into one is still there after a look at the other. */}
      {drafts.map(draft => (
        <div key={draft.audience} hidden={draft.audience !== audience}>
          {draft.audience === 'sponsor' && draft.reached.length + draft.outside.length === 0 && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>{t('draft.nobody')}</MessageBarBody>
              <MessageBarActions>
                <Button onClick={() => go('roles')}>{t('draft.give')}</Button>
              </MessageBarActions>
            </MessageBar>
          )}
          <DraftPanel draft={draft} today={today} />
        </div>
      ))}
    </>
  );
}
