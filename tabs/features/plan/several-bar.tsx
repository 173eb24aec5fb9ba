import { Button, Select, Spinner, Text, makeStyles, tokens } from '@fluentui/react-components';
import { DeleteRegular, DismissRegular, PersonRegular } from '@fluentui/react-icons';
import type { Person } from '../../../domain/community.ts';
import type { ActionView } from '../../../domain/plan/api.ts';
import { quickDaysFrom } from '../../../domain/plan/due.ts';
import { actionStates, mostOwners } from '../../../domain/plan/plan.ts';
import { MemberChoice } from '../../components/member-choice.tsx';
import { Warning } from '../../components/warning.tsx';
import { useCommunity } from '../../lib/session.tsx';
import { valuesOf } from './saving.ts';
import { usePlanText } from './text.ts';
import { useSeveral } from './use-several.ts';

const useStyles = makeStyles({
  bar: {
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow8,
  },
  select: { minWidth: '7rem' },
  owner: { display: 'grid', width: '11rem', '& > *': { minWidth: 0 }, '& input': { minWidth: 0, width: '100%' } },
});

/** What can be done with all the actions that are chosen. */
export default function SeveralBar({
  chosen,
  today,
  left,
  clear,
}: {
  readonly chosen: readonly ActionView[];
  readonly today: string;
  /** Ids of owners who have left the team. */
  readonly left: readonly string[];
  readonly clear: () => void;
}) {
  const t = usePlanText();
  const styles = useStyles();
  const { me } = useCommunity();
  const { change, remove, busy, problem } = useSeveral();
  if (chosen.length === 0 && problem === '') return null;

  /** Beside whoever owns them already, and in the place of those who have left; null takes all owners away. */
  function assign(person: Person | null): void {
    change(chosen, 'owners', action => {
      const here = action.owners.filter(({ id }) => !left.includes(id));
      const owns = here.some(({ id }) => id === person?.id);
      return { ...valuesOf(action), owners: person ? (owns ? here : [...here, person].slice(-mostOwners)) : [] };
    });
  }

  return (
    <>
      {problem !== '' && <Warning>{problem}</Warning>}
      {chosen.length > 0 && (
        <div className={styles.bar} role="group" aria-label={t('several.label')}>
          <Text weight="semibold" role="status">
            {t('several.chosen', { count: chosen.length })}
          </Text>
          <Select
            className={styles.select}
            aria-label={t('several.state')}
            value=""
            disabled={busy}
            onChange={(_, { value }) => {
              const state = actionStates.find(one => one === value);
              if (state) change(chosen, 'state', action => ({ ...valuesOf(action), state }));
            }}
          >
            <option value="">{t('several.state')}</option>
            {actionStates.map(state => (
              <option key={state} value={state}>
                {t(`state.${state}`)}
              </option>
            ))}
          </Select>
          <Select
            className={styles.select}
            aria-label={t('several.due')}
            value=""
            disabled={busy}
            onChange={(_, { value }) => {
              if (value !== '') change(chosen, 'due', action => ({ ...valuesOf(action), due: value }));
            }}
          >
            <option value="">{t('several.due')}</option>
            {quickDaysFrom(today).map(({ name, day }) => (
              <option key={name} value={day}>
                {t(`quick.${name}`)}
              </option>
            ))}
          </Select>
          <Button
            icon={<PersonRegular />}
            disabledFocusable={busy}
            onClick={() => assign({ id: me.id, name: me.name })}
          >
            {t('several.mine')}
          </Button>
          <div className={styles.owner}>
            <MemberChoice
              label={t('several.owner')}
              placeholder={t('several.owner')}
              nobody={t('several.nobody')}
              disabled={busy}
              choose={assign}
            />
          </div>
          <Button
            icon={<DeleteRegular />}
            disabledFocusable={busy}
            onClick={() => {
              remove(chosen);
              clear();
            }}
          >
            {t('several.remove')}
          </Button>
          <Button appearance="subtle" icon={<DismissRegular />} disabledFocusable={busy} onClick={clear}>
            {t('several.clear')}
          </Button>
          {busy && <Spinner size="tiny" label={t('several.busy')} />}
        </div>
      )}
    </>
  );
}
