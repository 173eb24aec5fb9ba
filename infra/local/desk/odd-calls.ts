import { z } from 'zod';
import { Impossible } from '../connector/index.ts';
import type { Directory } from '../directory.ts';
import type { Graph } from '../graph/index.ts';
import { sampleTeam } from '../sample-people.ts';
import { post, type Call } from './call.ts';

const Id = z.string().min(1).max(200);
const Team = z.object({ team: Id });
const team = sampleTeam.id;

export interface OddCallParts {
  readonly directory: Directory;
  readonly graph: Pick<Graph, 'oddities' | 'byHand'>;
  readonly announce: () => void;
}

/** What can befall a team's site and its people, in SharePoint and in Microsoft's directory. */
export function oddCalls({ directory, graph: { oddities, byHand }, announce }: OddCallParts): readonly Call[] {
  function odd<Body extends z.infer<typeof Team>>(act: (body: Body) => void): (body: Body) => void {
    return body => {
      if (!directory.team(body.team))
        throw new Impossible(`There is no team ${body.team} in the local tenant; take an id from GET /desk/api/state.`);
      try {
        act(body);
      } catch (error) {
        throw new Impossible(error instanceof Error ? error.message : String(error));
      }
      announce();
    };
  }

  return [
    post(
      'site',
      'Makes a team’s site read-only, archived or full, or opens it again',
      Team.extend({ state: z.enum(['open', 'read-only', 'archived', 'full']) }),
      { team, state: 'read-only' },
      odd(body => oddities.setSiteState(body.team, body.state)),
    ),
    post(
      'roster',
      'Makes Graph’s list of a team’s people odd: rows without names, a next link that repeats or breaks, somebody whom it lacks, or a status with which it is refused; null ends it',
      Team.extend({
        oddity: z
          .union([z.enum(['nameless', 'repeats', 'breaks']), z.strictObject({ lacks: Id }), z.literal([400, 403, 500])])
          .nullable(),
      }),
      { team, oddity: 'repeats' },
      odd(body => oddities.setRoster(body.team, body.oddity)),
    ),
    post(
      'list',
      'Renames a list of a team’s site by hand, or switches its versions on or off',
      Team.extend({ list: Id, title: Id.optional(), versions: z.boolean().optional() }),
      { team, list: 'CoP Plan', title: 'Plan' },
      odd(({ team: id, list, title, versions }) => {
        if (versions !== undefined) byHand.setVersioning(id, list, versions);
        if (title !== undefined) byHand.renameList(id, list, title);
      }),
    ),
    post(
      'column',
      'Changes a column by hand: takes its index or its uniqueness away, or gives it back',
      Team.extend({
        list: Id,
        column: Id,
        change: z.strictObject({ indexed: z.boolean().optional(), enforceUniqueValues: z.boolean().optional() }),
      }),
      { team, list: 'CoP Plan', column: 'CopKey', change: { enforceUniqueValues: false } },
      odd(body => byHand.changeColumn(body.team, body.list, body.column, body.change)),
    ),
    post(
      'lose-columns',
      'The next list that is made loses so many of its columns without a word',
      z.object({ count: z.number().int().min(0).max(50) }),
      { count: 1 },
      body => oddities.loseColumns(body.count),
    ),
  ];
}
