// Starts the map library: loaded only where a map is shown, because it is as large as the rest of the screens.
import { Map as GlMap, setWorkerUrl, type StyleSpecification } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { HAN } from "./address";
import { serveTiles } from "./tiles";

const ZOOM_MIN = 7;
const ZOOM_MAX = 19;

/** Throws where the machine cannot draw with WebGL 2. */
export function createMap(
  box: HTMLElement,
  style: StyleSpecification,
  bounds: [number, number, number, number],
): GlMap {
  setWorkerUrl(new URL(workerUrl, document.baseURI).href);
  serveTiles();
  if (!document.createElement("canvas").getContext("webgl2")) throw new Error("WebGL 2 is missing");
  const map = new GlMap({
    container: box,
    style,
    bounds,
    fitBoundsOptions: { padding: 48, maxZoom: 15 },
    minZoom: ZOOM_MIN,
    maxZoom: ZOOM_MAX,
    attributionControl: false,
    // Arrow keys walk through the stops.
    keyboard: false,
    // Shift draws around stops.
    boxZoom: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
    localIdeographFontFamily: HAN,
    renderWorldCopies: false,
  });
  map.touchZoomRotate.disableRotation();
  return map;
}
