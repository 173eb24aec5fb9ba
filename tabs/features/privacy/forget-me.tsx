import { useState } from 'react';
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  MessageBar,
  MessageBarBody,
  Spinner,
  Subtitle2,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { privacyApi, type PrivacyView } from '../../../domain/privacy/api.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { panelStyle } from '../../components/panel-style.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { useDrafts } from '../../lib/use-draft.ts';
import { keys } from '../../lib/queries.ts';
import { usePrivacyText } from './text.ts';

const useStyles = makeStyles({
  panel: { ...panelStyle, rowGap: tokens.spacingVerticalS, alignItems: 'flex-start' },
  title: { margin: 0 },
  words: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, overflowWrap: 'anywhere' },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
});

/** Says exactly what goes, what stays and why, before anything is erased. */
export function ForgetMe({ view }: { readonly view: PrivacyView }) {
  const { client, communityId, announce } = useSession();
  const { name } = useCommunity();
  const call = useCall();
  const drafts = useDrafts();
  const queries = useQueryClient();
  const t = usePrivacyText();
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  const forget = useMutation({
    mutationFn: () => call(privacyApi.forgetMe),
    async onSuccess(after) {
      drafts.discardAll();
      client.forget(communityId);
      queries.setQueryData(keys.privacy(communityId), after);
      setOpen(false);
      setDone(true);
      announce(t('forget.done', { community: name }));
      // What other screens hold may name the person still.
      await queries.invalidateQueries();
    },
  });

  return (
    <section className={styles.panel} aria-label={t('forget.title')}>
      <Subtitle2 as="h2" className={styles.title}>
        {t('forget.title')}
      </Subtitle2>
      <Text>{view.first ?? t('forget.hint')}</Text>
      {done && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{t('forget.done', { community: name })}</MessageBarBody>
        </MessageBar>
      )}
      {view.first === null && (
        <Dialog open={open} onOpenChange={(_, next) => setOpen(next.open)} modalType="alert">
          <DialogTrigger disableButtonEnhancement>
            <Button>{t('forget.open')}</Button>
          </DialogTrigger>
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
                  icon={forget.isPending ? <Spinner size="tiny" /> : null}
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
      )}
    </section>
  );
}
