import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { privacyApi, type PrivacyView } from '../../../domain/privacy/api.ts';
import { BusySign } from '../../components/busy-sign.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { useDrafts } from '../../lib/use-draft.ts';
import { keys } from '../../lib/queries.ts';
import { usePrivacyText } from './text.ts';

const useStyles = makeStyles({
  words: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, overflowWrap: 'anywhere' },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
});

/** Says exactly what goes, what stays and why, and erases once that was confirmed. */
export default function ForgetDialog({
  open,
  view,
  close,
  erased,
}: {
  readonly open: boolean;
  readonly view: PrivacyView;
  readonly close: () => void;
  readonly erased: () => void;
}) {
  const { client, communityId, announce } = useSession();
  const { name } = useCommunity();
  const call = useCall();
  const drafts = useDrafts();
  const queries = useQueryClient();
  const t = usePrivacyText();
  const styles = useStyles();
  const forget = useMutation({
    mutationFn: () => call(privacyApi.forgetMe),
    async onSuccess(after) {
      drafts.discardAll();
      client.forget(communityId);
      queries.setQueryData(keys.privacy(communityId), after);
      erased();
      announce(t('forget.done', { community: name }));
      // What other screens hold may name the person still.
      await queries.invalidateQueries();
    },
  });

  return (
    <Dialog open={open} onOpenChange={(_, next) => !next.open && close()} modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('forget.ask', { community: name })}</DialogTitle>
          <DialogContent className={styles.words} tabIndex={0}>
            <Text weight="semibold">{t('forget.lead')}</Text>
            {(['goes', 'loses-name', 'stays'] as const).map(fate => {
              const kinds = view.held.filter(kind => kind.fate === fate);
              return (
                kinds.length > 0 && (
                  <div key={fate}>
                    <Text weight="semibold">{t(`forget.${fate}`)}</Text>
                    <ul className={styles.list}>
                      {kinds.map(kind => (
                        <li key={kind.kind}>
                          {fate === 'stays'
                            ? `${kind.title}: ${kind.why}`
                            : `${kind.title} (${t('entries', { count: kind.entries.length })})`}
                        </li>
                      ))}
                    </ul>
                  </div>
                )
              );
            })}
            <div>
              <Text weight="semibold">{t('forget.beyond')}</Text>
              <ul className={styles.list}>
                {view.beyond.map(sentence => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </div>
            <Text>{t('forget.quiet', { community: name })}</Text>
            {forget.isError && <FailureNotice error={forget.error} again={() => forget.mutate()} />}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>{t('forget.cancel')}</Button>
            </DialogTrigger>
            <Button
              appearance="primary"
              icon={forget.isPending ? <BusySign /> : null}
              disabledFocusable={forget.isPending}
              onClick={() => {
                if (!forget.isPending) forget.mutate();
              }}
            >
              {t(forget.isPending ? 'forget.erasing' : 'forget.confirm')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
