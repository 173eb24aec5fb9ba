import { tokens } from '@fluentui/react-components';

/** The app's mark, drawn from the theme's colours. */
export function Mark({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden style={{ flexShrink: 0 }}>
      <rect width="32" height="32" rx="8" fill={tokens.colorBrandBackground} />
      <g fill={tokens.colorNeutralForegroundOnBrand}>
        <circle cx="11" cy="13" r="4" />
        <circle cx="21" cy="13" r="4" opacity=".75" />
        <circle cx="16" cy="21" r="4" opacity=".9" />
      </g>
    </svg>
  );
}
