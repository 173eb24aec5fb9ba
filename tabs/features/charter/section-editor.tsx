import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import {
  Button,
  Field,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Spinner,
  Textarea,
  ToggleButton,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { EyeRegular } from '@fluentui/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type CharterView, type SectionView } from '../../../domain/api.ts';
import { longestSection } from '../../../domain/charter.ts';
import type { CharterSection } from '../../../domain/method/charter-sections.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Markdown } from '../../components/markdown.tsx';
import { showMoment } from '../../lib/dates.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useLeavingGuard } from '../../lib/leaving.ts';
import { sectionOf, withSection } from './charter-view.ts';
import { ConflictChooser } from './conflict-chooser.tsx';
import { openChoices, resultOf, startChoosing, writeByHand, type Choosing } from './choices.ts';
import type { Draft, Drafts, Kept } from './drafts.ts';
import { useEditorText } from './editor-text.ts';
import { Questions } from './questions.tsx';
import { saveEdit, type Edit, type SectionStore } from './saving.ts';

const useStyles = makeStyles({
  editor: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingHorizontalL,
    '@media (min-width: 48rem)': { gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)' },
  },
  // Grows with the text, where the browser knows how; `rows` does it roughly elsewhere.
  textarea: { maxHeight: 'none', '& > textarea': { maxHeight: 'none', minHeight: '9rem', fieldSizing: 'content' } },
  preview: {
    minHeight: '9rem',
    padding: tokens.spacingHorizontalM,
    border: `1px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Properties {
  readonly guide: CharterSection;
  readonly section: SectionView;
  readonly drafts: Drafts;
  /** A draft of an earlier visit to go on with. */
  readonly draft: Draft | null;
  /** Leaves the editor, with a sentence to show about what happened. */
  readonly stop: (sentence: string | null) => void;
}

/** Writes one section. Every key is kept as a draft until the server has acknowledged a save. */
export default function SectionEditor({ guide, section, drafts, draft, stop }: Properties) {
  const { texts, communityId, announce } = useSession();
  const t = useEditorText();
  const styles = useStyles();
  const call = useCall();
  const queries = useQueryClient();
  const helpId = useId();
  const { ref: field, focus: focusField } = useFocusTarget();
  const [base, setBase] = useState(() =>
    draft ? { text: draft.base, etag: draft.etag } : { text: section.text, etag: section.etag },
  );
  const [text, setText] = useState(draft?.text ?? section.text);
  const [kept, setKept] = useState<Kept>('kept');
  const [preview, setPreview] = useState(false);
  const [sure, setSure] = useState(false);
  const [conflict, setConflict] = useState<{ readonly choosing: Choosing; readonly current: SectionView } | null>(null);

  const store: SectionStore = {
    put: (newText, etag) =>
      call(api.saveSection, { params: { section: guide.id }, body: { text: newText }, ifMatch: etag }),
    read: async () => sectionOf(await call(api.charter), guide.id),
  };

  const save = useMutation({
    async mutationFn(edit: Edit) {
      const saved = await saveEdit(store, edit);
      if (saved.kind === 'saved') {
        // Here, not in the component: the draft goes and the charter is new even if the editor was left meanwhile.
        drafts.discard(guide.id);
        await queries.cancelQueries({ queryKey: keys.charter(communityId) });
        queries.setQueryData<CharterView>(
          keys.charter(communityId),
          before => before && withSection(before, saved.section),
        );
      }
      return saved;
    },
    onSuccess(saved) {
      if (saved.kind === 'saved') {
        const names = new Intl.ListFormat(texts.locale).format(saved.with.map(person => person.name));
        stop(saved.with.length > 0 ? t('section.merged', { names }) : t('section.saved'));
        return;
      }
      const who = saved.current.changed?.by.name;
      announce(who ? t('conflict.came', { name: who }) : t('conflict.cameSomebody'));
      setPreview(false);
      setConflict({ choosing: startChoosing(saved.parts), current: saved.current });
    },
  });

  useLeavingGuard(save.isPending || kept === 'lost');
  useEffect(() => {
    // A draft that came back by itself must not take the focus from where the person is.
    if (draft === null) focusField();
  }, [draft, focusField]);

  function keep(newText: string, from: { readonly text: string; readonly etag: string | null }): void {
    if (newText === from.text) drafts.discard(guide.id);
    else
      setKept(drafts.keep(guide.id, { text: newText, base: from.text, etag: from.etag, at: new Date().toISOString() }));
  }

  function write(newText: string): void {
    setText(newText);
    setSure(false);
    keep(newText, base);
  }

  function decide(choosing: Choosing): void {
    if (!conflict) return;
    setConflict({ ...conflict, choosing });
    // Once the person works on the result, that is what must survive, based on what is stored now.
    keep(resultOf(choosing), conflict.current);
  }

  const result = conflict ? resultOf(conflict.choosing) : text;
  const left = longestSection - result.length;
  const changed = result !== base.text;
  const maySave = left >= 0 && !save.isPending && (conflict ? openChoices(conflict.choosing) === 0 : true);

  function submit(): void {
    if (!maySave) return;
    if (!conflict && !changed) {
      stop(null);
      return;
    }
    if (conflict) {
      const settled = { text: conflict.current.text, etag: conflict.current.etag };
      setBase(settled);
      setText(result);
      save.mutate(
        { text: result, base: settled.text, etag: settled.etag },
        { onSuccess: () => setConflict(before => (before === conflict ? null : before)) },
      );
      return;
    }
    save.mutate({ text, base: base.text, etag: base.etag });
  }

  function discard(sentence: string | null): void {
    drafts.discard(guide.id);
    stop(sentence);
  }

  function cancel(): void {
    if (changed || conflict) setSure(true);
    else discard(null);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit();
  }

  const stale = !conflict && !save.isPending && section.etag !== base.etag && section.text !== text;
  return (
    <div className={styles.editor} onKeyDown={onKeyDown}>
      {draft && !conflict && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('editor.restored', { when: showMoment(draft.at, texts.locale) })}</MessageBarBody>
          <MessageBarActions>
            <Button onClick={() => discard(t('editor.discarded'))}>{t('editor.discard')}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {kept === 'lost' && (
        <div role="alert">
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{t('editor.lost')}</MessageBarBody>
          </MessageBar>
        </div>
      )}
      {stale && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            {section.changed ? t('editor.stale', { name: section.changed.by.name }) : t('editor.staleSomebody')}
          </MessageBarBody>
        </MessageBar>
      )}

      {conflict ? (
        <ConflictChooser
          choosing={conflict.choosing}
          by={conflict.current.changed?.by.name ?? null}
          decide={decide}
          write={newText => decide(writeByHand(conflict.choosing, newText))}
        />
      ) : (
        <div className={styles.columns}>
          {preview ? (
            <div
              className={styles.preview}
              role="region"
              aria-label={t('editor.previewLabel', { section: guide.title })}
            >
              {text.trim() === '' ? t('editor.previewEmpty') : <Markdown text={text} />}
            </div>
          ) : (
            <Field
              label={t('editor.label', { section: guide.title })}
              hint={{ id: helpId, children: t('editor.help') }}
            >
              <Textarea
                ref={field}
                className={styles.textarea}
                value={text}
                rows={rowsFor(text)}
                resize="vertical"
                readOnly={save.isPending}
                onChange={(_, data) => write(data.value)}
              />
            </Field>
          )}
          <Questions guide={guide} unfolded />
        </div>
      )}
      {left < 1_000 && (
        <div role={left < 0 ? 'alert' : undefined}>
          {t(left < 0 ? 'editor.over' : 'editor.left', { count: Math.abs(left) })}
        </div>
      )}
      {save.isError && <FailureNotice error={save.error} again={submit} />}

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
                focusField();
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
            onClick={submit}
            disabledFocusable={!maySave}
            {...(save.isPending ? { icon: <Spinner size="tiny" /> } : {})}
          >
            {t(save.isPending ? 'editor.saving' : 'editor.save')}
          </Button>
          <Button onClick={cancel} disabledFocusable={save.isPending}>
            {t('editor.cancel')}
          </Button>
          {!conflict && (
            <ToggleButton
              appearance="subtle"
              icon={<EyeRegular />}
              checked={preview}
              onClick={() => setPreview(!preview)}
            >
              {t('editor.preview')}
            </ToggleButton>
          )}
        </div>
      )}
    </div>
  );
}

function rowsFor(text: string): number {
  const lines = text.split('\n').reduce((count, line) => count + 1 + Math.floor(line.length / 80), 0);
  return Math.min(30, Math.max(6, lines + 1));
}
