import { useCallback, useRef, useState, type KeyboardEvent } from 'react';
import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { charterApi, type CharterView, type SectionView } from '../../../domain/charter/api.ts';
import { longestSection } from '../../../domain/charter/charter.ts';
import type { MergedPart } from '../../../domain/merge.ts';
import type { CharterSection } from '../../../domain/charter/method.ts';
import { BusySign } from '../../components/busy-sign.tsx';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { RichTextField } from '../../components/rich-text.tsx';
import { keys } from '../../lib/queries.ts';
import { saveVersion } from '../../lib/save-version.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useWriting } from '../../lib/use-live.ts';
import { useVersionedEdit } from '../../lib/use-versioned-edit.ts';
import { sectionOf, withSection } from './charter-view.ts';
import { ConflictChooser } from './conflict-chooser.tsx';
import { openChoices, resultOf, startChoosing, writeByHand, type Choosing } from './choices.ts';
import { sectionDraft } from './draft.ts';
import { useEditorText } from './editor-text.ts';
import { useSectionTitle } from './text.ts';
import { Questions } from './questions.tsx';
import { authorsOf, versionedSection } from './saving.ts';

const useStyles = makeStyles({
  editor: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingHorizontalL,
    '@media (min-width: 48rem)': { gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)' },
  },
  // Where the eye is, however long the text has become.
  foot: {
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
    paddingTop: tokens.spacingVerticalS,
    paddingBottom: tokens.spacingVerticalS,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  buttons: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

interface Properties {
  readonly guide: CharterSection;
  readonly section: SectionView;
  /** Leaves the editor, with a sentence to show about what happened. */
  readonly stop: (sentence: string | null) => void;
}

/** Writes one section. Every key is kept as a draft until the server has acknowledged a save. */
export default function SectionEditor({ guide, section, stop }: Properties) {
  const { texts, communityId, announce } = useSession();
  useWriting(guide.id);
  const t = useEditorText();
  const title = useSectionTitle(guide.id);
  const styles = useStyles();
  const call = useCall();
  const queries = useQueryClient();
  const [sure, setSure] = useState(false);
  const [choosing, setChoosing] = useState<Choosing | null>(null);

  const versioned = versionedSection({
    put: (text, etag) => call(charterApi.saveSection, { params: { section: guide.id }, body: { text }, ifMatch: etag }),
    read: async () => sectionOf(await call(charterApi.charter), guide.id),
  });
  const edit = useVersionedEdit<string, SectionView, never, MergedPart>({
    ...sectionDraft(section),
    async save(wanted) {
      const saved = await saveVersion(versioned, wanted);
      if (saved.kind === 'saved') {
        await queries.cancelQueries({ queryKey: keys.charter(communityId) });
        queries.setQueryData<CharterView>(
          keys.charter(communityId),
          before => before && withSection(before, saved.view),
        );
      }
      return saved;
    },
    onSaved({ met }) {
      const names = new Intl.ListFormat(texts.locale).format(authorsOf(met).map(person => person.name));
      stop(names === '' ? t('section.saved') : t('section.merged', { names }));
    },
    onClash({ parts, view }) {
      const who = view.changed?.by.name;
      announce(who ? t('conflict.came', { name: who }) : t('conflict.cameSomebody'));
      setChoosing(startChoosing(parts));
    },
  });
  const { value: text, restoredAt, saving, clash } = edit;
  // A draft that came back by itself must not take the focus from where the person is.
  const takesFocus = useRef(restoredAt === null);
  const field = useRef<HTMLElement | null>(null);
  const setField = useCallback((element: HTMLElement | null) => {
    field.current = element;
    if (element && takesFocus.current) element.focus();
    takesFocus.current = false;
  }, []);

  function write(newText: string): void {
    edit.change(newText);
    setSure(false);
  }

  function decide(next: Choosing): void {
    setChoosing(next);
    edit.change(resultOf(next));
  }

  const result = choosing ? resultOf(choosing) : text;
  const left = longestSection - result.length;
  const open = choosing ? openChoices(choosing) : 0;
  const maySave = left >= 0 && !saving && open === 0;

  function submit(): void {
    if (!maySave) return;
    if (choosing || edit.changed) edit.submit(result);
    else stop(null);
  }

  function discard(sentence: string | null): void {
    edit.reset();
    stop(sentence);
  }

  function cancel(): void {
    if (edit.changed || choosing) setSure(true);
    else discard(null);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit();
  }

  const stale = edit.changed && !choosing && !saving && section.etag !== edit.etag && section.text !== text;
  return (
    <div className={styles.editor} onKeyDown={onKeyDown}>
      <DraftNotice draft={edit} discard={() => discard(t('editor.discarded'))} />
      {stale && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            {section.changed ? t('editor.stale', { name: section.changed.by.name }) : t('editor.staleSomebody')}
          </MessageBarBody>
        </MessageBar>
      )}

      {choosing ? (
        <ConflictChooser
          choosing={choosing}
          by={clash?.view.changed?.by.name ?? null}
          decide={decide}
          write={newText => decide(writeByHand(choosing, newText))}
        />
      ) : (
        <div className={styles.columns}>
          <RichTextField
            label={t('editor.label', { section: title })}
            value={text}
            change={write}
            readOnly={saving}
            isTall
            fieldRef={setField}
          />
          <Questions guide={guide} unfolded />
        </div>
      )}
      {edit.error && <FailureNotice error={edit.error} again={submit} />}

      <div className={styles.foot}>
        {sure ? (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{t('editor.sure')}</MessageBarBody>
            <MessageBarActions>
              <Button onClick={() => discard(null)}>{t('editor.throwAway')}</Button>
              <Button
                appearance="primary"
                autoFocus
                onClick={() => {
                  setSure(false);
                  field.current?.focus();
                }}
              >
                {t('editor.goOn')}
              </Button>
            </MessageBarActions>
          </MessageBar>
        ) : (
          <div className={styles.buttons}>
            <Button
              appearance="primary"
              title={t('editor.saveKeys')}
              aria-keyshortcuts="Control+Enter"
              onClick={submit}
              disabledFocusable={!maySave}
              {...(saving ? { icon: <BusySign /> } : {})}
            >
              {t(saving ? 'editor.saving' : 'editor.save')}
            </Button>
            <Button onClick={cancel} disabledFocusable={saving}>
              {t('editor.cancel')}
            </Button>
            {left < 1_000 && (
              <Text role={left < 0 ? 'alert' : undefined} className={styles.quiet}>
                {t(left < 0 ? 'editor.over' : 'editor.left', { count: Math.abs(left) })}
              </Text>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
