import { useEffect, useState } from 'react';

/** How long nobody types before a preview is drawn anew, in milliseconds. */
const pause = 500;

/** What is being typed, once nobody has typed for a moment. It is known by its JSON. */
export function useSettled<Value>(value: Value): Value {
  const json = JSON.stringify(value);
  const [settled, setSettled] = useState(json);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(json), pause);
    return () => clearTimeout(timer);
  }, [json]);
  return JSON.parse(settled) as Value;
}
