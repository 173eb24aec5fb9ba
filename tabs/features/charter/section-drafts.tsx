import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components';
import { charterVoicesApi, type DraftView } from '../../../domain/charter/voices-api.ts';
import type { SectionView } from '../../../domain/charter/api.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Markdown } from '../../components/markdown.tsx';
import { showMoment } from '../../lib/dates.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { hasChanged, useVoiceChange, useVoicesText } from './voices.ts';

const useStyles = makeStyles({ bar: { alignItems: 'flex-start' } });

/** What coordinators answered in a card: one press puts it into its section. */
export function SectionDrafts({
  section,
  title,
  drafts,
}: {
  readonly section: SectionView;
  readonly title: string;
  readonly drafts: readonly DraftView[];
}) {
  const { texts } = useSession();
  const call = useCall();
  const t = useVoicesText();
  const styles = useStyles();
  const change = useVoiceChange();
  const params = { section: section.id };
  return (
    <>
      {drafts.map(({ id, by, at, question, text }) => {
        const values = { name: by.name, section: title };
        const body = { draft: id };
        return (
          <MessageBar key={id} intent="info" layout="multiline" className={styles.bar}>
            <MessageBarBody>
              <MessageBarTitle>
                {t('draft.title', { name: by.name, when: showMoment(at, texts.locale) })}
              </MessageBarTitle>
              {question !== '' && <div>{t('draft.question', { question })}</div>}
              <Markdown text={text} />
            </MessageBarBody>
            <MessageBarActions>
              <Button
                appearance="primary"
                disabledFocusable={change.isPending}
                aria-label={t('draft.putInNamed', values)}
                onClick={() =>
                  change.mutate({
                    ask: () => call(charterVoicesApi.putDraftIn, { params, body, ifMatch: section.etag }),
                    done: t('draft.done', values),
                  })
                }
              >
                {t('draft.putIn')}
              </Button>
              <Button
                disabledFocusable={change.isPending}
                aria-label={t('draft.dropNamed', values)}
                onClick={() =>
                  change.mutate({
                    ask: () => call(charterVoicesApi.dropDraft, { params, body }),
                    done: t('draft.dropped'),
                  })
                }
              >
                {t('draft.drop')}
              </Button>
            </MessageBarActions>
          </MessageBar>
        );
      })}
      {change.isError &&
        (hasChanged(change.error) ? (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{t('changed', { section: title })}</MessageBarBody>
          </MessageBar>
        ) : (
          <FailureNotice error={change.error} />
        ))}
    </>
  );
}
