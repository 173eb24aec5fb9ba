import { Button, Field, Select, makeStyles, tokens } from '@fluentui/react-components';
import type { Choice } from '../../domain/endpoint.ts';
import type { Translate } from '../lib/text.ts';
import { useLogText } from './log-text.ts';

/** What a log is narrowed to, by the name of the question; what is not asked is not there. */
export type Chosen = Readonly<Record<string, string>>;

/** What can be asked of a log; each question has its label among the log's sentences, as `filter.<name>`. */
export interface LogQuestions<View> {
  readonly choices: (view: View) => Readonly<Record<string, readonly Choice[]>>;
  /** People can be asked for in one community only: nobody scrolls through a whole organisation. */
  readonly person: { readonly name: string; readonly besides: readonly Choice[] };
}

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: tokens.spacingHorizontalM,
    flex: '1 1 20rem',
    minWidth: 0,
  },
  // Two a row on a phone, the last one no wider than the others.
  field: {
    flex: '1 1 8rem',
    minWidth: 0,
    maxWidth: '16rem',
    '@media (max-width: 32rem)': { maxWidth: `calc(50% - ${tokens.spacingHorizontalM} / 2)` },
  },
  // Its longest choice must not make it wider than its field.
  select: { minWidth: 0, width: '100%', '& select': { minWidth: 0, width: '100%', textOverflow: 'ellipsis' } },
});

export function LogFilters<View extends { readonly people: readonly Choice[] }>({
  view,
  questions: { choices, person },
  chosen,
  choose,
  t,
}: {
  readonly view: View;
  readonly questions: LogQuestions<View>;
  readonly chosen: Chosen;
  readonly choose: (chosen: Chosen) => void;
  readonly t: Translate;
}) {
  const words = useLogText();
  const styles = useStyles();
  const questions = {
    ...choices(view),
    ...(view.people.length > 0 ? { [person.name]: [...person.besides, ...view.people] } : {}),
  };

  return (
    <div role="group" aria-label={words('filter.label')} className={styles.bar}>
      {Object.entries(questions).map(([name, options]) => (
        <Field key={name} className={styles.field} label={t(`filter.${name}`)}>
          <Select
            className={styles.select}
            value={chosen[name] ?? ''}
            onChange={(_, { value }) => {
              const { [name]: _before, ...others } = chosen;
              choose(value === '' ? others : { ...others, [name]: value });
            }}
          >
            <option value="">{words('filter.any')}</option>
            {options.map(option => (
              <option key={option.id} value={option.id}>
                {option.words}
              </option>
            ))}
          </Select>
        </Field>
      ))}
      {Object.keys(chosen).length > 0 && (
        <Button appearance="subtle" onClick={() => choose({})}>
          {words('filter.clear')}
        </Button>
      )}
    </div>
  );
}
