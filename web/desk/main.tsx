import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { EventView } from '#wire/api.ts';
import { makeCache } from '../api/cache.ts';
import { SessionGate } from '../session/session.tsx';
import { hear } from '../stream/hear.ts';
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
import './candidates.css';
import '../travel/travel.css';
import { antdTheme } from './antd-theme.ts';
import { Desk } from './desk.tsx';
import { NoticeBoard } from './notices.tsx';

const cache = makeCache();
/** What a desk sees of the time before it was opened. */
const LOOK_BACK = 400;

/** A new matter and a deadline that passed are heard. */
const heard = (events: readonly EventView[]): void =>
  hear(cache, events, (event) => event.type === 'raised' || event.told);

const Face = (): ReactNode => {
  const theme = useTheme();
  const language = useLanguage();
  return (
    <ConfigProvider
      theme={antdTheme(theme.name)}
      locale={language === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
    >
      <SessionGate face="desk">
        <Live onEvents={heard} lookBack={LOOK_BACK}>
          <SiteClock />
          <NoticeBoard>
            <Desk />
          </NoticeBoard>
        </Live>
      </SessionGate>
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
