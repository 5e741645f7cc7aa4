import { QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { type ReactNode, StrictMode, useCallback } from 'react';
import { createRoot } from 'react-dom/client';
import type { EventView } from '#wire/api.ts';
import { KEYS, makeCache } from '../api/cache.ts';
import type { MatterPage } from '../api/calls.ts';
import { SessionGate } from '../session/session.tsx';
import { Live } from '../stream/live.tsx';
import { useLanguage } from '../text/say.ts';
import { useTheme } from '../theme/theme.ts';
import { SiteClock, startFace } from '../ui/face.tsx';
import '../ui/base.css';
import '../ui/parts.css';
import '../matter/matter.css';
import '../map/map.css';
import './desk.css';
import './panels.css';
import { antdTheme } from './antd-theme.ts';
import { Desk } from './desk.tsx';
import { ring } from './sound.ts';

const cache = makeCache();

const Face = (): ReactNode => {
  const theme = useTheme();
  const language = useLanguage();
  // What was just raised is heard by its urgency: the row is already in the list when this runs.
  const heard = useCallback((events: readonly EventView[]) => {
    const raised = events.filter((event) => event.type === 'raised').map((event) => event.matter);
    const rows = cache.getQueryData<MatterPage>(KEYS.open)?.rows.filter((row) => raised.includes(row.id)) ?? [];
    const loudest = rows.map((row) => row.urgency ?? '3').toSorted()[0];
    if (loudest !== undefined) ring(loudest);
  }, []);
  return (
    <ConfigProvider
      theme={antdTheme(theme.name)}
      locale={language === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
    >
      <App notification={{ placement: 'bottomLeft', maxCount: 4 }}>
        <SessionGate face="desk">
          <Live onEvents={heard}>
            <SiteClock />
            <Desk />
          </Live>
        </SessionGate>
      </App>
    </ConfigProvider>
  );
};

startFace();
createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <QueryClientProvider client={cache}>
      <Face />
    </QueryClientProvider>
  </StrictMode>,
);
