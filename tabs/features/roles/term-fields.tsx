import { Field, Input, Textarea, makeStyles, tokens } from '@fluentui/react-components';
import { longestNote } from '../../../domain/roles/roles.ts';
import { faultOf, type TermDraft } from './term-draft.ts';
import { useRolesText } from './text.ts';

const useStyles = makeStyles({
  days: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalM,
    '& > *': { minWidth: 0 },
  },
});

/** The days and the note of a holding. */
export function TermFields({
  draft,
  change,
}: {
  readonly draft: TermDraft;
  readonly change: (draft: TermDraft) => void;
}) {
  const t = useRolesText();
  const styles = useStyles();
  const fault = faultOf(draft);
  return (
    <>
      <div className={styles.days}>
        <Field label={t('term.since')} {...(fault === 'missing' ? { validationMessage: t('term.missing') } : {})}>
          <Input type="date" value={draft.since} onChange={(_, data) => change({ ...draft, since: data.value })} />
        </Field>
        <Field
          label={t('term.until')}
          hint={t('term.untilHint')}
          {...(fault === 'wrong' ? { validationMessage: t('term.wrong') } : {})}
        >
          <Input type="date" value={draft.until} onChange={(_, data) => change({ ...draft, until: data.value })} />
        </Field>
      </div>
      <Field label={t('term.note')}>
        <Textarea
          value={draft.note}
          maxLength={longestNote}
          resize="vertical"
          onChange={(_, data) => change({ ...draft, note: data.value })}
        />
      </Field>
    </>
  );
}
