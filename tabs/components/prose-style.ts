import { tokens, type GriffelStyle } from '@fluentui/react-components';

/** How Markdown looks, to those who read it and to those who write it. */
export const proseStyle: GriffelStyle = {
  overflowWrap: 'anywhere',
  lineHeight: tokens.lineHeightBase400,
  '& p, & ul, & ol, & blockquote, & pre': {
    marginTop: tokens.spacingVerticalS,
    marginBottom: tokens.spacingVerticalS,
  },
  '& > :first-child': { marginTop: 0 },
  '& > :last-child': { marginBottom: 0 },
  '& ul, & ol': { paddingLeft: tokens.spacingHorizontalXXL },
  '& li': { marginBottom: tokens.spacingVerticalXXS },
  '& a': { color: tokens.colorBrandForegroundLink, textDecorationLine: 'underline' },
  '& h3': {
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    margin: `${tokens.spacingVerticalM} 0 ${tokens.spacingVerticalXS}`,
  },
  '& blockquote': {
    marginLeft: 0,
    marginRight: 0,
    paddingLeft: tokens.spacingHorizontalM,
    borderLeft: `3px solid ${tokens.colorNeutralStroke1}`,
    color: tokens.colorNeutralForeground2,
  },
  '& code': {
    fontFamily: tokens.fontFamilyMonospace,
    backgroundColor: tokens.colorNeutralBackground3,
    padding: '0 2px',
    borderRadius: tokens.borderRadiusSmall,
  },
  '& pre': { overflowX: 'auto', backgroundColor: tokens.colorNeutralBackground3, padding: tokens.spacingHorizontalS },
  '& table': { borderCollapse: 'collapse' },
  '& th, & td': {
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    textAlign: 'left',
  },
};
