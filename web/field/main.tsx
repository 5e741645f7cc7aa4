import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { makeCache } from '../api/cache.ts';
import { SessionGate } from '../session/session.tsx';
import { Live } from '../stream/live.tsx';
import { SiteClock, startFace } from '../ui/face.tsx';
import '../ui/base.css';
import '../ui/parts.css';
import '../matter/matter.css';
import '../map/map.css';
import './field.css';
import { Field } from './field.tsx';
import { OutboxProvider } from './outbox.tsx';

startFace();
createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <QueryClientProvider client={makeCache()}>
      <SessionGate face="field">
        <Live>
          <SiteClock />
          <OutboxProvider>
            <Field />
          </OutboxProvider>
        </Live>
      </SessionGate>
    </QueryClientProvider>
  </StrictMode>,
);
