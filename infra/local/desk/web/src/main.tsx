import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './page.css';
import { reloadWhenBuilt } from './reload.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root for the desk to draw in');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

if (import.meta.env.MODE === 'development') reloadWhenBuilt();
