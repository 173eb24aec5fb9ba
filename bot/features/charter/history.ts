import { api } from '../../../domain/api.ts';
import type { HistoryView } from '../../../domain/charter/api.ts';
import { textVersions } from '../../../domain/charter/history.ts';
import type { Version } from '../../lists/list.ts';
import type { CharterRow } from '../../lists/model.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import type { CharterParts } from './parts.ts';
import { sectionFrom } from './section.ts';

/** A look back is about the last changes; SharePoint shows all of them. */
const mostVersions = 50;

export function historyRoute({ lists }: CharterParts): Route {
  async function history(request: TabRequest<unknown>): Promise<TabAnswer<HistoryView>> {
    const section = sectionFrom(request);
    const { charter } = lists.of(request.community.id);
    const stored = await charter.find(section);
    if (!stored) return { body: { etag: null, versions: [], more: false } };

    const saves = await charter.versions(stored.id, mostVersions + 1);
    const versions = textVersions(saves.map(textVersion)).slice(0, mostVersions);
    return { body: { etag: stored.etag, versions: [...versions], more: saves.length > mostVersions } };
  }
  return route(api.sectionHistory, { may: 'community.read' }, history);
}

/** SharePoint knows best who saved; for what the app saved itself, the row says on whose wish. */
function textVersion({ version, value: { text, changedBy }, savedAt, savedBy }: Version<CharterRow>) {
  return { version, text, by: savedBy ?? changedBy.name, at: savedAt };
}
