/** The code of the history, for those who ask for it. */
export const loadHistory = () => import('./section-history.tsx');
