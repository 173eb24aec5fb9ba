import { Button, Text, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronRightRegular } from '@fluentui/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Person } from '../../../domain/community.ts';
import type { Waiting, WaitingThing } from '../../../domain/overview/overview.ts';
import { rolesApi } from '../../../domain/roles/api.ts';
import type { ScreenName } from '../../../domain/tab/screens.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { WriteButton } from '../../components/write-button.tsx';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { Panel } from './panel.tsx';
import { useOverviewText } from './text.ts';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { listStyleType: 'none', margin: `0 calc(-1 * ${tokens.spacingHorizontalS})`, padding: 0 },
  things: { listStyleType: 'none', margin: 0, padding: 0, paddingInlineStart: tokens.spacingHorizontalS },
  kind: {
    justifyContent: 'space-between',
    textAlign: 'start',
    width: '100%',
    fontWeight: tokens.fontWeightRegular,
    paddingInline: tokens.spacingHorizontalS,
  },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  thing: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalS,
    paddingInlineEnd: tokens.spacingHorizontalS,
  },
  title: {
    flex: '1 1 9rem',
    minWidth: 0,
    justifyContent: 'flex-start',
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    paddingInline: tokens.spacingHorizontalS,
    overflowWrap: 'anywhere',
  },
});

/** Where each thing that waits is dealt with. */
const places: Readonly<Record<Waiting['kind'], ScreenName>> = {
  aside: 'settings',
  settingsByHand: 'settings',
  rolesByHand: 'roles',
  unwritten: 'charter',
  sections: 'charter',
  replies: 'digest',
  draft: 'digest',
  refused: 'delivery',
  offers: 'roles',
  review: 'charter',
  overdue: 'plan',
  left: 'plan',
  ownerless: 'plan',
  terms: 'roles',
  vacant: 'roles',
};

interface Offer {
  readonly person: Person;
  readonly role: NonNullable<WaitingThing['role']>;
}

/** What waits for those who coordinate, by name, and what can be done about each at one press. */
export function WaitingPanel({
  waiting,
  go,
}: {
  readonly waiting: readonly Waiting[];
  readonly go: (screen: ScreenName, item?: string) => void;
}) {
  const { communityId } = useSession();
  const t = useOverviewText();
  const styles = useStyles();
  const call = useCall();
  const queries = useQueryClient();
  const accepting = useMutation({
    mutationFn: ({ person, role }: Offer) =>
      call(rolesApi.acceptVolunteer, { params: { role: role.id, person: person.id } }),
    onSettled() {
      for (const queryKey of [keys.overview(communityId), keys.roles(communityId)])
        void queries.invalidateQueries({ queryKey });
    },
  });

  function pressOf(kind: Waiting['kind'], { person, role }: WaitingThing) {
    if (kind !== 'offers' || !person || !role) return person && <WriteButton person={person} />;
    const waits =
      accepting.isPending && accepting.variables.role.id === role.id && accepting.variables.person.id === person.id;
    return (
      <Button
        size="small"
        aria-label={t('waiting.acceptWho', { name: person.name, role: role.title })}
        disabledFocusable={waits}
        onClick={() => !waits && accepting.mutate({ person, role })}
      >
        {t('waiting.accept')}
      </Button>
    );
  }

  return (
    <Panel title={t('waiting.title')}>
      {accepting.isError && (
        <FailureNotice error={accepting.error} again={() => accepting.mutate(accepting.variables)} />
      )}
      {waiting.length === 0 && <Text className={styles.quiet}>{t('waiting.nothing')}</Text>}
      <div>
        <Text role="status">
          {accepting.isSuccess &&
            t('waiting.accepted', { name: accepting.variables.person.name, role: accepting.variables.role.title })}
        </Text>
        <ul className={styles.list}>
          {waiting.map(({ kind, count, names = [], things = [] }) => (
            <li key={kind}>
              <Button
                className={styles.kind}
                appearance="subtle"
                icon={<ChevronRightRegular />}
                iconPosition="after"
                onClick={() => go(places[kind])}
              >
                <span className={styles.words}>
                  <span>{t(`waiting.${kind}`, { count, names: names.join('; ') })}</span>
                  {kind !== 'aside' && things.length === 0 && names.length > 0 && (
                    <Text size={200} className={styles.quiet} dir="auto">
                      {[...names, ...(count > names.length ? ['…'] : [])].join('; ')}
                    </Text>
                  )}
                </span>
              </Button>
              {things.length > 0 && (
                <ul className={styles.things}>
                  {things.map(thing => (
                    <li key={`${thing.name} ${thing.action ?? thing.role?.id ?? ''}`} className={styles.thing}>
                      <Button
                        size="small"
                        appearance="transparent"
                        className={styles.title}
                        onClick={() => go(places[kind], thing.action)}
                      >
                        <span dir="auto">
                          {thing.role ? t('waiting.inRole', { name: thing.name, role: thing.role.title }) : thing.name}
                        </span>
                      </Button>
                      {pressOf(kind, thing)}
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
