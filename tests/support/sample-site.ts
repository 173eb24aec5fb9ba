import { tenant } from '../../infra/local/directory.ts';
import { sampleTeam } from '../../infra/local/sample-people.ts';

/** The path in Graph of the sample team's site, by its address: so an app with Sites.Selected may find it. */
export const sampleSite = `/sites/${tenant.domain.replace('.', '.sharepoint.')}:${sampleTeam.sitePath}`;
