import type { LonLat } from '#core/base/geo.ts';
import type { Instant } from '#core/base/instant.ts';
import { isochroneView, matrixView, routeView } from '#app/queries/travel-view.ts';
import { PROFILES } from '#engines/travel/profiles.ts';
import type { Travel, Traveller, When } from '#engines/travel/spi.ts';
import { travellerAt } from '#engines/travel/traveller.ts';
import { CodedError } from '#wire/errors.ts';
import {
  arrivalsSchema,
  forcesQuestionSchema,
  isochroneQuestionSchema,
  isochroneSchema,
  matrixQuestionSchema,
  matrixSchema,
  routeQuestionSchema,
  routesSchema,
} from '#wire/travel.ts';
import { LONG, actorOf, requireRole } from './context.ts';
import type { App, Served } from './context.ts';

interface Moment {
  readonly leave_at?: number | undefined;
  readonly arrive_by?: number | undefined;
}
type Ask = (moment: Moment) => { readonly travel: Travel; readonly when: When };

/** May ask where all forces could be: the command room, and who audits it. */
const RANKS = ['dispatcher', 'commander', 'auditor'];
const TAGS = { tags: ['travel'] };

/** Who could be where when. Positions are in bodies, never in addresses, and in no log. */
export const travelRoutes = (app: App, served: Served): void => {
  const { dispatching } = served.site;
  const ask: Ask = ({ leave_at, arrive_by }) => ({
    travel: dispatching.travel(),
    when:
      arrive_by === undefined
        ? { leave_at: (leave_at ?? served.now()) as Instant }
        : { arrive_by: arrive_by as Instant },
  });
  routeQuestions(app, ask);
  areaQuestions(app, ask);
  app.post(
    '/api/travel/forces',
    {
      schema: {
        ...TAGS,
        summary: 'How long each force on duty takes to a place',
        body: forcesQuestionSchema,
        response: { 200: arrivalsSchema },
      },
    },
    (request) => {
      requireRole(request, RANKS);
      const { to, close, open } = request.body;
      return { arrivals: [...dispatching.arrivals(to, ask(request.body).when, { close, open })] };
    },
  );
};

const routeQuestions = (app: App, ask: Ask): void => {
  app.post(
    '/api/travel/route',
    {
      schema: {
        ...TAGS,
        summary: 'The way from one place to another, or several that differ in kind; why not where there is none',
        body: routeQuestionSchema,
        response: { 200: routesSchema },
      },
    },
    (request) => {
      actorOf(request);
      const { profile, turnout_s, from, to, alternatives, close, open } = request.body;
      const { travel, when } = ask(request.body);
      const whatIf = { close, open };
      const traveller = travellerOf(profile, from, turnout_s);
      const others = alternatives ? travel.alternatives(traveller, to, when, whatIf) : [];
      const routes = others.length > 0 ? others : [travel.journey(traveller, to, when, whatIf)];
      return { routes: routes.map(routeView) };
    },
  );
  app.post(
    '/api/travel/matrix',
    {
      schema: {
        ...TAGS,
        summary: 'Durations and distances from each of many places to each of many',
        body: matrixQuestionSchema,
        response: { 200: matrixSchema },
      },
    },
    (request) => {
      actorOf(request);
      const { profile, turnout_s, from, to, close, open } = request.body;
      const { travel, when } = ask(request.body);
      const travellers = from.map((at, index) => travellerOf(profile, at, turnout_s, String(index)));
      return matrixView(travel.matrix(travellers, to, when, { close, open }));
    },
  );
};

const areaQuestions = (app: App, ask: Ask): void => {
  app.post(
    '/api/travel/isochrone',
    {
      ...LONG,
      schema: {
        ...TAGS,
        summary: 'What can be reached from a place within each limit, as GeoJSON',
        body: isochroneQuestionSchema,
        response: { 200: isochroneSchema },
      },
    },
    (request) => {
      actorOf(request);
      const { profile, turnout_s, from, limits_s, close, open } = request.body;
      const { travel, when } = ask(request.body);
      return isochroneView(travel.isochrone(travellerOf(profile, from, turnout_s), limits_s, when, { close, open }));
    },
  );
};

/** @throws CodedError when no such profile is declared */
const travellerOf = (profile: string, at: LonLat, turnout_s: number, id = ''): Traveller => {
  if (!Object.hasOwn(PROFILES, profile))
    throw new CodedError('profile-unknown', {
      values: { profile, known: Object.keys(PROFILES).join(', ') },
    });
  return { ...travellerAt(profile, at, id), turnout_s };
};
