"""OSRM on the same extract, on one core: osrm_beside.py MAP.osm.pbf FOLDER [WORST]

Wants Python 3.12 with osrm-bindings (PyPI). Prepares FOLDER once with OSRM's own car profile and
prints the times that bench-roads prints for the Quayside engine. FOLDER holds points.csv, pairs.csv
(seconds, meters and the places on the street of the first points to the next ones) and lines.csv
(the ways). Of the WORST pairs, by the ratio of durations, it tells where each engine drives alone.
"""

import csv, math, os, pathlib, statistics, subprocess, sys, time
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


def held(what):
    rows = dict(line.split(":", 1) for line in open("/proc/self/status"))
    mb = lambda key: int(rows[key].split()[0]) / 1024
    print(f"osrm memory, {what:12} {mb('RssAnon'):6.1f} MB own, {mb('RssFile'):5.1f} MB of files, {mb('VmHWM'):6.1f} MB at most")


def main(source, folder, worst=0):
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[-1]})
    folder = pathlib.Path(folder)
    base = prepare(pathlib.Path(source), folder)
    held("before")
    engine = osrm.OSRM(storage_config=str(base), algorithm="CH", use_shared_memory=False)
    held("opened")
    points = [tuple(map(float, row)) for row in csv.reader(open(folder / "points.csv"))]
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
    held("500 routes")
    for size in (100, 1000):
        table = lambda _: engine.Table(
            osrm.TableParameters(
                coordinates=points[:size], annotations=["duration", "distance"]
            )
        )
        print(f"osrm table {size:4} x {size:<4} {median_us(table, range(5)) / 1e3:9.1f} ms")
    held("1000 x 1000")
    compare(plain, points, folder, pathlib.Path(source), route, int(worst))


def compare(plain, points, folder, source, route, worst):
    rows = [tuple(map(float, row)) for row in csv.reader(open(folder / "pairs.csv"))]
    ratios = []
    holes = 0
    for index, (seconds, meters, *_) in enumerate(rows):
        answer = plain(points[2 * index : 2 * index + 2])
        if answer is None:
            holes += 1
            continue
        found = answer["routes"][0]
        if found["duration"] > 60:
            ratios.append((seconds / found["duration"], meters / found["distance"], index))
    print(f"osrm finds no way for {holes} of {len(rows)} pairs that have one here")
    print(f"durations beside osrm: median ratio {statistics.median(r[0] for r in ratios):.3f}")
    print(f"lengths beside osrm:   median ratio {statistics.median(r[1] for r in ratios):.3f}")
    ratios.sort(key=lambda row: -abs(math.log(row[0])))
    if worst:
        explain(ratios[:worst], rows, points, folder, source, route)


def explain(ratios, rows, points, folder, source, route):
    """For each pair the two ways, where they begin, and the streets that only one of them uses."""
    import osmium

    places, ways, stops = {}, {}, {}
    for thing in osmium.FileProcessor(str(source)).with_locations():
        if thing.is_node():
            at = places[thing.id] = (round(thing.lon * 1e7), round(thing.lat * 1e7))
            if "barrier" in thing.tags:
                stops[at] = " ".join(f"{k}={v}" for k, v in thing.tags)
        elif thing.is_way() and "highway" in thing.tags or thing.is_way() and "route" in thing.tags:
            refs = [places.get(node.ref) for node in thing.nodes]
            for pair in zip(refs, refs[1:]):
                ways.setdefault(frozenset(pair), (thing.id, dict(thing.tags)))
    lines = open(folder / "lines.csv").read().splitlines()
    meters = lambda a, b: math.hypot((a[0] - b[0]) * math.cos(math.radians(a[1] / 1e7)), a[1] - b[1]) * 0.0111195
    keys = ("highway", "name", "service", "oneway", "maxspeed", "surface", "tracktype", "junction", "tunnel", "layer", "covered", "maxheight", "maxwidth", "maxweight")

    def streets(own, other):
        found = {}
        for pair in zip(own, own[1:]):
            if frozenset(pair) in ways and frozenset(pair) not in other:
                way, tags = ways[frozenset(pair)]
                told = " ".join(f"{k}={v}" for k, v in tags.items() if k in keys or "access" in k or "vehicle" in k or "motor" in k)
                found.setdefault((way, told), 0)
                found[way, told] += meters(*pair)
        return "; ".join(f"{int(m)} m w{way} {told}" for (way, told), m in found.items() if m > 15)

    for number, (ratio, length, index) in enumerate(ratios, 1):
        ends = points[2 * index : 2 * index + 2]
        seconds, own_meters, *at = rows[index]
        answer = route(ends, overview="full", annotations=["nodes"], geometries="geojson")
        found = answer["routes"][0]
        print(f"{number}. {ends} ours {seconds:.0f} s {own_meters:.0f} m, osrm {found['duration']:.0f} s {found['distance']:.0f} m, ratio {ratio:.2f}")
        for side, point, waypoint in ((0, ends[0], answer["waypoints"][0]), (1, ends[1], answer["waypoints"][1])):
            ours = [round(x * 1e7) for x in at[2 * side : 2 * side + 2]]
            theirs = [round(x * 1e7) for x in waypoint["location"]]
            asked = [round(x * 1e7) for x in point]
            if meters(ours, theirs) > 3:
                print(f"   {'from to'.split()[side]} ours {meters(asked, ours):.0f} m off, osrm {meters(asked, theirs):.0f} m off on {waypoint['name']!r}, {meters(ours, theirs):.0f} m apart")
        same = route([tuple(at[:2]), tuple(at[2:])], overview="false")
        if same and same["routes"][0]["duration"] > 0:
            print(f"   from our ends osrm {same['routes'][0]['duration']:.0f} s {same['routes'][0]['distance']:.0f} m: ratio {seconds / same['routes'][0]['duration']:.2f}")
        line = [tuple(map(int, place.split())) for place in lines[index].split(",")]
        theirs = [places[node] for leg in found["legs"] for node in leg["annotation"]["nodes"] if node in places]
        sets = [{frozenset(pair) for pair in zip(way, way[1:])} for way in (line, theirs)]
        for who, way in (("ours", line), ("osrm", theirs)):
            passed = [stops[at] for at in way if at in stops]
            if passed:
                print(f"   barriers {who}: {'; '.join(passed)}")
        print("   only ours:", streets(line, sets[1]) or "-")
        print("   only osrm:", streets(theirs, sets[0]) or "-")


main(*sys.argv[1:])
