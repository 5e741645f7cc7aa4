import * as maplibre from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';

// Without this a bundled MapLibre looks for its worker beside the page and the map stays empty.
maplibre.setWorkerUrl(workerUrl);

export { maplibre };
