import { makeStyles } from '@fluentui/react-components';

export const onPhone = '@media (max-width: 40rem)';

/** Buttons above the plan: on a phone all of them stand in one row, by their signs alone, as large as a thumb. */
export const useToolStyles = makeStyles({
  button: { [onPhone]: { minWidth: '44px', minHeight: '44px', paddingInline: 0 } },
  word: { [onPhone]: { display: 'none' } },
  onPhone: { display: 'none', [onPhone]: { display: 'inline-flex' } },
  notOnPhone: { [onPhone]: { display: 'none' } },
});
