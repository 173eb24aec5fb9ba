import { Text, makeStyles, tokens } from '@fluentui/react-components';
import type { ToldFinding } from '../../../domain/administration/api.ts';
import { Badge } from '../../components/badge.tsx';
import { useAdministrationText } from './text.ts';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
  },
  one: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  line: { display: 'flex', alignItems: 'flex-start', columnGap: tokens.spacingHorizontalS },
  state: { flexShrink: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  todo: {
    borderInlineStartStyle: 'solid',
    borderInlineStartWidth: '3px',
    borderInlineStartColor: tokens.colorCompoundBrandStroke,
    paddingInlineStart: tokens.spacingHorizontalM,
    overflowWrap: 'anywhere',
  },
});

const colours = { good: 'success', gap: 'danger', hint: 'informative', unknown: 'warning' } as const;
const order: readonly ToldFinding['state'][] = ['gap', 'unknown', 'hint', 'good'];

/** What was found, what needs somebody first: what happened, who can mend it, and how. */
export function Findings({ found }: { readonly found: readonly ToldFinding[] }) {
  const t = useAdministrationText();
  const styles = useStyles();
  if (found.length === 0) return null;
  return (
    <ul className={styles.list}>
      {found
        .toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state))
        .map(({ check, state, title, happened, who, todo }) => (
          <li key={check} className={styles.one}>
            <div className={styles.line}>
              <Badge className={styles.state} appearance="tint" color={colours[state]}>
                {t(`finding.${state}`)}
              </Badge>
              <Text weight={state === 'good' ? 'regular' : 'semibold'}>{title}</Text>
            </div>
            {happened !== undefined && <Text>{happened}</Text>}
            {who !== undefined && (
              <Text className={styles.quiet}>
                {t('finding.who')} {who}
              </Text>
            )}
            {todo !== undefined && (
              <Text className={styles.todo}>
                <b>{t('finding.todo')}</b> {todo}
              </Text>
            )}
          </li>
        ))}
    </ul>
  );
}
