import { describe, expect, it } from "vitest";
import { fit, project, unproject, zoomAbout, type Camera } from "./projection";

const SIZE = { width: 800, height: 600 };
const CAMERA: Camera = { lon: 8.68, lat: 49.41, pxPerDegree: 20_000 };

describe("the map", () => {
  it("has its center in the middle", () => {
    expect(project(CAMERA, SIZE, [8.68, 49.41])).toEqual([400, 300]);
  });
  it("has north above and east to the right", () => {
    const [x, y] = project(CAMERA, SIZE, [8.69, 49.42]);
    expect(x).toBeGreaterThan(400);
    expect(y).toBeLessThan(300);
  });
  it("finds back from a pixel to the place", () => {
    const [x, y] = project(CAMERA, SIZE, [8.7, 49.4]);
    const [lon, lat] = unproject(CAMERA, SIZE, x, y);
    expect(lon).toBeCloseTo(8.7, 9);
    expect(lat).toBeCloseTo(49.4, 9);
  });
  it("keeps the place under the pointer when zooming", () => {
    const before = unproject(CAMERA, SIZE, 120, 90);
    const after = unproject(zoomAbout(CAMERA, SIZE, 120, 90, 2), SIZE, 120, 90);
    expect(after[0]).toBeCloseTo(before[0], 5);
    expect(after[1]).toBeCloseTo(before[1], 5);
  });
  it("shows every stop inside the margin", () => {
    const points: [number, number][] = [
      [8.6, 49.38],
      [8.75, 49.45],
      [8.7, 49.4],
    ];
    const camera = fit(points, SIZE, 40);
    for (const point of points) {
      const [x, y] = project(camera, SIZE, point);
      expect(x).toBeGreaterThan(39.9);
      expect(x).toBeLessThan(760.1);
      expect(y).toBeGreaterThan(39.9);
      expect(y).toBeLessThan(560.1);
    }
  });
  it("shows a single stop too", () => {
    expect(Number.isFinite(fit([[8.6, 49.4]], SIZE, 40).pxPerDegree)).toBe(true);
  });
});
