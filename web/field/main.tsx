import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { EventView } from '#wire/api.ts';
import { makeCache } from '../api/cache.ts';
import { SessionGate } from '../session/session.tsx';
import { hear } from '../stream/hear.ts';
import { Live } from '../stream/live.tsx';
import { SiteClock, startFace } from '../ui/face.tsx';
import '../ui/base.css';
import '../ui/parts.css';
import '../matter/matter.css';
import '../map/map.css';
import './field.css';
import { Field } from './field.tsx';
import { OutboxProvider } from './outbox.tsx';

const cache = makeCache();
/** Far enough for the deadlines that passed while the phone slept. */
const LOOK_BACK = 200;
const heard = (events: readonly EventView[]): void => hear(cache, events, (event) => event.told);

startFace();
createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <QueryClientProvider client={cache}>
      <SessionGate face="field">
        <Live onEvents={heard} lookBack={LOOK_BACK}>
          <SiteClock />
          <OutboxProvider>
            <Field />
          </OutboxProvider>
        </Live>
      </SessionGate>
    </QueryClientProvider>
  </StrictMode>,
);
