import { makeStyles, tokens } from '@fluentui/react-components';
import { initialsOf } from '../lib/initials.ts';

/**
 * Fluent's colours of people, in its order. Its own avatar brings styles for sizes, shapes, rings and presence that no
 * page has, a twentieth of what a page may load before its first view.
 */
const colours = [
  'DarkRed',
  'Cranberry',
  'Red',
  'Pumpkin',
  'Peach',
  'Marigold',
  'Gold',
  'Brass',
  'Brown',
  'Forest',
  'Seafoam',
  'DarkGreen',
  'LightTeal',
  'Teal',
  'Steel',
  'Blue',
  'RoyalBlue',
  'Cornflower',
  'Navy',
  'Lavender',
  'Purple',
  'Grape',
  'Lilac',
  'Pink',
  'Magenta',
  'Plum',
  'Beige',
  'Mink',
  'Platinum',
  'Anchor',
] as const;

const useStyles = makeStyles({
  avatar: {
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    flexShrink: 0,
    boxSizing: 'border-box',
    border: `1px solid ${tokens.colorTransparentStroke}`,
    borderRadius: tokens.borderRadiusCircular,
    fontFamily: tokens.fontFamilyBase,
    fontWeight: tokens.fontWeightSemibold,
    lineHeight: 1,
    userSelect: 'none',
  },
});

/** A person's initials in a circle, in the colour of their name. Screen readers hear the name that stands beside it. */
export function Avatar({ name, size }: { readonly name: string; readonly size: 20 | 24 | 32 | 40 }) {
  const styles = useStyles();
  const colour = colourOf(name);
  return (
    <span
      aria-hidden
      className={styles.avatar}
      style={{
        width: size,
        height: size,
        fontSize: size < 28 ? tokens.fontSizeBase100 : tokens.fontSizeBase300,
        color: tokens[`colorPalette${colour}Foreground2`],
        backgroundColor: tokens[`colorPalette${colour}Background2`],
      }}
    >
      {initialsOf(name)}
    </span>
  );
}

/** As Fluent chooses it, so that everybody keeps their colour. */
function colourOf(name: string): (typeof colours)[number] {
  let code = 0;
  for (let place = name.length - 1; place >= 0; place--) {
    const [letter, shift] = [name.charCodeAt(place), place % 8];
    code ^= (letter << shift) + (letter >> (8 - shift));
  }
  return colours[code % colours.length]!;
}
