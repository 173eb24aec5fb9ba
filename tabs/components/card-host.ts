import { AdaptiveCard, HostConfig } from 'adaptivecards';
import { tokens } from '@fluentui/react-components';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import Markdown from 'react-markdown';

/** What Teams takes of Markdown in a card: no headings, tables, images or HTML. */
const allowed = ['p', 'strong', 'em', 'a', 'ul', 'ol', 'li', 'br'];

function inHtml(text: string): string {
  // A mention shows as its name in bold.
  const withMentions = text.replace(/<at>(.*?)<\/at>/g, '**$1**');
  return renderToStaticMarkup(
    createElement(Markdown, { allowedElements: allowed, unwrapDisallowed: true, children: withMentions }),
  );
}

/**
 * Every card on the page reads its Markdown the same way; react-markdown lets no HTML and no script address through.
 */
export function readMarkdown(): void {
  AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = inHtml(text);
    result.didProcess = true;
  };
}

const pair = (normal: string, subtle: string = normal) => ({ default: normal, subtle });

const foregroundColors = {
  default: pair(tokens.colorNeutralForeground1, tokens.colorNeutralForeground2),
  dark: pair(tokens.colorNeutralForeground1, tokens.colorNeutralForeground2),
  light: pair(tokens.colorNeutralForegroundInverted, tokens.colorNeutralForegroundInverted),
  accent: pair(tokens.colorBrandForeground1, tokens.colorBrandForeground2),
  good: pair(tokens.colorStatusSuccessForeground1),
  warning: pair(tokens.colorStatusWarningForeground3),
  attention: pair(tokens.colorStatusDangerForeground1),
};

const container = (backgroundColor: string) => ({
  backgroundColor,
  borderColor: tokens.colorNeutralStroke2,
  foregroundColors,
});

/**
 * Made of Fluent's tokens, which are CSS variables: a card follows the theme without being drawn anew,
 * so nobody loses what they typed when the theme changes.
 */
export const hostConfig = new HostConfig({
  fontFamily: tokens.fontFamilyBase,
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: tokens.colorNeutralStroke2 },
  supportsInteractivity: true,
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: {
    default: container(tokens.colorNeutralBackground1),
    emphasis: container(tokens.colorNeutralBackground3),
    good: container(tokens.colorStatusSuccessBackground1),
    attention: container(tokens.colorStatusDangerBackground1),
    warning: container(tokens.colorStatusWarningBackground1),
    accent: container(tokens.colorBrandBackground2),
  },
  textStyles: { heading: { fontType: 'Default', size: 'Large', weight: 'Bolder', color: 'Default', isSubtle: false } },
  textBlock: { headingLevel: 3 },
  actions: {
    maxActions: 6,
    spacing: 'Default',
    buttonSpacing: 8,
    showCard: { actionMode: 'Inline', inlineTopMargin: 12, style: 'emphasis' },
    actionsOrientation: 'Horizontal',
    actionAlignment: 'Left',
  },
  adaptiveCard: { allowCustomStyle: false },
  inputs: {
    label: {
      inputSpacing: 'Small',
      requiredInputs: { weight: 'Bolder', size: 'Default', suffix: ' *', suffixColor: 'Attention' },
      optionalInputs: { weight: 'Bolder', size: 'Default' },
    },
    errorMessage: { color: 'Attention', size: 'Small', weight: 'Default' },
  },
  factSet: {
    title: { color: 'Default', size: 'Default', isSubtle: false, weight: 'Bolder', wrap: true, maxWidth: 150 },
    value: { color: 'Default', size: 'Default', isSubtle: false, weight: 'Default', wrap: true },
    spacing: 12,
  },
});
