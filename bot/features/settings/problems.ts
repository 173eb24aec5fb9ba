import type { ProvisionView } from '../../../domain/settings/api.ts';
import type { Community } from '../../../domain/community.ts';
import type { NeededGrant, Provisioned } from '../../lists/provisioning.ts';
import type { Translate } from '../../text.ts';

type Named = Pick<Community, 'name'>;
type Problem = NonNullable<Provisioned['lists'][number]['problem']>;

/** What became of the lists, for a reader: what Graph said, and what to do. */
export function provisionView({ lists, grant }: Provisioned, community: Named, t: Translate): ProvisionView {
  return {
    ...(grant ? { forIt: textOf(linesForIt(grant, community, t)) } : {}),
    lists: lists.map(({ problem, withoutVersions, ...list }) => ({
      ...list,
      ...(problem ? { problem: sentenceOf(problem, t) } : {}),
      ...(withoutVersions ? { note: t('list.without-versions') } : {}),
    })),
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

/** What several lists have in common is said once. */
export function byProblem(
  failures: readonly { readonly name: string; readonly problem: string }[],
): readonly { readonly names: readonly string[]; readonly problem: string }[] {
  const problems = [...new Set(failures.map(({ problem }) => problem))];
  return problems.map(problem => ({
    names: failures.filter(failure => failure.problem === problem).map(({ name }) => name),
    problem,
  }));
}

/** A line for IT: a sentence, or something to copy as it stands. */
export interface LineForIt {
  readonly text: string;
  readonly isCode: boolean;
}

/** What somebody of the community sends to their IT, so that IT knows what to grant and where. */
export function linesForIt(
  { appId, site, command, call, body }: NeededGrant,
  { name }: Named,
  t: Translate,
): readonly LineForIt[] {
  // A name of several lines would bring a line of its own among those to copy.
  const community = name.replace(/\s+/g, ' ');
  return [
    { text: t('forIt.ask', { community, appId, url: site.url }), isCode: false },
    { text: command, isCode: true },
    { text: t('forIt.otherwise'), isCode: false },
    { text: call, isCode: true },
    { text: t('forIt.body'), isCode: false },
    { text: body, isCode: true },
    { text: t('forIt.later'), isCode: false },
  ];
}

function textOf(lines: readonly LineForIt[]): string {
  return lines.map(({ text }) => text).join('\n');
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
