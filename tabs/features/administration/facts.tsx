import type { ReactNode } from 'react';
import { Text, makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  facts: { margin: 0, display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  fact: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXXS },
  name: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
});

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  /** The variable of the environment that says so. */
  readonly variable?: string;
  readonly note?: string;
}

/** What is so, one below the other. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  const styles = useStyles();
  return (
    <dl className={styles.facts}>
      {facts.map(({ name, value, variable, note }) => (
        <div key={name} className={styles.fact}>
          <dt>
            <Text className={styles.name}>{name}</Text>
          </dt>
          <dd className={styles.value}>
            {value}
            {variable !== undefined && <code className={styles.code}>{variable}</code>}
            {note !== undefined && <Text size={200}>{note}</Text>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
