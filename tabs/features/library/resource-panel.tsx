import { useState, type ReactNode } from 'react';
import {
  Button,
  DrawerBody,
  DrawerFooter,
  DrawerHeader,
  DrawerHeaderTitle,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  OverlayDrawer,
  Spinner,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import { libraryApi, ResourceView } from '../../../domain/library/api.ts';
import { ResourceAddress, saysTheSame, type NewResource, type ResourceWords } from '../../../domain/library/resource.ts';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { ApiFailure } from '../../lib/api.ts';
import { useCall } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import { isWhole, ResourceForm } from './resource-form.tsx';
import { useLibraryText } from './text.ts';
import { useShowResource } from './use-library.ts';

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
const Typed = z.object({ title: z.string(), url: z.string(), when: z.string(), topics: z.array(z.string()) });
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
      save={{ label: t('new.save'), may: maySave, busy: adding.isPending, run: () => adding.mutate({ ...value, url }) }}
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
      <ResourceForm
        value={value}
        readOnly={adding.isPending}
        change={words => draft.change({ ...value, ...words })}
      />
      {adding.isError && <FailureNotice error={adding.error} again={() => adding.mutate(adding.variables)} />}
    </Panel>
  );
}

function EditPanel({ resource, close }: { readonly resource: ResourceView; readonly close: Close }) {
  const t = useLibraryText();
  const styles = useStyles();
  const call = useCall();
  const show = useShowResource();
  const [words, setWords] = useState<ResourceWords>({
    title: resource.title,
    when: resource.when,
    topics: resource.topics,
  });
  // The version that the words stand on: whoever is told of a newer one saves over it, or leaves it.
  const [etag, setEtag] = useState(resource.etag);
  const [theirs, setTheirs] = useState<ResourceView | null>(null);
  const saving = useMutation({
    mutationFn: (body: ResourceWords) =>
      call(libraryApi.saveResource, { params: { resource: resource.id }, body, ifMatch: etag }),
    async onSuccess(view) {
      await show(view.id, view);
      close(t('panel.saved', { title: view.title }));
    },
    onError(error) {
      const current = error instanceof ApiFailure ? ResourceView.safeParse(error.current).data : undefined;
      if (!current) return;
      setTheirs(current);
      setEtag(current.etag);
    },
  });
  const removing = useMutation({
    mutationFn: () => call(libraryApi.removeResource, { params: { resource: resource.id }, ifMatch: resource.etag }),
    async onSuccess() {
      close(t('panel.removed', { title: resource.title }));
      await show(resource.id, null);
    },
  });
  const busy = saving.isPending || removing.isPending;
  const maySave = isWhole(words) && !saysTheSame(words, theirs ?? resource) && !busy;
  return (
    <Panel
      title={t('panel.title')}
      close={() => close(null)}
      save={{ label: t('panel.save'), may: maySave, busy: saving.isPending, run: () => saving.mutate(words) }}
      more={
        <Button disabledFocusable={busy} onClick={() => !busy && removing.mutate()}>
          {t('panel.remove')}
        </Button>
      }
    >
      {resource.url !== null && (
        <Text size={200} className={styles.address} dir="ltr">
          {resource.url}
        </Text>
      )}
      {theirs && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {t('panel.theirs', { title: theirs.title, when: theirs.when, topics: theirs.topics })}
          </MessageBarBody>
        </MessageBar>
      )}
      <ResourceForm value={words} readOnly={busy} change={setWords} />
      {saving.isError && theirs === null && (
        <FailureNotice error={saving.error} again={() => saving.mutate(saving.variables)} />
      )}
      {removing.isError && <FailureNotice error={removing.error} again={() => removing.mutate()} />}
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
          {...(save.busy ? { icon: <Spinner size="tiny" /> } : {})}
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
