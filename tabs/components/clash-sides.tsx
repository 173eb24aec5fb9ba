import {
  Field,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Radio,
  RadioGroup,
  makeStyles,
} from '@fluentui/react-components';
import { useText } from '../lib/session.tsx';
import type { ClashProperties } from './clash-chooser.tsx';
import { Markdown } from './markdown.tsx';
import english from './clash-text.en.json' with { type: 'json' };

const useStyles = makeStyles({
  value: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxHeight: '12rem', overflowY: 'auto' },
});

/** Both versions of each field, to choose from. */
export default function ClashSides({
  title,
  by = null,
  clash,
  label,
  show,
  isMarkdown = () => false,
  chosen,
  take,
}: ClashProperties<unknown, string>) {
  const t = useText('clash', { en: english });
  const styles = useStyles();

  function radio(field: string, side: 'mine' | 'theirs') {
    const value = show(field, clash[side]);
    const key = side === 'theirs' && by !== null ? 'theirsNamed' : side;
    const label =
      value !== '' && isMarkdown(field) ? (
        <>
          {t(key, { name: by, value: '' })}
          <Markdown text={value} />
        </>
      ) : (
        t(key, { name: by, value: value || t('nothing') })
      );
    return <Radio value={side} label={{ className: styles.value, children: label }} />;
  }

  return (
    <div role="alert">
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{title}</MessageBarTitle>
          <div>{t('hint')}</div>
          {clash.parts.map(field => (
            <Field key={field} label={label(field)}>
              <RadioGroup
                value={chosen(field)}
                onChange={(_, { value }) => take(field, value === 'mine' ? clash.mine : clash.theirs)}
              >
                {radio(field, 'mine')}
                {radio(field, 'theirs')}
              </RadioGroup>
            </Field>
          ))}
        </MessageBarBody>
      </MessageBar>
    </div>
  );
}
