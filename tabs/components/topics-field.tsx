import { useState } from 'react';
import { Field, Input } from '@fluentui/react-components';
import { topicsFrom } from '../../domain/topics.ts';

/** Topics with commas between them. A comma that was just typed is no topic yet, and stays where it is. */
export function TopicsField({
  label,
  hint,
  topics,
  readOnly,
  change,
}: {
  readonly label: string;
  readonly hint: string;
  readonly topics: readonly string[];
  readonly readOnly: boolean;
  readonly change: (topics: string[]) => void;
}) {
  const [typed, setTyped] = useState('');
  // What was taken back, or chosen from another version, stands here as well.
  const isTyped = topicsFrom(typed.split(',')).join() === topics.join();
  return (
    <Field label={label} hint={hint}>
      <Input
        dir="auto"
        value={isTyped ? typed : topics.join(', ')}
        readOnly={readOnly}
        onChange={(_, { value }) => {
          setTyped(value);
          change(topicsFrom(value.split(',')));
        }}
      />
    </Field>
  );
}
