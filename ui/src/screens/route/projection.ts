// Longitude and latitude to pixels, flat: a town is small enough for that.
export interface Camera {
  lon: number;
  lat: number;
  pxPerDegree: number;
}
export interface Size {
  width: number;
  height: number;
}

export function squeeze(lat: number): number {
  return Math.cos((lat * Math.PI) / 180);
}

export function project(camera: Camera, size: Size, [lon, lat]: [number, number]): [number, number] {
  return [
    size.width / 2 + (lon - camera.lon) * camera.pxPerDegree * squeeze(camera.lat),
    size.height / 2 - (lat - camera.lat) * camera.pxPerDegree,
  ];
}

export function unproject(camera: Camera, size: Size, x: number, y: number): [number, number] {
  return [
    camera.lon + (x - size.width / 2) / (camera.pxPerDegree * squeeze(camera.lat)),
    camera.lat - (y - size.height / 2) / camera.pxPerDegree,
  ];
}

/** The camera that shows all points with a margin. */
export function fit(points: [number, number][], size: Size, margin_px: number): Camera {
  const lons = points.map((p) => p[0]);
  const lats = points.map((p) => p[1]);
  const west = Math.min(...lons),
    east = Math.max(...lons),
    south = Math.min(...lats),
    north = Math.max(...lats);
  const lat = (south + north) / 2;
  const across = Math.max(1e-4, (east - west) * squeeze(lat));
  const down = Math.max(1e-4, north - south);
  const scale = Math.min((size.width - 2 * margin_px) / across, (size.height - 2 * margin_px) / down);
  return { lon: (west + east) / 2, lat, pxPerDegree: Math.max(1, scale) };
}

/** Zooming about a point keeps that point where it is. */
export function zoomAbout(camera: Camera, size: Size, x: number, y: number, factor: number): Camera {
  const pxPerDegree = Math.min(4e6, Math.max(500, camera.pxPerDegree * factor));
  const [lon, lat] = unproject(camera, size, x, y);
  const nearer: Camera = { ...camera, pxPerDegree };
  const [nextLon, nextLat] = unproject(nearer, size, x, y);
  return { lon: camera.lon + lon - nextLon, lat: camera.lat + lat - nextLat, pxPerDegree };
}
