import { useState, type KeyboardEvent } from 'react';
import { Button, Field, Input, Link, Subtitle2, mergeClasses } from '@fluentui/react-components';
import { AddRegular, DismissRegular, LinkRegular } from '@fluentui/react-icons';
import { z } from 'zod';
import type { ActionView } from '../../../domain/plan/api.ts';
import { longestAddress, longestLinkTitle, mostLinks, type ActionLink } from '../../../domain/plan/details.ts';
import { linkFrom } from './link.ts';
import { CancelWriting } from '../../components/cancel-writing.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useFocusTarget } from '../../lib/focus.ts';
import { useSession } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import { useDetailStyles } from './detail-style.ts';
import { useDetailsText } from './details-text.ts';
import { useDetails } from './use-details.ts';

/** Pages and files that belong to an action. */
export function ActionLinks({ action }: { readonly action: ActionView }) {
  const { host, announce } = useSession();
  const t = useDetailsText();
  const styles = useDetailStyles();
  const { shown, change, failed } = useDetails(action, 'links');
  const { ref: addButton, focus } = useFocusTarget();
  const draft = useDraft({
    thing: `plan/${action.id}/link`,
    schema: z.object({ address: z.string(), title: z.string() }),
    stored: { value: { address: '', title: '' }, etag: null },
  });
  const [adds, setAdds] = useState(draft.restoredAt !== null);
  const mayChange = action.reach !== 'nothing';
  const { links } = shown;
  if (links.length === 0 && !mayChange) return null;

  function stop(): void {
    draft.reset();
    setAdds(false);
    // The button is there again after the next render.
    setTimeout(focus);
  }

  return (
    <section className={styles.part} aria-labelledby="plan-links">
      <Subtitle2 as="h3" id="plan-links">
        {t('links.title')}
      </Subtitle2>
      {links.length > 0 && (
        <ul className={styles.rows}>
          {links.map(({ id, title, address }) => (
            <li key={id} className={styles.row}>
              <span className={mergeClasses(styles.read, styles.words)}>
                <LinkRegular aria-hidden fontSize={20} />
                <Link
                  href={address}
                  target="_blank"
                  rel="noopener noreferrer"
                  title={address}
                  dir="auto"
                  onClick={event => {
                    event.preventDefault();
                    host.openLink(address).catch(() => window.open(address, '_blank', 'noopener,noreferrer'));
                  }}
                >
                  {title}
                </Link>
              </span>
              {mayChange && (
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<DismissRegular />}
                  aria-label={t('links.remove', { title })}
                  onClick={() => {
                    change({ kind: 'remove-link', id });
                    announce(t('links.removed', { title }));
                    setTimeout(focus);
                  }}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {failed && <FailureNotice error={failed.error} note={t('back')} again={failed.again} />}
      {mayChange && !adds && (
        <div className={styles.bar}>
          <Button
            ref={addButton}
            size="small"
            icon={<AddRegular />}
            disabledFocusable={links.length >= mostLinks}
            title={links.length >= mostLinks ? t('links.full', { count: mostLinks }) : undefined}
            onClick={() => {
              if (links.length < mostLinks) setAdds(true);
            }}
          >
            {t('links.add')}
          </Button>
        </div>
      )}
      {adds && (
        <AddLink
          typed={draft.value}
          changed={draft.changed}
          type={draft.change}
          stop={stop}
          add={link => {
            change({ kind: 'add-link', ...link });
            announce(t('links.added', { title: link.title }));
            stop();
          }}
        />
      )}
    </section>
  );
}

interface Typed {
  readonly address: string;
  readonly title: string;
}

function AddLink({
  typed,
  changed,
  type,
  add,
  stop,
}: {
  readonly typed: Typed;
  /** Whether there is anything to lose. */
  readonly changed: boolean;
  readonly type: (typed: Typed) => void;
  readonly add: (link: ActionLink) => void;
  readonly stop: () => void;
}) {
  const t = useDetailsText();
  const styles = useDetailStyles();
  const { ref: address, focus } = useFocusTarget();
  const [id] = useState(() => crypto.randomUUID() as string);
  const [asked, setAsked] = useState(false);
  const link = linkFrom(id, typed.address, typed.title);

  function submit(): void {
    if (link) return add(link);
    setAsked(true);
    focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    // The panel would close.
    event.stopPropagation();
    if (!changed) stop();
  }

  return (
    <form
      noValidate
      className={styles.part}
      onKeyDown={onKeyDown}
      onSubmit={event => {
        event.preventDefault();
        submit();
      }}
    >
      <Field
        label={t('links.address')}
        hint={t('links.addressHint')}
        {...(asked && !link ? { validationMessage: t('links.fault') } : {})}
      >
        <Input
          ref={address}
          autoFocus
          type="url"
          dir="ltr"
          value={typed.address}
          maxLength={longestAddress}
          onChange={(_, { value }) => type({ ...typed, address: value })}
        />
      </Field>
      <Field label={t('links.name')} hint={t('links.nameHint')}>
        <Input
          dir="auto"
          value={typed.title}
          maxLength={longestLinkTitle}
          onChange={(_, { value }) => type({ ...typed, title: value })}
        />
      </Field>
      <div className={styles.bar}>
        <Button type="submit">{t('links.save')}</Button>
        <CancelWriting changed={changed} busy={false} throwAway={stop} />
      </div>
    </form>
  );
}
