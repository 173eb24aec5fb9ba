import { Button, Link, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { libraryApi, type ResourceView } from '../../../domain/library/api.ts';
import type { Verdict } from '../../../domain/library/resource.ts';
import { Badge } from '../../components/badge.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { dayOf, showDay } from '../../lib/dates.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useLibraryText } from './text.ts';
import { useShowResource } from './use-library.ts';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  title: { overflowWrap: 'anywhere', minHeight: '24px', textAlign: 'start' },
  when: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** Something in the library: what it is, when it helps, and whether somebody has looked at it. */
export function ResourceLine({ resource, edit }: { readonly resource: ResourceView; readonly edit: () => void }) {
  const {
    texts: { locale },
    announce,
  } = useSession();
  const t = useLibraryText();
  const styles = useStyles();
  const call = useCall();
  const show = useShowResource();
  const { id, title, url, when, topics, state, checked, due, addedBy, uses, mayEdit } = resource;
  // It counts that it was opened, and nobody waits for that.
  const using = useMutation({
    mutationFn: () => call(libraryApi.useResource, { params: { resource: id } }),
  });
  const checking = useMutation({
    mutationFn: (still: Verdict) => call(libraryApi.checkResource, { params: { resource: id }, body: { still } }),
    async onSuccess(view, still) {
      await show(id, view);
      announce(t(`checked.${still}`, { title }));
    },
  });
  const facts = [
    checked && (state === 'checked' || state === 'outdated')
      ? t(state === 'checked' ? 'fact.checked' : 'fact.outdatedBy', {
          name: checked.by.name,
          day: showDay(dayOf(new Date(checked.at)), locale),
        })
      : t(state === 'outdated' ? 'fact.outdated' : 'fact.new'),
    addedBy === null ? t('fact.addedBySomebody') : t('fact.addedBy', { name: addedBy.name }),
    ...(uses > 0 ? [t('fact.uses', { count: uses })] : []),
  ];

  return (
    <div className={styles.line} id={`resource-${id}`} tabIndex={-1}>
      <div className={styles.head}>
        {url === null ? (
          <Text weight="semibold" className={styles.title} dir="auto">
            {title}
          </Text>
        ) : (
          <Link
            className={styles.title}
            dir="auto"
            href={url}
            target="_blank"
            rel="noopener noreferrer"
            onClick={() => using.mutate()}
          >
            {title}
          </Link>
        )}
        {topics.map(topic => (
          <Badge key={topic} appearance="tint" color="informative">
            {topic}
          </Badge>
        ))}
        {state === 'outdated' && (
          <Badge appearance="tint" color="warning">
            {t('fact.outdated')}
          </Badge>
        )}
      </div>
      <Text className={styles.when} dir="auto">
        {when}
      </Text>
      <Text size={200} className={styles.quiet}>
        {facts.join(' · ')}
      </Text>
      {mayEdit && (
        <div className={styles.bar} role="group" aria-label={t('check.label', { title })}>
          {(due || state !== 'checked') && (
            <Button size="small" disabledFocusable={checking.isPending} onClick={() => checking.mutate('right')}>
              {t('check.right')}
            </Button>
          )}
          {state !== 'outdated' && (
            <Button size="small" disabledFocusable={checking.isPending} onClick={() => checking.mutate('outdated')}>
              {t('check.outdated')}
            </Button>
          )}
          <Button size="small" onClick={edit}>
            {t('check.edit')}
          </Button>
        </div>
      )}
      {checking.isError && <FailureNotice error={checking.error} again={() => checking.mutate(checking.variables)} />}
    </div>
  );
}
