import { Button, Field, Select, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { api, type DeliveryView } from '../../../domain/api.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useDeliveryText } from './text.ts';

/** What the list is narrowed to; an empty string is all. */
export interface Chosen {
  readonly kind: string;
  readonly state: string;
  readonly recipient: string;
}
export const everything: Chosen = { kind: '', state: '', recipient: '' };

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

/** Three questions to the log. People can be asked for in one community only: nobody scrolls through a whole organisation. */
export function FilterBar({
  choices,
  chosen,
  withPeople,
  choose,
}: {
  readonly choices: Pick<DeliveryView, 'kinds' | 'states'>;
  readonly chosen: Chosen;
  readonly withPeople: boolean;
  readonly choose: (chosen: Chosen) => void;
}) {
  const { communityId } = useSession();
  const call = useCall();
  const t = useDeliveryText();
  const styles = useStyles();
  const members = useQuery({
    queryKey: keys.members(communityId),
    queryFn: ({ signal }) => call(api.members, { signal }),
    enabled: withPeople,
  });
  const people = members.data?.members.map(({ id, name }) => ({ id, words: name })) ?? [];
  const questions = [
    { name: 'kind', options: choices.kinds },
    { name: 'state', options: choices.states },
    ...(withPeople
      ? [{ name: 'recipient', options: [{ id: 'channel', words: t('filter.channel') }, ...people] } as const]
      : []),
  ] as const;

  return (
    <div role="group" aria-label={t('filter.label')} className={styles.bar}>
      {questions.map(({ name, options }) => (
        <Field key={name} className={styles.field} label={t(name === 'recipient' ? 'filter.to' : `filter.${name}`)}>
          <Select
            className={styles.select}
            value={chosen[name]}
            onChange={(_, { value }) => choose({ ...chosen, [name]: value })}
          >
            <option value="">{t('filter.any')}</option>
            {options.map(({ id, words }) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
      ))}
      {Object.values(chosen).some(value => value !== '') && (
        <Button appearance="subtle" onClick={() => choose(everything)}>
          {t('filter.clear')}
        </Button>
      )}
    </div>
  );
}
