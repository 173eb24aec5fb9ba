import type { FieldValueSet, IdentitySet, List, ListItem, ListItemVersion } from '@microsoft/microsoft-graph-types';
import { tenant, type Team } from '../directory.ts';
import { shownColumn } from './columns.ts';
import type { Value } from './filter.ts';
import type { Expand } from './query.ts';
import type { SharePoint } from './sharepoint.ts';
import { etagOf, labelOf, type Actor, type StoredItem, type StoredList, type StoredVersion } from './stored.ts';
import { guid, type Sites } from './sites.ts';

type Annotated<T> = T & { readonly '@odata.etag'?: string };

/** How lists and items look to Graph's clients. */
export interface Shapes {
  list(team: Team, list: StoredList, expand: readonly Expand[]): Annotated<List>;
  item(team: Team, list: StoredList, item: StoredItem, fields: Expand | undefined): Annotated<ListItem>;
  /** @param select internal names; undefined for every field that is set. */
  fields(
    list: StoredList,
    item: StoredItem,
    version: StoredVersion,
    select?: readonly string[],
  ): Annotated<FieldValueSet>;
  version(list: StoredList, item: StoredItem, version: StoredVersion, withFields: boolean): Annotated<ListItemVersion>;
  deleted(team: Team, list: StoredList, id: number): ListItem;
}

export function createShapes({
  sharePoint,
  sites,
  base,
}: {
  sharePoint: SharePoint;
  sites: Sites;
  base: string;
}): Shapes {
  function contextOf(team: Team, list: StoredList): string {
    return `${base}/$metadata#sites('${encodeURIComponent(sites.id(team))}')/lists('${list.id}')`;
  }
  function listUrl(team: Team, list: StoredList): string {
    return `${sites.webUrl(team)}/Lists/${encodeURIComponent(list.name ?? list.displayName)}`;
  }
  function contentTypeOf(list: StoredList): { id: string; name: string } {
    return { id: `0x0100${guid('content type', list.id).replaceAll('-', '').toUpperCase()}`, name: 'Item' };
  }

  function fields(
    list: StoredList,
    item: StoredItem,
    version: StoredVersion,
    select?: readonly string[],
  ): Annotated<FieldValueSet> {
    const title = version.values['Title'];
    const all: Record<string, Value> = {
      ...version.values,
      id: String(item.id),
      ContentType: 'Item',
      Modified: version.modified,
      Created: item.created,
      AuthorLookupId: sharePoint.lookupId(list.teamId, item.createdBy),
      EditorLookupId: sharePoint.lookupId(list.teamId, version.modifiedBy),
      _UIVersionString: labelOf(version),
      Attachments: false,
      Edit: '',
      ...(title === undefined ? {} : { LinkTitleNoMenu: title, LinkTitle: title }),
      ItemChildCount: '0',
      FolderChildCount: '0',
      _ComplianceFlags: '',
      _ComplianceTag: '',
      _ComplianceTagWrittenTime: '',
      _ComplianceTagUserId: '',
    };
    const shown = select
      ? Object.fromEntries(select.flatMap(name => (all[name] === undefined ? [] : [[name, all[name]]])))
      : all;
    return { '@odata.etag': etagOf({ guid: item.guid, number: version.number }), ...shown } as Annotated<FieldValueSet>;
  }

  return {
    fields,
    list(team, list, expand) {
      const wanted = (name: string): Expand | undefined => expand.find(part => part.name === name);
      const items = wanted('items');
      const itemFields = items?.expand.find(part => part.name === 'fields');
      const etag = `"${list.id},${list.version}"`;
      return {
        '@odata.etag': etag,
        createdDateTime: list.created,
        description: list.description,
        eTag: etag,
        id: list.id,
        lastModifiedDateTime: list.modified,
        name: list.name ?? list.displayName,
        webUrl: listUrl(team, list),
        displayName: list.displayName,
        createdBy: identity(list.createdBy),
        lastModifiedBy: identity(list.modifiedBy),
        parentReference: { siteId: sites.id(team) },
        list: { contentTypesEnabled: false, hidden: false, template: list.template },
        ...(wanted('columns') ? { columns: list.columns.map(shownColumn) } : {}),
        ...(items
          ? {
              items: sharePoint
                .items(list)
                .slice(0, itemsInExpandedList)
                .map(item => this.item(team, list, item, itemFields)),
            }
          : {}),
      };
    },
    item(team, list, item, expanded) {
      const etag = etagOf(item);
      return {
        '@odata.etag': etag,
        createdDateTime: item.created,
        eTag: etag,
        id: String(item.id),
        lastModifiedDateTime: item.modified,
        webUrl: `${listUrl(team, list)}/${item.id}_.000`,
        createdBy: identity(item.createdBy),
        lastModifiedBy: identity(item.modifiedBy),
        parentReference: { id: guid('list root', list.id), siteId: sites.id(team) },
        contentType: contentTypeOf(list),
        ...(expanded
          ? {
              'fields@odata.context': `${contextOf(team, list)}/items('${item.id}')/fields/$entity`,
              fields: fields(list, item, item, expanded.select),
            }
          : {}),
      };
    },
    version(list, item, version, withFields) {
      return {
        '@odata.etag': etagOf({ guid: item.guid, number: version.number }),
        id: labelOf(version),
        lastModifiedDateTime: version.modified,
        lastModifiedBy: identity(version.modifiedBy),
        ...(withFields ? { fields: fields(list, item, version) } : {}),
      };
    },
    deleted(team, list, id) {
      return {
        id: String(id),
        parentReference: { siteId: sites.id(team) },
        contentType: contentTypeOf(list),
        deleted: { state: 'deleted' },
      };
    },
  };
}

/** A list that is read with its items brings the first page of them. */
const itemsInExpandedList = 200;

/** The app is always named; SharePoint calls a person who is not there its app. */
export function identity(actor: Actor): IdentitySet {
  return {
    application: { id: tenant.appId, displayName: tenant.appName },
    user: actor.user ?? { displayName: 'SharePoint App' },
  };
}
