import { useEffect, useState } from 'react';
import * as calls from '../api/calls.ts';

export interface Sharing {
  readonly state: 'off' | 'waiting' | 'sharing' | 'denied';
  readonly sent_ms: number | null;
  readonly at: { readonly lon: number; readonly lat: number } | null;
}
const OFF: Sharing = { state: 'off', sent_ms: null, at: null };
/** A phone that moves reports at most this often. */
const EVERY_MS = 5_000;
/** One that stands still reports this often, so that it does not look stale. */
const AT_REST_MS = 45_000;

/** Shares this phone's position as that of `force`, only while on duty. */
export const useSharing = (force: string | null, onDuty: boolean): Sharing => {
  const [sharing, setSharing] = useState<Sharing>(OFF);
  useEffect(() => {
    if (force === null || !onDuty) {
      setSharing(OFF);
      return;
    }
    if (!('geolocation' in navigator)) {
      setSharing({ ...OFF, state: 'denied' });
      return;
    }
    setSharing({ ...OFF, state: 'waiting' });
    let latest: GeolocationPosition | null = null;
    let sent_ms = 0;
    const send = (): void => {
      const fix = latest;
      if (fix === null || Date.now() - sent_ms < EVERY_MS) return;
      sent_ms = Date.now();
      const { longitude: lon, latitude: lat, accuracy, speed, heading } = fix.coords;
      calls
        .report({
          force,
          lon,
          lat,
          time_ms: Math.round(fix.timestamp),
          accuracy_m: Math.min(100_000, accuracy),
          ...(speed === null ? {} : { speed_kmh: speed * 3.6 }),
          ...(heading === null || Number.isNaN(heading) ? {} : { heading_deg: heading }),
        })
        .then(() => setSharing({ state: 'sharing', sent_ms: Date.now(), at: { lon, lat } }))
        .catch(() => undefined);
    };
    const watch = navigator.geolocation.watchPosition(
      (fix) => {
        latest = fix;
        send();
      },
      () => setSharing((held) => ({ ...held, state: 'denied' })),
      { enableHighAccuracy: true, maximumAge: 5_000 },
    );
    // Standing still yields no new fix: ask for one, so that "still here" is measured and not assumed.
    const rest = setInterval(() => {
      navigator.geolocation.getCurrentPosition(
        (fix) => {
          latest = fix;
          send();
        },
        () => undefined,
        { enableHighAccuracy: true, maximumAge: 0 },
      );
    }, AT_REST_MS);
    return () => {
      navigator.geolocation.clearWatch(watch);
      clearInterval(rest);
    };
  }, [force, onDuty]);
  return sharing;
};
