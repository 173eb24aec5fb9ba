import { Combobox, Option } from '@fluentui/react-components';
import type { ChoiceProperties } from './choice-properties.ts';

/** Fluent's combobox, which brings along what lays a list over the page. */
export default function ComboBox({
  ref,
  label,
  autoFocus,
  value,
  chosen,
  options,
  type,
  leave,
  choose,
  ...others
}: ChoiceProperties & { readonly autoFocus: boolean }) {
  return (
    <Combobox
      {...(ref ? { ref } : {})}
      {...(label === undefined ? {} : { 'aria-label': label })}
      autoFocus={autoFocus}
      value={value}
      selectedOptions={[...chosen]}
      onChange={event => type(event.target.value)}
      onBlur={leave}
      onOptionSelect={(_, { optionValue }) => choose(optionValue)}
      {...others}
    >
      {options.map(({ value, text, shown, disabled = false }) => (
        <Option key={value} value={value} text={text} disabled={disabled}>
          {shown}
        </Option>
      ))}
    </Combobox>
  );
}
