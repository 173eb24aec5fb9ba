import { makeStyles, tokens } from '@fluentui/react-components';

/** How steps and links stand in the open action. */
export const useDetailStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  rows: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column' },
  row: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS, minHeight: '2.25rem' },
  words: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  // Below one another, however long the words are.
  more: { marginInlineStart: 'auto', flexShrink: 0 },
  read: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  done: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground2 },
  field: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: tokens.spacingHorizontalS },
  whole: { flexBasis: '100%', '&:empty': { display: 'none' } },
  grow: { flex: '1 1 10rem', minWidth: 0 },
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});
