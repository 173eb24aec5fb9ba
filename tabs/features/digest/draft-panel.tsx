import { Suspense, lazy, useEffect, useState } from 'react';
import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
  Subtitle1,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { DigestDraftView, api, type DigestView } from '../../../domain/api.ts';
import type { DigestWords } from '../../../domain/digest.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { ApiFailure } from '../../lib/api.ts';
import { showDay } from '../../lib/dates.ts';
import { useLeavingGuard } from '../../lib/leaving.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { AsText } from './as-text.tsx';
import { SendNow } from './send-now.tsx';
import { useDigestText } from './text.ts';
import { fits, fromForm, sameWords, toForm, type WordsInForm } from './words.ts';
import { WordsForm } from './words-form.tsx';

// The renderer of cards comes after the words.
const CardView = lazy(() => import('../../components/card-view.tsx'));

const useStyles = makeStyles({
  panel: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  // Beside each other where there is room for two, else one above the other.
  columns: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 19rem), 1fr))',
    gap: tokens.spacingHorizontalXL,
    alignItems: 'start',
  },
  column: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL, minWidth: 0 },
  lines: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

/** How long nobody types before the preview is drawn anew, in milliseconds. */
const pause = 500;

/** The digest that goes out next: its words to edit, and beside them the very card. */
export function DraftPanel({ draft, today }: { readonly draft: DigestDraftView; readonly today: string }) {
  const { texts, communityId, announce } = useSession();
  const t = useDigestText();
  const styles = useStyles();
  const call = useCall();
  const queries = useQueryClient();
  const { audience } = draft;
  // What was changed here, and the version it is based on; null while nothing is, so that the page follows what is stored.
  const [edit, setEdit] = useState<{ readonly form: WordsInForm; readonly etag: string | null } | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<DigestDraftView | null>(null);
  const [asText, setAsText] = useState(false);

  const form = edit?.form ?? toForm(draft.words);
  const words = fromForm(form);
  const changed = edit !== null && !sameWords(words, draft.words);
  useLeavingGuard(changed);

  const settled = useSettled(words);
  const preview = useQuery({
    queryKey: keys.digestPreview(communityId, audience, settled),
    queryFn: ({ signal }) => call(api.previewDigest, { params: { audience }, body: settled, signal }),
    enabled: changed && fits(settled),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
  const shown = changed ? (preview.data ?? draft) : draft;

  function show(next: DigestDraftView): void {
    queries.setQueryData<DigestView>(
      keys.digest(communityId),
      before => before && { ...before, drafts: before.drafts.map(one => (one.audience === audience ? next : one)) },
    );
  }

  const save = useMutation({
    mutationFn: ({ body, etag }: { readonly body: DigestWords; readonly etag: string | null }) =>
      call(api.saveDigest, { params: { audience }, body, ifMatch: etag }),
    onSuccess(saved) {
      show(saved);
      setEdit(null);
      setTheirs(null);
      setSaid(t('saved'));
      announce(t('saved'));
    },
    onError(error) {
      const current =
        error instanceof ApiFailure && error.code === 'version-conflict'
          ? DigestDraftView.safeParse(error.current)
          : null;
      if (!current?.success) return;
      setTheirs(current.data);
      announce(t('conflict.title'));
    },
  });

  function change(next: WordsInForm): void {
    setSaid(null);
    setEdit(before => ({ etag: before?.etag ?? draft.etag, form: next }));
  }

  function takeTheirs(current: DigestDraftView): void {
    show(current);
    setEdit(null);
    setTheirs(null);
  }

  const maySave = fits(words) && !save.isPending;
  return (
    <section className={styles.panel} aria-labelledby={`draft-${audience}`}>
      <div className={styles.lines}>
        <Subtitle1 as="h2" id={`draft-${audience}`}>
          {t('draft.title')}
        </Subtitle1>
        <Text>
          {draft.goesOutOn === null
            ? t('draft.manual')
            : t('draft.goesOut', { day: showDay(draft.goesOutOn, texts.locale) })}{' '}
          {to()}
        </Text>
        <Text className={styles.quiet}>
          {draft.lookedBy ? t('draft.looked', { name: draft.lookedBy.name }) : t('draft.unlooked')}
        </Text>
      </div>
      {draft.outside.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('draft.outside', { names: namesOf(draft.outside) })}</MessageBarBody>
        </MessageBar>
      )}

      <div className={styles.columns}>
        <form
          className={styles.column}
          onSubmit={event => {
            event.preventDefault();
            if (maySave) save.mutate({ body: words, etag: edit?.etag ?? draft.etag });
          }}
          noValidate
        >
          <WordsForm audience={audience} words={form} tomorrow={dayAfter(today)} change={change} />
          {theirs && (
            <div role="alert">
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>
                  <MessageBarTitle>{t('conflict.title')}</MessageBarTitle>
                  <div>{t('conflict.hint')}</div>
                </MessageBarBody>
                <MessageBarActions>
                  <Button onClick={() => save.mutate({ body: words, etag: theirs.etag })}>{t('conflict.mine')}</Button>
                  <Button onClick={() => takeTheirs(theirs)}>{t('conflict.theirs')}</Button>
                </MessageBarActions>
              </MessageBar>
            </div>
          )}
          {save.isError && !theirs && (
            <FailureNotice
              error={save.error}
              again={() => save.mutate({ body: words, etag: edit?.etag ?? draft.etag })}
            />
          )}
          {said !== null && (
            <MessageBar intent="success" layout="multiline">
              <MessageBarBody>{said}</MessageBarBody>
            </MessageBar>
          )}
          <div className={styles.bar}>
            <Button
              type="submit"
              appearance={changed ? 'primary' : 'secondary'}
              disabledFocusable={!maySave || (!changed && draft.lookedBy !== null)}
              {...(save.isPending ? { icon: <Spinner size="tiny" /> } : {})}
            >
              {t(save.isPending ? 'saving' : changed ? 'save' : 'looksGood')}
            </Button>
            {changed && (
              <Button
                disabledFocusable={save.isPending}
                onClick={() => {
                  setEdit(null);
                  setTheirs(null);
                  save.reset();
                }}
              >
                {t('cancel')}
              </Button>
            )}
          </div>
          <SendNow draft={draft} changed={changed} />
        </form>

        <div className={styles.column}>
          <Text size={200} className={styles.quiet}>
            {t('draft.previewHint')}
          </Text>
          <Suspense fallback={<Waiting label={t('loading')} blocks={1} />}>
            <CardView card={shown.card} label={t('draft.preview')} />
          </Suspense>
          {preview.isError && changed && <FailureNotice error={preview.error} again={() => void preview.refetch()} />}
          <div>
            <Button size="small" aria-expanded={asText} onClick={() => setAsText(!asText)}>
              {t(asText ? 'hideText' : 'asText')}
            </Button>
          </div>
          {asText && <AsText text={shown.text} mailTo={[]} />}
        </div>
      </div>
    </section>
  );

  function to(): string {
    if (audience === 'members') return t('draft.channel');
    if (draft.reached.length > 0) return t('draft.reached', { names: namesOf(draft.reached) });
    return draft.outside.length > 0 ? '' : t('draft.nobody');
  }
  function namesOf(people: readonly { readonly name: string }[]): string {
    return new Intl.ListFormat(texts.locale).format(people.map(({ name }) => name));
  }
}

/** The words once nobody has typed for a moment. */
function useSettled(words: DigestWords): DigestWords {
  const json = JSON.stringify(words);
  const [settled, setSettled] = useState(json);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(json), pause);
    return () => clearTimeout(timer);
  }, [json]);
  return JSON.parse(settled) as DigestWords;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
