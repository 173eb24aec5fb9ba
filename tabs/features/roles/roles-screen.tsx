import { Suspense, useState } from 'react';
import {
  Button,
  MessageBar,
  MessageBarBody,
  Subtitle1,
  Text,
  Title2,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { rolesApi, type RolesView } from '../../../domain/roles/api.ts';
import { freeKeyRoles, type RoleOnBoard } from '../../../domain/roles/roles.ts';
import { Waiting } from '../../components/waiting.tsx';
import { Loading } from '../../components/loading.tsx';
import { Outdated } from '../../components/outdated.tsx';
import { useFocusTarget } from '../../lib/focus.ts';
import { usePrepared } from '../../lib/later.tsx';
import { keys } from '../../lib/queries.ts';
import { readingOf, type Reader } from '../../lib/reading.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { OlderRoles, RolesByHand } from './by-hand.tsx';
import { GiveForm, OwnRoleForm, TermForm, VolunteerForm } from './forms.ts';
import { RolePanel } from './role-panel.tsx';
import { useRolesText } from './text.ts';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXL },
  head: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, maxWidth: '48rem' },
  group: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  heading: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXXS, maxWidth: '48rem' },
  title: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  roles: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: 'minmax(0, 1fr)',
    '@media (min-width: 44rem)': { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))' },
  },
  add: { alignSelf: 'flex-start' },
});

const kinds = ['key', 'leadership', 'more', 'own'] as const;

/** For `screens.ts`, which takes it from whatever screen is next. @public */
export const read = (reader: Reader) => readingOf(reader, keys.roles, rolesApi.roles);

/** Who does what: everybody may offer and step down, coordinators accept and give. */
export default function RolesScreen() {
  const t = useRolesText();
  const styles = useStyles();
  const community = useCommunity();
  const roles = useQuery({ ...read(useSession()), refetchInterval: 60_000 });
  const mayManage = community.may['roles.manage'];
  usePrepared(roles.isSuccess, VolunteerForm, ...(mayManage ? [GiveForm, TermForm, OwnRoleForm] : []));

  const title = <Title2 as="h1">{t('title', { community: community.name })}</Title2>;
  if (!roles.data) return <Loading title={title} query={roles} label={t('loading')} blocks={4} />;

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        {title}
        <Text className={styles.quiet}>{t('intro')}</Text>
        {roles.data.byHand && <RolesByHand view={roles.data} rows={roles.data.byHand} />}
        {roles.data.older && <OlderRoles view={roles.data} rows={roles.data.older} />}
        <WhatWaits view={roles.data} />
        <Outdated query={roles} />
      </header>
      {kinds.map(kind => {
        const listed = roles.data.roles.filter(role => role.kind === kind);
        if (kind === 'own' && listed.length === 0 && !mayManage) return null;
        return (
          <section key={kind} className={styles.group} aria-labelledby={`roles-${kind}`}>
            <div className={styles.heading}>
              <Subtitle1 as="h2" id={`roles-${kind}`} className={styles.title}>
                {t(`kinds.${kind}.title`)}
              </Subtitle1>
              <Text className={styles.quiet}>{t(`kinds.${kind}.hint`)}</Text>
            </div>
            {listed.length > 0 && (
              <ul className={styles.roles}>
                {listed.map(role => (
                  <li key={role.id}>
                    <RolePanel role={role} view={roles.data} />
                  </li>
                ))}
              </ul>
            )}
            {kind === 'own' && mayManage && <AddOwnRole roles={roles.data.roles} />}
          </section>
        );
      })}
    </div>
  );
}

/** What is free; first, for those who may accept, what waits for them. */
function WhatWaits({ view }: { readonly view: RolesView }) {
  const { texts } = useSession();
  const t = useRolesText();
  const named = (roles: readonly RoleOnBoard[]): string =>
    new Intl.ListFormat(texts.locale).format(roles.map(role => role.title));
  const offered = view.roles.filter(({ id, volunteers }) => volunteers.length > 0 && view.mayAcceptInto.includes(id));
  const free = freeKeyRoles(view.roles);
  const offers = offered.reduce((sum, { volunteers }) => sum + volunteers.length, 0);
  return (
    <>
      {offers > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('waiting', { count: offers, roles: named(offered) })}</MessageBarBody>
        </MessageBar>
      )}
      {free.length > 0 && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('free', { count: free.length, roles: named(free) })}</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}

function AddOwnRole({ roles }: { readonly roles: readonly RoleOnBoard[] }) {
  const t = useRolesText();
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const { ref, focus } = useFocusTarget();

  function stop(): void {
    setOpen(false);
    // The button is there again after the next render.
    setTimeout(focus);
  }

  if (!open)
    return (
      <Button ref={ref} className={styles.add} icon={<AddRegular />} onClick={() => setOpen(true)}>
        {t('own.open')}
      </Button>
    );
  return (
    <Suspense fallback={<Waiting label={t('loading')} blocks={1} />}>
      <OwnRoleForm roles={roles} stop={stop} />
    </Suspense>
  );
}
