import { Text, makeStyles, tokens } from '@fluentui/react-components';
import type { OverviewView } from '../../../domain/overview/api.ts';
import type { ScreenName } from '../../../domain/tab/screens.ts';
import { WriteButton } from '../../components/write-button.tsx';
import { initialsOf } from '../../lib/initials.ts';
import { useSession } from '../../lib/session.tsx';
import { Panel } from './panel.tsx';
import { useOverviewText } from './text.ts';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
  },
  one: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalM },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, flex: '1 1 8rem', overflowWrap: 'anywhere' },
  // Fluent's avatar would be a tenth of what this page may weigh.
  initials: {
    display: 'grid',
    placeItems: 'center',
    flexShrink: 0,
    width: '32px',
    height: '32px',
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Who looks after the community, and which key roles nobody holds. */
export function PeoplePanel({
  view: {
    people: { inCharge },
    roles: { free },
  },
  go,
}: {
  readonly view: OverviewView;
  readonly go: (screen: ScreenName) => void;
}) {
  const {
    texts: { locale },
  } = useSession();
  const t = useOverviewText();
  const styles = useStyles();
  const list = new Intl.ListFormat(locale);
  return (
    <Panel title={t('people.title')} more={t(free.length > 0 ? 'roles.offer' : 'roles.see')} go={() => go('roles')}>
      <ul className={styles.list}>
        {inCharge.map(({ person, here, roles }) => (
          <li key={person.id} className={styles.one}>
            <span className={styles.initials} aria-hidden>
              {initialsOf(person.name)}
            </span>
            <div className={styles.words}>
              <Text>{person.name}</Text>
              <Text size={200} className={styles.quiet}>
                {list.format(roles)}
              </Text>
            </div>
            {here && <WriteButton person={person} />}
          </li>
        ))}
      </ul>
      {free.length > 0 && (
        <Text className={styles.quiet}>{t('people.free', { roles: list.format(free.map(({ title }) => title)) })}</Text>
      )}
    </Panel>
  );
}
