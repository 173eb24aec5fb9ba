import type { Person } from '../../../domain/community.ts';
import type { NewcomerRow } from '../../lists/model.ts';

/** A newcomer who has not said anything yet. */
export function newcomer({ id, name }: Person, joinedAt: Date): NewcomerRow {
  return {
    key: id,
    person: { id, name },
    joinedAt: joinedAt.toISOString(),
    reasons: [],
    inOwnWords: '',
    contributions: [],
    answeredAt: null,
    forSupport: false,
    noMessages: false,
  };
}
