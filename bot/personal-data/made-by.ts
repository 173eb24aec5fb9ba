import { sql } from 'kysely';

/**
 * The links of this person: to the community's calendar where they made it, and to their own where they are in no other
 * community.
 */
export function madeBy({ community, person }: { readonly community: string; readonly person: string }) {
  return sql<boolean>`(kind = 'community' AND subject = ${community} AND made_by ->> 'id' = ${person})
    OR (kind = 'person' AND subject = ${person} AND NOT EXISTS (SELECT FROM memberships WHERE memberships.person = ${person} AND memberships.community <> ${community}))`;
}
