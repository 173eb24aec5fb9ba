import { Field, Textarea, makeStyles } from '@fluentui/react-components';
import type { RichTextFieldProps } from './field.ts';

const useStyles = makeStyles({
  // Grows with the text, where the browser knows how.
  textarea: { maxHeight: 'none', '& > textarea': { maxHeight: 'none', minHeight: '9rem', fieldSizing: 'content' } },
});

/** A text with all the signs that make it what it is. */
export default function AsTyped({ label, hint, fault, value, change, readOnly = false, fieldRef }: RichTextFieldProps) {
  const styles = useStyles();
  return (
    <Field
      label={label}
      {...(hint === null || hint === undefined ? {} : { hint })}
      {...(fault === null || fault === undefined ? {} : { validationMessage: fault })}
    >
      <Textarea
        {...(fieldRef ? { ref: fieldRef } : {})}
        className={styles.textarea}
        dir="auto"
        resize="vertical"
        value={value}
        readOnly={readOnly}
        onChange={(_, data) => change(data.value)}
      />
    </Field>
  );
}
