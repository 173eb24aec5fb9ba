import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Subtitle1,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular, EditRegular, LinkRegular } from '@fluentui/react-icons';
import type { SectionView } from '../../../domain/charter/api.ts';
import type { DraftView, SectionVoices as Said } from '../../../domain/charter/voices-api.ts';
import type { CharterSection } from '../../../domain/charter/method.ts';
import { Markdown } from '../../components/markdown.tsx';
import { panelStyle } from '../../components/panel-style.ts';
import { Waiting } from '../../components/waiting.tsx';
import { showMoment } from '../../lib/dates.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { writeTarget } from '../../lib/place.ts';
import { useSession } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import { sectionDraft } from './draft.ts';
import { loadEditor } from './load-editor.ts';
import { loadHistory } from './load-history.ts';
import { Questions } from './questions.tsx';
import { SectionDrafts } from './section-drafts.tsx';
import { SectionVoices } from './section-voices.tsx';
import { headingId } from './show-section.ts';
import { useWriters } from '../../lib/use-live.ts';
import { useCharterText, useSectionTitle } from './text.ts';

// Most people read: what is needed to write comes after what is needed to read.
const SectionEditor = lazy(loadEditor);
const SectionHistory = lazy(loadHistory);

const useStyles = makeStyles({
  panel: panelStyle,
  top: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXXS },
  head: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalM,
  },
  heading: {
    margin: 0,
    minWidth: 0,
    scrollMarginTop: tokens.spacingVerticalXXL,
    ':focus': { outlineStyle: 'none' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  buttons: { display: 'flex', flexShrink: 0 },
  changed: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
  empty: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: tokens.spacingVerticalS },
});

/** One section: to read, or, for those who may, to write in place. */
export function SectionPanel({
  guide,
  section,
  mayEdit,
  said,
  drafts,
}: {
  readonly guide: CharterSection;
  readonly section: SectionView;
  readonly mayEdit: boolean;
  /** Undefined while it is not known. */
  readonly said: Said | undefined;
  /** What waits to be put in. */
  readonly drafts: readonly DraftView[];
}) {
  const { texts, share, announce } = useSession();
  const t = useCharterText();
  const title = useSectionTitle(guide.id);
  const styles = useStyles();
  const writers = useWriters(guide.id);
  const { restoredAt } = useDraft(sectionDraft(section));
  const [editing, setEditing] = useState(mayEdit && restoredAt !== null);
  const [looking, setLooking] = useState(false);
  const [notice, setNotice] = useState<string | null>(null);
  const { ref: editButton, focus: focusEditButton } = useFocusTarget();
  const { ref: historyButton, focus: focusHistoryButton } = useFocusTarget();
  const comesBack = useRef<'editor' | 'history' | null>(null);

  useEffect(() => {
    if (editing || looking || comesBack.current === null) return;
    (comesBack.current === 'history' ? focusHistoryButton : focusEditButton)();
    comesBack.current = null;
  }, [editing, looking, focusEditButton, focusHistoryButton]);

  function edit(): void {
    setNotice(null);
    setEditing(true);
  }

  function stop(sentence: string | null): void {
    setNotice(sentence);
    if (sentence) announce(sentence);
    comesBack.current = looking ? 'history' : 'editor';
    setEditing(false);
    setLooking(false);
  }

  const empty = section.text.trim() === '';
  return (
    <section className={styles.panel} aria-labelledby={headingId(guide.id)}>
      <div className={styles.top}>
        <div className={styles.head}>
          <Subtitle1 as="h2" id={headingId(guide.id)} tabIndex={-1} className={styles.heading}>
            {title}
          </Subtitle1>
          {!editing && !looking && (
            <div className={styles.buttons}>
              <Button
                appearance="subtle"
                icon={<LinkRegular />}
                aria-label={t('section.copy', { section: title })}
                title={t('section.copy', { section: title })}
                onClick={() =>
                  share({ subPageId: writeTarget({ screen: 'charter', section: guide.id }), label: title })
                }
              />
              {mayEdit && (
                <Button
                  ref={editButton}
                  icon={<EditRegular />}
                  onClick={edit}
                  aria-label={t('section.editNamed', { section: title })}
                >
                  {t('section.edit')}
                </Button>
              )}
            </div>
          )}
        </div>
        <Text className={styles.quiet}>{t(`method.${guide.id}.hint`)}</Text>
      </div>

      {writers.length > 0 && (
        <Text size={200} className={styles.quiet}>
          {t(writers.length === 1 ? 'section.writes' : 'section.write', {
            names: new Intl.ListFormat(texts.locale).format(writers),
          })}
        </Text>
      )}
      {notice !== null && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{notice}</MessageBarBody>
          <MessageBarActions
            containerAction={
              <Button
                appearance="transparent"
                icon={<DismissRegular />}
                aria-label={t('section.dismiss')}
                onClick={() => setNotice(null)}
              />
            }
          />
        </MessageBar>
      )}

      {editing && (
        <Suspense fallback={<Waiting label={t('loading')} blocks={1} />}>
          <SectionEditor guide={guide} section={section} stop={stop} />
        </Suspense>
      )}
      {looking && (
        <Suspense fallback={<Waiting label={t('loading')} blocks={1} />}>
          <SectionHistory guide={guide} mayEdit={mayEdit} stop={stop} />
        </Suspense>
      )}
      {!editing && !looking && empty && (
        <div className={styles.empty}>
          <Text className={styles.quiet} italic>
            {t('section.nobody')}
          </Text>
          <Questions guide={guide} unfolded />
        </div>
      )}
      {!editing && !looking && !empty && <Markdown text={section.text} />}
      {!editing && !looking && (
        <>
          {section.changed && (
            <div className={styles.changed}>
              {!empty && (
                <Text size={200} className={styles.quiet}>
                  {t('section.changed', {
                    name: section.changed.by.name,
                    when: showMoment(section.changed.at, texts.locale),
                  })}
                </Text>
              )}
              <Button
                ref={historyButton}
                size="small"
                appearance="subtle"
                aria-label={t('section.historyNamed', { section: title })}
                onClick={() => {
                  setNotice(null);
                  setLooking(true);
                }}
              >
                {t('section.history')}
              </Button>
            </div>
          )}
          {!empty && <Questions guide={guide} />}
          {drafts.length > 0 && <SectionDrafts section={section} title={title} drafts={drafts} />}
          {said && <SectionVoices section={section} title={title} said={said} />}
        </>
      )}
    </section>
  );
}
