import { Suspense, lazy, useState } from 'react';
import {
  Button,
  MessageBar,
  MessageBarBody,
  Subtitle1,
  Text,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { digestApi, type DigestDraftView, type DigestView } from '../../../domain/digest/api.ts';
import { BusySign } from '../../components/busy-sign.tsx';
import { ClashChooser } from '../../components/clash-chooser.tsx';
import { CancelWriting } from '../../components/cancel-writing.tsx';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { showDay } from '../../lib/dates.ts';
import { keys } from '../../lib/queries.ts';
import { saveVersion } from '../../lib/save-version.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useSettled } from '../../lib/use-settled.ts';
import { useVersionedEdit } from '../../lib/use-versioned-edit.ts';
import AsText from './as-text.tsx';
import { versionedWords } from './saving.ts';
import { SendNow } from './send-now.tsx';
import { useDigestText } from './text.ts';
import { fits, fromForm, limits, sameField, sameWords, toForm, WordsInForm, type WordField } from './words.ts';
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
  // What a card has of the narrowest phone that Teams runs on.
  phone: { width: '320px', maxWidth: '100%', marginInline: 'auto' },
  quiet: { color: tokens.colorNeutralForeground2 },
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

/** The digest that goes out next: its words to edit, and beside them the very card. */
export function DraftPanel({ draft, today }: { readonly draft: DigestDraftView; readonly today: string }) {
  const { texts, communityId, announce } = useSession();
  const t = useDigestText();
  const styles = useStyles();
  const call = useCall();
  const queries = useQueryClient();
  const { audience } = draft;
  const [said, setSaid] = useState<string | null>(null);
  const [asText, setAsText] = useState(false);
  const [onPhone, setOnPhone] = useState(false);

  const versioned = versionedWords({
    put: (body, etag) => call(digestApi.saveDigest, { params: { audience }, body, ifMatch: etag }),
    read: async () => (await call(digestApi.digest)).drafts.find(one => one.audience === audience) ?? null,
  });
  const edit = useVersionedEdit<WordsInForm, DigestDraftView, WordField>({
    thing: `digest/${audience}`,
    schema: WordsInForm,
    stored: { value: toForm(draft.words), etag: draft.etag },
    same: sameWords,
    async save(wanted) {
      const saved = await saveVersion(versioned, wanted);
      if (saved.kind === 'saved')
        queries.setQueryData<DigestView>(keys.digest(communityId), before => before && withDraft(before, saved.view));
      return saved;
    },
    onSaved({ theirs }) {
      const kept = new Intl.ListFormat(texts.locale).format(theirs.map(field => t(`fields.${field}`)));
      const sentence = kept === '' ? t('saved') : `${t('saved')} ${t('kept', { fields: kept })}`;
      setSaid(sentence);
      announce(sentence);
    },
    onClash: () => announce(t('conflict.title')),
  });
  const { value: form, changed, saving, clash } = edit;
  const words = fromForm(form);

  const settled = useSettled(words);
  const preview = useQuery({
    queryKey: keys.digestPreview(communityId, audience, settled),
    queryFn: ({ signal }) => call(digestApi.previewDigest, { params: { audience }, body: settled, signal }),
    enabled: changed && fits(settled),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
  const shown = changed ? (preview.data ?? draft) : draft;

  function change(next: WordsInForm): void {
    setSaid(null);
    edit.change(next);
  }

  const maySave = fits(words) && !saving;
  function submit(): void {
    if (maySave) edit.submit();
  }

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
        <Text className={styles.quiet}>{t(`draft.look.${draft.look}`, { name: draft.lookedBy?.name ?? '' })}</Text>
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
            submit();
          }}
          noValidate
        >
          <DraftNotice draft={edit} discard={edit.reset} />
          <WordsForm audience={audience} words={form} asked={draft.asked} tomorrow={dayAfter(today)} change={change} />
          {clash && (
            <ClashChooser
              title={t('conflict.title')}
              clash={clash}
              label={field => t(`fields.${field}`)}
              show={showField}
              isMarkdown={field => field in limits}
              chosen={field => (sameField(field, form, clash.theirs) ? 'theirs' : 'mine')}
              take={(field, from) => change({ ...form, [field]: from[field] })}
            />
          )}
          {edit.error && <FailureNotice error={edit.error} again={submit} />}
          {said !== null && (
            <MessageBar intent="success" layout="multiline">
              <MessageBarBody>{said}</MessageBarBody>
            </MessageBar>
          )}
          <div className={styles.bar}>
            <Button
              type="submit"
              appearance={changed ? 'primary' : 'secondary'}
              disabledFocusable={!maySave || (!changed && (draft.look === 'fresh' || draft.look === 'asked-later'))}
              {...(saving ? { icon: <BusySign /> } : {})}
            >
              {t(saving ? 'saving' : changed ? 'save' : 'looksGood')}
            </Button>
            {changed && <CancelWriting changed busy={saving} throwAway={edit.reset} label={t('cancel')} />}
          </div>
          <SendNow draft={draft} changed={changed} />
        </form>

        <div className={styles.column}>
          <Text size={200} className={styles.quiet}>
            {t('draft.previewHint')}
          </Text>
          <Suspense fallback={<Waiting label={t('loading')} blocks={1} />}>
            <div className={mergeClasses(onPhone && styles.phone)}>
              <CardView card={shown.card} label={t('draft.preview')} />
            </div>
          </Suspense>
          {preview.isError && changed && <FailureNotice error={preview.error} again={() => void preview.refetch()} />}
          <div className={styles.bar}>
            <Button size="small" aria-pressed={onPhone} onClick={() => setOnPhone(!onPhone)}>
              {t('onPhone')}
            </Button>
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
    return '';
  }
  function showField(field: WordField, from: WordsInForm): string {
    if (field === 'questions') return from.questions.map(({ text }) => text).join('\n');
    if (field === 'times') return from.times.filter(time => time.trim() !== '').join('\n');
    if (field === 'sendOn') return from.sendOn === null ? '' : showDay(from.sendOn, texts.locale);
    return from[field];
  }
  function namesOf(people: readonly { readonly name: string }[]): string {
    return new Intl.ListFormat(texts.locale).format(people.map(({ name }) => name));
  }
}

/** All drafts, with this one new. */
function withDraft(digests: DigestView, draft: DigestDraftView): DigestView {
  return { ...digests, drafts: digests.drafts.map(one => (one.audience === draft.audience ? draft : one)) };
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
