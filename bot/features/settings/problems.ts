import type { ProvisionView } from '../../../domain/settings/api.ts';
import type { Provisioned } from '../../lists/provisioning.ts';
import type { Translate } from '../../text.ts';

type Problem = NonNullable<Provisioned['lists'][number]['problem']>;

/** What became of the lists, for a reader: what Graph said, and what to do. */
export function provisionView({ lists }: Provisioned, t: Translate): ProvisionView {
  return {
    lists: lists.map(({ problem, ...list }) => (problem ? { ...list, problem: sentenceOf(problem, t) } : list)),
  };
}

/** The lists that could not be made, and why. */
export function failuresOf(
  { lists }: Provisioned,
  t: Translate,
): readonly { readonly name: string; readonly problem: string }[] {
  return lists
    .filter(({ state }) => state === 'failed')
    .map(({ name, problem }) => ({ name, problem: problem ? sentenceOf(problem, t) : '' }));
}

function sentenceOf({ code, said }: Problem, t: Translate): string {
  switch (code) {
    case 'not-allowed':
    case 'throttled':
    case 'not-found':
    case 'consent-needed':
      return t(`list.problem.${code}`, { said });
    default:
      return t('list.problem.other', { said });
  }
}
