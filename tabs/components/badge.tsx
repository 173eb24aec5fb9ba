import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

type Colour = 'brand' | 'danger' | 'informative' | 'success' | 'warning';

const useStyles = makeStyles({
  badge: {
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    boxSizing: 'border-box',
    height: '20px',
    minWidth: '20px',
    padding: `0 calc(${tokens.spacingHorizontalXS} + ${tokens.spacingHorizontalXXS})`,
    border: `${tokens.strokeWidthThin} solid`,
    borderRadius: tokens.borderRadiusCircular,
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    lineHeight: tokens.lineHeightBase200,
  },
});

/** Fluent's colours of badges: words, ground and edge. */
const tints: Readonly<Record<Colour, readonly [words: string, ground: string, edge: string]>> = {
  brand: [tokens.colorBrandForeground2, tokens.colorBrandBackground2, tokens.colorBrandStroke2],
  danger: [tokens.colorPaletteRedForeground1, tokens.colorPaletteRedBackground1, tokens.colorPaletteRedBorder1],
  informative: [tokens.colorNeutralForeground3, tokens.colorNeutralBackground4, tokens.colorNeutralStroke2],
  success: [tokens.colorPaletteGreenForeground1, tokens.colorPaletteGreenBackground1, tokens.colorPaletteGreenBorder1],
  warning: [
    tokens.colorPaletteYellowForeground1,
    tokens.colorPaletteYellowBackground1,
    tokens.colorPaletteYellowBorder1,
  ],
};
const outlines = {
  brand: [tokens.colorBrandForeground1, 'currentColor'],
  informative: [tokens.colorNeutralForeground3, tokens.colorNeutralStroke2],
} as const;

type Look =
  | { readonly appearance: 'tint'; readonly color: Colour }
  | { readonly appearance: 'outline'; readonly color: keyof typeof outlines };

/** A word or two that say in which state something is; Fluent's own has eight times as many looks as the pages have. */
export function Badge({
  className,
  children,
  ...look
}: Look & { readonly className?: string; readonly children: ReactNode }) {
  const styles = useStyles();
  const [color, backgroundColor, borderColor] =
    look.appearance === 'tint' ? tints[look.color] : [outlines[look.color][0], 'transparent', outlines[look.color][1]];
  return (
    <span className={mergeClasses(styles.badge, className)} style={{ color, backgroundColor, borderColor }}>
      {children}
    </span>
  );
}
