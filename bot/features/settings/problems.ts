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

/** What has a sentence of its own in `list.problem`. */
const told: readonly Problem['code'][] = [
  'not-granted',
  'site-unknown',
  'site-locked',
  'site-full',
  'version-conflict',
  'throttled',
  'not-found',
  'consent-needed',
];

function sentenceOf({ code, said }: Problem, t: Translate): string {
  return t(`list.problem.${told.includes(code) ? code : 'other'}`, { said });
}
