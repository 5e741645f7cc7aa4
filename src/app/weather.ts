import type { Instant } from '#core/base/instant.ts';
import type { JsonObject } from '#core/base/json.ts';
import { err, ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { Recorder } from './recorder.ts';
import { WEATHER_REGISTER } from './views/weather.ts';
import type { WeatherTold } from './views/weather.ts';

export type WeatherRefusal = 'forbidden' | 'weather-order';

/** Who may say how the weather is: the command room, and machines that bring observations and forecasts. */
const TELLERS = ['dispatcher', 'commander', 'agency', 'device', 'system'];

/** Tells what the weather is or will be. Durable: a question asked later can be answered as it was then. */
export class Weather {
  readonly #recorder: Recorder;
  readonly #now: () => Instant;

  constructor(recorder: Recorder, now: () => Instant) {
    this.#recorder = recorder;
    this.#now = now;
  }

  /** @param series in order of time, at least one; it takes the place of what was told of that time and later */
  async tell(area: string, series: readonly WeatherTold[], actor: Actor): Promise<Result<null, WeatherRefusal>> {
    if (!actor.roles.some((role) => TELLERS.includes(role))) return err('forbidden');
    const inOrder = series.every((one, index) => index === 0 || one.at > (series[index - 1]?.at ?? 0));
    if (series.length === 0 || !inOrder) return err('weather-order');
    const draft = {
      matter: null,
      kind: WEATHER_REGISTER,
      type: 'told',
      actor: actor.account,
      purpose: null,
      command: null,
      body: { area, series } as unknown as JsonObject,
    };
    await this.#recorder.record([draft], this.#now());
    return ok(null);
  }
}
