import { useEffect, useState, type ReactNode } from 'react';
import {
  Button,
  DrawerBody,
  DrawerFooter,
  DrawerHeader,
  DrawerHeaderTitle,
  Field,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  OverlayDrawer,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import { libraryApi, type ResourceView } from '../../../domain/library/api.ts';
import {
  changedFields,
  ResourceAddress,
  saysTheSame,
  type NewResource,
  type ResourceField,
  type ResourceWords,
} from '../../../domain/library/resource.ts';
import { withField } from '../../../domain/merge-fields.ts';
import { BusySign } from '../../components/busy-sign.tsx';
import { ClashChooser } from '../../components/clash-chooser.tsx';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useFocusTarget } from '../../lib/focus.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import { useVersionedEdit } from '../../lib/use-versioned-edit.ts';
import { isWhole, ResourceForm } from './resource-form.tsx';
import { useLibraryText } from './text.ts';
import { useSaveResource, useShowResource, wordsIn } from './use-library.ts';

const useStyles = makeStyles({
  body: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
    paddingBottom: tokens.spacingVerticalL,
  },
  foot: { flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  address: { overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2 },
});

/** Any text and any number of characters: a draft is what somebody typed, not yet what may be saved. */
const Words = z.object({ title: z.string(), when: z.string(), topics: z.array(z.string()) });
const Typed = Words.extend({ url: z.string() });
type Typed = z.infer<typeof Typed>;

const nothing: Typed = { title: '', url: '', when: '', topics: [] };

type Close = (sentence: string | null) => void;

/** Puts something into the library, or says in other words what is there. */
export default function ResourcePanel({
  resource,
  close,
}: {
  /** Null for something new. */
  readonly resource: ResourceView | null;
  readonly close: Close;
}) {
  return resource === null ? <NewPanel close={close} /> : <EditPanel resource={resource} close={close} />;
}

function NewPanel({ close }: { readonly close: Close }) {
  const t = useLibraryText();
  const call = useCall();
  const show = useShowResource();
  const draft = useDraft<Typed>({
    thing: 'library/new',
    schema: Typed,
    stored: { value: nothing, etag: null, base: null },
    same: isSame,
  });
  const { value } = draft;
  const adding = useMutation({
    mutationFn: (body: NewResource) => call(libraryApi.addResource, { body }),
    async onSuccess({ resource, added }) {
      draft.forget();
      await show(resource.id, resource);
      close(t(added ? 'new.added' : 'new.known', { title: resource.title }));
    },
  });
  const url = value.url.trim();
  const isAddress = ResourceAddress.safeParse(url).success;
  const maySave = isAddress && isWhole(value) && !adding.isPending;
  return (
    <Panel
      title={t('new.title')}
      close={() => close(null)}
      save={{
        label: t('new.save'),
        may: maySave,
        busy: adding.isPending,
        run: () => adding.mutate({ ...cleaned(value), url }),
      }}
    >
      <DraftNotice draft={draft} discard={draft.reset} />
      <Field
        label={t('form.url')}
        hint={t('form.urlHint')}
        required
        {...(url !== '' && !isAddress ? { validationMessage: t('form.urlOdd') } : {})}
      >
        <Input
          type="url"
          dir="ltr"
          value={value.url}
          readOnly={adding.isPending}
          onChange={(_, data) => draft.change({ ...value, url: data.value })}
        />
      </Field>
      <ResourceForm value={value} readOnly={adding.isPending} change={words => draft.change({ ...value, ...words })} />
      {adding.isError && <FailureNotice error={adding.error} again={() => adding.mutate(adding.variables)} />}
    </Panel>
  );
}

