import {
  Field,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Radio,
  RadioGroup,
  makeStyles,
} from '@fluentui/react-components';
import { changedFields, type Action, type ActionField } from '../../../domain/plan.ts';
import { showDay } from '../../lib/dates.ts';
import { useSession } from '../../lib/session.tsx';
import type { Translate } from '../../lib/text.ts';
import { usePlanText } from './text.ts';

/** Fields that two people changed at once, and both versions of the action. */
export interface Clash {
  readonly fields: readonly ActionField[];
  readonly mine: Action;
  readonly theirs: Action;
  /** Who saved the other version. */
  readonly by: string;
}

const useStyles = makeStyles({
  value: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxHeight: '12rem', overflowY: 'auto' },
});

/** Both versions of each field that two people changed, to choose from. */
export function ClashChooser({
  clash,
  action,
  take,
}: {
  readonly clash: Clash;
  readonly action: Action;
  readonly take: (field: ActionField, from: Action) => void;
}) {
  const { texts } = useSession();
  const t = usePlanText();
  const styles = useStyles();
  const show = (field: ActionField, from: Action): string =>
    showField(field, from, t, texts.locale) || t('clash.nothing');

  return (
    <div role="alert">
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{t('clash.title', { name: clash.by })}</MessageBarTitle>
          <div>{t('clash.hint')}</div>
          {clash.fields.map(field => (
            <Field key={field} label={t(`fields.${field}`)}>
              <RadioGroup
                value={changedFields(action, clash.theirs).includes(field) ? 'mine' : 'theirs'}
                onChange={(_, { value }) => take(field, value === 'mine' ? clash.mine : clash.theirs)}
              >
                <Radio
                  value="mine"
                  label={{ className: styles.value, children: t('clash.mine', { value: show(field, clash.mine) }) }}
                />
                <Radio
                  value="theirs"
                  label={{
                    className: styles.value,
                    children: t('clash.theirs', { name: clash.by, value: show(field, clash.theirs) }),
                  }}
                />
              </RadioGroup>
            </Field>
          ))}
        </MessageBarBody>
      </MessageBar>
    </div>
  );
}

function showField(field: ActionField, action: Action, t: Translate, locale: string): string {
  switch (field) {
    case 'title':
      return action.title;
    case 'state':
      return t(`state.${action.state}`);
    case 'owners':
      return action.owners.map(({ name }) => name).join(', ');
    case 'due':
      return action.due === null ? '' : showDay(action.due, locale);
    case 'weight':
      return t(`weight.${action.weight}`);
    case 'aim':
      return action.aim ?? '';
    case 'notes':
      return action.notes;
  }
}
