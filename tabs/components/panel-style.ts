import { tokens, type GriffelStyle } from '@fluentui/react-components';

/** The frame around one thing on a screen, such as a section, a role or a survey. For `makeStyles`. */
export const panelStyle = {
  display: 'flex',
  flexDirection: 'column',
  rowGap: tokens.spacingVerticalM,
  backgroundColor: tokens.colorNeutralBackground1,
  border: `1px solid ${tokens.colorNeutralStroke2}`,
  borderRadius: tokens.borderRadiusXLarge,
  padding: tokens.spacingHorizontalL,
  overflowWrap: 'anywhere',
} satisfies GriffelStyle;