function EditPanel({ resource, close }: { readonly resource: ResourceView; readonly close: Close }) {
  const { announce } = useSession();
  const t = useLibraryText();
  const styles = useStyles();
  const call = useCall();
  const show = useShowResource();
  const saveResource = useSaveResource();
  const { ref: sureButton, focus: focusSure } = useFocusTarget();
  const [asksToRemove, setAsksToRemove] = useState(false);
  const { id, url } = resource;
  const edit = useVersionedEdit<ResourceWords, ResourceView, ResourceField>({
    thing: `library/${id}`,
    schema: Words,
    stored: { value: wordsIn(resource), etag: resource.etag },
    same: saysTheSame,
    save: wanted => saveResource(id, wanted),
    onSaved: ({ view }) => close(t('panel.saved', { title: view.title })),
    onClash: ({ view }) => announce(t('clash.came', { name: view.changed.by.name })),
  });
  const { value, clash } = edit;
  const removing = useMutation({
    mutationFn: () => call(libraryApi.removeResource, { params: { resource: id }, ifMatch: resource.etag }),
    async onSuccess() {
      edit.forget();
      close(t('panel.removed', { title: resource.title }));
      await show(id, null);
    },
  });
  const busy = edit.saving || removing.isPending;
  const maySave = isWhole(value) && edit.changed && !busy;
  useEffect(() => {
    if (asksToRemove) focusSure();
  }, [asksToRemove, focusSure]);
  return (
    <Panel
      title={t('panel.title')}
      close={() => close(null)}
      save={{ label: t('panel.save'), may: maySave, busy: edit.saving, run: () => edit.submit(cleaned(value)) }}
      more={
        <Button disabledFocusable={busy} onClick={() => setAsksToRemove(!busy)}>
          {t('panel.remove')}
        </Button>
      }
    >
      {url !== null && (
        <Text size={200} className={styles.address} dir="ltr">
          {url}
        </Text>
      )}
      <DraftNotice draft={edit} discard={edit.reset} />
      {clash && (
        <ClashChooser
          title={t('clash.title', { name: clash.view.changed.by.name })}
          by={clash.view.changed.by.name}
          clash={clash}
          label={field => t(`form.${field}`)}
          show={(field, from) => (field === 'topics' ? from.topics.join(', ') : from[field])}
          chosen={field => (changedFields(value, clash.theirs).includes(field) ? 'mine' : 'theirs')}
          take={(field, from) => edit.change(withField(field, value, from))}
        />
      )}
      <ResourceForm value={value} readOnly={busy} change={edit.change} />
      {edit.error && <FailureNotice error={edit.error} again={() => edit.submit()} />}
      {removing.isError && <FailureNotice error={removing.error} again={() => removing.mutate()} />}
      {asksToRemove && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('panel.removeSure')}</MessageBarBody>
          <MessageBarActions>
            <Button onClick={() => removing.mutate()}>{t('panel.removeYes')}</Button>
            <Button ref={sureButton} appearance="primary" onClick={() => setAsksToRemove(false)}>
              {t('panel.removeNo')}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
    </Panel>
  );
}

function Panel({
  title,
  close,
  save,
  more,
  children,
}: {
  readonly title: string;
  readonly close: () => void;
  readonly save: {
    readonly label: string;
    readonly may: boolean;
    readonly busy: boolean;
    readonly run: () => void;
  };
  readonly more?: ReactNode;
  readonly children: ReactNode;
}) {
  const t = useLibraryText();
  const styles = useStyles();
  return (
    <OverlayDrawer
      open
      position="end"
      size="medium"
      onOpenChange={(_, { open }) => {
        if (!open) close();
      }}
    >
      <DrawerHeader>
        <DrawerHeaderTitle
          action={
            <Button appearance="subtle" aria-label={t('panel.close')} icon={<DismissRegular />} onClick={close} />
          }
        >
          {title}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody>
        <div className={styles.body}>{children}</div>
      </DrawerBody>
      <DrawerFooter className={styles.foot}>
        <Button
          appearance="primary"
          disabledFocusable={!save.may}
          onClick={() => save.may && save.run()}
          {...(save.busy ? { icon: <BusySign /> } : {})}
        >
          {save.label}
        </Button>
        {more}
        <Button onClick={close}>{t('panel.close')}</Button>
      </DrawerFooter>
    </OverlayDrawer>
  );
}

function isSame(one: Typed, other: Typed): boolean {
  return one.url === other.url && saysTheSame(one, other);
}

/** As it is sent: without space around words. */
function cleaned({ title, when, topics }: ResourceWords): ResourceWords {
  return { title: title.trim(), when: when.trim(), topics };
}
