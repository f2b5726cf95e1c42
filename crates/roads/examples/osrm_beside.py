"""OSRM on the same extract, on one core: osrm_beside.py MAP.osm.pbf FOLDER POINTS.csv PAIRS.csv

Wants Python 3.12 with osrm-bindings (PyPI). Prepares FOLDER once with OSRM's own car profile and
prints the times that bench-roads prints for the Quayside engine; where PAIRS.csv (seconds,meters of
the first points to the next ones) is given, also how the two engines' routes compare.
"""

import csv, os, pathlib, statistics, subprocess, sys, time
import osrm

ROOT = pathlib.Path(osrm.__file__).parent


def prepare(source, folder):
    base = folder / (source.name.removesuffix(".osm.pbf") + ".osrm")
    if (folder / (base.name + ".hsgr")).exists():
        return base
    folder.mkdir(parents=True, exist_ok=True)
    local = folder / source.name
    local.write_bytes(source.read_bytes())
    start = time.perf_counter()
    run = lambda tool, *words: subprocess.run(
        [ROOT / "bin" / tool, "-t", "1", *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    run("osrm-extract", "-p", ROOT / "share/profiles/car.lua", local)
    run("osrm-contract", base)
    print(f"osrm extract + contract {time.perf_counter() - start:9.2f} s")
    return base


def median_us(work, items):
    times = []
    for item in items:
        start = time.perf_counter()
        work(item)
        times.append((time.perf_counter() - start) * 1e6)
    return statistics.median(times)


def main(source, folder, points, pairs=None):
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[0]})
    base = prepare(pathlib.Path(source), pathlib.Path(folder))
    engine = osrm.OSRM(storage_config=str(base), algorithm="CH", use_shared_memory=False)
    points = [tuple(map(float, row)) for row in csv.reader(open(points))]
    routes = [points[i : i + 2] for i in range(0, 1000, 2)]

    def route(ends, **words):
        try:
            return engine.Route(osrm.RouteParameters(coordinates=ends, **words))
        except RuntimeError:
            return None  # OSRM snaps to islands too and then finds no way.

    plain = lambda p: route(p, overview="false")
    steps = lambda p: route(p, overview="full", steps=True)
    snap = lambda p: engine.Nearest(osrm.NearestParameters(coordinates=[p]))
    print(f"osrm snap           {median_us(snap, points[:500]):9.1f} us median")
    print(f"osrm route, value   {median_us(plain, routes):9.1f} us median")
    print(f"osrm route, steps   {median_us(steps, routes):9.1f} us median")
    for size in (100, 1000):
        table = lambda _: engine.Table(
            osrm.TableParameters(
                coordinates=points[:size], annotations=["duration", "distance"]
            )
        )
        print(f"osrm table {size:4} x {size:<4} {median_us(table, range(3)) / 1e3:9.1f} ms")
    if pairs:
        compare(plain, points, pairs)


def compare(route, points, pairs):
    rows = [tuple(map(float, row)) for row in csv.reader(open(pairs))]
    ratios = []
    holes = 0
    for index, (seconds, meters) in enumerate(rows):
        ends = points[2 * index : 2 * index + 2]
        answer = route(ends)
        if answer is None:
            holes += 1
            continue
        found = answer["routes"][0]
        if found["duration"] > 60:
            ratios.append((seconds / found["duration"], meters / found["distance"], ends, seconds))
    ratios.sort()
    print(f"osrm finds no way for {holes} of {len(rows)} pairs that have one here")
    print(f"durations beside osrm: median ratio {statistics.median(r[0] for r in ratios):.3f}")
    print(f"lengths beside osrm:   median ratio {statistics.median(r[1] for r in ratios):.3f}")
    for ratio, length, ends, seconds in ratios[:10] + ratios[-10:]:
        print(f"  {ratio:6.2f} {length:6.2f} {seconds:6.0f} s {ends}")


main(*sys.argv[1:])
