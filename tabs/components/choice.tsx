import { Suspense, useState } from 'react';
import { Input } from '@fluentui/react-components';
import { later } from '../lib/later.tsx';
import type { ChoiceProperties } from './choice-properties.ts';

const ComboBox = later(() => import('./combo-box.tsx'));

/** A field to type in and choose from what fits. It stands at once; the list under it comes a little later. */
export function Choice(properties: ChoiceProperties) {
  const { label, placeholder, value, disabled = false } = properties;
  const [entered, setEntered] = useState(false);
  return (
    <Suspense
      fallback={
        <Input
          readOnly
          value={value}
          disabled={disabled}
          onFocus={() => setEntered(true)}
          onBlur={() => setEntered(false)}
          {...(label === undefined ? {} : { 'aria-label': label })}
          {...(placeholder === undefined ? {} : { placeholder })}
        />
      }
    >
      <ComboBox {...properties} autoFocus={entered} />
    </Suspense>
  );
}
