import { Suspense, useState } from 'react';
import { Button, Subtitle2, Text, makeStyles, tokens } from '@fluentui/react-components';
import { rolesApi, type RolesView } from '../../../domain/roles/api.ts';
import { coordinatorRole } from '../../../domain/roles/method.ts';
import { findHolding, type HoldingOnBoard, type RoleOnBoard } from '../../../domain/roles/roles.ts';
import { Badge } from '../../components/badge.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { panelStyle } from '../../components/panel-style.ts';
import { Waiting } from '../../components/waiting.tsx';
import { useFocusTarget } from '../../lib/focus.ts';
import { useCall, useCommunity } from '../../lib/session.tsx';
import { GiveForm, OwnRoleForm, TermForm, VolunteerForm } from './forms.ts';
import { HoldingLine } from './holding-line.tsx';
import { useRoleChange, type RoleChange } from './role-change.ts';
import { Sure } from './sure.tsx';
import { useRolesText } from './text.ts';

const useStyles = makeStyles({
  panel: { ...panelStyle, boxSizing: 'border-box', height: '100%' },
  head: {
    display: 'flex',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalM,
  },
  heading: {
    margin: 0,
    ':focus': { outlineStyle: 'none' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  badge: { flexShrink: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  people: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, marginTop: 'auto' },
  summary: {
    cursor: 'pointer',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    padding: `${tokens.spacingVerticalXS} 0`,
  },
  questions: {
    margin: `${tokens.spacingVerticalXS} 0 0`,
    paddingLeft: tokens.spacingHorizontalXL,
    color: tokens.colorNeutralForeground2,
  },
  source: { display: 'block', color: tokens.colorNeutralForeground3, marginTop: tokens.spacingVerticalXS },
});

/** What is open in a panel: one thing at a time. */
type Open =
  | { readonly what: 'volunteer' }
  | { readonly what: 'give' }
  | { readonly what: 'change' }
  | { readonly what: 'step-down' }
  | { readonly what: 'take-back' }
  | { readonly what: 'remove' }
  | { readonly what: 'term' | 'end' | 'decline'; readonly holding: HoldingOnBoard };

/** One role: what it is for, who holds it, and what this person may do about it. */
export function RolePanel({ role, view }: { readonly role: RoleOnBoard; readonly view: RolesView }) {
  const call = useCall();
  const t = useRolesText();
  const styles = useStyles();
  const { me, may } = useCommunity();
  const { ref: heading, focus } = useFocusTarget();
  const [open, setOpen] = useState<Open | null>(null);
  const change = useRoleChange(stop);
  const mayManage = may['roles.manage'];
  const mine = findHolding(role, me.id);
  const holds = role.holders.some(({ person }) => person.id === me.id);
  const title = role.title;

  // What was pressed goes away with the form, so the focus goes to the title.
  function stop(): void {
    setOpen(null);
    focus();
  }

  function act(next: RoleChange): void {
    change.mutate(next);
  }

  const busy = change.isPending;
  const params = { role: role.id };
  const stepDown = {
    ask: () => call(rolesApi.stepDown, { params }),
    done: t(holds ? 'stepDown.done' : 'takeBack.done', { role: title }),
  };

  const remove = { ask: () => call(rolesApi.removeRole, { params }), done: t('own.removed', { role: title }) };

  function buttonsFor(holding: HoldingOnBoard, offer: boolean) {
    const name = holding.person.name;
    const values = { name, role: title };
    if (!(offer ? view.mayAcceptInto.includes(role.id) : mayManage)) return null;
    if (offer) {
      const accept = {
        ask: () => call(rolesApi.acceptVolunteer, { params: { ...params, person: holding.person.id } }),
        done: t('accept.done', values),
      };
      return (
        <>
          <Button
            size="small"
            disabledFocusable={busy}
            aria-label={t('accept.openFor', values)}
            onClick={() => act(accept)}
          >
            {t('accept.open')}
          </Button>
          {holding.person.id !== me.id && (
            <Button
              size="small"
              disabledFocusable={busy}
              aria-label={t('decline.openFor', values)}
              onClick={() => setOpen({ what: 'decline', holding })}
            >
              {t('decline.open')}
            </Button>
          )}
        </>
      );
    }
    return (
      <>
        <Button
          size="small"
          disabledFocusable={busy}
          aria-label={t('term.openFor', values)}
          onClick={() => setOpen({ what: 'term', holding })}
        >
          {t('term.open')}
        </Button>
        {holding.person.id !== me.id && (
          <Button
            size="small"
            disabledFocusable={busy}
            aria-label={t('end.openFor', values)}
            onClick={() => setOpen({ what: 'end', holding })}
          >
            {t('end.open')}
          </Button>
        )}
      </>
    );
  }

  function form() {
    if (!open) return null;
    if (open.what === 'volunteer')
      return (
        <Suspense fallback={<Waiting label={t('loading')} blocks={1} />}>
          <VolunteerForm
            role={role}
            own={mayManage}
            busy={busy}
            send={(note, sent) =>
              act({
                forget: sent,
                ask: () => call(rolesApi.volunteer, { params, body: { note } }),
                done: t(mayManage ? 'volunteer.taken' : 'volunteer.sent', { role: title }),
              })
            }
            stop={stop}
          />
        </Suspense>
      );
    if (open.what === 'step-down')
      return (
        <Sure
          text={t(sureOf(role, me.id), { role: title })}
          yes={t('stepDown.yes')}
          busy={busy}
          go={() => act(stepDown)}
          stop={stop}
        />
      );
    if (open.what === 'take-back')
      return (
        <Sure
          text={t('takeBack.sure', { role: title })}
          yes={t('takeBack.yes')}
          busy={busy}
          go={() => act(stepDown)}
          stop={stop}
        />
      );
    if (open.what === 'remove')
      return (
        <Sure
          text={t('own.removeSure', { role: title })}
          yes={t('own.removeYes')}
          busy={busy}
          go={() => act(remove)}
          stop={stop}
        />
      );
    if (open.what === 'give')
      return (
        <Suspense fallback={<Waiting label={t('loading')} blocks={1} />}>
          <GiveForm role={role} view={view} stop={stop} />
        </Suspense>
      );
    if (open.what === 'change')
      return (
        <Suspense fallback={<Waiting label={t('loading')} blocks={1} />}>
          <OwnRoleForm roles={view.roles} role={role} stop={stop} />
        </Suspense>
      );
    const { what, holding } = open;
    if (what === 'term')
      return (
        <Suspense fallback={<Waiting label={t('loading')} blocks={1} />}>
          <TermForm role={role} holding={holding} today={view.today} stop={stop} />
        </Suspense>
      );
    const values = { name: holding.person.name, role: title };
    const again = what === 'end' ? giftOf(holding) : null;
    const end = {
      ask: () => call(rolesApi.endHolding, { params: { ...params, person: holding.person.id } }),
      done: t(`${what}.done`, values),
      ...(again ? { undo: () => call(rolesApi.giveRole, { params, body: again }) } : {}),
    };
    return <Sure text={t(`${what}.sure`, values)} yes={t(`${what}.yes`)} busy={busy} go={() => act(end)} stop={stop} />;
  }

  const removable = role.kind === 'own' && mayManage && role.holders.length + role.volunteers.length === 0;
  return (
    <article className={styles.panel} aria-labelledby={`role-${role.id}`}>
      <div className={styles.head}>
        <h3 id={`role-${role.id}`} ref={heading} tabIndex={-1} className={styles.heading}>
          <Subtitle2>{title}</Subtitle2>
        </h3>
        {role.vacant && (
          <Badge className={styles.badge} appearance="tint" color={role.kind === 'key' ? 'warning' : 'informative'}>
            {t('nobody')}
          </Badge>
        )}
      </div>
      {role.purpose !== '' && <Text className={styles.quiet}>{role.purpose}</Text>}
      {role.holders.length > 0 && (
        <ul className={styles.people} aria-label={t('holders', { role: title })}>
          {role.holders.map(holding => (
            <HoldingLine
              key={holding.person.id}
              holding={holding}
              offer={false}
              today={view.today}
              buttons={buttonsFor(holding, false)}
            />
          ))}
        </ul>
      )}
      {role.volunteers.length > 0 && (
        <ul className={styles.people} aria-label={t('volunteers', { role: title })}>
          {role.volunteers.map(holding => (
            <HoldingLine
              key={holding.person.id}
              holding={holding}
              offer
              today={view.today}
              buttons={buttonsFor(holding, true)}
            />
          ))}
        </ul>
      )}
      {role.questions.length > 0 && (
        <details>
          <summary className={styles.summary} aria-label={t('questionsFor', { role: title })}>
            {t('questions')}
          </summary>
          <ul className={styles.questions}>
            {role.questions.map(question => (
              <li key={question}>{question}</li>
            ))}
          </ul>
          {role.sources.length > 0 && (
            <Text size={200} className={styles.source}>
              {t('source', { source: role.sources.join('; ') })}
            </Text>
          )}
        </details>
      )}
      {change.isError && <FailureNotice error={change.error} again={() => change.mutate(change.variables)} />}
      {open ? (
        form()
      ) : (
        <div className={styles.buttons}>
          {!mine && (
            <Button
              disabledFocusable={busy}
              aria-label={t(mayManage ? 'volunteer.takeFor' : 'volunteer.openFor', { role: title })}
              onClick={() => setOpen({ what: 'volunteer' })}
            >
              {t(mayManage ? 'volunteer.take' : 'volunteer.open')}
            </Button>
          )}
          {mayManage && (
            <Button
              disabledFocusable={busy}
              aria-label={t('give.openFor', { role: title })}
              onClick={() => setOpen({ what: 'give' })}
            >
              {t('give.open')}
            </Button>
          )}
          {holds && (
            <Button
              disabledFocusable={busy}
              aria-label={t('stepDown.openFor', { role: title })}
              onClick={() => setOpen({ what: 'step-down' })}
            >
              {t('stepDown.open')}
            </Button>
          )}
          {mine && !holds && (
            <Button
              disabledFocusable={busy}
              aria-label={t('takeBack.openFor', { role: title })}
              onClick={() => setOpen({ what: 'take-back' })}
            >
              {t('takeBack.open')}
            </Button>
          )}
          {role.kind === 'own' && mayManage && (
            <Button
              appearance="subtle"
              disabledFocusable={busy}
              aria-label={t('own.changeFor', { role: title })}
              onClick={() => setOpen({ what: 'change' })}
            >
              {t('own.change')}
            </Button>
          )}
          {removable && (
            <Button
              appearance="subtle"
              disabledFocusable={busy}
              aria-label={t('own.removeFor', { role: title })}
              onClick={() => setOpen({ what: 'remove' })}
            >
              {t('own.remove')}
            </Button>
          )}
        </div>
      )}
    </article>
  );
}

/** What giving a role up means; the owners stand in for coordinators, where nobody else is left of these. */
function sureOf({ id, holders }: RoleOnBoard, me: string) {
  if (id !== coordinatorRole) return 'stepDown.sure';
  const isLast = holders.every(({ person, left }) => left || person.id === me);
  return isLast ? 'stepDown.sureLast' : 'stepDown.sureCoordinator';
}

/** What gives somebody back what they held; null for who has left, and where nobody knows since when it was. */
function giftOf({ person: { id, name, mail }, since, until, note, left }: HoldingOnBoard) {
  if (left || since === null) return null;
  return { person: mail === null ? { id } : { name, mail }, term: { since, until, note } };
}
