import { Subtitle2, Switch, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { privacyApi, type MessagesToMe as View, type PrivacyView } from '../../../domain/privacy/api.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { panelStyle } from '../../components/panel-style.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { keys } from '../../lib/queries.ts';
import { usePrivacyText } from './text.ts';

const useStyles = makeStyles({
  panel: { ...panelStyle, rowGap: tokens.spacingVerticalS },
  title: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  switches: { display: 'flex', flexDirection: 'column', paddingInlineStart: tokens.spacingHorizontalM },
});

type Wanted = Pick<View, 'all' | 'stopped'>;

/** A switch for each thing that the app writes to this person about; each is saved as it is turned. */
export function MessagesToMe({ view }: { readonly view: View }) {
  const { communityId, announce } = useSession();
  const { name } = useCommunity();
  const call = useCall();
  const queries = useQueryClient();
  const t = usePrivacyText();
  const styles = useStyles();
  const queryKey = keys.privacy(communityId);
  const save = useMutation({
    mutationFn: (wanted: Wanted) =>
      call(privacyApi.saveMessagesToMe, { body: { ...wanted, stopped: [...wanted.stopped] } }),
    async onSuccess(after) {
      queries.setQueryData<PrivacyView>(queryKey, before => before && { ...before, messages: after });
      announce(t('messages.saved'));
      // What is kept about the person says so, too.
      await queries.invalidateQueries({ queryKey });
    },
  });

  const { offered } = view;
  // While it is being saved the switch stands where it was turned to.
  const { all, stopped } = save.isPending ? save.variables : view;
  const turn = (wanted: Wanted) => {
    if (!save.isPending) save.mutate(wanted);
  };

  return (
    <section className={styles.panel} aria-label={t('messages.title')}>
      <Subtitle2 as="h2" className={styles.title}>
        {t('messages.title')}
      </Subtitle2>
      <Text className={styles.quiet}>{t('messages.hint')}</Text>
      {save.isError && <FailureNotice error={save.error} again={() => save.mutate(save.variables)} />}
      <Switch
        checked={!all}
        label={t('messages.all', { community: name })}
        onChange={(_, { checked }) => turn({ all: !checked, stopped })}
      />
      <div className={styles.switches} role="group" aria-label={t('messages.about')}>
        {offered.map(topic => (
          <Switch
            key={topic}
            checked={!all && !stopped.includes(topic)}
            disabled={all}
            label={t(`messages.topic.${topic}`)}
            onChange={(_, { checked }) =>
              turn({ all, stopped: checked ? stopped.filter(one => one !== topic) : [...stopped, topic] })
            }
          />
        ))}
      </div>
    </section>
  );
}
