/**
 * What an empty library can begin with: what is read about communities of practice everywhere, at addresses that last.
 * Title and when it helps are in `starter.<id>` of the text.
 */
export const starters = [
  { id: 'introduction', url: 'https://www.wenger-trayner.com/introduction-to-communities-of-practice/' },
  { id: 'leadership', url: 'https://www.wenger-trayner.com/blog/leadership-groups-for-social-learning/' },
  { id: 'thinking', url: 'https://doi.org/10.1177/0018726716661040' },
  { id: 'review', url: 'https://doi.org/10.1186/1748-5908-4-27' },
  { id: 'applied', url: 'https://doi.org/10.1186/1748-5908-6-64' },
  { id: 'practice', url: 'https://doi.org/10.1108/17511871311291705' },
  { id: 'mastery', url: 'https://jarche.com/pkm/' },
] as const;
