import './lib/no-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { readPlace } from './lib/place.ts';

// With no-eval.ts the only file of the tabs that does anything when imported.
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root for the tabs to draw in');
createRoot(root).render(
  <StrictMode>
    <App place={readPlace(location.search)} />
  </StrictMode>,
);
