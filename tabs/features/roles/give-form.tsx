import { Combobox, Field, Input, Option, Radio, RadioGroup, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { rolesApi, type RolesView } from '../../../domain/roles/api.ts';
import { tabApi } from '../../../domain/tab/api.ts';
import {
  longestMail,
  longestName,
  mayBeOutside,
  type Candidate,
  type RoleOnBoard,
} from '../../../domain/roles/roles.ts';
import { Avatar } from '../../components/avatar.tsx';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { FormButtons } from '../../components/form-buttons.tsx';
import { findPeople } from '../../lib/find-people.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import { useRoleChange } from './role-change.ts';
import { faultOf, TermDraft, termFrom } from './term-draft.ts';
import { TermFields } from './term-fields.tsx';
import { useRolesText } from './text.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM, marginTop: 'auto' },
  combobox: { minWidth: 0 },
});

const Gift = z.object({
  outside: z.boolean(),
  /** What stands in the field for a name, and who was chosen by it. */
  typed: z.string(),
  chosen: z.object({ id: z.string(), name: z.string() }).nullable(),
  guest: z.object({ name: z.string(), mail: z.string() }),
  term: TermDraft,
});
type Gift = z.infer<typeof Gift>;

/** Gives a role to somebody of the team; the sponsor may be somebody outside, by name and address. */
export default function GiveForm({
  role,
  view,
  stop,
}: {
  readonly role: RoleOnBoard;
  readonly view: RolesView;
  readonly stop: () => void;
}) {
  const {
    communityId,
    texts: { locale },
  } = useSession();
  const call = useCall();
  const t = useRolesText();
  const styles = useStyles();
  const draft = useDraft<Gift>({
    thing: `roles/${role.id}/give`,
    schema: Gift,
    stored: {
      value: {
        outside: false,
        typed: '',
        chosen: null,
        guest: { name: '', mail: '' },
        term: { since: view.today, until: view.termEnd, note: '' },
      },
      etag: null,
    },
  });
  const { outside, typed, chosen, guest, term } = draft.value;
  const set = (part: Partial<Gift>): void => draft.change({ ...draft.value, ...part });
  const members = useQuery({
    queryKey: keys.members(communityId),
    queryFn: ({ signal }) => call(tabApi.members, { signal }),
    staleTime: 60_000,
  });
  const change = useRoleChange(stop);

  const others = (members.data?.members ?? []).filter(member =>
    role.holders.every(({ person }) => person.id !== member.id),
  );
  const { found, more } = findPeople(others, chosen?.name === typed ? '' : typed, locale);
  const name = outside ? guest.name.trim() : (chosen?.name ?? '');
  const mailWrong = guest.mail.trim() !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(guest.mail.trim());
  const candidate: Candidate | null = outside
    ? name !== '' && guest.mail.trim() !== '' && !mailWrong
      ? { name, mail: guest.mail.trim() }
      : null
    : chosen && { id: chosen.id };
  const maySave = candidate !== null && faultOf(term) === null && !change.isPending;

  function save(): void {
    if (candidate)
      change.mutate({
        ask: () =>
          call(rolesApi.giveRole, { params: { role: role.id }, body: { person: candidate, term: termFrom(term) } }),
        done: t('give.done', { name, role: role.title }),
        forget: draft.forget,
      });
  }

  return (
    <form
      className={styles.form}
      noValidate
      aria-label={t('give.openFor', { role: role.title })}
      onSubmit={event => {
        event.preventDefault();
        if (maySave) save();
      }}
    >
      <DraftNotice draft={draft} discard={draft.reset} />
      {mayBeOutside(role.id) && (
        <Field label={t('give.where')}>
          <RadioGroup
            layout="horizontal"
            value={outside ? 'outside' : 'inside'}
            onChange={(_, data) => set({ outside: data.value === 'outside' })}
          >
            <Radio value="inside" label={t('give.inside')} />
            <Radio value="outside" label={t('give.outside')} />
          </RadioGroup>
        </Field>
      )}
      {outside ? (
        <>
          <Field label={t('give.name')}>
            <Input
              value={guest.name}
              maxLength={longestName}
              onChange={(_, data) => set({ guest: { ...guest, name: data.value } })}
            />
          </Field>
          <Field
            label={t('give.mail')}
            hint={t('give.outsideHint')}
            {...(mailWrong ? { validationMessage: t('give.mailWrong') } : {})}
          >
            <Input
              type="email"
              value={guest.mail}
              maxLength={longestMail}
              onChange={(_, data) => set({ guest: { ...guest, mail: data.value } })}
            />
          </Field>
        </>
      ) : (
        <Field label={t('give.who')}>
          <Combobox
            autoFocus
            className={styles.combobox}
            placeholder={t('give.find')}
            value={typed}
            selectedOptions={chosen ? [chosen.id] : []}
            onChange={event => set({ typed: event.target.value, chosen: null })}
            onOptionSelect={(_, { optionValue }) => {
              const member = found.find(({ id }) => id === optionValue);
              if (member) set({ typed: member.name, chosen: { id: member.id, name: member.name } });
            }}
          >
            {found.map(member => (
              <Option key={member.id} value={member.id} text={member.name}>
                <Avatar name={member.name} size={24} />
                {member.name}
              </Option>
            ))}
            {more > 0 && (
              <Option value="" disabled text="">
                {t('give.more', { count: more })}
              </Option>
            )}
            {found.length === 0 && (
              <Option value="" disabled text="">
                {t(members.isPending ? 'give.loading' : 'give.none')}
              </Option>
            )}
          </Combobox>
        </Field>
      )}
      {members.isError && !outside && <FailureNotice error={members.error} again={() => void members.refetch()} />}
      <TermFields draft={term} change={next => set({ term: next })} />
      {change.isError && <FailureNotice error={change.error} again={save} />}
      <FormButtons words={t('give.save')} maySend={maySave} busy={change.isPending} draft={draft} stop={stop} />
    </form>
  );
}
