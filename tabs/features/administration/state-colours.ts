import type { CommunityState } from '../../../domain/administration/administration.ts';

export const stateColours = {
  'needs-mending': 'danger',
  'not-set-up': 'warning',
  'not-seen': 'warning',
  healthy: 'success',
  archived: 'informative',
} as const satisfies Record<CommunityState, string>;
