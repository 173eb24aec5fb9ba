import { useState } from 'react';
import { Button, Field, Input, Select, Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { DismissRegular, FilterRegular, SearchRegular } from '@fluentui/react-icons';
import type { PlanView } from '../../../domain/plan/api.ts';
import { dueFilters } from '../../../domain/plan/due.ts';
import { useCommunity } from '../../lib/session.tsx';
import { aimsIn, aimValue, everything, isFiltered, ownersIn, type Filter } from './filters.ts';
import { usePlanText } from './text.ts';
import { useToolStyles } from './tool-style.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: tokens.spacingHorizontalM },
  // Two a row on a phone, the last one no wider than the others.
  field: {
    flex: '1 1 8rem',
    maxWidth: '16rem',
    minWidth: 0,
    gridTemplateColumns: 'minmax(0, 1fr)',
    '@media (max-width: 32rem)': { maxWidth: `calc(50% - ${tokens.spacingHorizontalM} / 2)` },
  },
  words: { '@media (max-width: 32rem)': { flex: '1 1 60%', maxWidth: 'none' } },
  // As wide as its field, however long an aim is.
  select: { minWidth: 0, '& > select': { width: '100%', textOverflow: 'ellipsis' } },
  search: { maxWidth: 'none', minWidth: 0 },
  count: { color: tokens.colorNeutralForeground2 },
});

/** Shows only some of the plan: by who, what for, and when. */
export default function FilterBar({
  plan,
  filter,
  shown,
  rest,
  change,
  reached,
}: {
  readonly plan: PlanView;
  readonly filter: Filter;
  readonly shown: number;
  /** How many actions have not been looked at yet. */
  readonly rest: number;
  readonly change: (filter: Filter) => void;
  /** Somebody is about to choose: what there is to choose from is wanted. */
  readonly reached: () => void;
}) {
  const t = usePlanText();
  const styles = useStyles();
  const tools = useToolStyles();
  const { me } = useCommunity();
  // On a phone the plan itself is to be seen; what is chosen stays in sight.
  const [showsMore, setShowsMore] = useState(() => isFiltered({ ...filter, words: '' }));
  const more = mergeClasses(styles.field, !showsMore && tools.notOnPhone);
  const owners = ownersIn(plan).filter(({ id }) => id !== me.id && !plan.left.includes(id));

  return (
    <div className={styles.bar} role="group" aria-label={t('filter.label')} onFocus={reached}>
      <Field label={t('filter.words')} className={mergeClasses(styles.field, styles.words)}>
        <Input
          id="plan-search"
          type="search"
          contentBefore={<SearchRegular />}
          className={styles.search}
          value={filter.words}
          onChange={(_, { value }) => change({ ...filter, words: value })}
        />
      </Field>
      <Button
        className={mergeClasses(tools.button, tools.onPhone)}
        icon={<FilterRegular />}
        aria-label={t('filter.label')}
        aria-expanded={showsMore}
        onClick={() => setShowsMore(!showsMore)}
      />
      <Field label={t('filter.owner')} className={more}>
        <Select
          className={styles.select}
          value={filter.owner}
          onChange={(_, { value }) => change({ ...filter, owner: value })}
        >
          <option value="all">{t('filter.all')}</option>
          <option value={me.id}>{t('filter.mine')}</option>
          <option value="nobody">{t('filter.nobody')}</option>
          {(plan.left.length > 0 || filter.owner === 'left') && <option value="left">{t('filter.left')}</option>}
          {owners.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('filter.aim')} className={more}>
        <Select
          className={styles.select}
          value={filter.aim}
          onChange={(_, { value }) => change({ ...filter, aim: value })}
        >
          <option value="all">{t('filter.all')}</option>
          <option value={aimValue(null)}>{t('filter.noAim')}</option>
          {aimsIn(plan).map(aim => (
            <option key={aim} value={aimValue(aim)}>
              {aim}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('filter.due')} className={more}>
        <Select
          className={styles.select}
          value={filter.due}
          onChange={(_, { value }) => change({ ...filter, due: dueFilters.find(due => due === value) ?? 'all' })}
        >
          <option value="all">{t('filter.all')}</option>
          {dueFilters.map(due => (
            <option key={due} value={due}>
              {t(`filter.${due}`)}
            </option>
          ))}
        </Select>
      </Field>
      {isFiltered(filter) && (
        <Button icon={<DismissRegular />} onClick={() => change(everything)}>
          {t('filter.clear')}
        </Button>
      )}
      {isFiltered(filter) && (
        <Text role="status" className={styles.count}>
          {rest > 0
            ? t('filter.searching')
            : shown === 0
              ? t('filter.none')
              : t('filter.shown', { count: shown, total: plan.actions.length })}
        </Text>
      )}
    </div>
  );
}
