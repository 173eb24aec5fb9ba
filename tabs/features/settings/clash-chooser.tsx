import { Field, MessageBar, MessageBarBody, MessageBarTitle, Radio, RadioGroup } from '@fluentui/react-components';
import type { Settings } from '../../../domain/community.ts';
import { useSession } from '../../lib/session.tsx';
import { changedFields, type FieldName } from './changes.ts';
import { showField } from './show-field.ts';
import { useSettingsText } from './text.ts';

/** Settings that two people changed at once, and both versions of them. */
export interface Clash {
  readonly fields: readonly FieldName[];
  readonly mine: Settings;
  readonly theirs: Settings;
}

/** Both versions of each setting that two people changed, to choose from. */
export function ClashChooser({
  clash,
  settings,
  take,
}: {
  readonly clash: Clash;
  readonly settings: Settings;
  readonly take: (field: FieldName, from: Settings) => void;
}) {
  const { texts } = useSession();
  const t = useSettingsText();
  const show = (field: FieldName, from: Settings): string => showField(field, from, { t, locale: texts.locale });

  return (
    <div role="alert">
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{t('clash.title')}</MessageBarTitle>
          <div>{t('clash.hint')}</div>
          {clash.fields.map(field => (
            <Field key={field} label={t('clash.field', { field: t(`fields.${field}`) })}>
              <RadioGroup
                value={changedFields(settings, clash.theirs).includes(field) ? 'mine' : 'theirs'}
                onChange={(_, data) => take(field, data.value === 'mine' ? clash.mine : clash.theirs)}
              >
                <Radio value="mine" label={t('clash.mine', { value: show(field, clash.mine) })} />
                <Radio value="theirs" label={t('clash.theirs', { value: show(field, clash.theirs) })} />
              </RadioGroup>
            </Field>
          ))}
        </MessageBarBody>
      </MessageBar>
    </div>
  );
}
