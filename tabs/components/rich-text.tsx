import { Suspense, lazy, useId, useState } from 'react';
import { Field, makeStyles, tokens } from '@fluentui/react-components';
import { tooComplex } from '../../domain/markdown-complexity.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import type { RichTextFieldProps } from './rich-text/field.ts';

// Most people read: what is needed to write comes when somebody begins to.
const Editor = lazy(() => import('./rich-text/editor.tsx'));
const AsTyped = lazy(() => import('./rich-text/as-typed.tsx'));

const useStyles = makeStyles({
  field: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXXS, minWidth: 0 },
  coming: {
    height: '9rem',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
  },
});

/** A text with headings, lists, links, bold and italic. It is stored as Markdown, of which nobody sees anything. */
export function RichTextField({ label, hint = null, fault = null, value, ...props }: RichTextFieldProps) {
  const styles = useStyles();
  const [labelId, hintId] = [useId(), useId()];
  // What would take a reader of Markdown too long stands as it was typed, here as where it is read; while somebody
  // mends it, the field stays the same.
  const [isAsTyped] = useState(() => tooComplex(value) !== null);
  const asTyped = (
    <Suspense fallback={<div className={styles.coming} />}>
      <AsTyped {...{ label, hint, fault, value }} {...props} />
    </Suspense>
  );
  if (isAsTyped) return asTyped;
  const said = fault ?? hint;
  return (
    <Field
      label={{ id: labelId, children: label, htmlFor: undefined }}
      className={styles.field}
      {...(fault === null ? (hint === null ? {} : { hint: { id: hintId, children: hint } }) : {})}
      {...(fault === null ? {} : { validationMessage: { id: hintId, children: fault } })}
    >
      {() => (
        <ErrorBoundary instead={asTyped}>
          <Suspense fallback={<div className={styles.coming} />}>
            <Editor
              {...props}
              value={value}
              label={label}
              labelledBy={labelId}
              describedBy={said === null ? undefined : hintId}
              isInvalid={fault !== null}
            />
          </Suspense>
        </ErrorBoundary>
      )}
    </Field>
  );
}
