import { Field, Input, Textarea, makeStyles, tokens } from '@fluentui/react-components';
import { longestResourceTitle, longestWhen, type ResourceWords } from '../../../domain/library/resource.ts';
import { TopicsField } from '../../components/topics-field.tsx';
import { useLibraryText } from './text.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
});

/** Whether there is something to say against what somebody typed. */
export function isWhole({ title, when }: ResourceWords): boolean {
  const [name, helps] = [title.trim(), when.trim()];
  return name !== '' && name.length <= longestResourceTitle && helps !== '' && helps.length <= longestWhen;
}

/** What it is, when it helps, and what it is about. */
export function ResourceForm({
  value,
  readOnly,
  change,
}: {
  readonly value: ResourceWords;
  readonly readOnly: boolean;
  readonly change: (words: ResourceWords) => void;
}) {
  const t = useLibraryText();
  const styles = useStyles();
  const tooLong = (text: string, most: number) =>
    text.trim().length > most ? { validationMessage: t('form.tooLong', { most }) } : {};
  return (
    <div className={styles.form}>
      <Field label={t('form.title')} required {...tooLong(value.title, longestResourceTitle)}>
        <Input
          dir="auto"
          value={value.title}
          readOnly={readOnly}
          onChange={(_, data) => change({ ...value, title: data.value })}
        />
      </Field>
      <Field label={t('form.when')} hint={t('form.whenHint')} required {...tooLong(value.when, longestWhen)}>
        <Textarea
          dir="auto"
          value={value.when}
          readOnly={readOnly}
          onChange={(_, data) => change({ ...value, when: data.value })}
        />
      </Field>
      <TopicsField
        label={t('form.topics')}
        hint={t('form.topicsHint')}
        topics={value.topics}
        readOnly={readOnly}
        change={topics => change({ ...value, topics })}
      />
    </div>
  );
}
